/**
 * Functions that several places of a module call: what is rare, so that its code need not stand wherever it might be
 * needed. A module holds each once, by its name.
 */
import { type Lanes, lanesOf, type Value } from './lanes.ts';
import type { FunctionBuilder, FunctionNumber, ModuleBuilder, Signature } from './module-builder.ts';

const known = new WeakMap<ModuleBuilder, Map<string, FunctionNumber>>();

/** The module's function of this name; `build` writes it when it is asked for the first time. */
export function sharedFunction(
  module: ModuleBuilder,
  name: string,
  signature: Signature,
  build: (body: FunctionBuilder) => void,
): FunctionNumber {
  const functions = known.get(module) ?? new Map<string, FunctionNumber>();
  known.set(module, functions);
  const before = functions.get(name);
  if (before !== undefined) return before;
  const callee = module.declare(signature);
  functions.set(name, callee);
  module.define(callee, build);
  return callee;
}

/** Calls a function of values that gives a value, with as many lanes as here; `build` writes it at the first call. */
export function callShared(
  { module, body, wide, type }: Lanes,
  name: string,
  values: readonly Value[],
  build: (lanes: Lanes, ...values: readonly Value[]) => Value,
): Value {
  const signature = { parameters: values.map(() => type), results: [type] };
  const callee = sharedFunction(module, `${name} ${wide}`, signature, (inner) => {
    const result = build(lanesOf(module, inner, wide), ...values.map((_, number) => inner.parameter(number)));
    inner.get(result);
  });
  for (const value of values) body.get(value);
  body.call(callee);
  const result = body.local(type);
  body.set(result);
  return result;
}

/** The same for a function of one lane, called once a lane. */
export const callSharedPerLane = (
  lanes: Lanes,
  name: string,
  values: readonly Value[],
  build: (lanes: Lanes, ...values: readonly Value[]) => Value,
): Value => {
  const single = lanesOf(lanes.module, lanes.body, false);
  return lanes.perLane(values, (...parts) => callShared(single, name, parts, build));
};

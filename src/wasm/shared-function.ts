/**
 * Functions that several places of a module call: what is rare, so that its code need not stand wherever it might be
 * needed. A module holds each once, by its name.
 */
import { type Lanes, lanesOf, type Value } from './lanes.ts';
import type { FunctionNumber, ModuleBuilder } from './module-builder.ts';

const known = new WeakMap<ModuleBuilder, Map<string, FunctionNumber>>();

/** Calls a function of values that gives a value, with as many lanes as here; `build` writes it at the first call. */
export function callShared(
  { module, body, wide, type }: Lanes,
  name: string,
  values: readonly Value[],
  build: (lanes: Lanes, ...values: readonly Value[]) => Value,
): Value {
  const functions = known.get(module) ?? new Map<string, FunctionNumber>();
  known.set(module, functions);
  const key = `${name} ${wide}`;
  let callee = functions.get(key);
  if (callee === undefined) {
    callee = module.declare({ parameters: values.map(() => type), results: [type] });
    functions.set(key, callee);
    module.define(callee, (inner) => {
      const result = build(
        lanesOf(module, inner, wide),
        ...values.map((_, number) => inner.parameter(number)),
      );
      inner.get(result);
    });
  }
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

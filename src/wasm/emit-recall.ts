/** What a delay's history held some instants ago, joined by lines: the interpreter's `recall`, on one future. */
import type { FunctionNumber, ModuleBuilder } from './module-builder.ts';

/** Parameters: the address of the first value, how many instants ago, what stands before the start, the instant. */
export const RECALL = { parameters: ['i32', 'f64', 'f64', 'i32'], results: ['f64'] } as const;

/** @param width bytes from one instant's value to the next */
export function defineRecall(module: ModuleBuilder, callee: FunctionNumber, width: number): void {
  module.define(callee, (body) => {
    const [base, ago, early, instant] = [0, 1, 2, 3].map(body.parameter);
    const [place, left, part, from] = [0, 1, 2, 3].map(() => body.local('f64'));
    const address = body.local('i32');
    if (
      base === undefined ||
      ago === undefined ||
      early === undefined ||
      instant === undefined ||
      place === undefined ||
      left === undefined ||
      part === undefined ||
      from === undefined
    )
      throw new Error('a function without its locals');
    body.get(instant);
    body.op('f64.convert_i32_s');
    body.get(ago);
    body.op('f64.sub');
    body.tee(place);
    body.f64(-1);
    body.op('f64.gt');
    body.op('i32.eqz');
    body.when([], () => {
      body.get(early);
      body.get(place);
      body.get(place);
      body.get(place);
      body.op('f64.eq');
      body.op('select');
      body.op('return');
    });
    body.get(place);
    body.op('f64.floor');
    body.set(left);
    body.get(place);
    body.get(left);
    body.op('f64.sub');
    body.set(part);
    body.get(base);
    body.get(left);
    body.op('i32.trunc_sat_f64_s');
    body.i32(width);
    body.op('i32.mul');
    body.op('i32.add');
    body.set(address);
    body.get(left);
    body.f64(0);
    body.op('f64.lt');
    body.when(
      ['f64'],
      () => body.get(early),
      () => {
        body.get(address);
        body.memory('f64.load', 0);
      },
    );
    body.set(from);
    body.get(part);
    body.f64(0);
    body.op('f64.eq');
    body.when(
      ['f64'],
      () => body.get(from),
      () => {
        body.get(from);
        body.get(address);
        body.memory('f64.load', width);
        body.get(from);
        body.op('f64.sub');
        body.get(part);
        body.op('f64.mul');
        body.op('f64.add');
      },
    );
  });
}

/** A module that takes a function written in lanes over arrays of numbers, so that its results can be looked at. */
import { type Lanes, lanesOf, type Value } from '../../src/wasm/lanes.ts';
import { createModule, type Local, PAGE } from '../../src/wasm/module-builder.ts';

/** As much of the host's WebAssembly as is needed; the compiler knows it only with all of the browser's names. */
type Host = {
  readonly Memory: new (limits: { initial: number; maximum: number }) => { readonly buffer: ArrayBuffer };
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (
    module: object,
    imports: object,
  ) => { readonly exports: Readonly<Record<string, (...values: readonly number[]) => void>> };
};
const { WebAssembly } = globalThis as unknown as { readonly WebAssembly: Host };

/** What is tried: a function of so many values; `extra` are i32 parameters that all lanes share. */
export type LaneFunction = {
  readonly values: number;
  readonly extra?: number;
  readonly build: (lanes: Lanes, values: readonly Value[], extra: readonly Local[]) => Value;
};

/** Columns of arguments, equally long, and shared parameters; one result for each row. */
export type Over = (columns: readonly (readonly number[])[], extra?: readonly number[]) => number[];

const ROOM = 1 << 20;

/** Every function under its name, with one lane or with two; a row too many for pairs is repeated. */
export function compileLaneFunctions<Name extends string>(
  functions: Readonly<Record<Name, LaneFunction>>,
  wide: boolean,
): Readonly<Record<Name, Over>> {
  const module = createModule();
  const names = Object.keys(functions) as Name[];
  for (const name of names) {
    const { values, extra = 0, build } = functions[name];
    // Addresses of the columns, of the results and of the results' end.
    const parameters = Array.from({ length: values + 2 + extra }, () => 'i32' as const);
    const callee = module.declare({ parameters, results: [] });
    module.define(callee, (body) => {
      const lanes = lanesOf(module, body, wide);
      const addresses = Array.from({ length: values + 1 }, (_, number) => body.parameter(number));
      const end = body.parameter(values + 1);
      const shared = Array.from({ length: extra }, (_, number) => body.parameter(values + 2 + number));
      const out = addresses[values]!;
      body.loop(() => {
        const row = addresses.slice(0, values).map((address) => lanes.load(address, 0));
        lanes.store(out, 0, build(lanes, row, shared));
        for (const address of addresses) {
          body.get(address);
          body.i32(wide ? 16 : 8);
          body.op('i32.add');
          body.set(address);
        }
        body.get(out);
        body.get(end);
        body.op('i32.lt_u');
        body.branchIf(0);
      });
    });
    module.export(name, callee);
  }
  const memory = new WebAssembly.Memory({ initial: 64, maximum: 65_536 });
  const instance = new WebAssembly.Instance(new WebAssembly.Module(module.finish()), { host: { memory } });
  const start = Math.ceil(module.dataSize() / PAGE) * PAGE;
  const over =
    (name: Name): Over =>
    (columns, extra = []) => {
      const rows = columns[0]?.length ?? 0;
      if (rows === 0) return [];
      const room = rows + (rows % 2);
      if (start + 8 * room * (columns.length + 1) > ROOM * 4)
        throw new Error('more rows than the memory holds');
      const addresses = [...columns, []].map((column, number) => {
        const address = start + 8 * room * number;
        const view = new Float64Array(memory.buffer, address, room);
        view.set(column);
        view.fill(column.at(-1) ?? 0, column.length);
        return address;
      });
      const out = addresses.at(-1)!;
      const run = instance.exports[name]!;
      run(...addresses, out + 8 * rows, ...extra);
      return [...new Float64Array(memory.buffer, out, rows)];
    };
  return Object.fromEntries(names.map((name) => [name, over(name)])) as Record<Name, Over>;
}

/** Runs futures by the interpreter and by a module, and tells where they differ. */
import { CONTROL, workChunks } from '../../src/engine/crew.ts';
import { type Ensemble, numbersOf, type RunOrder } from '../../src/engine/ensemble.ts';
import { inputColumns } from '../../src/engine/input-columns.ts';
import { gather, layTaps } from '../../src/engine/module-run.ts';
import { runFuture } from '../../src/program/interpreter.ts';
import { type Columns, compileBytes, shapeOf } from '../../src/wasm/instance.ts';
import { compileProgram, type ModuleOptions } from '../../src/wasm/program-module.ts';

/** Every way in which a program can be emitted; a weight of one puts each instruction into a function of its own. */
export const EMISSIONS: readonly (ModuleOptions & { readonly name: string })[] = [
  { name: 'pairs', wide: true },
  { name: 'one by one', wide: false },
  { name: 'pairs in short sections', wide: true, sectionWeight: 7 },
  { name: 'one by one, each instruction apart', wide: false, sectionWeight: 1 },
  { name: 'pairs that call their functions', wide: true, calls: true },
  { name: 'one by one, calling functions', wide: false, calls: true },
  { name: 'one pair to a chunk', wide: true, mostFutures: 2 },
  { name: 'chunks of five', wide: false, mostFutures: 5 },
];

export function inputsOf(order: RunOrder): readonly Float64Array[] {
  const work = inputColumns(order);
  let part = work.next();
  while (!part.done) part = work.next();
  return part.value;
}

export function byModule(
  order: RunOrder,
  inputs: readonly Float64Array[],
  options: ModuleOptions,
): { readonly ensemble: Ensemble; readonly columns: Columns } {
  const { program, design } = order;
  const { futures, seed } = design;
  const { bytes, layout, places } = compileProgram(program, options);
  const columns: Columns = {
    numbers: numbersOf(order),
    inputs,
    measures: program.measures.map(() => new Float64Array(futures)),
    claims: program.claims.map(() => new Uint8Array(futures)),
    failedBy: new Int32Array(futures),
    failedAt: new Float64Array(futures),
    imbalances: new Float64Array(futures),
    clipped: program.clipped.map(() => new Float64Array(futures)),
    taps: layTaps(order, places, layout, (size) => new ArrayBuffer(size)),
  };
  const module = compileBytes(bytes);
  const job = { shape: shapeOf(program, layout), module, seed, futures, columns };
  for (const _ of workChunks(job, new Int32Array(CONTROL.words)));
  return { ensemble: gather(order, columns), columns };
}

/** What the interpreter says of these futures, and every value in which a module differs from it by a bit. */
export function differences(order: RunOrder, emissions: readonly ModuleOptions[]): readonly string[] {
  const { program, design } = order;
  const inputs = inputsOf(order);
  // Every variable is kept at some instants, the first and the last among them.
  const { steps } = program.time;
  const keep = {
    variables: [...program.variables.keys()],
    instants: [...new Set([0, 1, 2, Math.floor(steps / 2), steps - 1, steps])]
      .filter((instant) => instant >= 0 && instant <= steps)
      .toSorted((one, other) => one - other),
  };
  const expected = Array.from({ length: design.futures }, (_, future) => {
    const seen = new Map<number, Float64Array>();
    const result = runFuture(
      program,
      Float64Array.from(inputs, (column) => column[future] ?? Number.NaN),
      { seed: design.seed, future },
      (instant, _time, registers) => {
        if (keep.instants.includes(instant)) seen.set(instant, registers.slice());
      },
    );
    return { ...result, seen };
  });
  return emissions.flatMap((options) => {
    const { ensemble, columns } = byModule({ ...order, keep }, inputs, options);
    const failed = new Map(ensemble.failed.map((one) => [one.future, one]));
    const emission = `wide ${options.wide}, sections of ${options.sectionWeight ?? 'the usual weight'}`;
    const found: string[] = [];
    const compare = (what: string, future: number, value: unknown, right: unknown): void => {
      if (!Object.is(value, right))
        found.push(`${emission}: ${what} of future ${future} is ${value}, not ${right}`);
    };
    expected.forEach(({ failure, measures, claims, clipped, imbalance, seen }, future) => {
      compare('the failing variable', future, failed.get(future)?.variable, failure?.variable);
      compare('the instant of failure', future, failed.get(future)?.instant, failure?.instant);
      keep.variables.forEach((number, variable) => {
        keep.instants.forEach((instant, place) => {
          const { name, register } = program.variables[number] ?? { name: '', register: -1 };
          const right = failure === null ? seen.get(instant)?.[register] : Number.NaN;
          const value = ensemble.kept[variable * keep.instants.length + place]?.[future];
          compare(`${name} at instant ${instant}`, future, value, right);
        });
      });
      if (failure !== null || failed.has(future)) return;
      program.measures.forEach(({ name, reducer }, number) => {
        compare(`${name} (${reducer})`, future, ensemble.measures[number]?.[future], measures[number]);
      });
      claims.forEach((claim, number) => {
        compare(`claim ${number}`, future, ensemble.claims[number]?.[future], claim);
      });
      clipped.forEach((first, number) => {
        compare(`clipped flow ${number}`, future, columns.clipped[number]?.[future], first);
      });
      compare('the imbalance', future, columns.imbalances[future], imbalance);
    });
    return found;
  });
}

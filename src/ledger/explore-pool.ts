/**
 * A pool over viewpoints: every future is drawn under one of them, with the weights that the model's line `explore` states. As
 * draws are named and shared, future i of the pool is future i of the viewpoint that is drawn for it: nothing is run
 * but the viewpoints themselves, and their columns are picked apart. A pool never has a verdict: a share of its futures
 * would count speakers.
 */
import { formatDate } from '../base/calendar.ts';
import { isFixed } from '../base/figure.ts';
import { hashName } from '../base/hash.ts';
import { PURPOSE, uniform } from '../base/philox.ts';
import * as rational from '../base/rational.ts';
import type { Design } from '../engine/design.ts';
import type { Ensemble, Run, RunOrder } from '../engine/ensemble.ts';
import { fittingRun } from '../engine/fit.ts';
import type { Measure, Model, PoolEntry } from '../model/model.ts';
import { showInstant } from '../model/show-instant.ts';
import type { Program } from '../program/program.ts';
import { describeCorrelations, describeDefinitions } from './describe-frame.ts';
import { causesOf } from './fit-of.ts';
import type { Ledger, LedgerDefinition, LedgerDropped, LedgerMeasure, NamedMeanings } from './ledger.ts';
import {
  allowedMeanings,
  combinationsAsked,
  keyOf,
  type Meanings,
  meaningsOfRun,
  namedMeanings,
} from './meanings.ts';
import { planRuns, type Question, type ViewpointPlan } from './plan.ts';
import { summariseMeasure } from './summarise-measure.ts';

/** Why no claim is judged here, for every view of a pool. */
export const NO_VERDICT =
  'No claim is judged: a share of these futures would count speakers by their weights, and say nothing of whose figures are right.';

/** What the viewpoint of a future is drawn for; no input can have a name with spaces. */
const SITE = hashName('the viewpoint of a future');

/** The values of some input slots in every future, for each slot a column for each of its knots. */
export type InputColumns = (
  order: RunOrder,
  slots: readonly number[],
) => Promise<readonly (readonly Float64Array[])[]>;

/** A column over the futures of the pool; NaN where a future failed, Infinity for `never`. */
export type PoolColumn = {
  readonly name: string;
  /** As declared; empty for a plain number. Values are in it. */
  readonly unit: string;
  readonly values: Float64Array;
};

export type PoolViewpoint = {
  readonly viewpoint: string;
  readonly label: string;
  readonly weight: number;
  /** Of all weights: how often it is drawn in the long run. */
  readonly share: number;
  /** In how many of these futures it was drawn. */
  readonly futures: number;
  /** Of these, how many failed, and how many contradict what is known of the past. */
  readonly failed: number;
  readonly dropped: number;
};

export type Pool = {
  readonly kind: 'explore';
  readonly model: string;
  readonly asOf: string | null;
  readonly runs: number;
  readonly seed: number;
  readonly design: Question['design'];
  readonly scenario: string | null;
  readonly correlations: Ledger['correlations'];
  readonly definitions: readonly LedgerDefinition[];
  readonly verdicts: { readonly given: false; readonly reason: string };
  readonly pool: readonly PoolViewpoint[];
  readonly failed: number;
  /** One for each line of the model for which futures are dropped. */
  readonly dropped: readonly LedgerDropped[];
  readonly firstFailure: {
    readonly future: number;
    readonly viewpoint: string;
    readonly causes: readonly PoolFailure[];
  } | null;
  readonly measures: readonly Omit<LedgerMeasure, 'viewpoint'>[];
  readonly futures: PoolFutures;
};

/** Which variable went wrong first, under these meanings of the definitions. */
export type PoolFailure = {
  readonly variable: string;
  readonly instant: string;
  readonly definitions: NamedMeanings;
};

/** What is known of each single future. */
export type PoolFutures = {
  /** For each future the number of its viewpoint in `pool`. */
  readonly drawn: Uint16Array;
  /** What went wrong, by future; none where all went well. */
  readonly failures: ReadonlyMap<number, readonly PoolFailure[]>;
  /** The line of the model for which a future is dropped; none where it counts. */
  readonly dropped: ReadonlyMap<number, string>;
  /** Inputs that are not the same in all futures. */
  readonly inputs: readonly PoolColumn[];
  readonly measures: readonly PoolColumn[];
};

/** Plans of the pool's viewpoints that its measures are read off, for the pool itself and for whoever counts its work. */
export function planPool(model: Model, program: Program, question: Question): readonly ViewpointPlan[] {
  const allowed = allowedMeanings(model, question);
  const needed = new Set(
    model.measures.flatMap((measure) =>
      (measure.implied === true ? [] : combinationsAsked(measure, allowed)).map((meanings) =>
        keyOf(meaningsOfRun(allowed, measure.definitions, meanings)),
      ),
    ),
  );
  const viewpoints = entriesOf(model).map(({ viewpoint }) => model.viewpoints[viewpoint]?.name ?? '');
  return planRuns(model, program, { ...question, viewpoints, hindsight: false }).filter(({ meanings }) =>
    needed.has(keyOf(meanings)),
  );
}

/**
 * The pool's futures and what they come to. Throws if the model has no pool or no measure, which the caller has to look for.
 */
export async function explorePool(
  model: Model,
  program: Program,
  question: Question,
  engine: Run,
  inputColumns: InputColumns,
): Promise<Pool> {
  const run = fittingRun(engine);
  const entries = entriesOf(model);
  const plans = planPool(model, program, question);
  const design: Design = { kind: question.design, futures: question.runs, seed: question.seed };
  const drawn = drawViewpoints(entries, design);
  const ensembles = new Map<ViewpointPlan, Ensemble>();
  for (const plan of plans) ensembles.set(plan, await run(plan.order));

  const ofEntry = (number: number): readonly ViewpointPlan[] =>
    plans.filter(({ viewpoint }) => viewpoint === model.viewpoints[entries[number]?.viewpoint ?? -1]);
  const planAt = (number: number, meanings: Meanings): ViewpointPlan => {
    const found = ofEntry(number).find((plan) => keyOf(plan.meanings) === keyOf(meanings));
    if (found === undefined) throw new Error('a pool without a run of one of its viewpoints');
    return found;
  };
  /** Where every future of a viewpoint is the same, one was run. */
  const pick = (columnOf: (entry: number) => Float64Array, factor: number): Float64Array => {
    const columns = entries.map((_, entry) => columnOf(entry));
    return Float64Array.from(drawn, (entry, future) => {
      const column = columns[entry]!;
      return (column.length === 1 ? column[0]! : column[future]!) / factor;
    });
  };

  const failures = failuresOf(
    model,
    entries.map((_, entry) => ofEntry(entry)),
    ensembles,
    drawn,
  );
  const causes = droppedOf(
    entries.map((_, entry) => ofEntry(entry)),
    ensembles,
    drawn,
  );
  const lines = causesOf(model);
  const measured = measureColumns(model, question, (number, meanings) =>
    pick((entry) => {
      const column = ensembles.get(planAt(entry, meanings))?.measures[number];
      if (column === undefined) throw new Error('a measure without its column');
      return column;
    }, 1),
  );
  const pool = entries.map(({ viewpoint, weight, share }, entry): PoolViewpoint => {
    const { name = '', label = '' } = model.viewpoints[viewpoint] ?? {};
    const own = [...drawn.keys()].filter((future) => drawn[future] === entry);
    const failed = own.filter((future) => failures.has(future)).length;
    const dropped = own.filter((future) => causes.has(future)).length;
    return { viewpoint: name, label, weight, share, futures: own.length, failed, dropped };
  });
  const [first] = [...failures.keys()].sort((one, other) => one - other);
  return {
    kind: 'explore',
    model: model.title,
    asOf: model.asOf === null ? null : formatDate(model.asOf),
    runs: question.runs,
    seed: question.seed,
    design: question.design,
    scenario: question.scenario?.name ?? null,
    correlations: describeCorrelations(model),
    definitions: describeDefinitions(model, allowedMeanings(model, question)),
    verdicts: { given: false, reason: NO_VERDICT },
    pool,
    failed: failures.size,
    dropped: lines.map((line, number) => ({
      ...line,
      futures: [...causes.values()].filter((cause) => cause === number).length,
    })),
    firstFailure:
      first === undefined
        ? null
        : {
            future: first,
            viewpoint: pool[drawn[first] ?? 0]?.viewpoint ?? '',
            causes: failures.get(first) ?? [],
          },
    measures: measured.flatMap(({ measure, definitions, values }) => {
      const of = { viewpoint: { name: '' }, certain: false, definitions };
      const found = summariseMeasure(measure, 0, { measures: [values] }, design, of);
      if (found === null) return [];
      const { viewpoint: _, ...rest } = found;
      return [rest];
    }),
    futures: {
      drawn,
      failures,
      dropped: new Map([...causes].map(([future, cause]) => [future, lines[cause]?.text ?? ''])),
      inputs: await inputsOf(
        model,
        program,
        entries.map((_, entry) => ofEntry(entry)[0]!),
        pick,
        async (order, wanted) => {
          const columns = await inputColumns(order, wanted);
          const plan = plans.find((one) => one.order === order);
          const given = plan === undefined ? [] : (ensembles.get(plan)?.given ?? []);
          return columns.map((column, at) => {
            const found = given.find(({ slot }) => slot === wanted[at]);
            return found === undefined ? column : [found.values];
          });
        },
      ),
      measures: measured.map(({ measure, definitions, values }) => ({
        name: [measure.name, ...meaningTexts(definitions)].join(', '),
        unit: measure.unit.text,
        values: values.map((value) => value / rational.toNumber(measure.unit.factor)),
      })),
    },
  };
}

function entriesOf({ pool }: Model): readonly PoolEntry[] {
  if (pool === null) throw new Error('a model without a pool');
  return pool;
}

/** For each future the number of an entry; it hangs on the seed, the future and the weights alone. */
function drawViewpoints(entries: readonly PoolEntry[], { futures, seed }: Design): Uint16Array {
  const ends: number[] = [];
  for (const { share } of entries) ends.push((ends.at(-1) ?? 0) + share);
  return Uint16Array.from({ length: futures }, (_, future) => {
    const u = uniform(seed, future, 0, SITE, PURPOSE.poolDraw);
    const found = ends.findIndex((end) => u < end);
    // Shares may add up to a little less than 1.
    return found < 0 ? entries.length - 1 : found;
  });
}

/** `defeat: starved`, one for each definition. */
const meaningTexts = (definitions: NamedMeanings): readonly string[] =>
  Object.entries(definitions).map(([name, meaning]) => `${name}: ${meaning}`);

/** What went wrong in each future, under the viewpoint that it was drawn under; under several meanings each is named. */
function failuresOf(
  model: Model,
  plans: readonly (readonly ViewpointPlan[])[],
  ensembles: ReadonlyMap<ViewpointPlan, Ensemble>,
  drawn: Uint16Array,
): PoolFutures['failures'] {
  const failures = new Map<number, readonly PoolFailure[]>();
  plans.forEach((own, entry) => {
    for (const plan of own) {
      const { meanings } = plan;
      const definitions = namedMeanings(model, [...meanings.keys()], [...meanings.values()]);
      for (const { future, variable, instant } of ensembles.get(plan)?.failed ?? []) {
        const failure = { variable, instant: showInstant(model.time, instant), definitions };
        for (const at of plan.certain ? drawn.keys() : [future]) {
          if (drawn[at] !== entry) continue;
          failures.set(at, [...(failures.get(at) ?? []), failure]);
        }
      }
    }
  });
  return failures;
}

/** For each future that is dropped under its viewpoint, under any meaning of a definition, the first cause. */
function droppedOf(
  plans: readonly (readonly ViewpointPlan[])[],
  ensembles: ReadonlyMap<ViewpointPlan, Ensemble>,
  drawn: Uint16Array,
): ReadonlyMap<number, number> {
  const causes = new Map<number, number>();
  plans.forEach((own, entry) => {
    for (const plan of own) {
      for (const { future, cause } of ensembles.get(plan)?.dropped ?? [])
        for (const at of plan.certain ? drawn.keys() : [future])
          if (drawn[at] === entry && !causes.has(at)) causes.set(at, cause);
    }
  });
  return causes;
}

type Measured = {
  readonly measure: Measure;
  readonly definitions: NamedMeanings;
  /** In base units. */
  readonly values: Float64Array;
};

const measureColumns = (
  model: Model,
  question: Question,
  columnOf: (number: number, meanings: Meanings) => Float64Array,
): readonly Measured[] => {
  const allowed = allowedMeanings(model, question);
  return model.measures.flatMap((measure, number) =>
    (measure.implied === true ? [] : combinationsAsked(measure, allowed)).map((meanings) => ({
      measure,
      definitions: namedMeanings(model, measure.definitions, meanings),
      values: columnOf(number, meaningsOfRun(allowed, measure.definitions, meanings)),
    })),
  );
};

/** Inputs whose value is not the same in all futures: drawn under some viewpoint, or another number under each. */
async function inputsOf(
  model: Model,
  program: Program,
  plans: readonly ViewpointPlan[],
  pick: (columnOf: (entry: number) => Float64Array, factor: number) => Float64Array,
  inputColumns: InputColumns,
): Promise<readonly PoolColumn[]> {
  const held = new Set(plans.flatMap(({ order }) => order.forced.map(({ slot }) => slot)));
  const varies = (slot: number): boolean => {
    const figures = plans.map(({ order }) => order.figures[slot]);
    const [first] = figures;
    return (
      figures.some((figure) => figure !== undefined && !isFixed(figure)) ||
      figures.some((figure) => JSON.stringify(figure) !== JSON.stringify(first))
    );
  };
  const slots = [...program.inputs.keys()].filter((slot) => !held.has(slot) && varies(slot));
  const columns: (readonly (readonly Float64Array[])[])[] = [];
  for (const { order } of plans) columns.push(await inputColumns(order, slots));
  return slots.flatMap((slot, at): readonly PoolColumn[] => {
    const cell = model.cells[program.inputs[slot]?.cell ?? -1];
    const variable = model.variables[cell?.variable ?? -1];
    if (cell === undefined || variable?.kind !== 'input') return [];
    const factor = rational.toNumber(variable.unit.factor);
    const dates = variable.dates;
    return (columns[0]?.[at] ?? []).map((_, knot): PoolColumn => {
      const instant = dates?.knots[knot];
      return {
        name:
          dates === null || instant === undefined
            ? cell.name
            : `${cell.name} ${dates.dating} ${showInstant(model.time, instant)}`,
        unit: variable.unit.text,
        values: pick((entry) => columns[entry]![at]![knot]!, factor),
      };
    });
  });
}

/**
 * What the author's own figures give, kept apart from his figures in this model. Only numbers that he gave count; a
 * floor or a ceiling is worked out as the number it names, then moved the way it leaves open, to see whether the
 * claim hangs on the very figure. `about` leaves both ways open and says nothing of how far; any distance would be a
 * number of ours, so such a figure stays as it stands and the answer names it.
 */
import { type Distribution, medianOf, quantile } from '../base/distribution.ts';
import { alignedTo, type Figure } from '../base/figure.ts';
import * as rational from '../base/rational.ts';
import type { Ensemble, Run, RunOrder } from '../engine/ensemble.ts';
import { covers } from '../model/array-shape.ts';
import { type Claim, type Estimate, linesOf, type Model, type Sense } from '../model/model.ts';
import type { Program } from '../program/program.ts';
import { isCompared } from './compared-worlds.ts';
import type { OwnAnswer, OwnArithmetic } from './ledger.ts';
import { type Allowed, forcedMeanings, meaningsOfRun, namedMeanings, sensesAsked } from './meanings.ts';
import { estimatesOf, knotsOf } from './viewpoint-order.ts';

/** How far a floor or ceiling is moved, as shares of its size: a little, and to twice or half of itself. */
const FLOOR_MOVES = [0.01, 1];
const CEILING_MOVES = [-0.01, -0.5];

/** One answer for each sense of the claim that is asked for; where they are alike, they are one. */
export async function ownArithmetic(
  model: Model,
  program: Program,
  claim: Claim,
  allowed: Allowed,
  claimColumn: number,
  run: Run,
): Promise<OwnArithmetic | null> {
  if (!model.sources.some((source) => source.author)) return null;
  const byMeaning: OwnArithmetic['byMeaning'][number][] = [];
  for (const { meanings, inputCells, draws } of sensesAsked(claim, allowed)) {
    const held = forcedMeanings(model, program, meaningsOfRun(allowed, claim.definitions, meanings));
    const answer = await answerIn(model, program, claim, { inputCells, draws, held }, claimColumn, run);
    byMeaning.push({ ...answer, definitions: namedMeanings(model, claim.definitions, meanings) });
  }
  const [first, ...others] = byMeaning.map(({ definitions: _, ...answer }) => answer);
  if (first === undefined) throw new Error('a claim in no sense');
  if (others.every((other) => JSON.stringify(other) === JSON.stringify(first)))
    return { ...first, byMeaning: [] };
  return { verdict: 'depends on the meaning', values: [], missing: [], unmoved: [], byMeaning };
}

/** The inputs that a claim hangs on where its definitions are held so. */
type OwnSense = Pick<Sense, 'inputCells' | 'draws'> & { readonly held: RunOrder['forced'] };

async function answerIn(
  model: Model,
  program: Program,
  claim: Claim,
  { inputCells, draws, held }: OwnSense,
  claimColumn: number,
  run: Run,
): Promise<OwnAnswer> {
  const author = model.sources.findIndex((source) => source.author && !source.late);
  if (claim.form.kind === 'likelihood')
    return { verdict: 'none for a likelihood', values: [], missing: [], unmoved: [] };
  if (isCompared(claim.form) || claim.form.kind === 'importance')
    return { verdict: 'none for a comparison', values: [], missing: [], unmoved: [] };
  if (draws) return { verdict: 'none where the model draws', values: [], missing: [], unmoved: [] };
  if (claim.calibratedCells.length > 0)
    return { verdict: 'none where an input is calibrated', values: [], missing: [], unmoved: [] };
  const own = new Map<number, Estimate>();
  const missing: string[] = [];
  for (const cell of inputCells) {
    const elements = model.cells[cell]?.elements ?? [];
    const estimate = estimatesOf(model, cell).find(
      (one) =>
        one.source !== null && one.source === author && one.stated !== null && covers(one.elements, elements),
    );
    if (estimate === undefined) missing.push(model.cells[cell]?.name ?? '');
    else own.set(cell, estimate);
  }
  if (missing.length > 0 || inputCells.length === 0)
    return { verdict: 'no own figures', values: [], missing, unmoved: [] };

  const at = async (moved: ReadonlyMap<number, Stated>): Promise<Ensemble> =>
    run(pointOrder(model, program, own, moved, held));
  const base = await at(new Map());
  if (base.failed.length > 0) return { verdict: 'not settled', values: [], missing: [], unmoved: [] };
  const moves: Ensemble[] = [];
  for (const [cell, estimate] of own) {
    for (const moved of movesOf(model, cell, estimate)) moves.push(await at(new Map([[cell, moved]])));
  }
  const truth = (ensemble: Ensemble): boolean =>
    ensemble.failed.length === 0 && ensemble.claims[claimColumn]?.[0] === 1;
  const stands = truth(base);
  const steady = moves.every((ensemble) => truth(ensemble) === stands);
  return {
    verdict: stands
      ? steady
        ? 'holds'
        : 'holds at the figures themselves'
      : steady
        ? 'fails'
        : 'fails at the figures themselves',
    values: claim.measures.map((measure) => shownValue(model, measure, base, moves)),
    missing: [],
    unmoved: unmovedAmong(model, own),
  };
}

/** Inputs, each once, whose `about` is a single number. */
function unmovedAmong(model: Model, own: ReadonlyMap<number, Estimate>): readonly string[] {
  const names = [...own].flatMap(([cell, estimate]) =>
    linesOf(estimate).some(({ bound, stated }) => bound === 'about' && stated?.kind === 'point')
      ? [model.variables[model.cells[cell]?.variable ?? -1]?.name ?? '']
      : [],
  );
  return [...new Set(names)];
}

/** What he said of an input, once or date by date. */
type Stated = NonNullable<Estimate['stated']>;
type Bound = Estimate['bound'];

/** What he said with every figure at one number, its middle unless something else is asked. */
function eachLine(stated: Stated, numberOf: (figure: Distribution, line: number) => number): Stated {
  const point = (figure: Distribution, line: number): Distribution => ({
    kind: 'point',
    value: numberOf(figure, line),
  });
  return stated.kind === 'dated' ? { ...stated, of: stated.of.map(point) } : point(stated, 0);
}

/**
 * The other numbers that his words leave open, in base units. Of what he said with dates all floors are moved together,
 * all ceilings, and all ranges.
 */
function movesOf(model: Model, cell: number, estimate: Estimate): readonly Stated[] {
  const { stated } = estimate;
  if (stated === null) return [];
  const variable = model.variables[model.cells[cell]?.variable ?? -1];
  const openings = linesOf(estimate).map(({ bound }) => bound);
  const moved = (of: (bound: Bound) => boolean, move: (figure: Distribution) => number): Stated =>
    eachLine(stated, (figure, line) => (of(openings[line] ?? 'exact') ? move(figure) : medianOf(figure)));
  const by =
    (share: number) =>
    (figure: Distribution): number => {
      const value = medianOf(figure);
      // What is open above or below nothing is moved by one of its unit.
      const size = Math.abs(value) || (variable === undefined ? 1 : rational.toNumber(variable.unit.factor));
      const result = value + share * size;
      return variable?.unit.text === 'share' ? Math.min(1, Math.max(0, result)) : result;
    };
  const isFree = (bound: Bound): boolean => bound !== 'at least' && bound !== 'at most';
  const figures = stated.kind === 'dated' ? stated.of : [stated];
  const hasRange = figures.some(({ kind }, line) => kind !== 'point' && isFree(openings[line] ?? 'exact'));
  const floors = openings.includes('at least') ? FLOOR_MOVES : [];
  const ceilings = openings.includes('at most') ? CEILING_MOVES : [];
  const ends = hasRange ? [0.05, 0.95] : [];
  return [
    ...floors.map((share) => moved((bound) => bound === 'at least', by(share))),
    ...ceilings.map((share) => moved((bound) => bound === 'at most', by(share))),
    ...ends.map((u) => moved(isFree, (figure) => quantile(figure, u))),
  ];
}

/** One future with every input held; inputs that the claim does not hang on take any figure. */
function pointOrder(
  model: Model,
  program: Program,
  own: ReadonlyMap<number, Estimate>,
  moved: ReadonlyMap<number, Stated>,
  held: RunOrder['forced'],
): RunOrder {
  const figures = program.inputs.map(({ cell, setting: unless }, slot): Figure => {
    const setting = held.find((one) => one.slot === slot)?.value ?? unless;
    if (setting !== null) return { kind: 'point', value: setting };
    const stated =
      moved.get(cell) ??
      own.get(cell)?.stated ??
      estimatesOf(model, cell).find((estimate) => estimate.drawn !== null)?.drawn;
    if (stated === null || stated === undefined) throw new Error('an input without any figure');
    return alignedTo(knotsOf(model, cell), eachLine(stated, medianOf));
  });
  return {
    program,
    design: { kind: 'monte-carlo', futures: 1, seed: 0 },
    figures,
    forced: [],
    redrawn: [],
    correlations: [],
  };
}

function shownValue(
  model: Model,
  measure: number,
  base: Ensemble,
  moves: readonly Ensemble[],
): OwnAnswer['values'][number] {
  const { name, unit } = model.measures[measure] ?? { name: '', unit: null };
  const read = (ensemble: Ensemble): number => ensemble.measures[measure]?.[0] ?? Number.NaN;
  const value = read(base);
  const others = moves.map(read).filter((other) => other !== value);
  const bound =
    others.length === 0
      ? 'exact'
      : others.every((other) => other < value)
        ? 'at most'
        : others.every((other) => other > value)
          ? 'at least'
          : 'open';
  const factor = unit === null ? 1 : rational.toNumber(unit.factor);
  return {
    measure: name,
    value: value === Number.POSITIVE_INFINITY ? 'never' : value / factor,
    unit: unit?.text ?? '',
    bound,
  };
}

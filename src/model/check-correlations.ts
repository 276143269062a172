/**
 * Correlations between inputs: which pairs, how far, and whether all of them can be true at once. Pairs without a
 * line count as independent, which is itself a claim that can contradict the others.
 */
import { connectedSets, type Matrix, normalCorrelation, rootOf, unitMatrix } from '../base/correlation.ts';
import { isFixed } from '../base/figure.ts';
import { MAXIMUM_CORRELATED } from '../base/limits.ts';
import { formatCount } from '../base/number-format.ts';
import * as rational from '../base/rational.ts';
import type { CorrelateDeclaration } from '../language/tree.ts';
import { isWhole, offsetOf, shapeOf } from './array-shape.ts';
import { constantOf } from './check-constant.ts';
import type { Cell, Choice, Correlation, Model } from './model.ts';
import { readElements } from './read-elements.ts';
import { isNumber } from './units.ts';
import {
  declarationsOf,
  describeEntity,
  groupsOf,
  report,
  reportUnknown,
  type Workbench,
} from './workbench.ts';

type Pair = Correlation & { readonly declaration: CorrelateDeclaration };
type Reference = CorrelateDeclaration['inputs'][number];
type Layout = { readonly cells: readonly Cell[]; readonly firstCells: readonly number[] };

/** A set of inputs for which a mend is still looked for: each trial costs the third power of its size. */
const LARGEST_MENDED = 12;

export function checkCorrelations(bench: Workbench, layout: Layout): readonly Correlation[] {
  const pairs: Pair[] = [];
  const seen = new Map<string, Pair>();
  for (const declaration of declarationsOf(bench, 'correlate')) {
    const pair = readPair(bench, layout, declaration);
    if (pair === null) continue;
    const key = [...pair.cells].sort((a, b) => a - b).join();
    const before = seen.get(key);
    if (before !== undefined) {
      report(bench, 'correlation-twice', declaration.span, {
        label: 'how far these two go together is said already',
        related: [{ span: before.declaration.span, label: 'here' }],
      });
      continue;
    }
    seen.set(key, pair);
    pairs.push(pair);
  }
  checkTogether(bench, layout, pairs);
  return pairs.map(({ cells, coefficient, reason, span }) => ({ cells, coefficient, reason, span }));
}

/** Warns of pairs of which under every viewpoint one at least is an exact number. */
export function warnUndrawn(bench: Workbench, model: Model): void {
  const drawn = model.viewpoints.map(
    ({ choices }) => new Set(choices.filter((choice) => isDrawn(model, choice)).map((choice) => choice.cell)),
  );
  for (const { cells, span } of model.correlations) {
    if (drawn.some((under) => cells.every((cell) => under.has(cell)))) continue;
    const solved = cells.find((cell) => model.fits.calibrations.some((one) => one.cell === cell));
    if (solved !== undefined) {
      report(bench, 'correlation-without-draws', span, {
        label: `\`${model.cells[solved]?.name}\` is solved for, and not drawn`,
        hint: 'Take the line away, or do not calibrate the input.',
      });
      continue;
    }
    const exact = cells.filter((cell) => !drawn.some((under) => under.has(cell)));
    const names = exact.map((cell) => `\`${model.cells[cell]?.name}\``);
    const everywhere = model.viewpoints.length === 1 ? '' : ' under every viewpoint';
    report(bench, 'correlation-without-draws', span, {
      label:
        names.length === 0
          ? 'under every viewpoint one of the two is an exact number'
          : `${names.join(' and ')} ${names.length === 1 ? 'is an exact number' : 'are exact numbers'}${everywhere}`,
    });
  }
}

function isDrawn(model: Model, { cell, estimate }: Choice): boolean {
  const variable = model.variables[model.cells[cell]?.variable ?? -1];
  if (model.fits.calibrations.some((one) => one.cell === cell)) return false;
  const figure = variable?.kind === 'input' ? variable.estimates[estimate]?.drawn : null;
  return figure != null && !isFixed(figure);
}

function readPair(bench: Workbench, layout: Layout, declaration: CorrelateDeclaration): Pair | null {
  const [first, second] = declaration.inputs.map((input) => cellOf(bench, layout, input));
  const coefficient = readCoefficient(bench, declaration);
  if (first === undefined || first === null || second === undefined || second === null) return null;
  if (first === second) {
    report(bench, 'correlation-with-itself', declaration.inputs[1].span, {
      label: 'this is the first of the two again',
    });
    return null;
  }
  if (coefficient === null) return null;
  const reason = declaration.reason?.value ?? null;
  return { cells: [first, second], coefficient, reason, span: declaration.span, declaration };
}

/** The cell of an input or of an element of one; reports what is none. */
function cellOf(bench: Workbench, layout: Layout, input: Reference): number | null {
  const { name } = input;
  const entity = bench.names.get(name.text);
  if (entity === undefined) {
    const inputs = bench.variables.filter(({ kind }) => kind === 'input').map((header) => header.name);
    reportUnknown(bench, 'name-unknown', name, inputs, 'input');
    return null;
  }
  const header = entity.kind === 'variable' ? bench.variables[entity.variable] : undefined;
  if (entity.kind !== 'variable' || header?.kind !== 'input') {
    report(bench, 'correlation-not-input', name.span, {
      label: `\`${name.text}\` is ${describeEntity(bench, entity)}`,
    });
    return null;
  }
  const first = layout.firstCells[entity.variable] ?? 0;
  const pattern = readElements(bench, name, header, input.kind === 'index' ? input.indices : []);
  if (pattern === null) return null;
  if (isWhole(pattern)) return first + offsetOf(shapeOf(bench.groups, groupsOf(header)), pattern);
  const axis = pattern.indexOf(null);
  const group = bench.groups[header.axes[axis]?.group ?? -1];
  const example = header.axes.map(({ group: own }) => bench.groups[own ?? -1]?.members[0]?.name ?? '');
  report(bench, 'index-missing', name.span, {
    label: `\`${name.text}\` has a value for each of ${group?.name}`,
    hint: `Correlate one of them at a time, such as \`${name.text}[${example.join(', ')}]\`.`,
  });
  return null;
}

function readCoefficient(bench: Workbench, { coefficient }: CorrelateDeclaration): number | null {
  const constant = constantOf(bench, coefficient);
  if (constant === null) return null;
  const value = rational.toNumber(constant.value);
  const fault = !isNumber(constant.dimension)
    ? 'this has a unit'
    : Math.abs(value) > 1
      ? 'this is beyond -1 and 1'
      : Math.abs(value) === 1
        ? 'with this one of the two would be fixed by the other'
        : null;
  if (fault === null) return value;
  report(bench, 'correlation-range', coefficient.span, { label: fault });
  return null;
}

// --- all together -----------------------------------------------------------------------------------------------

function checkTogether(bench: Workbench, layout: Layout, pairs: readonly Pair[]): void {
  // Numbered in the order in which the text first names them, so that the pair that is blamed comes late in it.
  const cells = [...new Set(pairs.flatMap((pair) => pair.cells))];
  const numbers = new Map(cells.map((cell, number) => [cell, number]));
  const numbered = pairs.map(
    (pair) => [numbers.get(pair.cells[0]) ?? 0, numbers.get(pair.cells[1]) ?? 0] as const,
  );
  for (const set of connectedSets(cells.length, numbered)) {
    const own = pairs.filter((_, at) => set.includes(numbered[at]![0]));
    const names = set.map((number) => layout.cells[cells[number] ?? 0]?.name ?? '');
    if (set.length > MAXIMUM_CORRELATED) {
      report(bench, 'correlation-too-large', own.at(-1)!.declaration.span, {
        label: `with this ${formatCount(set.length)} inputs hang together; the limit is ${formatCount(MAXIMUM_CORRELATED)}`,
      });
      continue;
    }
    const rows = new Map(set.map((number, row) => [cells[number] ?? 0, row]));
    const places = own.map(({ cells: [one, other] }) => [rows.get(one) ?? 0, rows.get(other) ?? 0] as const);
    const matrix = unitMatrix(set.length);
    own.forEach(({ coefficient }, at) => {
      put(matrix, places[at]!, coefficient);
    });
    const root = rootOf(matrix);
    if (root.kind === 'none') blame(bench, names, own, places, matrix, root.row);
  }
}

type Place = readonly [row: number, column: number];

function put(matrix: readonly Float64Array[], [row, column]: Place, coefficient: number): void {
  matrix[row]![column] = normalCorrelation(coefficient);
  matrix[column]![row] = normalCorrelation(coefficient);
}

/**
 * Names a pair that spoils the matrix: the last line that joins the first impossible row to the rows before it. What
 * would mend it is looked for by trying, first at this pair, then at the pairs that have no line.
 */
function blame(
  bench: Workbench,
  names: readonly string[],
  pairs: readonly Pair[],
  places: readonly Place[],
  matrix: readonly Float64Array[],
  row: number,
): void {
  const spoilt = places.flatMap(([one, other], at) => (Math.max(one, other) === row ? [at] : []));
  const at = spoilt.at(-1) ?? 0;
  const [{ declaration }, place] = [pairs[at]!, places[at]!];
  const block = matrix.slice(0, row + 1).map((entries) => entries.slice(0, row + 1));
  const nameOf = ([one, other]: Place): string => `\`${names[one]}\` and \`${names[other]}\``;
  const missing = unsaidPairs(row, places);
  const neighbours = places.flatMap((other, number) =>
    number !== at && Math.max(...other) <= row && other.some((one) => place.includes(one)) ? [number] : [],
  );
  const hints: string[] = [];
  if (row < LARGEST_MENDED) {
    const own = possibleRange(block, place);
    if (own !== null)
      hints.push(`With the other lines as they are it can lie between ${own.low} and ${own.high}.`);
    for (const pair of missing) {
      const range = possibleRange(block, pair);
      if (range === null) continue;
      hints.push(
        `Or give ${nameOf(pair)}, which have no line and so count as independent, one between ${range.low} and ${range.high}.`,
      );
      break;
    }
  }
  report(bench, 'correlation-impossible', declaration.span, {
    label: `this cannot be so for ${nameOf(place)} while the other lines hold`,
    related: neighbours.slice(0, 3).map((other) => ({
      span: pairs[other]!.declaration.span,
      label: `one of them, for ${nameOf(places[other]!)}`,
    })),
    ...(hints.length === 0 ? {} : { hint: hints.join(' ') }),
  });
}

/** Pairs of the impossible row and those before it that the text says nothing of. */
function unsaidPairs(row: number, places: readonly Place[]): readonly Place[] {
  const said = new Set(places.map(([one, other]) => `${Math.min(one, other)} ${Math.max(one, other)}`));
  const unsaid: Place[] = [];
  for (let other = 0; other < row && row < LARGEST_MENDED; other++)
    if (!said.has(`${other} ${row}`)) unsaid.push([other, row]);
  return unsaid;
}

/** The hundredths that a pair's correlation could be with all others as they are; null where there are none. */
function possibleRange(matrix: Matrix, place: Place): { readonly low: string; readonly high: string } | null {
  const trial = matrix.map((entries) => entries.slice());
  const possible: number[] = [];
  for (let hundredth = -99; hundredth <= 99; hundredth++) {
    put(trial, place, hundredth / 100);
    if (rootOf(trial).kind === 'root') possible.push(hundredth);
  }
  const [low, high] = [possible[0], possible.at(-1)];
  return low === undefined || high === undefined
    ? null
    : { low: String(low / 100), high: String(high / 100) };
}

/**
 * Columns of uniform numbers and of quantiles, drawn for the whole process in plain code while they are few and in modules
 * after that. They have the bits of `drawColumn` and `quantileAt`, which remain what the modules are held against. All of it
 * comes in parts with a rest after each.
 */
import { type Distribution, quantile } from '../base/distribution.ts';
import type { KnotFigure } from '../base/figure.ts';
import { PURPOSE } from '../base/philox.ts';
import { createDrawing, type Drawing, isClosed } from '../wasm/drawing.ts';
import { hasPairs } from '../wasm/pairs.ts';
import { type Design, insideStratum, REPLICATES, strataOf } from './design.ts';
import { createThriftyDrawing } from './thrifty-drawing.ts';

let known: Drawing | null = null;

/** Made when it is first asked for. Of what it draws it keeps nothing between calls, so that no order can meet another there. */
function ownDrawing(): Drawing {
  known ??= createThriftyDrawing(() => createDrawing(hasPairs()));
  return known;
}

/** Numbers between two rests: some quantiles outside the module take tens of microseconds, those in it nanoseconds. */
const REST = { outside: 1024, inside: 65_536 } as const;

/** Numbers of columns that are kept: 16 MB. */
const MOST_KEPT = 2_097_152;
/** By design. What was kept first stands before all else, and so does the design of which something was kept first. */
const kept = new Map<string, Map<string | number, readonly Float64Array[]>>();
let keptNumbers = 0;

/**
 * Uniform columns that are made once for many orders of one design: nobody may write into them. Those of small designs are kept, as
 * it is their orders of which there are hundreds.
 * @param what that on which they hang beside the design, and nothing else
 */
export function* keptColumns(
  design: Design,
  what: string | number,
  make: () => Generator<void, readonly Float64Array[]>,
): Generator<void, readonly Float64Array[]> {
  const key = keyOf(design);
  const known = kept.get(key)?.get(what);
  if (known !== undefined) return known;
  const columns = yield* make();
  const size = sizeOf(columns);
  const own = kept.get(key) ?? new Map<string | number, readonly Float64Array[]>();
  if (size > MOST_KEPT / 64 || own.has(what)) return columns;
  kept.set(key, own.set(what, columns));
  keptNumbers += size;
  if (keptNumbers > MOST_KEPT) forgetOldest();
  return columns;
}

function forgetOldest(): void {
  for (const [design, oldest] of kept) {
    for (const [other, others] of oldest) {
      if (keptNumbers <= MOST_KEPT) return;
      oldest.delete(other);
      keptNumbers -= sizeOf(others);
    }
    kept.delete(design);
  }
}

const sizeOf = (columns: readonly Float64Array[]): number =>
  columns.reduce((sum, { length }) => sum + length, 0);

/** By site what is kept of a design now; null where none is. */
export function columnsKept(design: Design): (site: number) => Float64Array | null {
  const own = kept.get(keyOf(design));
  return (site) => own?.get(site)?.[0] ?? null;
}

const keyOf = ({ kind, futures, seed }: Design): string => `${kind}:${futures}:${seed}`;

/** The same as `uniformColumn`, which is kept. */
export function* keptColumn(design: Design, site: number): Generator<void, Float64Array> {
  const [column] = yield* keptColumns(design, site, function* () {
    return [yield* uniformColumn(design, site)];
  });
  if (column === undefined) throw new Error('a column that was not drawn');
  return column;
}

/** One input's uniform numbers, as `drawColumn` says; throws as it does. */
export function* uniformColumn(
  design: Design,
  site: number,
  drawing = ownDrawing(),
): Generator<void, Float64Array> {
  const { capacity } = drawing;
  const { futures, seed } = design;
  const strata = strataOf(design);
  const column = new Float64Array(futures);
  let drawn = 0;
  if (design.kind === 'monte-carlo') {
    for (let future = 0; future < futures; future += capacity) {
      const at = { seed, future, occurrence: 0, site, purpose: PURPOSE.inputDraw };
      drawing.uniforms('futures', at, stretchOf(column, future, future + capacity));
      if (rests(capacity)) yield;
    }
    yield;
    return column;
  }
  const part = new Float64Array(capacity);
  for (let replicate = 0; replicate < REPLICATES; replicate++) {
    const at = { seed, future: replicate, site };
    const order = new Uint32Array(strata);
    for (let index = 0; index < strata; index++) order[index] = index;
    // Fisher and Yates, from the last position to the second.
    for (let to = strata; to > 1; to -= capacity) {
      const from = Math.max(1, to - capacity);
      const chosen = part.subarray(0, to - from);
      drawing.uniforms('occurrences', { ...at, occurrence: from, purpose: PURPOSE.stratumShuffle }, chosen);
      shuffleBack(order, from, chosen);
      if (rests(capacity)) yield;
    }
    for (let from = 0; from < strata; from += capacity) {
      const jitter = part.subarray(0, Math.min(capacity, strata - from));
      drawing.uniforms('occurrences', { ...at, occurrence: from, purpose: PURPOSE.stratumJitter }, jitter);
      const own = column.subarray(replicate * strata + from, replicate * strata + from + jitter.length);
      for (let place = 0; place < jitter.length; place++)
        own[place] = insideStratum(order[from + place]!, jitter[place]!, strata);
      if (rests(capacity)) yield;
    }
  }
  yield;
  return column;

  function rests(count: number): boolean {
    drawn += count;
    if (drawn < REST.inside) return false;
    drawn = 0;
    return true;
  }
}

/** A column itself where that is all of it: a view takes as long as drawing many a column. */
const stretchOf = (column: Float64Array, from: number, to: number): Float64Array =>
  from === 0 && to >= column.length ? column : column.subarray(from, to);

/** Swaps the positions `from` … from + chosen.length − 1, the last first, each with a chosen one not behind it. */
function shuffleBack(order: Uint32Array, from: number, chosen: Float64Array): void {
  for (let place = chosen.length - 1; place >= 0; place--) {
    const position = from + place;
    const other = Math.floor(chosen[place]! * (position + 1));
    const held = order[position]!;
    order[position] = order[other]!;
    order[other] = held;
  }
}

/** Of so many futures at most, quantiles are kept: 16 MB of them. */
const MOST_QUANTILES = { futures: 1024, numbers: 2_097_152 } as const;
let quantiles = new WeakMap<KnotFigure, WeakMap<Float64Array, Float64Array>>();
let keptQuantileNumbers = 0;

/** Null where none are kept. */
export const quantilesKept = (figure: KnotFigure, uniforms: Float64Array): Float64Array | null =>
  quantiles.get(figure)?.get(uniforms) ?? null;

/**
 * The same as `quantileColumn`, which is kept with the figure and the numbers: hundreds of orders of one viewpoint share nearly all
 * of them. Nobody may write into either.
 */
export function* keptQuantiles(figure: KnotFigure, uniforms: Float64Array): Generator<void, Float64Array> {
  const known = quantilesKept(figure, uniforms);
  if (known !== null) return known;
  const column = yield* quantileColumn(figure, uniforms);
  if (column.length > MOST_QUANTILES.futures) return column;
  keptQuantileNumbers += column.length;
  if (keptQuantileNumbers > MOST_QUANTILES.numbers) {
    quantiles = new WeakMap();
    keptQuantileNumbers = column.length;
  }
  const own = quantiles.get(figure) ?? new WeakMap<Float64Array, Float64Array>();
  own.set(uniforms, column);
  quantiles.set(figure, own);
  return column;
}

/** `quantileAt` of every uniform number. */
export function* quantileColumn(
  figure: KnotFigure,
  uniforms: Float64Array,
  drawing = ownDrawing(),
): Generator<void, Float64Array> {
  const column = new Float64Array(uniforms.length);
  const rest = isOutside(figure) ? REST.outside : REST.inside;
  for (let from = 0; from < column.length; from += drawing.capacity) {
    const to = Math.min(from + drawing.capacity, column.length);
    fill(drawing, figure, stretchOf(uniforms, from, to), stretchOf(column, from, to));
    if (to % rest === 0) yield;
  }
  yield;
  return column;
}

const isOutside = (figure: KnotFigure): boolean =>
  figure.kind === 'between' ? isOutside(figure.left) || isOutside(figure.right) : !isClosed(figure);

function fill(drawing: Drawing, figure: KnotFigure, uniforms: Float64Array, into: Float64Array): void {
  if (figure.kind !== 'between') {
    fillOf(drawing, figure, uniforms, into);
    return;
  }
  const [left, right] = [new Float64Array(into.length), new Float64Array(into.length)];
  fillOf(drawing, figure.left, uniforms, left);
  fillOf(drawing, figure.right, uniforms, right);
  drawing.join(left, right, figure.part, into);
}

function fillOf(
  drawing: Drawing,
  distribution: Distribution,
  uniforms: Float64Array,
  into: Float64Array,
): void {
  if (distribution.kind === 'point') into.fill(distribution.value);
  else if (isClosed(distribution)) drawing.quantiles(distribution, uniforms, into);
  else
    uniforms.forEach((u, place) => {
      into[place] = quantile(distribution, u);
    });
}

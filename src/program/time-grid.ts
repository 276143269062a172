/**
 * The instants of a model, as the text would write them. Adding or multiplying a step such as 0.7 day or 1 hour falls a
 * hair beside the instants that equations and measures name, so that `time < 2.1 day` would still hold at 2.1 day. The
 * step is therefore kept as a fraction, and every instant is rounded once.
 */

/** Instant i is (startTicks + i · stepTicks) / ticksPerDay, in days; i = 0 … steps. */
export type TimeGrid = {
  readonly steps: number;
  readonly startTicks: number;
  readonly stepTicks: number;
  readonly ticksPerDay: number;
};

/** Denominators beyond this are no fraction that anybody writes. */
const LARGEST_DENOMINATOR = 1_000_000_000;
/** An instant this close to the grid, as a share of the step, is meant to be on it. */
export const NEAR = 1e-9;

/** The grid of `steps` steps, both in days. */
export function timeGrid(start: number, step: number, steps: number): TimeGrid {
  const [startDenominator, stepDenominator] = [denominatorOf(start), denominatorOf(step)];
  const ticksPerDay = leastCommonMultiple(startDenominator ?? 1, stepDenominator ?? 1);
  const startTicks = Math.round(start * ticksPerDay);
  const stepTicks = Math.round(step * ticksPerDay);
  const isExact =
    startDenominator !== null &&
    stepDenominator !== null &&
    Number.isSafeInteger(startTicks + steps * stepTicks) &&
    Number.isSafeInteger(startTicks);
  return isExact
    ? { steps, startTicks, stepTicks, ticksPerDay }
    : { steps, startTicks: start, stepTicks: step, ticksPerDay: 1 };
}

export const instantAt = ({ startTicks, stepTicks, ticksPerDay }: TimeGrid, number: number): number =>
  (startTicks + number * stepTicks) / ticksPerDay;

/** The instant of the grid that is meant by `days`; `days` itself where it lies between two. */
export function onGrid(grid: TimeGrid, days: number): number {
  const step = grid.stepTicks / grid.ticksPerDay;
  const nearest = instantAt(grid, Math.round((days - instantAt(grid, 0)) / step));
  return Math.abs(nearest - days) <= NEAR * step ? nearest : days;
}

/** The number of the first instant at or behind `days`; the last one where there is none. */
export function instantFrom(grid: TimeGrid, days: number): number {
  let [low, high] = [0, grid.steps];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (instantAt(grid, middle) < days) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The least d for which some whole n gives n/d exactly, by the continued fraction; null if it is too large. */
function denominatorOf(value: number): number | null {
  let [before, denominator] = [0, 1];
  let rest = value;
  while (denominator <= LARGEST_DENOMINATOR) {
    if (Math.round(value * denominator) / denominator === value) return denominator;
    const fraction = rest - Math.floor(rest);
    if (fraction === 0) return null;
    rest = 1 / fraction;
    [before, denominator] = [denominator, denominator * Math.floor(rest) + before];
  }
  return null;
}

function leastCommonMultiple(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y !== 0) [x, y] = [y, x % y];
  return (a / x) * b;
}

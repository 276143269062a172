/**
 * A module's memory: what the host writes (time, inputs), then what it reads (columns of results), then the groups of
 * futures that are worked out together, and tables behind them. A group is a pair of futures, or one where there is
 * no SIMD; what belongs to it lies in one stretch, lane beside lane.
 */

import { givenRegisters, type MeasurePlan, type Program } from '../program/program.ts';
import type { Places } from './places.ts';

/** Bytes of all groups of a call: what a processor keeps near. */
const NEAR = 262_144;
/** Futures of one call: few enough for a stop to be heard, enough to be worth the call. */
export const MOST_FUTURES = 64;

/** Offsets are bytes from a group's start. */
export type GroupLayout = {
  readonly stride: number;
  /** Files of registers: two take turns as the instant's and the one before it; three more hold the stages of rk4. */
  readonly files: number;
  readonly fileSize: number;
  readonly fixed: number;
  /** Starts, inflows and outflows of every stock, to prove that nothing is lost. */
  readonly booked: number;
  /** What every measure has seen so far: a line each, three where a time is kept beside a value. */
  readonly followed: readonly number[];
  /** Sums that are 0 while all is finite: of what is written once a future, and of an instant. */
  readonly badAtStart: number;
  readonly bad: number;
  readonly failedAt: number;
  readonly failedBy: number;
  /** i32: the number of the group's first future. */
  readonly future: number;
  readonly histories: number;
};

/** Addresses; columns hold `capacity` float64. */
export type Layout = {
  readonly lanes: 1 | 2;
  /** Bytes of a value of all lanes. */
  readonly width: number;
  /** Futures of one call. */
  readonly capacity: number;
  readonly group: GroupLayout;
  /** i32: the seed's lower and upper word. */
  readonly seed: number;
  /** i32: the number of the future at each place. */
  readonly numbers: number;
  /** Days of every instant, and of the end of every step as seen from inside it. */
  readonly times: number;
  readonly ends: number;
  readonly inputs: number;
  readonly measures: number;
  readonly claims: number;
  readonly failedAt: number;
  readonly failedBy: number;
  readonly imbalances: number;
  readonly clipped: number;
  /** Where comparisons leave their sides, and instants at which a condition may turn. */
  readonly sides: number;
  readonly turns: number;
  /** Values that parts of long code hand over to each other. */
  readonly scratch: number;
  readonly groups: number;
  /** All of it but the tables, which lie behind. */
  readonly bytes: number;
};

/** Where the file of a later stage of rk4 lies in a group: 0 … 2, behind those of the instants. */
export const stageOffset = ({ group }: Layout, stage: number): number => (2 + stage) * group.fileSize;

/** Instants within one step at which one condition may turn. */
export const MOST_TURNS = 65_536;

const line = (bytes: number): number => Math.ceil(bytes / 16) * 16;

/** Lines of a measure: of the time of an extreme the extreme, the time, and a sum that is 0 while all is finite. */
const linesOf = (reducer: MeasurePlan['reducer']): number =>
  reducer === 'time of highest' || reducer === 'time of lowest' ? 3 : 1;

/**
 * @param scratch values on the scratch pad
 * @param mostFutures of one call, unless a group has more
 */
export function layOut(
  program: Program,
  places: Places,
  wide: boolean,
  scratch: number,
  mostFutures: number,
): Layout {
  const width = wide ? 16 : 8;
  const instants = program.time.steps + 1;
  const files = program.method === 'rk4' ? 5 : 2;
  const fileSize = line(places.file.size * width);
  let at = files * fileSize;
  const take = (bytes: number): number => {
    const here = at;
    at += line(bytes);
    return here;
  };
  const group: Omit<GroupLayout, 'stride'> = {
    files,
    fileSize,
    fixed: take(places.fixed.size * width),
    booked: take(3 * program.stocks.length * width),
    followed: program.measures.map(({ reducer }) => take(linesOf(reducer) * width)),
    badAtStart: take(width),
    bad: take(width),
    failedAt: take(width),
    failedBy: take(width),
    future: take(4),
    histories: take(program.histories.length * instants * width),
  };
  // Strides of many whole pages would meet in the same lines of the processor's memory.
  const stride = line(at) + 64;
  const lanes = wide ? 2 : 1;
  const groupsNear = Math.max(1, Math.floor(NEAR / stride));
  const capacity = lanes * Math.min(Math.ceil(mostFutures / lanes), groupsNear);

  at = 0;
  const column = (count: number): number => take(count * capacity * 8);
  const comparisons = program.measures.reduce((most, one) => Math.max(most, one.comparisons.length), 0);
  const layout = {
    lanes,
    width,
    capacity,
    group: { ...group, stride },
    seed: take(8),
    numbers: take(capacity * 4),
    times: take(instants * 8),
    ends: take(instants * 8),
    inputs: column(givenRegisters(program).length),
    measures: column(program.measures.length),
    claims: column(program.claims.length),
    failedAt: column(1),
    failedBy: column(1),
    imbalances: column(1),
    clipped: column(program.clipped.length),
    sides: take(comparisons * 3 * width),
    turns: take(program.measures.length === 0 ? 0 : MOST_TURNS * 8),
    scratch: take(scratch * width),
  } as const;
  const groups = at;
  return { ...layout, groups, bytes: groups + (capacity / lanes) * stride };
}

/**
 * Where in a box a claim might hold: which points are tried, and in which order. It knows neither claims nor engines: it
 * hands out points and hears of each how near it came. What it finds is a point at which the claim holds, with as
 * few inputs away from their middle as it could; that it finds none proves nothing, since a box of sixty inputs has more
 * corners than anybody can run.
 *
 * Tried are the middle of all ranges; the favourable corner, of all inputs and of those with which the claim plainly goes;
 * what lies between; futures of the main run that came closest; then, round by round, single inputs at another end, all
 * of these together that brought it nearer, and points halfway to others. Where one holds, inputs are put back to
 * their middle while it still does (the idea of Zeller & Hildebrandt's delta debugging, 2002, doi:10.1109/32.988498).
 */

/** By input of the box, the share at which its figure is taken. */
export type Point = Float64Array;

/** The ends of the box, and its middle. */
export const LOW = 0.05;
export const HIGH = 0.95;
export const MIDDLE = 0.5;

/** How near a point came: above or equal 0 it meets the claim as far as one sees. The second part decides between equals. */
export type Score = readonly [number, number];

export type Tried = {
  readonly point: Point;
  readonly score: Score;
  /** Whether its futures were too few for the claim's own rule, which may still be met. */
  readonly isOpen: boolean;
};

/** Where the claim holds by its own rule; or where nobody could tell that it does not. */
export type Found = { readonly point: Point; readonly holds: boolean };

/** What the main run tells of the box. */
export type Lead = {
  /** By input, how the claim goes with it: a rank correlation, positive where more is better. */
  readonly ties: Float64Array;
  /** From which size on such a tie is no accident of the draws. */
  readonly told: number;
  /** Futures that came closest, drawn into the box. */
  readonly seeds: readonly Point[];
};

/** Points to be tried; `isFinal` asks for the claim's own rule, with all the futures that it needs. */
export type Wanted = { readonly points: readonly Point[]; readonly isFinal: boolean };

/** How much may be tried: a point costs one future where nothing is left to chance, and tens where something is. */
export type Effort = {
  /** Parts of the way from the middle to the corner. */
  readonly between: readonly number[];
  readonly seeds: number;
  readonly rounds: number;
  /** Single inputs moved in one round. */
  readonly flips: number;
  /** Whether each of them is moved to either end. */
  readonly bothEnds: boolean;
  /** Below this score nothing further is tried. */
  readonly hopeless: number;
  /** So far below 0 a glance may lie of what is held against the claim's own rule: one future of few is no answer. */
  readonly slack: number;
  /** Points that are held against the claim's own rule in one round, each with what is left of it. */
  readonly finals: number;
  /** Whether it is sought step by step which inputs can be put back, and not in all numbers of them at once. */
  readonly isDear: boolean;
};

export const CERTAIN: Effort = {
  between: [0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875],
  seeds: 8,
  rounds: 6,
  flips: 512,
  bothEnds: true,
  hopeless: Number.NEGATIVE_INFINITY,
  slack: 0,
  finals: 2,
  isDear: false,
};
export const CHANCY: Effort = {
  between: [0.5],
  seeds: 2,
  rounds: 1,
  flips: 6,
  bothEnds: false,
  hopeless: -0.1,
  slack: 0.09,
  finals: 1,
  isDear: true,
};
/** Where chance has changed nothing so far. */
export const STEADY: Effort = {
  ...CHANCY,
  slack: 0,
  rounds: 3,
  flips: 16,
  bothEnds: true,
  hopeless: Number.NEGATIVE_INFINITY,
};

const isBetter = (one: Tried, other: Tried): boolean =>
  one.score[0] > other.score[0] || (one.score[0] === other.score[0] && one.score[1] > other.score[1]);

const bestOf = (tried: readonly Tried[]): Tried | undefined =>
  tried.reduce<Tried | undefined>(
    (best, one) => (best === undefined || isBetter(one, best) ? one : best),
    undefined,
  );

const passes = ({ score }: Tried): boolean => score[0] >= 0;

/** Inputs that stand away from their middle. */
export const movedIn = (point: Point): readonly number[] =>
  Array.from(point.keys()).filter((input) => point[input] !== MIDDLE);

const keyOf = (point: Point): string => point.join();

/** The point with only some of its inputs moved. */
function keeping(point: Point, inputs: readonly number[]): Point {
  const kept = new Float64Array(point.length).fill(MIDDLE);
  for (const input of inputs) kept[input] = point[input] ?? MIDDLE;
  return kept;
}

/** What was tried, so that no point is tried twice. */
type Notes = Map<string, Tried>;

function* ask(
  notes: Notes,
  points: readonly Point[],
  isFinal = false,
): Generator<Wanted, readonly Tried[], readonly Tried[]> {
  const asked = new Map(points.map((point) => [keyOf(point), point]));
  const open = [...asked].filter(([key]) => isFinal || !notes.has(key)).map(([, point]) => point);
  if (open.length > 0) for (const one of yield { points: open, isFinal }) notes.set(keyOf(one.point), one);
  return [...asked.keys()].flatMap((key) => notes.get(key) ?? []);
}

/**
 * Null where none of the points tried meets the claim as far as one sees.
 * @param effortNow asked again after each round
 * @param canSettle whether the futures that are run for it are ever enough for the claim's own rule
 */
export function* search(
  lead: Lead,
  effortNow: () => Effort,
  canSettle = true,
): Generator<Wanted, Found | null, readonly Tried[]> {
  const notes: Notes = new Map();
  const refused = new Set<string>();
  const { ties, told, seeds } = lead;
  const middle = new Float64Array(ties.length).fill(MIDDLE);
  const corner = Float64Array.from(ties, (tie) => (tie === 0 ? MIDDLE : favourable(tie)));
  const plain = keeping(
    corner,
    [...ties.keys()].filter((input) => Math.abs(ties[input] ?? 0) >= told),
  );
  const begin = effortNow();
  const first = [
    middle,
    plain,
    corner,
    ...begin.between.map((part) => towards(corner, part)),
    ...seeds.slice(0, begin.seeds),
  ];
  yield* ask(notes, first);
  let base: Tried | undefined;
  for (let round = 0; ; round++) {
    const effort = effortNow();
    const found = yield* settled(notes, refused, first, ties, effort, canSettle);
    if (found !== null) return { point: found.point, holds: passes(found) };
    const best = bestOf([...notes.values()]);
    if (best === undefined || round === effort.rounds || best.score[0] < effort.hopeless) break;
    const before = base;
    const better =
      before === undefined
        ? []
        : [...notes.values()].filter((one) => isStepFrom(one.point, before.point) && isBetter(one, before));
    base = best;
    const second = bestOf([...notes.values()].filter((one) => one !== best));
    const fresh = [
      ...together(before?.point, better),
      ...halfway(best.point, [middle, corner, second?.point]),
      ...flipsOf(best.point, ties, effort),
    ].filter((point) => !notes.has(keyOf(point)));
    if (fresh.length === 0) break;
    yield* ask(notes, fresh);
  }
  const open = [...notes.values()].filter(({ isOpen }) => isOpen);
  const fewest = open.toSorted((one, other) => movedIn(one.point).length - movedIn(other.point).length)[0];
  return fewest === undefined ? null : { point: fewest.point, holds: false };
}

const favourable = (tie: number): number => (tie < 0 ? LOW : HIGH);

/** A part of the way from the middle. */
const towards = (point: Point, part: number): Point => point.map((share) => MIDDLE + (share - MIDDLE) * part);

/** The first of the points that meets the claim by its own rule, or that no futures could settle; the plainest before the others. */
function* settled(
  notes: Notes,
  refused: Set<string>,
  plainest: readonly Point[],
  ties: Float64Array,
  effort: Effort,
  canSettle: boolean,
): Generator<Wanted, Tried | null, readonly Tried[]> {
  const order = new Map(plainest.map((point, place) => [keyOf(point), place]));
  const place = ({ point }: Tried): number => order.get(keyOf(point)) ?? order.size;
  const hopeful = [...notes.values()]
    .filter(({ point, score }) => score[0] >= -effort.slack && !refused.has(keyOf(point)))
    .sort(
      (one, other) =>
        Number(passes(other)) - Number(passes(one)) ||
        place(one) - place(other) ||
        (isBetter(one, other) ? -1 : 1),
    );
  const isEnough = (one: Tried | undefined): one is Tried =>
    one !== undefined && (passes(one) || (one.isOpen && !canSettle));
  for (const { point } of hopeful.slice(0, effort.finals)) {
    const [whole] = yield* ask(notes, [point], true);
    if (!isEnough(whole)) {
      refused.add(keyOf(point));
      continue;
    }
    for (const fewer of yield* reduced(notes, point, ties, effort)) {
      const [one] = yield* ask(notes, [fewer], true);
      if (isEnough(one) && (passes(one) || !passes(whole))) return one;
    }
    return whole;
  }
  return null;
}

const isStepFrom = (point: Point, base: Point): boolean =>
  point.reduce((count, share, input) => count + (share === base[input] ? 0 : 1), 0) === 1;

/** All single steps that brought it nearer, taken at once. */
function together(base: Point | undefined, better: readonly Tried[]): readonly Point[] {
  if (base === undefined || better.length < 2) return [];
  const all = base.slice();
  // Of two steps of one input the better one stands.
  for (const { point } of better.toSorted((one, other) => (isBetter(one, other) ? 1 : -1)))
    point.forEach((share, input) => {
      if (share !== base[input]) all[input] = share;
    });
  return [all];
}

const halfway = (point: Point, others: readonly (Point | undefined)[]): readonly Point[] =>
  others.flatMap((other) =>
    other === undefined ? [] : [point.map((share, input) => (share + (other[input] ?? share)) / 2)],
  );

/** Inputs from the one with which the claim goes most to the one with which it goes least. */
const byTie = (inputs: readonly number[], ties: Float64Array): readonly number[] =>
  inputs.toSorted((one, other) => Math.abs(ties[other] ?? 0) - Math.abs(ties[one] ?? 0) || one - other);

function flipsOf(point: Point, ties: Float64Array, { flips, bothEnds }: Effort): readonly Point[] {
  return byTie([...ties.keys()], ties)
    .slice(0, flips)
    .flatMap((input) => {
      const end = favourable(ties[input] ?? 0);
      const ends = [end, end === LOW ? HIGH : LOW].filter((one) => one !== point[input]);
      return (bothEnds ? ends : ends.slice(0, 1)).map((one) => {
        const flipped = point.slice();
        flipped[input] = one;
        return flipped;
      });
    });
}

/** How many of the inputs that matter most are kept, to begin with. */
const SIZES = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512];
/** Rounds in which single inputs are put back, and how many of them in one. */
const MOST_ENDS = 4;
const DROPS = { cheap: { rounds: 4, singles: 8 }, dear: { rounds: 1, singles: 3 } } as const;

/** Points with fewer inputs away from their middle that seem to hold, the fewest first. */
function* reduced(
  notes: Notes,
  found: Point,
  ties: Float64Array,
  effort: Effort,
): Generator<Wanted, readonly Point[], readonly Tried[]> {
  const prefix = yield* effort.isDear ? bisected(notes, found, ties) : smallest(notes, found, ties, effort);
  let kept = byTie(movedIn(prefix), ties);
  const { rounds, singles } = effort.isDear ? DROPS.dear : DROPS.cheap;
  for (let round = 0; round < rounds && kept.length > 1; round++) {
    const tried = kept.toReversed().slice(0, singles);
    const without = (dropped: readonly number[]): readonly number[] =>
      kept.filter((input) => !dropped.includes(input));
    const met = (inputs: readonly number[]): boolean => isMet(notes, keeping(prefix, inputs));
    yield* ask(
      notes,
      tried.map((input) => keeping(prefix, without([input]))),
    );
    const idle = tried.filter((input) => met(without([input])));
    const [one] = idle;
    if (one === undefined) break;
    // Most at once; of inputs that can stand in for each other, only some can go.
    const some = [idle, idle.slice(0, Math.ceil(idle.length / 2)), [one]].map(without);
    yield* ask(
      notes,
      some.map((inputs) => keeping(prefix, inputs)),
    );
    kept = some.find(met) ?? kept;
  }
  // At their ends fewer of them may do, and are told more plainly.
  const reached = keeping(prefix, kept);
  const ends = Float64Array.from(ties, (tie, input) => (kept.includes(input) ? favourable(tie) : MIDDLE));
  const isBetween = kept.some((input) => reached[input] !== LOW && reached[input] !== HIGH);
  const atEnds = isBetween
    ? kept.slice(0, MOST_ENDS).map((_, at) => keeping(ends, kept.slice(0, at + 1)))
    : [];
  yield* ask(notes, atEnds);
  const fewest = atEnds.find((point) => isMet(notes, point)) ?? reached;
  // Where a glance was too hopeful, twice as many may do.
  const order = byTie(movedIn(found), ties);
  const all = [fewest, reached, keeping(found, order.slice(0, 2 * movedIn(prefix).length))];
  const distinct = new Map(all.map((point) => [keyOf(point), point]));
  distinct.delete(keyOf(found));
  return [...distinct.values()];
}

/** The fewest of the inputs that matter most with which it holds, in all numbers of them at once, and on the way to their ends. */
function* smallest(
  notes: Notes,
  found: Point,
  ties: Float64Array,
  { between }: Effort,
): Generator<Wanted, Point, readonly Tried[]> {
  const own = byTie(movedIn(found), ties);
  const all = byTie([...ties.keys()], ties);
  const candidates = (size: number): readonly Point[] => {
    const ends = new Float64Array(ties.length).fill(MIDDLE);
    for (const input of all.slice(0, size)) ends[input] = favourable(ties[input] ?? 0);
    return [keeping(found, own.slice(0, size)), ...between.map((part) => towards(ends, part))];
  };
  const least = function* (sizes: readonly number[]): Generator<Wanted, Point | null, readonly Tried[]> {
    yield* ask(notes, sizes.flatMap(candidates));
    return sizes.flatMap(candidates).find((point) => isMet(notes, point)) ?? null;
  };
  const sizes = SIZES.filter((size) => size < own.length);
  const coarse = (yield* least(sizes)) ?? found;
  const count = movedIn(coarse).length;
  const below = sizes.filter((size) => size < count).at(-1) ?? 0;
  const steps = Array.from(
    { length: Math.min(16, Math.max(0, count - below - 1)) },
    (_, at) => below + 1 + at,
  );
  return (yield* least(steps)) ?? coarse;
}

/** The same step by step: of what is left, an eighth, a quarter and a half at once, as few are enough mostly. */
function* bisected(
  notes: Notes,
  found: Point,
  ties: Float64Array,
): Generator<Wanted, Point, readonly Tried[]> {
  const order = byTie(movedIn(found), ties);
  const first = (size: number): Point => keeping(found, order.slice(0, size));
  let [fails, holds] = [0, order.length];
  while (holds - fails > 1) {
    const parts = [8, 4, 2].map((part) => fails + Math.max(1, Math.floor((holds - fails) / part)));
    const sizes = [...new Set(parts)];
    yield* ask(notes, sizes.map(first));
    const least = sizes.find((size) => isMet(notes, first(size)));
    fails = sizes.filter((size) => size < (least ?? holds)).at(-1) ?? fails;
    holds = least ?? holds;
  }
  return first(holds);
}

function isMet(notes: Notes, point: Point): boolean {
  const one = notes.get(keyOf(point));
  return one !== undefined && passes(one);
}

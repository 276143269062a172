/** Rounds in which every contender has its turn, and what they say in the middle. */
import { CONTENDERS, type Contender, type ContenderName, contenderFor } from './contenders.ts';
import type { Case } from './model-case.ts';

/** Nanoseconds of a future's step's equation, by contender; null where nobody could run it. */
export type ModelResult = {
  readonly name: string;
  readonly what: string;
  readonly equations: number;
  readonly steps: number;
  readonly rounds: number;
  readonly nanoseconds: Readonly<Record<ContenderName, number | null>>;
  /** Whether C in lanes gave the engine's bits; null without a compiler. */
  readonly equalBits: boolean | null;
  /** Whether everybody's numbers agree to a millionth, and the interpreter's with the engine's to the last bit. */
  readonly agree: boolean;
};

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [left, right] = [sorted[middle - 1] ?? Number.NaN, sorted[middle] ?? Number.NaN];
  return sorted.length % 2 === 1 ? right : (left + right) / 2;
}

const WARM_ROUNDS = 2;
const FEWEST_ROUNDS = 3;

/** Rounds until about so many milliseconds have passed. */
export async function race(
  one: Case,
  compiler: string | null,
  milliseconds: number,
  names: readonly ContenderName[] = CONTENDERS,
): Promise<ModelResult> {
  const contenders = names.flatMap((name) => contenderFor(name, one, compiler) ?? []);
  const { steps } = one.order.program.time;
  const seen = new Map<ContenderName, number[]>(contenders.map(({ name }) => [name, []]));
  for (let round = 0; round < WARM_ROUNDS; round++)
    for (const contender of contenders) await contender.round();
  const from = performance.now();
  let rounds = 0;
  while (rounds < FEWEST_ROUNDS || performance.now() - from < milliseconds) {
    for (const contender of contenders) {
      const work = contender.futures * steps * one.equations;
      seen.get(contender.name)!.push((await contender.round()) / work);
    }
    rounds++;
  }
  const { equalBits, agree } = await compare(contenders);
  for (const { end } of contenders) end();
  const nanoseconds = Object.fromEntries(
    CONTENDERS.map((name) => {
      const values = seen.get(name);
      return [name, values === undefined ? null : median(values)];
    }),
  ) as Record<ContenderName, number | null>;
  return {
    name: one.name,
    what: one.what,
    equations: one.equations,
    steps,
    rounds,
    nanoseconds,
    equalBits,
    agree,
  };
}

async function compare(contenders: readonly Contender[]): Promise<Pick<ModelResult, 'equalBits' | 'agree'>> {
  const levels = new Map<ContenderName, readonly Float64Array[]>();
  for (const { name, levels: found } of contenders) levels.set(name, await found());
  const right = levels.get('wasm') ?? [];
  const all = (name: ContenderName, alike: (a: number, b: number) => boolean): boolean | null => {
    const own = levels.get(name);
    if (own === undefined) return null;
    return own.every((column, number) =>
      column.every((value, future) => alike(value, right[number]?.[future] ?? Number.NaN)),
    );
  };
  const near = (a: number, b: number): boolean =>
    Object.is(a, b) || Math.abs(a - b) <= 1e-6 * Math.max(1e-6, Math.abs(a), Math.abs(b));
  const equalBits = all('c vector', Object.is);
  const agree =
    all('interpreter', Object.is) !== false &&
    all('c vector', near) !== false &&
    all('c scalar', near) !== false &&
    all('javascript', near) !== false;
  return { equalBits, agree };
}

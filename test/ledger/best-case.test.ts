/**
 * The author's best case, over models whose answers are known: at which end of which range a claim begins to hold, and
 * when no point of them does.
 */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { Run } from '../../src/engine/ensemble.ts';
import type { ViewpointVerdict } from '../../src/ledger/ledger.ts';
import type { BestCase } from '../../src/ledger/ledger-of-best-case.ts';
import { type Asked, claimOf, ledgerOf, oracleRun, plainRun } from '../support/ledger-of.ts';

const HEAD = `model "Best"
time 0 day .. 1000 day by 1 day
unit t
source essay "The essay" author
source rival "The rival"
`;
const VIEWS = `viewpoint as_written "As written"
  use essay
viewpoint theirs "Theirs"
  use rival
`;
/** Stores that last store / (fire - made) days. */
const STORES = `${HEAD}input store: t
  essay 1_000 to 2_000
  rival 500
input fire: t/day
  essay 20 to 30
  rival 30
input made: t/day
  assumed 5 to 10 "nobody says"
input idle: t
  assumed 1 to 2 "nothing reads much of it"
${VIEWS}stock left: t = store
  + coming
  - going
flow coming: t/day = made
flow going: t/day = fire
let other: t = idle
measure runs: day = time until left <= 0 t
measure beside: t = final other
`;

const underOf = async (text: string, id = 'c', asked: Asked = {}): Promise<ViewpointVerdict> => {
  const { viewpoints } = claimOf(await ledgerOf(text, { runs: 400, ...asked }), id);
  const found = viewpoints.as_written ?? viewpoints.stated;
  if (found === undefined) throw new Error('no column of the author');
  return found;
};
const bestOf = async (text: string, id = 'c', asked: Asked = {}): Promise<BestCase> => {
  const { bestCase } = await underOf(text, id, asked);
  if (bestCase === undefined) throw new Error('no best case');
  return bestCase;
};
const claim = (condition: string): string => `claim c "It is so"\n  ${condition}\n`;
/** Names of what is moved, with their values. */
const movedIn = ({ point }: BestCase): Readonly<Record<string, number | null>> =>
  Object.fromEntries(point.filter(({ moved }) => moved).map(({ input, value }) => [input, value]));

describe('a claim on arithmetic', () => {
  // 2000 / (20 - 10) = 200 days at the corner.
  test.each([
    ['just short of the corner', 'runs >= 199.9 day', { store: 2000, fire: 20, made: 10 }],
    ['where a part of it is enough', 'runs >= 100 day', { store: 2000 }],
    ['the other way round', 'runs <= 40.1 day', { store: 1000, fire: 30, made: 5 }],
    [
      'with an end that goes against the other',
      'runs >= 199 day and beside >= 1.9 t',
      { store: 2000, fire: 20, made: 10, idle: 2 },
    ],
  ])('holds %s', async (_, condition, expected) => {
    const best = await bestOf(STORES + claim(condition));
    expect(best).toMatchObject({ verdict: 'holds', futures: 1, share: 1, unfit: 0 });
    const moved = movedIn(best);
    expect(Object.keys(moved).toSorted()).toEqual(Object.keys(expected).toSorted());
    for (const [input, value] of Object.entries(expected)) expect(moved[input]).toBeCloseTo(value, 6);
  });

  it('holds at the very figures that were stated', async () => {
    const best = await bestOf(STORES + claim('runs >= 200 day and beside <= 1 t'));
    expect(best.point.map(({ input, value }) => [input, value])).toEqual(
      expect.arrayContaining([
        ['store', 2000],
        ['fire', 20],
        ['made', 10],
        ['idle', 1],
      ]),
    );
  });

  it('turns single inputs of hundreds whose direction the draws do not tell', async () => {
    const count = 300;
    const names = Array.from({ length: count }, (_, at) => `e${at}`);
    const text = `model "Wide"
time 0 day .. 1 day by 1 day
unit t
source essay "The essay" author
${names.map((name) => `actor ${name}\n`).join('')}group All = ${names.join(', ')}
input part[All]: t
  essay 1 to 3
let whole: t = sum(part over All)
measure m: t = final whole
${claim(`m >= ${3 * count - 1} t`)}`;
    const best = await bestOf(text, 'c', { runs: 100 });
    expect(best).toMatchObject({ verdict: 'holds', of: count });
    expect(Object.values(movedIn(best))).toEqual(names.map(() => 3));
  });

  it('holds at no point beyond the corner, and says how many were tried', async () => {
    const best = await bestOf(STORES + claim('runs >= 200.1 day'));
    expect(best).toMatchObject({ verdict: 'none found', of: 3, futures: 0, point: [] });
    expect(best.tried).toBeGreaterThan(15);
  });

  it('is found between the ends too', async () => {
    const best = await bestOf(STORES + claim('100 day <= runs and runs <= 100.4 day and beside <= 1.6 t'));
    expect(best.verdict).toBe('holds');
    const [store = 0, fire = 0, made = 0, idle = 0] = ['store', 'fire', 'made', 'idle'].map(
      (name) => best.point.find(({ input }) => input === name)?.value ?? Number.NaN,
    );
    expect(store / (fire - made)).toBeGreaterThanOrEqual(100);
    expect(store / (fire - made)).toBeLessThanOrEqual(100.4);
    expect(idle).toBeLessThanOrEqual(1.6);
  });

  it('holds with all figures at their middle where it only mostly held', async () => {
    const found = await underOf(STORES + claim('runs >= 60 day'));
    expect(found.verdict).toBe('mostly holds');
    expect(found.bestCase).toMatchObject({ verdict: 'holds', of: 3 });
    expect(movedIn(found.bestCase as BestCase)).toEqual({});
    expect(found.bestCase?.point.map(({ quantile }) => quantile)).toEqual([0.5, 0.5, 0.5]);
  });

  it('has no point where no figure has a range', async () => {
    const text = `${HEAD}input a: t\n  essay 5\n  rival 7\n${VIEWS}let b: t = a\nmeasure m: t = final b\n${claim('m > 6 t')}`;
    expect(await bestOf(text)).toEqual({
      verdict: 'nothing to move',
      of: 0,
      tried: 0,
      unfit: 0,
      futures: 0,
      share: null,
      point: [],
    });
  });

  it('reads the condition itself where it has no measure', async () => {
    const text = `${HEAD}input a: t\n  essay 5 to 10\n  rival 7\n${VIEWS}${claim('a > 9.9 t')}`;
    expect(movedIn(await bestOf(text)).a).toBeCloseTo(10, 9);
  });

  it('has every element of an array for itself', async () => {
    const text = `${HEAD}actor north
actor south
group Place = north, south
input held[Place]: t
  essay [north] 1 to 2
  essay [south] 10 to 20
  rival 3
${VIEWS}let gap: t = held[south] - held[north]
measure m: t = final gap
${claim('m <= 8.1 t')}`;
    const moved = movedIn(await bestOf(text));
    expect(Object.keys(moved).toSorted()).toEqual(['held[north]', 'held[south]']);
  });
});

describe('whose it is', () => {
  const sides = (viewpoints: string, more = ''): string => `${HEAD}${more}input a: t
  essay 5 to 10
  rival 1 to 2
${viewpoints}let b: t = a
measure m: t = final b
${claim('m > 9 t')}`;
  const columnsWith = async (text: string, asked: Asked = {}): Promise<readonly string[]> =>
    Object.entries(claimOf(await ledgerOf(text, asked), 'c').viewpoints).flatMap(([name, { bestCase }]) =>
      bestCase === undefined ? [] : [name],
    );

  it('is the first viewpoint in which he speaks first', async () => {
    const both = 'viewpoint mixed "M"\n  use rival\n  use essay\n';
    const again = 'viewpoint again "A"\n  use essay\n  use rival\n';
    expect(await columnsWith(sides(both + VIEWS + again))).toEqual(['as_written']);
    expect(await columnsWith(sides(again + VIEWS))).toEqual(['again']);
  });

  it('is nobody where he speaks first nowhere, or where his viewpoint is not asked for', async () => {
    expect(await columnsWith(sides('viewpoint theirs "T"\n  use rival\n  use essay\n'))).toEqual([]);
    expect(await columnsWith(sides(VIEWS), { viewpoints: ['theirs'] })).toEqual([]);
    expect(await columnsWith(sides(VIEWS), { viewpoints: ['as_written'] })).toEqual(['as_written']);
    expect(await columnsWith(sides(VIEWS).replace(' author', ''))).toEqual([]);
  });

  it('is the only reading where there are no rivals', async () => {
    const text = `${HEAD}input a: t\n  essay 5 to 10\nlet b: t = a\nmeasure m: t = final b\n${claim('m > 9 t')}`;
    expect(await columnsWith(text)).toEqual(['stated']);
    expect(await columnsWith(text.replace(' author', ''))).toEqual([]);
  });

  it('is not asked of what holds, of what he has no figure on, and of what matters most', async () => {
    const text = `${HEAD}input a: t
  essay 5 to 10
  rival 7
input u: t
  assumed 1 to 2 "nobody"
  rival 5
${VIEWS}let b: t = a
let v: t = u
measure m: t = final b
measure w: t = final v
claim holds "H"
  m > 1 t
claim silent "S"
  w > 4 t
claim most "M"
  m hangs most on u
`;
    const { claims } = await ledgerOf(text, { runs: 100 });
    expect(claims.map(({ viewpoints }) => viewpoints.as_written?.bestCase)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(claims.map(({ viewpoints }) => viewpoints.as_written?.verdict)).toEqual([
      'holds',
      'no figures found',
      'fails',
    ]);
  });
});

describe('what a run holds', () => {
  it('is no part of the point', async () => {
    const text = `${STORES}${claim('runs >= 120 day')}scenario cheap "C"\n  fire = 25 t/day\n`;
    const best = await bestOf(text, 'c', { scenario: 'cheap' });
    // 2000 / (25 - 10) = 133.3, and neither of the two alone: 2000 / (25 - 7.07) = 111.5, 1414 / (25 - 10) = 94.3.
    expect(best).toMatchObject({ verdict: 'holds', of: 2 });
    expect(Object.keys(movedIn(best)).toSorted()).toEqual(['made', 'store']);
  });

  it('is asked under each meaning of a definition', async () => {
    const text = `${HEAD}input a: t
  essay 5 to 10
  rival 7
${VIEWS}let plain: t = a
let doubled: t = 2 * a
let tenfold: t = 0.1 * a
definition load = plain | doubled | tenfold
measure m: t = final load
${claim('m >= 9.9 t')}`;
    const { viewpoints } = claimOf(await ledgerOf(text, { runs: 400 }), 'c');
    const cases = Object.entries(viewpoints).map(([name, { bestCase }]) => [name, bestCase?.verdict]);
    expect(Object.fromEntries(cases)).toMatchObject({
      'as_written, load: plain': 'holds',
      'as_written, load: doubled': undefined,
      'as_written, load: tenfold': 'none found',
      'theirs, load: plain': undefined,
    });
  });
});

describe('an input with dates', () => {
  it('stands at one share of all of them', async () => {
    const text = `${HEAD}input army: t
  essay from 0 day 10 to 20
  essay from 500 day 100 to 200
  rival 5
${VIEWS}let b: t = army
measure early: t = at 100 day b
measure late: t = at 900 day b
${claim('early + late >= 219 t')}`;
    const best = await bestOf(text);
    expect(best).toMatchObject({ verdict: 'holds', of: 1 });
    const [army] = best.point;
    expect(army).toMatchObject({ input: 'army', value: null, quantile: 0.95, moved: true });
    expect(army?.byDate.map(({ at }) => at)).toEqual(['0 day', '500 day']);
    expect(army?.byDate[0]?.value).toBeCloseTo(20, 6);
    expect(army?.byDate[1]?.value).toBeCloseTo(200, 6);
    // Never low at one date and high at the other.
    expect(await bestOf(text.replace('early + late >= 219 t', 'late - early >= 181 t'))).toMatchObject({
      verdict: 'none found',
    });
  });
});

describe('what is known of the past', () => {
  /** The heap grows by a calibrated rate: at the end it is seen · (seen / first)^5. */
  const grown = (condition: string, more = ''): string => `model "Grown"
time 0 day .. 60 day by 1 day
unit t
source essay "The essay" author
input rate: 1/day
  assumed uniform(0, 0.3) "nobody knows"
input first: t
  essay 90 to 110
input seen: t
  essay 200 to 400
stock heap: t = first
  + growth
flow growth: t/day = rate * heap
measure kept: t = final heap
measure before: t = at 0 day heap
calibrate rate so that heap at 10 day = seen "on record"
${more}${claim(condition)}`;

  it('is solved for at the point', async () => {
    const most = 400 * (400 / 90) ** 5;
    expect(movedIn(await bestOf(grown(`kept >= ${Math.floor(most * 0.999)} t`)))).toEqual({
      seen: expect.closeTo(400, 6),
      first: expect.closeTo(90, 6),
    });
    expect(await bestOf(grown(`kept >= ${Math.ceil(most * 1.001)} t`))).toMatchObject({
      verdict: 'none found',
      of: 2,
    });
  });

  it('rules out points that contradict it', async () => {
    // The record of the first day allows the small half of what was there only: 400 · (400 / 99.5)^5.
    const required = 'require before >= 99 t "counted"\n';
    const within = 400 * (400 / 99.2) ** 5;
    const best = await bestOf(grown(`kept >= ${Math.floor(within * 0.9)} t`, required));
    expect(best.verdict).toBe('holds');
    expect(best.point.find(({ input }) => input === 'first')?.value).toBeGreaterThanOrEqual(99);
    const none = await bestOf(grown(`kept >= ${Math.ceil(400 * (400 / 95) ** 5)} t`, required));
    expect(none.verdict).toBe('none found');
    expect(none.unfit).toBeGreaterThan(0);
  });
});

describe('chance that is left', () => {
  /** Heads in a hundred throws. */
  const thrown = (condition: string): string => `model "Coin"
time 0 day .. 100 day by 1 day
source essay "The essay" author
input fair: share
  essay 40% to 60%
input idle: 1
  assumed 1 to 2 "beside it"
let coin = draw uniform(0, 1)
let heads: 1/day = (if coin < fair then 1 else 0) * idle / idle / 1 day
measure sum = total heads
claim c "It is so"
  ${condition}
`;

  it('is judged by the rule of the claim over many futures', async () => {
    // At 60 % the mean is 60, with a standard deviation of 4.9.
    const best = await bestOf(thrown('sum >= 46'));
    expect(best).toMatchObject({ verdict: 'holds', of: 2 });
    expect(best.futures).toBeGreaterThanOrEqual(80);
    expect(best.share).toBeGreaterThanOrEqual(0.95);
    expect(movedIn(best)).toEqual({ fair: expect.closeTo(0.6, 9) });
    expect(await bestOf(thrown('sum >= 62'))).toMatchObject({ verdict: 'none found' });
  });

  it('is judged by what a likelihood states', async () => {
    const likely = await bestOf(thrown('sum >= 52 is very likely'));
    expect(likely).toMatchObject({ verdict: 'holds' });
    expect(movedIn(likely)).toEqual({ fair: expect.closeTo(0.6, 9) });
    const unlikely = await bestOf(thrown('sum >= 48 is very unlikely'));
    expect(movedIn(unlikely)).toEqual({ fair: expect.closeTo(0.4, 9) });
    expect(await bestOf(thrown('sum >= 56 is almost certain'))).toMatchObject({ verdict: 'none found' });
  });

  it('is judged in futures that no glance has seen', async () => {
    const glances = new Set<number>();
    const finals: number[] = [];
    const run: Run = (order) => {
      const { futures, seed } = order.design;
      if (order.placed !== undefined && futures >= 80 && futures % 12 !== 0) finals.push(seed);
      else if (order.placed !== undefined) glances.add(seed);
      return plainRun(order);
    };
    const ledger = await ledgerOf(thrown('sum >= 46'), { runs: 100 }, run);
    expect(claimOf(ledger, 'c').viewpoints.stated?.bestCase?.verdict).toBe('holds');
    expect(finals.length).toBeGreaterThan(0);
    expect(finals.filter((seed) => glances.has(seed))).toEqual([]);
    expect(new Set(finals).size).toBe(finals.length);
  });

  it('leaves open what so few futures cannot settle, where more would take too long', async () => {
    const rare = (days: number): string =>
      thrown('P(sum >= 10) > 99.9%')
        .replace('100 day by', `${days} day by`)
        .replace('fair then', 'fair * fair then');
    // 30,000 futures would show an edge of 1 in 1,000.
    const best = await bestOf(rare(100));
    expect(best).toMatchObject({ verdict: 'not settled', futures: 120, share: 1 });
  });

  it('makes a claim that hangs on none true or false at one future', async () => {
    const text = thrown('sum >= 0').replace('sum >= 0', 'fair >= 59.9% is likely');
    expect(await bestOf(text)).toMatchObject({ verdict: 'holds', futures: 1, share: 1 });
  });
});

describe('a comparison', () => {
  const compared = (form: string): string => `${HEAD}input pull: 1
  essay 1 to 3
  rival 1
input push: t
  essay 10 to 20
  rival 10
lever set: 1 0 .. 10 = 1
${VIEWS}let moved: t = push * (5 + set * pull)
measure m: t = final moved
claim c "It is so"
  ${form}
`;

  it('is made on the same points', async () => {
    // 2 · 3 · 20 = 120 t at most.
    const best = await bestOf(compared('set = 2 against set = 0 raises m by at least 119 t "why"'));
    expect(best).toMatchObject({ verdict: 'holds', of: 2, futures: 1, share: null });
    expect(movedIn(best)).toEqual({ pull: expect.closeTo(3, 6), push: expect.closeTo(20, 6) });
    expect(await bestOf(compared('set = 2 against set = 0 raises m by at least 121 t "why"'))).toMatchObject({
      verdict: 'none found',
    });
  });

  it('is held against a part of the mean', async () => {
    // pull · 2 / 5 of what there was, whatever the push.
    const best = await bestOf(compared('set = 2 against set = 0 raises m by at least 119% "why"'));
    expect(movedIn(best)).toEqual({ pull: expect.closeTo(3, 6) });
  });

  it('is small enough somewhere', async () => {
    // pull / (5 + pull) of the mean as it is, for a step of one.
    const best = await bestOf(
      compared('m does not hang on pull, push beyond 5%').replace('pull, push', 'set'),
    );
    expect(best.verdict).toBe('none found');
    const some = await bestOf(compared('set = 1 against set = 0 raises m by at least 50% "why"'));
    expect(movedIn(some)).toEqual({ pull: expect.any(Number) });
  });
});

describe('the same answer', () => {
  const TEXT = `${STORES}input fair: share
  essay 40% to 60%
  rival 50%
let coin = draw uniform(0, 1) every 10 day
let heads: 1/day = (if coin < fair then 1 else 0) / 1 day
measure sum = total heads
claim long "Long"
  runs >= 150 day
claim heads_win "Heads"
  sum >= 470
claim far "Far"
  runs >= 400 day
`;

  it('is given by both engines', async () => {
    const asked = { runs: 60, viewpoints: ['as_written'] };
    const text = TEXT.replace('1000 day by 1 day', '250 day by 1 day').replace('sum >= 470', 'sum >= 105');
    expect(await ledgerOf(text, asked)).toEqual(await ledgerOf(text, asked, oracleRun));
  });

  it.each(['long', 'heads_win', 'far'])('is given to whoever asks about %s alone', async (id) => {
    const whole = await ledgerOf(TEXT, { runs: 200 });
    const number = ['long', 'heads_win', 'far'].indexOf(id);
    const alone = await ledgerOf(TEXT, { runs: 200, claim: number });
    expect(claimOf(alone, id).viewpoints.as_written?.bestCase).toEqual(
      claimOf(whole, id).viewpoints.as_written?.bestCase,
    );
  });
});

describe('any point', () => {
  const range = fc.tuple(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 50 }));

  it('holds where all its figures are forced, and each lies in its range', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ range, weight: fc.integer({ min: -5, max: 5 }) }), {
          minLength: 1,
          maxLength: 6,
        }),
        fc.double({ min: 0.2, max: 0.9999, noNaN: true }),
        fc.constantFrom('>=', '<='),
        async (inputs, part, operator) => {
          const name = (at: number): string => `x${at}`;
          const ends = inputs.map(({ range: [low, width] }) => ({ low, high: low + width }));
          const sum = (pick: (at: number) => number): number =>
            inputs.reduce((all, { weight }, at) => all + weight * pick(at), 0);
          const at = (end: 'best' | 'worst'): number =>
            sum((input) => {
              const up = (inputs[input]?.weight ?? 0) > 0 === ((end === 'best') === (operator === '>='));
              return ends[input]?.[up ? 'high' : 'low'] ?? 0;
            });
          const edge = at('worst') + part * (at('best') - at('worst'));
          const text = `${HEAD}${ends
            .map(({ low, high }, input) => `input ${name(input)}: t\n  essay ${low} to ${high}\n  rival 1\n`)
            .join(
              '',
            )}${VIEWS}let all: t = ${inputs.map(({ weight }, input) => `(${weight}) * ${name(input)}`).join(' + ')}
measure m: t = final all
${claim(`m ${operator} (${edge.toFixed(6)}) * 1 t`)}`;
          const { bestCase } = await underOf(text, 'c', { runs: 100 });
          if (bestCase?.verdict !== 'holds') return;
          for (const { input, value } of bestCase.point) {
            const own = ends[Number(input.slice(1))];
            expect(value).toBeGreaterThanOrEqual((own?.low ?? 0) - 1e-6);
            expect(value).toBeLessThanOrEqual((own?.high ?? 0) + 1e-6);
          }
          const lines = bestCase.point.map(({ input, value }) => `  ${input} = ${value} t\n`).join('');
          const forced = await underOf(`${text}scenario there "There"\n${lines}`, 'c', {
            runs: 10,
            scenario: 'there',
          });
          expect(forced.verdict).toBe('holds');
        },
      ),
      { numRuns: 25 },
    ));
});

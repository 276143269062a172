/**
 * Definitions: a column for each meaning, the same draws in all of them, no run more than the claims need, and never a
 * share over several meanings.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RunOrder } from '../../src/engine/ensemble.ts';
import type { Ledger, LedgerClaim } from '../../src/ledger/ledger.ts';
import { DEPENDS, NO_FIGURES, patternOverMeanings } from '../../src/ledger/pattern.ts';
import { runFuture } from '../../src/program/interpreter.ts';
import { codesButUse, compileText, soundText } from '../support/compile-text.ts';
import { type Asked, claimOf, ledgerOf, measureOf, plainRun } from '../support/ledger-of.ts';

const HEAD = `model "When the town is lost"
time 0 day .. 210 day by 1 week
unit t
source essay "The essay" author
source ministry "Ministry"
source relief "Relief committee"
input drawn: t/day
  essay 350
  ministry 400 to 500
  relief 300 to 380
input need: t/day
  ministry 410 to 480
  relief 420 to 460
viewpoint Ministry "The ministry"
  use ministry
viewpoint Relief "The committee"
  use relief
stock stores: t = 70_000
  - leaving
flow leaving: t/day = drawn
let emptied = stores <= 0
let hungry = leaving < need
`;
const MODEL = `${HEAD}definition defeat "What it is to lose" = emptied | hungry
measure lost: day = time until defeat
measure gone: t = total leaving
claim soon "It is lost within half a year"
  lost < 6 month
claim much "Much is drawn"
  gone > 50_000 t
claim both "It is lost at once, as much is drawn"
  lost < 1 day
  because much
scenario strict "It is lost when somebody goes hungry"
  defeat = hungry
`;

const ADDRESS = { seed: 1, future: 0 };
const numberOf = (text: string, name: string): number =>
  soundText(text).model.variables.findIndex((one) => one.name === name);

describe('a claim', () => {
  test('has a column for each viewpoint and meaning where it hangs on a definition, and else for each viewpoint', async () => {
    const ledger = await ledgerOf(MODEL);
    expect(Object.keys(claimOf(ledger, 'soon').viewpoints)).toEqual([
      'Ministry, defeat: emptied',
      'Ministry, defeat: hungry',
      'Relief, defeat: emptied',
      'Relief, defeat: hungry',
    ]);
    expect(Object.keys(claimOf(ledger, 'much').viewpoints)).toEqual(['Ministry', 'Relief']);
    expect(claimOf(ledger, 'soon').viewpoints['Relief, defeat: hungry']).toMatchObject({
      viewpoint: 'Relief',
      definitions: { defeat: 'hungry' },
    });
    expect(ledger.viewpoints.map(({ name }) => name)).toEqual(['Ministry', 'Relief']);
    expect(ledger.definitions).toMatchObject([
      { name: 'defeat', label: 'What it is to lose', asked: ['emptied', 'hungry'] },
    ]);
  });

  test('counts the figures, and rests on the inputs, that it hangs on under a meaning', async () => {
    const { viewpoints, ownArithmetic } = claimOf(await ledgerOf(MODEL), 'soon');
    expect(Object.values(viewpoints).map(({ own }) => own.of)).toEqual([1, 2, 1, 2]);
    expect(ownArithmetic).toMatchObject({
      verdict: 'depends on the meaning',
      values: [],
      byMeaning: [
        { definitions: { defeat: 'emptied' }, verdict: 'fails', values: [{ measure: 'lost' }] },
        { definitions: { defeat: 'hungry' }, verdict: 'no own figures', missing: ['need'] },
      ],
    });
  });

  test('takes the basis of each meaning from what matters under it', async () => {
    const assumed = MODEL.replace(
      '  ministry 410 to 480\n  relief 420 to 460',
      '  assumed 1 to 900 "a guess"',
    );
    const { viewpoints } = claimOf(await ledgerOf(assumed, { viewpoints: ['Relief'] }), 'soon');
    expect(Object.values(viewpoints).map(({ basis }) => basis)).toEqual(['sourced', 'assumed']);
  });

  test('is held beside its premise under the same meanings', async () => {
    const text = `${MODEL}claim early "It is lost early"
  lost < 200 day
claim late_draw "Much is drawn, as it is lost early"
  gone > 60_000 t
  because early
  with early
`;
    const { viewpoints } = claimOf(await ledgerOf(text), 'late_draw');
    // It hangs on no definition itself, but what it names does.
    expect(Object.keys(viewpoints)).toHaveLength(4);
    const shares = Object.values(viewpoints).map(({ share }) => share);
    expect([shares[0], shares[2]]).toEqual([shares[1], shares[3]]);
    for (const meaning of ['emptied', 'hungry']) {
      const written = text
        .replaceAll(/ time until defeat$/gm, ` time until ${meaning}`)
        .replace(/^definition.*\n/m, '')
        .replace(/^scenario[\s\S]*?(?=^claim)/m, '');
      const alone = claimOf(await ledgerOf(written), 'late_draw').viewpoints['Relief'];
      const { because, with: companions } = viewpoints[`Relief, defeat: ${meaning}`] ?? {};
      expect({ because, with: companions }).toEqual({ because: alone?.because, with: alone?.with });
    }
  });
});

/** A ledger without the names of columns, for comparing one that has definitions with one that has none. */
function bare({ claims, measures }: Ledger) {
  const verdictsOf = ({ viewpoints }: LedgerClaim) =>
    Object.values(viewpoints).map(({ definitions: _, ...verdict }) => verdict);
  return {
    claims: claims.map((claim) => ({ id: claim.id, verdicts: verdictsOf(claim) })),
    measures: measures.map(({ definitions: _, ...measure }) => measure),
  };
}

describe('a meaning that is asked for gives what a model gives that has it written in', () => {
  const written = (meaning: string): string =>
    MODEL.replace(/^definition.*\n/m, '')
      .replace(/^scenario[\s\S]*$/m, '')
      .replace('time until defeat', `time until ${meaning}`);

  test.each(['emptied', 'hungry'])('%s', async (meaning) => {
    const expected = bare(await ledgerOf(written(meaning)));
    const number = meaning === 'emptied' ? 0 : 1;
    const definitions = [{ definition: numberOf(MODEL, 'defeat'), meaning: number }];
    expect(bare(await ledgerOf(MODEL, { definitions }))).toEqual(expected);
    if (meaning === 'hungry') expect(bare(await ledgerOf(MODEL, { scenario: 'strict' }))).toEqual(expected);
  });

  const SHAPES: readonly (readonly [string, string])[] = [
    ['stocks, one of which runs empty within a step', 'definition x = stores | other'],
    ['flows', 'definition x = leaving | arriving'],
    ['a flow and an input', 'definition x = leaving | drawn'],
    ['lets', 'definition x = half | twice'],
    ['a let and a stock', 'definition x = half | stores'],
    ['elements of arrays', 'definition x[Port] = drawn_at | part_at'],
  ];
  const shapes = (method: string, definition: string, reads: string, flow: string): string => `model "m"
time 0 day .. 98 day by 1 week using ${method}
unit t
group Port = north, south
input drawn: t/day
  assumed 400 "a"
input drawn_at[Port]: t
  assumed 4 "a"
stock stores: t = 10_000
  - leaving
stock other: t = 50
  + arriving
flow leaving: t/day = drawn
flow arriving: t/day = ${flow}
let half: t = stores / 2
let twice: t = stores * 2
let part_at[Port]: t = drawn_at * 0.5
${definition}
${['final', 'lowest', 'highest', 'average', 'at 10.5 day'].map((one, at) => `measure m${at} = ${one} ${reads}`).join('\n')}
measure over_time: day = time until ${reads} < 4 * unit_of
`;
  test.each(
    SHAPES.flatMap(([name, definition]) =>
      ['euler', 'rk4'].map((method) => [name, method, definition] as const),
    ),
  )('%s, by %s', (_, method, definition) => {
    const meanings = definition.split('= ')[1]?.split(' | ') ?? [];
    const isArray = definition.includes('[');
    const index = isArray ? '[south]' : '';
    const isRate = definition.includes('leaving');
    const unitOf = isRate ? '1 t/day' : '1 t';
    const text = (reads: string, declared: string): string =>
      shapes(method, declared, `${reads}${index}`, isRate ? 'drawn' : `(${reads}${index}) / 10 day`).replace(
        'unit_of',
        `(${unitOf})`,
      );
    meanings.forEach((meaning, number) => {
      const chosen = soundText(text('x', definition));
      const plain = soundText(text(meaning, ''));
      const values = chosen.program.inputs.map(({ cell }) => {
        const variable = chosen.model.variables[chosen.model.cells[cell]?.variable ?? -1];
        return variable?.kind === 'definition' ? number : variable?.name === 'drawn' ? 400 : 4;
      });
      const inputs = plain.program.inputs.map(({ name }) => (name === 'drawn' ? 400 : 4));
      const future = runFuture(chosen.program, Float64Array.from(values), ADDRESS);
      expect(future.failure).toBeNull();
      expect(future.measures).toEqual(runFuture(plain.program, Float64Array.from(inputs), ADDRESS).measures);
    });
  });
});

test('two meanings that are equal give equal columns', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 200 }),
      fc.integer({ min: 30, max: 700 }),
      async (days, least) => {
        const text = `${HEAD}let one: t = stores * 2 + ${least} t
let other: t = ${least} t + stores * 2
definition amount = one | other
measure seen: t = at ${days} day amount
measure falls: day = time until amount < 40_000 t
claim low "It is low"
  seen < 50_000 t and falls < 5 month
`;
        const ledger = await ledgerOf(text, { runs: 20 });
        const { viewpoints } = claimOf(ledger, 'low');
        for (const name of ['Ministry', 'Relief']) {
          const [first, second] = ['one', 'other'].map((meaning) => {
            const { definitions: _, ...rest } = viewpoints[`${name}, amount: ${meaning}`] ?? {};
            return rest;
          });
          expect(second).toEqual(first);
        }
        const rows = ledger.measures.filter(({ name }) => name === 'falls');
        expect(rows).toHaveLength(4);
        const figures = rows.map(({ definitions: _, ...row }) => row);
        expect([figures[1], figures[3]]).toEqual([figures[0], figures[2]]);
        expect(claimOf(ledger, 'low').pattern).toContain(', whatever amount means');
      },
    ),
    { numRuns: 15 },
  );
});

describe('runs', () => {
  const ordersOf = async (text: string, asked: Asked = {}): Promise<readonly RunOrder[]> => {
    const orders: RunOrder[] = [];
    await ledgerOf(text, { design: 'monte-carlo', ...asked }, async (order) => {
      orders.push(order);
      return plainRun(order);
    });
    // One for each column: neither doubled, nor redrawn, nor own arithmetic.
    return orders.filter(({ design, redrawn }) => design.futures === 100 && redrawn.length === 0);
  };
  const settledText = (text: string): string => text.replaceAll(/^ {2}lost < .*$/gm, '  lost < 0 day');
  const distinct = (orders: readonly RunOrder[]): number =>
    new Set(orders.map(({ figures, forced }) => JSON.stringify([figures, forced]))).size;

  test('are as many as the combinations that claims and measures need', async () => {
    expect(distinct(await ordersOf(settledText(MODEL)))).toBe(4);
    const idle = MODEL.replace('time until defeat', 'time until emptied');
    expect(distinct(await ordersOf(settledText(idle)))).toBe(2);
    // A second definition, which no claim joins with the first, adds its further meanings only.
    const two = `${MODEL}let full = stores > 0
definition standing = full | hungry | emptied
measure stood = ever standing
claim stands "It stood"
  stood
`;
    expect(distinct(await ordersOf(settledText(two)))).toBe(2 * (2 + 2));
  });

  test('share their draws', async () => {
    const [first, second] = await ordersOf(settledText(MODEL));
    const { forced: _, ...one } = first ?? { forced: [] };
    const { forced: __, ...other } = second ?? { forced: [] };
    expect(other).toEqual(one);
  });

  test('a measure is shown for each meaning that it hangs on', async () => {
    const ledger = await ledgerOf(MODEL);
    expect(ledger.measures.map(({ name, viewpoint, definitions }) => [name, viewpoint, definitions])).toEqual(
      [
        ['lost', 'Ministry', { defeat: 'emptied' }],
        ['lost', 'Ministry', { defeat: 'hungry' }],
        ['gone', 'Ministry', {}],
        ['lost', 'Relief', { defeat: 'emptied' }],
        ['lost', 'Relief', { defeat: 'hungry' }],
        ['gone', 'Relief', {}],
      ],
    );
    expect(measureOf(ledger, 'gone', 'Relief').p50).toBeGreaterThan(60_000);
  });
});

describe('the headline', () => {
  const under = (verdicts: Readonly<Record<string, string>>) =>
    Object.entries(verdicts).map(([names, pattern]) => {
      const [defeat = '', loss] = names.split(' ');
      const verdict = pattern.startsWith(DEPENDS) ? DEPENDS : (pattern.split(/ under |: |; /).at(0) ?? '');
      return {
        verdict: pattern.startsWith('one reading') ? (pattern.split(': ')[1] ?? '') : verdict,
        pattern,
        definitions: loss === undefined ? { defeat } : { defeat, loss },
      };
    });

  test.each<[string, Record<string, string>, string, string]>([
    [
      'all alike',
      { a: 'holds under all three', b: 'holds under all three' },
      'holds',
      'holds under all three, whatever defeat means',
    ],
    [
      'the meanings differ',
      { a: 'holds under both', b: 'fails under both' },
      'depends on what defeat means',
      'depends on what defeat means: holds as a; fails as b',
    ],
    [
      'two of three agree',
      { a: 'holds under both', b: 'fails under both', c: 'holds under both' },
      'depends on what defeat means',
      'depends on what defeat means: holds as a, c; fails as b',
    ],
    [
      'the numbers differ, always alike',
      { a: `${DEPENDS}: holds under W; fails under U`, b: `${DEPENDS}: holds under W; fails under U` },
      DEPENDS,
      `${DEPENDS}, whatever defeat means: holds under W; fails under U`,
    ],
    [
      'both matter',
      { a: 'holds under both', b: `${DEPENDS}: holds under W, V; fails under U` },
      `${DEPENDS} and on what defeat means`,
      `${DEPENDS} and on what defeat means: holds under both (as a); holds under W and V, fails under U (as b)`,
    ],
    [
      'one has no figures',
      { a: 'holds under both', b: NO_FIGURES },
      'depends on what defeat means',
      `depends on what defeat means: holds as a; ${NO_FIGURES} as b`,
    ],
    [
      'one verdict, differently come by',
      { a: 'one reading only: holds', b: 'holds under both' },
      'holds',
      'holds in every column, whatever defeat means',
    ],
    ['one meaning alone', { a: 'holds under both' }, 'holds', 'holds under both with defeat as a'],
    [
      'one meaning alone, and the numbers differ',
      { a: `${DEPENDS}: holds under W; fails under U` },
      DEPENDS,
      `${DEPENDS} with defeat as a: holds under W; fails under U`,
    ],
    [
      'one of two definitions matters',
      {
        'a x': 'holds under both',
        'a y': 'holds under both',
        'b x': 'fails under both',
        'b y': 'fails under both',
      },
      'depends on what defeat means',
      'depends on what defeat means: holds as a; fails as b, whatever loss means',
    ],
    [
      'both definitions matter',
      {
        'a x': 'holds under both',
        'a y': 'fails under both',
        'b x': 'fails under both',
        'b y': 'fails under both',
      },
      'depends on what defeat and loss mean',
      'depends on what defeat and loss mean: holds as a and x; fails as a and y, b and x, b and y',
    ],
    [
      'neither of two matters',
      {
        'a x': 'fails under both',
        'a y': 'fails under both',
        'b x': 'fails under both',
        'b y': 'fails under both',
      },
      'fails',
      'fails under both, whatever defeat and loss mean',
    ],
    [
      'one of two is held',
      { 'a x': 'holds under both', 'b x': 'fails under both' },
      'depends on what defeat means',
      'depends on what defeat means: holds as a; fails as b with loss as x',
    ],
  ])('%s', (_, patterns, verdict, pattern) => {
    expect(patternOverMeanings(under(patterns))).toEqual({ verdict, pattern });
  });

  test('without a definition is that of the viewpoints', () => {
    const plain = { verdict: 'holds', pattern: 'holds under both', definitions: {} };
    expect(patternOverMeanings([plain])).toEqual({ verdict: 'holds', pattern: 'holds under both' });
  });
});

describe('is refused', () => {
  const BASE = `${HEAD}group Port = north, south
let here[Port] = stores > 0
let there[Port] = stores > 1 t
let spare: day = stores / drawn
actor Someone
table worn(day): share
  assumed "a"
  0, 100%
  9, 0%
`;
  const codesOf = (lines: string): readonly string[] =>
    codesButUse(compileText(`${BASE}${lines}\n`)).filter((code) => code !== 'brief-missing');

  test.each<[string, string]>([
    ['definition d = emptied', 'part-missing'],
    ['definition d =', 'part-missing'],
    ['definition d', 'part-missing'],
    ['definition d = emptied |', 'part-missing'],
    ['definition d = emptied, hungry', 'part-missing'],
    ['definition d = emptied or hungry', 'part-missing'],
    ['definition d = emptied | not hungry', 'name-reserved'],
    ['definition d = emptied | stores > 0', 'part-missing'],
    ['definition d = emptied | 5', 'part-missing'],
    ['definition d = emptied | (hungry)', 'part-missing'],
    ['definition d = here[north] | there[north]', 'part-missing'],
    ['definition d = emptied | hungry "label"', 'part-missing'],
    ['definition d = emptied | hungry\n  use ministry', 'line-unknown'],
    ['definition d = emptied | hungri', 'name-unknown'],
    ['definition d = emptied | d', 'definition-meaning'],
    ['definition d = emptied | t', 'definition-meaning'],
    ['definition d = emptied | Port', 'definition-meaning'],
    ['definition d = emptied | Someone', 'definition-meaning'],
    ['definition d = emptied | worn', 'definition-meaning'],
    ['definition e = emptied | hungry\ndefinition d = e | emptied', 'definition-meaning'],
    ['definition d = emptied | hungry | emptied', 'given-twice'],
    ['definition d = emptied | stores', 'definition-unlike'],
    ['definition d = stores | leaving', 'definition-unlike'],
    ['definition d = here | emptied', 'definition-unlike'],
    ['definition d = here | there', 'definition-unlike'],
    ['definition d[Port] = emptied | hungry', 'definition-unlike'],
    ['definition d: day = stores | spare', 'definition-unlike'],
    ['definition d: t = spare | need', 'definition-unlike'],
    ['definition d: day = emptied | hungry', 'definition-unlike'],
    ['definition emptied = hungry | emptied', 'name-taken'],
    ['let l = d\nlet k = stores < 0\ndefinition d = l | k', 'cycle'],
    ['let l = d\ndefinition d = k | l\nlet k = stores < 0', 'cycle'],
    [
      'definition d: t/day = leaving | drawn\nlet start: t = d * 1 day\nstock s: t = start\n  + f\nflow f: t/day = drawn',
      'start-reads-flow',
    ],
    ['definition d: t/day = leaving | drawn\nlet x = asked d', 'asked-not-flow'],
    ['definition d: t/day = leaving | drawn\ncorrelate d, drawn 0.5', 'correlation-not-input'],
    ['definition d = emptied | hungry\nmeasure m = final 1\nclaim c "c"\n  d', 'claim-reads-variable'],
    ['definition d = emptied | hungry\nscenario s\n  d = empty', 'meaning-unknown'],
    ['definition d = emptied | hungry\nscenario s\n  d = 1', 'meaning-unknown'],
    ['definition d = emptied | hungry\nscenario s\n  d[north] = hungry', 'index-not-array'],
    ['definition d[Port] = here | there\nscenario s\n  d[north] = here', 'index-not-array'],
    ['definition d = emptied | hungry\nscenario s\n  d = hungry\n  d = emptied', 'given-twice'],
    ['definition d = emptied | hungry\nscenario s\n  dd = hungry', 'name-unknown'],
    ['let l = emptied | hungry', 'sign-not-used'],
  ])('%s: %s', (lines, code) => {
    expect(codesOf(lines)).toEqual([code]);
  });

  test.each([
    'definition d = emptied | hungry',
    'definition d = leaving | drawn',
    'definition d: t/week = leaving | drawn',
    'definition d[Port] "label" = here |\n  there',
    'definition d[p in Port] = here | there\nlet x[Port] = d\nmeasure m = ever x[north]',
    'definition d = emptied | hungry\nscenario s\n  d = hungry',
    'definition d = a | b\nlet a = stores > 1 t\nlet b = a',
    'stock s: t = d\n  + f\nflow f: t/day = drawn\ndefinition d = one | two\nlet one: t = drawn * 1 day\nlet two: t = one * one / t',
    'definition d = f | drawn\nstock s: t = 0\n  + f\n  - g\nflow f: t/day = drawn\nflow g: t/day = d',
  ])('not %s', (lines) => {
    expect(codesOf(lines)).toEqual([]);
  });

  test('more than twelve combinations, of a claim and of a measure, once', () => {
    const lets = ['a', 'b', 'c', 'd'].map((one) => `let ${one} = stores > 1 t`).join('\n');
    const text = (count: number): string => `${lets}
definition x = a | b | c
definition y = b | c | d
definition z = c | d
let all = x and y
measure m1 = ever ${count > 12 ? 'all and z' : 'all'}
claim c1 "c"
  m1
`;
    expect(codesOf(text(9))).toEqual([]);
    expect(codesOf(text(18))).toEqual(['definition-too-many']);
    // Each of the two measures has nine combinations at most, and the claim that reads both eighteen.
    const joined = text(9).replace('  m1\n', '  m1 and m2\n');
    expect(codesOf(`${joined}measure m2 = ever z`)).toEqual(['definition-too-many']);
    const named = `${text(9)}measure m2 = ever z\nclaim c2 "c"\n  m2\nclaim c3 "c"\n  m1\n  because c2`;
    expect(codesOf(named)).toEqual(['definition-too-many']);
  });
});

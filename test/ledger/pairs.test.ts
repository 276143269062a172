/**
 * Claims set side by side by `with`, of every form beside every other: under whose numbers both can be said. Futures are
 * counted where both are conditions, verdicts paired elsewhere, and nothing more is run for it.
 */
import { describe, expect, test } from 'vitest';
import { formatLedger } from '../../src/cli/format-ledger.ts';
import type { Run } from '../../src/engine/ensemble.ts';
import { IMPORTANCE_VERDICTS } from '../../src/ledger/importance-verdict.ts';
import {
  CONDITION_VERDICTS,
  type LedgerPair,
  LIKELIHOOD_VERDICTS,
  PAIR_VERDICTS,
  VERDICT_PAIRS,
  type ViewpointVerdict,
} from '../../src/ledger/ledger.ts';
import { COMPARISON_VERDICTS } from '../../src/ledger/ledger-of-comparisons.ts';
import { type PairColumn, pairPattern } from '../../src/ledger/pair-pattern.ts';
import { pairOf, type Standing, standingOf } from '../../src/ledger/pair-verdict.ts';
import { NO_FIGURES, NOTHING_LEFT } from '../../src/ledger/pattern.ts';
import { type ClaimForm, isTested, isTrueOrFalse } from '../../src/model/model.ts';
import { ledgerText } from '../../src/views/ledger-text.ts';
import { soundText } from '../support/compile-text.ts';
import { claimOf, ledgerOf, plainRun } from '../support/ledger-of.ts';

type Untested = 'on record' | 'not testable' | 'context' | 'not yet modelled';
/** A line of every form that is tested: a form that is added has no row here, and the compiler says so. */
const LINES: Readonly<Record<Exclude<ClaimForm['kind'], Untested>, string>> = {
  condition: 'm > 2',
  likelihood: 'm > 2 is likely',
  effect: 'size = 4 against 1 raises m by at least 1 "a third"',
  irrelevance: 'm does not hang on weight beyond 5%',
  importance: 'm hangs most on size',
  uniqueness: 'only one in Pair has of_each > 2',
  preference: 'State prefers give over keep in aid',
};
const KINDS = Object.keys(LINES) as (keyof typeof LINES)[];

const HEAD = `model "Pairs, an illustrative model"
time 0 day .. 2 day by 1 day
source low "Low"
source high "High"
actor State
actor one
actor two
group Pair = one, two
input size: 1
  low 1 to 2
  high 3 to 4
input weight: 1
  low 1 to 4
  high 1 to 4
input gift[Pair]: 1
  low[one] 1 to 2
  low[two] 0.1 to 1
  high[one] 3 to 4
  high[two] 1 to 2
viewpoint small "Small"
  use low
viewpoint large "Large"
  use high
let reach = size + weight / 100
measure m: 1 = final reach
measure of_each[Pair]: 1 = final gift
decision aid by State on 0 day
  option keep 0
  option give size - 2.5
  scale 1
`;

/** Every form twice: each of the first set names each of the second. */
const all = (withLines: boolean): string =>
  [
    ...KINDS.map((kind) => `claim first_${kind}\n  ${LINES[kind]}\n`).map((text) =>
      withLines ? `${text}${KINDS.map((kind) => `  with second_${kind}\n`).join('')}` : text,
    ),
    ...KINDS.map((kind) => `claim second_${kind}\n  ${LINES[kind]}\n`),
  ].join('');

async function counted(text: string) {
  let runs = 0;
  const run: Run = (order) => {
    runs += 1;
    return plainRun(order);
  };
  return { ledger: await ledgerOf(text, { runs: 200 }, run), runs: () => runs };
}

describe('every form beside every form', async () => {
  const { ledger, runs } = await counted(`${HEAD}${all(true)}`);
  const { model } = soundText(`${HEAD}${all(true)}`);

  test('all forms that are tested are met here', () => {
    expect([...new Set(model.claims.map(({ form }) => form.kind))].sort()).toEqual([...KINDS].sort());
    expect(model.claims.every(({ form }) => isTested(form))).toBe(true);
  });

  test.each(KINDS.flatMap((own) => KINDS.map((its) => [own, its] as const)))('%s with %s', (own, its) => {
    const claim = claimOf(ledger, `first_${own}`);
    const form = (name: string) => model.claims.find((one) => one.name === name)?.form as ClaimForm;
    const isCounted = [form(`first_${own}`), form(`second_${its}`)].every(isTrueOrFalse);
    const pair = ledger.pairs.find(({ claims }) => claims.join() === `first_${own},second_${its}`);
    expect(pair?.by).toBe(isCounted ? 'futures' : 'verdicts');
    for (const [column, result] of Object.entries(claim.viewpoints)) {
      const companion = result.with.find((one) => one.claim === `second_${its}`);
      if (isCounted) {
        expect(VERDICT_PAIRS).not.toContain(companion?.verdict);
        expect(companion?.both).not.toBeNull();
        continue;
      }
      const verdict = claimOf(ledger, `second_${its}`).viewpoints[column]?.verdict ?? '';
      expect(companion).toEqual({ claim: `second_${its}`, both: null, ...pairOf(result.verdict, verdict) });
    }
  });

  test('companions stand in the order of their lines', () => {
    for (const kind of KINDS)
      for (const result of Object.values(claimOf(ledger, `first_${kind}`).viewpoints))
        expect(result.with.map(({ claim }) => claim)).toEqual(KINDS.map((one) => `second_${one}`));
  });

  test('nothing more is run than without the lines', async () => {
    const without = await counted(`${HEAD}${all(false)}`);
    expect(without.ledger.pairs).toEqual([]);
    expect(runs()).toBe(without.runs());
  });

  test('each is said where both hold, and where one of them does not', () => {
    const effect = claimOf(ledger, 'first_effect').viewpoints;
    const withLikely = (column: string) =>
      effect[column]?.with.find(({ claim }) => claim === 'second_likelihood')?.verdict;
    expect([withLikely('small'), withLikely('large')]).toEqual(['only this one holds', 'both hold']);
    const pair = ledger.pairs.find(({ claims }) => claims.join() === 'first_effect,second_likelihood');
    expect(pair).toMatchObject({
      verdict: 'depends on whose numbers',
      pattern: 'both hold under large; never together elsewhere',
    });
  });

  test('all pairs are told in every format', () => {
    const table = ledgerText(ledger).replaceAll(/\s+/g, ' ');
    for (const { claims, pattern } of ledger.pairs) {
      expect(table).toContain(pattern);
      for (const name of claims) expect(table.slice(table.indexOf('PAIRS:'))).toContain(name);
    }
    const asked = { measures: false, full: false };
    expect(JSON.parse(formatLedger(ledger, 'json', asked)).pairs).toEqual(ledger.pairs);
    const rows = formatLedger(ledger, 'ndjson', asked)
      .split('\n')
      .map((line) => JSON.parse(line))
      .filter(({ kind }) => kind === 'pair');
    expect(rows).toEqual(ledger.pairs.map((pair) => ({ kind: 'pair', ...pair })));
    expect(formatLedger(ledger, 'csv', asked)).toContain('only this one holds; ');
    const full = ledgerText(ledger, { full: true }).replaceAll(/\s+/g, ' ');
    expect(full).toContain('with second_likelihood: only this one holds under small; both hold under large');
  });
});

describe('two verdicts', () => {
  const VERDICTS = [
    ...new Set([
      ...CONDITION_VERDICTS,
      ...LIKELIHOOD_VERDICTS,
      ...COMPARISON_VERDICTS,
      ...IMPORTANCE_VERDICTS,
    ]),
  ];

  test('every verdict may be said, or not, or is open', () => {
    const may = Object.fromEntries(VERDICTS.map((verdict) => [verdict, standingOf(verdict)]));
    expect(may).toEqual({
      holds: 'holds',
      'mostly holds': 'holds',
      contested: 'does not hold',
      'mostly fails': 'does not hold',
      fails: 'does not hold',
      'on one ranking only': 'does not hold',
      'between fails and holds': 'open',
      'not settled': 'open',
    });
  });

  test.each([
    ['mostly holds', 'holds', 'holds'],
    ['contested', 'mostly holds', 'open'],
    ['fails', 'mostly fails', 'does not hold'],
    ['mostly fails', 'contested', 'does not hold'],
    ['on one ranking only', 'holds', 'open'],
    ['fails', 'on one ranking only', 'does not hold'],
  ] as const)('between %s and %s: %s', (from, to, standing: Standing) => {
    expect(standingOf(`between ${from} and ${to}`)).toBe(standing);
  });

  test.each([
    ['holds', 'mostly holds', 'both hold', ''],
    ['holds', 'contested', 'only this one holds', ''],
    ['fails', 'holds', 'only the other holds', ''],
    ['fails', 'mostly fails', 'neither holds', ''],
    ['fails', 'not settled', 'at most one holds', 'the other is not settled'],
    ['not settled', 'fails', 'at most one holds', 'this one is not settled'],
    ['holds', 'between fails and holds', 'open', 'the other is between fails and holds'],
    ['not settled', 'not settled', 'open', 'this one is not settled, the other is not settled'],
    ['holds', NO_FIGURES, 'not tested', NO_FIGURES],
    [NOTHING_LEFT, 'holds', 'not tested', NOTHING_LEFT],
  ] as const)('%s beside %s: %s', (own, its, verdict, reason) => {
    expect(pairOf(own, its)).toEqual({ verdict, reason });
  });
});

describe('the headline', () => {
  const result = (verdict: string, share: number | null): ViewpointVerdict => ({
    viewpoint: 'v',
    definitions: {},
    verdict,
    share,
    sampling: share === null ? null : { low: share, high: share, method: 'Wilson', futures: 100 },
    own: { inputs: 0, partly: 0, read: 0, of: 0 },
    basis: 'assumed',
    dropped: 0,
    likelihood: null,
    confidence: null,
    because: [],
    with: [],
  });
  const byVerdicts = (...columns: readonly (readonly [string, string])[]): Found =>
    pairPattern(
      ['a', 'b'],
      'verdicts',
      columns.map(([own, its], at): PairColumn => {
        const companion = { claim: 'b', both: null, ...pairOf(own, its) };
        const name = 'VWXYZ'[at] ?? '';
        return { viewpoint: name, name, companion, own: result(own, null), its: result(its, null) };
      }),
    );
  type Found = Pick<LedgerPair, 'verdict' | 'pattern'>;
  const [H, F, O, N] = ['holds', 'fails', 'not settled', NO_FIGURES];
  const ROWS: readonly (readonly [columns: readonly (readonly [string, string])[], Found])[] = [
    [[[H, H]], { verdict: 'together', pattern: 'both hold under V' }],
    [
      [
        [H, H],
        [H, H],
      ],
      { verdict: 'together', pattern: 'both hold under both' },
    ],
    [
      [
        [H, H],
        [H, H],
        [H, H],
      ],
      { verdict: 'together', pattern: 'both hold under all three' },
    ],
    [
      [
        [H, H],
        [N, H],
      ],
      { verdict: 'together', pattern: 'both hold under V; one has no figures' },
    ],
    [
      [
        [H, H],
        [H, F],
      ],
      { verdict: 'depends on whose numbers', pattern: 'both hold under V; never together elsewhere' },
    ],
    [
      [
        [H, H],
        [F, O],
        [H, O],
      ],
      {
        verdict: 'depends on whose numbers',
        pattern: 'both hold under V; open under X; never together elsewhere',
      },
    ],
    [
      [
        [H, O],
        [H, F],
      ],
      { verdict: 'open', pattern: 'open under V; never together elsewhere' },
    ],
    [
      [
        [H, F],
        [F, H],
      ],
      { verdict: 'at odds', pattern: 'never together: a holds under V; b under W' },
    ],
    [
      [
        [H, F],
        [F, F],
      ],
      { verdict: 'never together', pattern: 'never together: a holds under V; the other under none' },
    ],
    [
      [
        [F, H],
        [O, F],
      ],
      { verdict: 'never together', pattern: 'never together: b holds under V' },
    ],
    [
      [
        [F, F],
        [F, F],
      ],
      { verdict: 'never together', pattern: 'neither holds under any viewpoint' },
    ],
    [
      [
        [F, O],
        [F, F],
      ],
      { verdict: 'never together', pattern: 'never together' },
    ],
    [[[N, H]], { verdict: 'not tested', pattern: 'not tested: no figures found on one of them' }],
    [[], { verdict: 'in hindsight only', pattern: 'in hindsight only: add --hindsight' }],
  ];

  test.each(ROWS)('%j', (columns, found) => {
    expect(byVerdicts(...columns)).toEqual(found);
  });

  test('every verdict on a pair is met', () => {
    expect(new Set(ROWS.map(([, { verdict }]) => verdict))).toEqual(new Set(PAIR_VERDICTS));
  });

  const byFutures = (
    ...columns: readonly (readonly [PairColumn['companion']['verdict'], string, number, number, number])[]
  ) =>
    pairPattern(
      ['a', 'b'],
      'futures',
      columns.map(([verdict, reason, both, own, its], at): PairColumn => {
        const sampling = { low: both, high: both, method: 'Wilson', futures: 100 };
        const name = 'VWXYZ'[at] ?? '';
        const companion = { claim: 'b', verdict, reason, both: { share: both, sampling } };
        return {
          viewpoint: name,
          name,
          companion,
          own: result('contested', own),
          its: result('contested', its),
        };
      }),
    );
  test('of counted pairs says how often both are true, and which of them is not where they are not', () => {
    const [never, other] = ['this one is never true', 'the other is never true'];
    expect(byFutures(['together', '', 0.05, 0.5, 0.5], ['together', '', 0.3, 0.5, 0.5])).toEqual({
      verdict: 'together',
      pattern: 'both true in 5 of 100 futures under V; in 30 under W',
    });
    expect(byFutures(['together', '', 0.301, 0.5, 0.5], ['together', '', 0.3, 0.5, 0.5])).toEqual({
      verdict: 'together',
      pattern: 'both true in 30 of 100 futures under both',
    });
    expect(byFutures(['together', '', 0.05, 0.5, 0.5], ['not tested', other, 0, 0.5, 0])).toEqual({
      verdict: 'depends on whose numbers',
      pattern: 'both true in 5 of 100 futures under V; elsewhere b is never true',
    });
    expect(byFutures(['never together', '', 0, 0.5, 0.5], ['not tested', other, 0, 0.5, 0])).toEqual({
      verdict: 'at odds',
      pattern: 'never together under V; elsewhere b is never true',
    });
    // Each is true under somebody's numbers, and both under nobody's.
    expect(byFutures(['not tested', never, 0, 0, 1], ['not tested', other, 0, 1, 0])).toEqual({
      verdict: 'at odds',
      pattern: 'never together: a is never true under V; elsewhere b is never true',
    });
    expect(byFutures(['not tested', other, 0, 1, 0], ['not tested', other, 0, 1, 0])).toEqual({
      verdict: 'never together',
      pattern: 'never together: b is never true under both',
    });
    expect(byFutures(['not settled', '', 0, 1, 0])).toEqual({
      verdict: 'open',
      pattern: 'not settled under V',
    });
  });
});

describe('in the ledger', () => {
  const ODDS = `${HEAD}claim is_small "It is small"
  P(m < 2.5) > 90%
  with is_large
claim is_large "It is large"
  P(m > 2.5) > 90%
  with is_small
`;
  test('two that name each other are one pair, told at both of them', async () => {
    const ledger = await ledgerOf(ODDS, { runs: 200 });
    expect(ledger.pairs).toEqual([
      {
        claims: ['is_small', 'is_large'],
        by: 'verdicts',
        verdict: 'at odds',
        pattern: 'never together: is_small holds under small; is_large under large',
      },
    ]);
    const text = ledgerText(ledger);
    expect(text).toContain('Pairs: 1 of 1 at odds.');
    expect(text.match(/at odds with is_/g)).toHaveLength(2);
  });

  const MEANT = `${ODDS.replaceAll(/ {2}with .*\n/g, '')}let twice = 2 * size
definition big = size | twice
measure b: 1 = final big
claim grown "It has grown big"
  P(b > 3.5) > 90%
claim moved "It can be moved"
  size = 4 against 1 raises m by at least 1 "a third"
  with grown
`;
  test('what the other hangs on is told apart, and nothing is judged twice for it', async () => {
    const ledger = await ledgerOf(MEANT, { runs: 200 });
    const moved = claimOf(ledger, 'moved');
    expect(Object.keys(moved.viewpoints)).toEqual(['small', 'large']);
    expect(moved.viewpoints['small']?.with).toEqual([
      {
        claim: 'grown',
        verdict: 'only this one holds',
        reason: '',
        both: null,
        definitions: { big: 'size' },
      },
      {
        claim: 'grown',
        verdict: 'only this one holds',
        reason: '',
        both: null,
        definitions: { big: 'twice' },
      },
    ]);
    expect(moved.viewpoints['large']?.with.map(({ verdict }) => verdict)).toEqual([
      'only this one holds',
      'both hold',
    ]);
    expect(ledger.pairs[0]?.pattern).toBe('both hold under large, big: twice; never together elsewhere');
    expect(formatLedger(ledger, 'csv', { measures: false, full: false })).toContain(
      'grown (big: size); grown (big: twice)',
    );
  });

  test('what asks for hindsight is no companion before it, and says so', async () => {
    const text = `${ODDS.replace('time ', 'as of 2024-01-01\ntime ')
      .replace('source low "Low"', '$& date 2023-01-01')
      .replace('source high "High"', '$& date 2023-01-01')
      .replace('viewpoint large', 'viewpoint later "Later"\n  use high\n  hindsight\n$&')
      .replace('  P(m > 2.5)', '  in hindsight\n  P(m > 2.5)')}`;
    const before = await ledgerOf(text, { runs: 200 });
    expect(before.pairs).toMatchObject([{ verdict: 'in hindsight only' }]);
    const bothBefore = await ledgerOf(text.replace('  in hindsight\n', ''), { runs: 200, hindsight: true });
    expect(bothBefore.pairs).toMatchObject([
      { pattern: 'never together: is_small holds under small; is_large under large' },
    ]);
    const after = await ledgerOf(text, { runs: 200, hindsight: true });
    expect(after.pairs).toMatchObject([
      { pattern: 'never together: is_large holds under later; the other under none' },
    ]);
  });

  test('a claim that is judged alone has no pair', async () => {
    const ledger = await ledgerOf(ODDS, { runs: 200, claim: 0 });
    expect(ledger.pairs).toEqual([]);
    expect(Object.values(ledger.claims[0]?.viewpoints ?? {}).flatMap((one) => one.with)).toEqual([]);
  });
});

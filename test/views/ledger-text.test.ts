/** The table of any ledger fits a terminal of 80 columns, breaks no word and loses no claim. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LIKELIHOOD_WORDS } from '../../src/language/tree.ts';
import type {
  Companion,
  Ledger,
  LedgerClaim,
  OwnAnswer,
  Premise,
  ViewpointVerdict,
} from '../../src/ledger/ledger.ts';
import {
  COMPANION_VERDICTS,
  CONDITION_VERDICTS,
  LIKELIHOOD_VERDICTS,
  PAIR_VERDICTS,
  PREMISE_VERDICTS,
  RECORD_VERDICTS,
} from '../../src/ledger/ledger.ts';
import { COMPARISON_VERDICTS } from '../../src/ledger/ledger-of-comparisons.ts';
import { patternOf } from '../../src/ledger/pattern.ts';
import { ledgerText } from '../../src/views/ledger-text.ts';

const WIDTH = 80;
const BASES = ['arithmetic', 'sourced', 'mixed', 'assumed'] as const;

const word = fc.stringMatching(/^[A-Za-z][a-z0-9,.;:%'()-]{0,15}$/);
const sentence = fc.array(word, { minLength: 1, maxLength: 30 }).map((words) => words.join(' '));
const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,17}$/);
const row = fc.option(
  fc.oneof(
    fc.constantFrom('1.1', '2.3a ii', '3.1-3.4 a', 'balance', 'mirror of 3.6', 'mirror of 5.5b'),
    fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' ')),
  ),
);
const share = fc.oneof(fc.constantFrom(0, 1, 0.001, 0.999, 0.5), fc.double({ min: 0, max: 1, noNaN: true }));
const own = fc.tuple(fc.nat(4), fc.nat(4), fc.nat(4), fc.nat(8)).map(([inputs, partly, rest, read]) => ({
  inputs,
  partly,
  read: Math.min(read, inputs + partly),
  of: inputs + partly + rest,
}));

const sampling = fc.record({
  low: fc.constant(0.1),
  high: fc.double({ min: 0.1, max: 0.9, noNaN: true }),
  method: fc.constantFrom('Wilson', 'Student over ten replicates'),
  futures: fc.nat(2000),
});
const shown = fc.option(fc.record({ share, sampling }));
const because: fc.Arbitrary<readonly Premise[]> = fc.array(
  fc.record({
    claim: name,
    verdict: fc.constantFrom(...PREMISE_VERDICTS),
    reason: fc.constantFrom('', 'the premise is nearly always true', 'no figures found'),
    given: shown,
    without: shown,
  }),
  { maxLength: 2 },
);
const companions: fc.Arbitrary<readonly Companion[]> = fc.array(
  fc.record({
    claim: name,
    verdict: fc.constantFrom(...COMPANION_VERDICTS),
    reason: fc.constantFrom('', 'the other is never true', 'this one is between fails and holds'),
    both: shown,
    definitions: fc.constantFrom({}, { defeat: 'by_fire' }),
  }),
  { maxLength: 2 },
);
/** Likely or not, an answer of any form fits: what is shown does not ask where it came from. */
const likelihood: fc.Arbitrary<ViewpointVerdict['likelihood']> = fc.option(
  fc.record({
    word: fc.constantFrom(...LIKELIHOOD_WORDS),
    occurrences: fc.nat(2000),
    bound: fc.option(
      fc.record({
        side: fc.constantFrom('at most' as const, 'at least' as const),
        // Three of so many futures, so never far below a millionth.
        share: fc.double({ min: 1e-6, max: 1, noNaN: true }),
      }),
    ),
  }),
);
const amount = fc.constantFrom(0, -21.3, 0.0123, 12_345.6);
const estimated = { value: amount, low: amount, high: amount };
const unit = fc.constantFrom('', 'points', 'round/day');
const compared = fc.constantFrom(...COMPARISON_VERDICTS);
const sampled = {
  method: fc.constantFrom('Student over ten replicates'),
  futures: fc.constantFrom(500, 4000),
  reason: fc.constantFrom('', 'the mean of gain is not told apart from 0'),
};
/** One of the things that a claim on a comparison may have come to, or nothing. */
const comparison: fc.Arbitrary<Partial<ViewpointVerdict>> = fc.oneof(
  fc.constant({}),
  fc
    .record({
      ...sampled,
      measure: name,
      unit,
      first: sentence,
      second: fc.constant('as it is'),
      difference: fc.record(estimated),
      relative: fc.option(fc.record(estimated)),
      means: fc.record({ first: amount, second: amount }),
      spread: fc.option(fc.record({ p5: amount, p95: amount })),
      turned: fc.option(fc.record({ on: share, off: share })),
      differing: share,
      half: compared,
      twice: compared,
    })
    .map((effect) => ({ effect })),
  fc
    .record({
      ...sampled,
      subject: name,
      measures: fc.array(
        fc.record({
          measure: name,
          unit,
          byConstruction: fc.boolean(),
          largest: fc.option(fc.record({ ...estimated, first: sentence, second: sentence })),
          margin: fc.option(fc.constantFrom(0, 0.05, 100)),
          verdict: compared,
        }),
        { minLength: 1, maxLength: 3 },
      ),
    })
    .map((irrelevance) => ({ irrelevance })),
  fc
    .record({ element: name, group: name, has: shown, another: shown, all: shown })
    .map((uniqueness) => ({ uniqueness })),
  fc
    .record({
      decision: name,
      at: fc.constant('2024-06-20'),
      option: name,
      over: name,
      exchange: fc.record({ p5: amount, p50: amount, p95: amount }),
      unit,
    })
    .map((preference) => ({ preference })),
  fc
    .record({
      ...sampled,
      named: fc.array(name, { maxLength: 2 }),
      measures: fc.array(
        fc.record({
          measure: name,
          unit,
          byVariance: fc.option(fc.array(fc.record({ ...estimated, factor: name }), { maxLength: 3 })),
          byConsequence: fc.array(
            fc.record({ ...estimated, factor: name, first: sentence, second: sentence }),
            { maxLength: 3 },
          ),
          verdict: compared,
        }),
        { minLength: 1, maxLength: 2 },
      ),
    })
    .map((importance) => ({ importance })),
);
const definitions = fc.dictionary(name, name, { maxKeys: 2 });
const judged: fc.Arbitrary<ViewpointVerdict> = fc.oneof(
  fc
    .tuple(
      fc.record({
        viewpoint: name,
        definitions,
        verdict: fc.constantFrom<string>(
          ...CONDITION_VERDICTS,
          ...LIKELIHOOD_VERDICTS,
          'between fails and mostly fails',
          'between mostly fails and mostly holds',
        ),
        share,
        sampling,
        own,
        dropped: fc.nat(2000),
        basis: fc.constantFrom(...BASES),
        likelihood,
        confidence: fc.option(fc.record({ basis: fc.constantFrom(...BASES), sources: fc.nat(20) })),
        because,
        with: companions,
      }),
      comparison,
    )
    .map(([result, found]) => ({
      ...result,
      ...found,
      share: found.effect === undefined ? result.share : null,
    })),
  fc.record({
    viewpoint: name,
    definitions,
    verdict: fc.constant('no figures found'),
    share: fc.constant(null),
    sampling: fc.constant(null),
    own,
    dropped: fc.constant(0),
    basis: fc.constantFrom(...BASES),
    likelihood: fc.constant(null),
    confidence: fc.constant(null),
    because: fc.constant([]),
    with: fc.constant([]),
  }),
);

const ownAnswer: fc.Arbitrary<OwnAnswer> = fc.oneof(
  fc.record({
    verdict: fc.constantFrom('holds', 'fails', 'holds at the figures themselves' as const),
    values: fc.array(
      fc.record({
        measure: name,
        value: fc.oneof(fc.constant('never' as const), fc.double({ noNaN: true, noDefaultInfinity: true })),
        unit: fc.constantFrom('', 'day', 'share', 'round/day'),
        bound: fc.constantFrom('exact' as const, 'at least' as const, 'at most' as const, 'open' as const),
      }),
      { minLength: 1, maxLength: 4 },
    ),
    missing: fc.constant([]),
    unmoved: fc.array(name, { maxLength: 3 }),
  }),
  fc.record({
    verdict: fc.constantFrom('none for a likelihood' as const, 'none where the model draws' as const),
    values: fc.constant([]),
    missing: fc.constant([]),
    unmoved: fc.constant([]),
  }),
  fc.record({
    verdict: fc.constant('no own figures' as const),
    values: fc.constant([]),
    missing: fc.array(name, { maxLength: 4 }),
    unmoved: fc.constant([]),
  }),
);
const ownArithmetic: fc.Arbitrary<LedgerClaim['ownArithmetic']> = fc.option(
  fc.oneof(
    ownAnswer.map((answer) => ({ ...answer, byMeaning: [] })),
    fc.array(fc.tuple(ownAnswer, definitions), { minLength: 2, maxLength: 3 }).map((answers) => ({
      verdict: 'depends on the meaning' as const,
      values: [],
      missing: [],
      unmoved: [],
      byMeaning: answers.map(([answer, meant]) => ({ ...answer, definitions: meant })),
    })),
  ),
);

const empty = {
  calibrated: [],
  stated: null,
  hindsight: false,
  basis: null,
  restates: null,
  ownArithmetic: null,
  viewpoints: {},
  record: [],
  reason: null,
};

function condition(viewpoints: readonly string[]): fc.Arbitrary<Omit<LedgerClaim, 'id'>> {
  return fc
    .record({
      statement: sentence,
      row,
      ownArithmetic,
      results: fc.tuple(...viewpoints.map(() => judged)),
      restates: fc.option(name),
      basis: fc.constantFrom(...BASES),
      stated: fc.constantFrom(
        null,
        { text: 'is in band almost no chance', low: 0, high: 0.05 },
        { text: 'is roughly even', low: 0.45, high: 0.55 },
        { text: 'P >= 99.5 %', low: 0.995, high: 1 },
      ),
    })
    .map(({ results, ...rest }) => ({
      ...empty,
      ...rest,
      form: rest.stated === null ? ('condition' as const) : ('likelihood' as const),
      ...patternOf(
        results.map((result, number) => ({ name: viewpoints[number] ?? '', result })),
        false,
        true,
      ),
      viewpoints: Object.fromEntries(results.map((result, number) => [viewpoints[number] ?? '', result])),
    }));
}

const onRecord: fc.Arbitrary<Omit<LedgerClaim, 'id'>> = fc
  .record({
    statement: sentence,
    row,
    verdict: fc.constantFrom(...RECORD_VERDICTS),
    record: fc.array(
      fc.record({
        stance: fc.constantFrom('for' as const, 'partly' as const, 'against' as const),
        source: sentence,
        date: fc.option(fc.constant('2024-06-20')),
        note: fc.option(sentence),
      }),
      { maxLength: 3 },
    ),
  })
  .map((claim) => ({ ...empty, ...claim, form: 'on record', pattern: claim.verdict, basis: 'recorded' }));

const other: fc.Arbitrary<Omit<LedgerClaim, 'id'>> = fc
  .record({
    statement: sentence,
    row,
    form: fc.constantFrom('not testable' as const, 'context' as const, 'not yet modelled' as const),
    reason: sentence,
  })
  .map((claim) => ({ ...empty, ...claim, verdict: claim.form, pattern: claim.form }));

const definitionsOfModel: fc.Arbitrary<Ledger['definitions']> = fc.array(
  fc.record({
    name,
    label: sentence,
    meanings: fc.array(fc.record({ name, label: sentence }), { minLength: 2, maxLength: 3 }),
    asked: fc.array(name, { minLength: 1, maxLength: 3 }),
  }),
  { maxLength: 2 },
);
const ledger: fc.Arbitrary<Ledger> = fc
  .uniqueArray(name, { minLength: 1, maxLength: 7 })
  .chain((viewpoints) =>
    fc.record({
      model: fc.stringMatching(/^[A-Z][a-z]{2,12}( [a-z]{1,9}){0,6}$/),
      asOf: fc.option(fc.constant('2024-06-20')),
      runs: fc.constant(500),
      seed: fc.maxSafeNat(),
      design: fc.constantFrom('latin-hypercube' as const, 'monte-carlo' as const),
      scenario: fc.option(name),
      correlations: fc.array(
        fc.record({
          inputs: fc.tuple(name, name),
          coefficient: fc.constantFrom(-0.6, 0.25),
          reason: fc.option(name),
        }),
        { maxLength: 8 },
      ),
      definitions: definitionsOfModel,
      failed: fc.constant(0),
      imbalance: fc.constantFrom(0, 8e-15),
      viewpoints: fc.tuple(
        ...viewpoints.map((one) =>
          fc.record({
            name: fc.constant(one),
            label: sentence,
            hindsight: fc.boolean(),
            futures: fc.constantFrom(500, 1000, 2000),
            failed: fc.constant(7),
            dropped: fc.array(
              fc.record({
                kind: fc.constantFrom('calibrate' as const, 'require' as const),
                input: fc.option(name),
                text: name.map((one) => `require ${one} > 0`),
                futures: fc.nat(500),
              }),
              { maxLength: 3 },
            ),
            calibrated: fc.array(
              fc.record({
                input: name,
                text: name.map((one) => `${one} at 2024-06-20 = 5`),
                note: fc.option(sentence),
                unit: fc.constantFrom('', 't/day'),
                p5: fc.constantFrom(-0.42, 12_345.6),
                p50: fc.constantFrom(-0.42, 12_345.6),
                p95: fc.constantFrom(-0.42, 12_345.6),
              }),
              { maxLength: 2 },
            ),
            definitions,
            failures: fc.array(
              fc.record({
                future: fc.nat(499),
                variable: name,
                instant: fc.constant('2024-06-20'),
                inputs: fc.constant({}),
                behind: fc.array(
                  fc.record({
                    name,
                    value: fc.constantFrom(-0.42, 12_345.6),
                    unit: fc.constantFrom('', 't/day'),
                  }),
                  { maxLength: 5 },
                ),
              }),
              { maxLength: 5 },
            ),
            clipped: fc.array(
              fc.record({
                flow: name,
                futures: fc.nat(500),
                first: fc.constantFrom('2024-06-20', '3.5 day'),
              }),
              { maxLength: 5 },
            ),
            own,
          }),
        ),
      ),
      measures: fc.constant([]),
      pairs: fc.array(
        fc.record({
          claims: fc.tuple(name, name),
          by: fc.constantFrom('futures' as const, 'verdicts' as const),
          verdict: fc.constantFrom(...PAIR_VERDICTS),
          pattern: sentence,
        }),
        { maxLength: 4 },
      ),
      observed: fc.array(
        fc.record({
          variable: name,
          label: sentence,
          unit: fc.constantFrom('', 'share', 't/day'),
          file: fc.constantFrom('counts.csv', 'data/counts.csv'),
          source: fc.option(sentence),
          viewpoint: fc.constantFrom(...viewpoints),
          points: fc.constantFrom(1, 12),
          outside: fc.constantFrom(0, 1, 3),
          from: fc.constant('2024-01-01'),
          to: fc.constant('2024-06-20'),
          bias: fc.constantFrom(0, -1, 0.01, 12_345.6),
          biasShare: fc.option(fc.constantFrom(-0.01, 3)),
          covered: fc.constantFrom(0, 1),
          coverage: fc.option(fc.constant(0.5)),
          futures: fc.constant(500),
        }),
        { maxLength: 3 },
      ),
      bands: fc.array(
        fc.record({
          variable: name,
          label: sentence,
          unit: fc.constantFrom('', 'share', 't/day'),
          viewpoint: fc.constantFrom(...viewpoints),
          definitions,
          futures: fc.constant(500),
          points: fc.array(
            fc.record({
              at: fc.constantFrom<string | number>('2024-01-01', '2024-01-01T06:00:00', 12.5),
              p5: fc.constantFrom(0, -12_345.678),
              p25: fc.constant(0.1),
              p50: fc.constantFrom(0, 1e-7),
              p75: fc.constant(0.2),
              p95: fc.constantFrom(0, 98_765.4),
            }),
            { minLength: 1, maxLength: 30 },
          ),
        }),
        { maxLength: 2 },
      ),
      claims: fc
        .array(fc.oneof(condition(viewpoints), onRecord, other), { maxLength: 12 })
        .map((claims) => claims.map((claim, number) => ({ id: `c${number}`, ...claim }))),
    }),
  )
  .chain((made) =>
    // Some claims stand in paragraphs, some under headings, some in no brief at all.
    fc.array(fc.record({ heading: fc.option(sentence), text: sentence }), { maxLength: 4 }).map((places) => ({
      ...made,
      passages: places.map((place, at) => ({
        ...place,
        claims: made.claims.flatMap(({ id }, number) => (number % 5 === at ? [id] : [])),
      })),
    })),
  );

/** Names and numbers that stand whole somewhere in the text, whatever the lines. */
const wordsOf = (text: string): readonly string[] => text.split(/\s+/).filter((one) => one !== '');

test('no line is wider than a terminal', () => {
  fc.assert(
    fc.property(ledger, fc.boolean(), (generated, full) => {
      const wide = ledgerText(generated, { full })
        .split('\n')
        .filter((line) => line.length > WIDTH);
      expect(wide).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

test('an answer that is wider than a line is broken between its words', () => {
  const words = 'a_name_of_eighteen';
  const found = {
    measure: words,
    unit: 'round/day',
    byConstruction: false,
    margin: 1,
    verdict: 'fails' as const,
  };
  const largest = { value: 12_345.6, low: 1, high: 2, first: 'as it is', second: 'none' };
  const result: ViewpointVerdict = {
    viewpoint: 'another_of_eighteen',
    definitions: {},
    verdict: 'between fails and holds',
    share: null,
    sampling: null,
    dropped: 0,
    own: { inputs: 0, partly: 0, read: 0, of: 1 },
    basis: 'assumed',
    likelihood: null,
    confidence: null,
    because: [],
    with: [],
    irrelevance: {
      subject: words,
      measures: [
        { ...found, largest },
        { ...found, measure: 'other', byConstruction: true, largest: null },
      ],
      method: 'Student',
      futures: 4000,
      reason: '',
    },
  };
  const { irrelevance: _, ...plain } = result;
  const [made] = fc.sample(
    ledger.filter(({ claims }) => claims.some(({ form }) => form === 'condition')),
    1,
  );
  if (made === undefined) throw new Error('no ledger');
  const [claim] = made.claims.filter(({ form }) => form === 'condition');
  if (claim === undefined) throw new Error('no claim');
  const text = ledgerText({
    ...made,
    claims: [
      {
        ...claim,
        viewpoints: { another_of_eighteen: result, b: { ...plain, viewpoint: 'b' } },
      },
    ],
    passages: [],
  });
  expect(text.split('\n').filter((line) => line.length > WIDTH)).toEqual([]);
  expect(text.replaceAll(/\s+/g, ' ')).toContain(
    '· another_of_eighteen (between fails and holds, a_name_of_eighteen moved by 12,300 round/day)',
  );
});

test('every claim stands in it with whole words, in the order of its sentence', () => {
  fc.assert(
    fc.property(ledger, fc.boolean(), (generated, full) => {
      const text = ` ${wordsOf(ledgerText(generated, { full })).join(' ')} `;
      for (const { statement } of generated.claims)
        expect(text).toContain(` ${wordsOf(statement).join(' ')} `);
    }),
    { numRuns: 100 },
  );
});

test('colours change no letter', () => {
  const marked = (text: string): string => `\ue000${text}\ue000`;
  const style = { bold: marked, dim: marked, good: marked, bad: marked };
  fc.assert(
    fc.property(ledger, fc.boolean(), (generated, full) => {
      const plain = ledgerText(generated, { style, full }).replaceAll('\ue000', '');
      expect(plain).toBe(ledgerText(generated, { full }));
    }),
    { numRuns: 50 },
  );
});

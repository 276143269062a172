/**
 * The reference is held to the code: every box is checked, every value in a comment worked out, every table compared,
 * and everything that the language lists (keywords, bounds, reducers, functions …) must stand in an example, so that
 * nothing new can be forgotten here.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as limits from '../../src/base/limits.ts';
import { toNumber } from '../../src/base/rational.ts';
import { EXIT } from '../../src/cli/output.ts';
import { LARGEST_FILE_BYTES } from '../../src/cli/read-argument.ts';
import { compile } from '../../src/compile.ts';
import { DESIGN_KINDS } from '../../src/engine/design.ts';
import { MOST_FAULTS } from '../../src/language/faults.ts';
import { MOST_VALUES } from '../../src/language/parse-expression.ts';
import { parse } from '../../src/language/parser.ts';
import { RESERVED_WORDS } from '../../src/language/tokens.ts';
import {
  BOUNDS,
  type ClaimForm,
  DATINGS,
  DECLARATION_KINDS,
  type Expression,
  type Figure,
  GROUP_REDUCERS,
  INTEGRATION_METHODS,
  LIKELIHOOD_WORDS,
  type LikelihoodWord,
  MEASURE_REDUCERS,
} from '../../src/language/tree.ts';
import { conditionVerdict } from '../../src/ledger/condition-verdict.ts';
import { BASIS_FUTURES, FEWEST, STEPS } from '../../src/ledger/effort.ts';
import { IMPORTANCE_VERDICTS } from '../../src/ledger/importance-verdict.ts';
import {
  type Basis,
  CONDITION_VERDICTS,
  LIKELIHOOD_VERDICTS,
  type OwnArithmetic,
  PAIR_VERDICTS,
  PREMISE_VERDICTS,
  RECORD_VERDICTS,
  VERDICT_PAIRS,
} from '../../src/ledger/ledger.ts';
import { BANDS, type Stretch, stretchOf } from '../../src/ledger/likelihood-verdict.ts';
import { pairOf } from '../../src/ledger/pair-verdict.ts';
import { recordVerdict } from '../../src/ledger/record-verdict.ts';
import { premiseVerdict } from '../../src/ledger/related-claims.ts';
import { FAMILIES } from '../../src/model/check-figure.ts';
import { FUNCTIONS } from '../../src/model/functions.ts';
import { PREDEFINED_UNITS } from '../../src/model/units.ts';
import { codesButUse, dataOf, runText } from '../support/compile-text.ts';
import { fencesOf, tableBelow } from '../support/fences.ts';
import { withFunctionReference } from '../support/function-reference.ts';

const PAGE = readFileSync('docs/language.md', 'utf8');
const boxes = fencesOf(PAGE).filter(({ language }) => language === 'casus');
const prelude = boxes.find(({ words }) => words[0] === 'prelude')?.text ?? '';
const whole = (text: string): string => (/^model /m.test(text) ? text : prelude + text);
/** The data files that the page shows, by their names. */
const files = Object.fromEntries(
  fencesOf(PAGE).flatMap(({ language, words, text }) => (language === 'csv' ? [[words[0] ?? '', text]] : [])),
);
const named = boxes.map(({ words, text, line }) => ({ name: `line ${line}`, words, text: whole(text) }));
const sound = named.filter(({ words }) => words[0] !== 'faulty');

/**
 * Everything said of a model beside prose that links each of its claims. A box that is no whole model shows one thing, and
 * the lines before it that all boxes share declare more than it reads.
 */
function codesOf(text: string): readonly string[] {
  const names = [...text.matchAll(/^claim (\w+)/gm)].map(([, name]) => name);
  const brief = { file: 'brief.md', text: names.map((name) => `[x](#${name})`).join('\n\n') };
  const result = compile({ form: 'folder', model: { file: 'model.casus', text }, brief }, dataOf(files));
  return text.startsWith(prelude) ? codesButUse(result) : result.diagnostics.map(({ code }) => code);
}

// The compiler holds these to the types, so that none can be left out.
const FIGURES: Readonly<Record<Figure['kind'], true>> = {
  point: true,
  interval: true,
  named: true,
  discrete: true,
  truncated: true,
};
const CLAIM_FORMS: Readonly<Record<ClaimForm['kind'], true>> = {
  condition: true,
  likelihood: true,
  effect: true,
  irrelevance: true,
  importance: true,
  uniqueness: true,
  preference: true,
  'on record': true,
  'not testable': true,
  context: true,
  'not yet modelled': true,
};
const EXPRESSIONS: Readonly<Record<Expression['kind'], true>> = {
  number: true,
  quantity: true,
  date: true,
  name: true,
  index: true,
  call: true,
  reduce: true,
  asked: true,
  draw: true,
  chance: true,
  negate: true,
  not: true,
  arithmetic: true,
  logic: true,
  compare: true,
  if: true,
  is: true,
  happened: true,
  since: true,
  within: true,
};
const OWN_ANSWERS: Readonly<Record<OwnArithmetic['verdict'], true>> = {
  holds: true,
  'holds at the figures themselves': true,
  'fails at the figures themselves': true,
  fails: true,
  'not settled': true,
  'no own figures': true,
  'none for a likelihood': true,
  'none for a comparison': true,
  'none where the model draws': true,
  'none where an input is calibrated': true,
  'depends on the meaning': true,
};
const BASES: Readonly<Record<Basis, true>> = {
  arithmetic: true,
  recorded: true,
  sourced: true,
  mixed: true,
  assumed: true,
};

describe('boxes', () => {
  test.each(named)('$name is what its mark says', ({ words, text }) => {
    const [mark, code] = words;
    if (mark === 'faulty') expect(codesOf(text)).toContain(code);
    else expect(codesOf(text)).toEqual(mark === 'warns' ? [code] : []);
  });

  test.each(sound.filter(({ text }) => /# = /.test(text)))('$name comes to its values', ({ text }) => {
    const { future, measures } = runText(text, undefined, files);
    expect(future.failure).toBeNull();
    for (const [, name = '', value = ''] of text.matchAll(/^measure (\w+).*# = (\S+)$/gm)) {
      const found = measures[name] ?? Number.NaN;
      if (value === 'never') expect([name, found]).toEqual([name, Number.POSITIVE_INFINITY]);
      else expect(Math.abs(found - Number(value)), name).toBeLessThanOrEqual(Math.abs(found) * 5e-4 + 1e-9);
    }
  });
});

/** Everything in the trees of the sound boxes that has a `kind`, an operator, a name of a call, and so on. */
function gather(
  key: string,
  at: (node: Readonly<Record<string, unknown>>) => boolean = () => true,
): Set<unknown> {
  const found = new Set<unknown>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const node = value as Readonly<Record<string, unknown>>;
    if (key in node && at(node)) found.add(node[key]);
    for (const part of Object.values(node)) visit(part);
  };
  for (const { text } of sound) {
    visit(parse({ file: 'model.casus', text, blocks: [{ start: 0, end: text.length, indent: 0 }] }).tree);
  }
  return found;
}

const kinds = gather('kind');
const callNames = new Set(
  [...gather('name', ({ kind }) => kind === 'call' || kind === 'named')].map(
    (name) => (name as { text: string }).text,
  ),
);

describe('an example holds', () => {
  test.each(DECLARATION_KINDS)('the declaration %s', (kind) => expect(kinds).toContain(kind));
  test.each(DATINGS)('the date %s', (dating) => expect(gather('dating')).toContain(dating));
  test.each(BOUNDS)('the bound %s', (bound) => expect(gather('bound')).toContain(bound));
  test.each(MEASURE_REDUCERS)('the reducer %s', (reducer) => {
    expect(gather('reducer', ({ kind }) => kind === 'measure')).toContain(reducer);
  });
  test.each(INTEGRATION_METHODS)('the method %s', (method) => expect(gather('method')).toContain(method));
  test.each(GROUP_REDUCERS)('%s over a group', (reducer) => {
    expect(gather('reducer', ({ kind }) => kind === 'reduce')).toContain(reducer);
  });
  test.each(Object.keys(FIGURES))('the figure %s', (kind) => expect(kinds).toContain(kind));
  test.each(Object.keys(EXPRESSIONS))('the expression %s', (kind) => expect(kinds).toContain(kind));
  test.each(['+', '-', '*', '/', '^', 'and', 'or'])('the operator %s', (operator) => {
    expect(gather('operator')).toContain(operator);
  });
  test.each(['<', '<=', '>', '>='])('the comparison %s', (operator) => {
    expect([...gather('operators')].flat()).toContain(operator);
  });
  test.each(Object.keys(CLAIM_FORMS))('the claim form %s', (kind) => expect(kinds).toContain(kind));
  test.each(LIKELIHOOD_WORDS.slice(1, 5))('the likelihood %s', (word) =>
    expect(gather('word')).toContain(word),
  );
  test.each(['because', 'with'])('the line %s', (relation) => {
    expect([...gather(relation)].flat()).not.toEqual([]);
  });
  test.each(['for', 'partly', 'against'])('the stance %s', (stance) =>
    expect(gather('stance')).toContain(stance),
  );
  test.each([
    'readAs',
    'echoOf',
    'counts',
    'rest',
    'index',
    'rows',
    'hindsight',
    'window',
    'row',
    'side',
    'url',
    'author',
    'code',
    'signed',
    'twoWay',
    'endsKept',
  ])('a part %s', (key) => expect([...gather(key)].some((value) => value !== null)).toBe(true));
  test('`from` of a measure', () => {
    expect([...gather('from', ({ kind }) => kind === 'measure')].some((value) => value !== null)).toBe(true);
  });
  test.each(Object.keys(FUNCTIONS))('the function %s', (name) => expect(callNames).toContain(name));
  test.each(Object.keys(FAMILIES))('the distribution %s', (name) => expect(callNames).toContain(name));
});

describe('tables', () => {
  test('of functions', async () => {
    await expect(withFunctionReference(PAGE)).toMatchFileSnapshot('../../docs/language.md');
  });

  test('of distributions', () => {
    const text = PAGE.slice(PAGE.indexOf('**Named distributions.**'));
    expect(tableBelow(`# x\n${text}`, 'x')).toEqual(
      Object.entries(FAMILIES).map(([name, { parameters, plain, meaning }]) => ({
        distribution: name,
        parameters: parameters.join(', '),
        'plain numbers': plain.join(', '),
        meaning,
      })),
    );
  });

  test('of units', () => {
    const days = (text: string): number => {
      if (text === 'the base unit of time') return 1;
      const [top = '', bottom = '1'] = text.replace(' day', '').split('/');
      return Number(top) / Number(bottom);
    };
    const rows = tableBelow(PAGE, 'Units').map(({ unit, is }) => [unit, days(is ?? '')]);
    expect(rows).toEqual(PREDEFINED_UNITS.map((unit) => [unit.name, toNumber(unit.days)]));
  });

  test('of bounds', () => {
    const rows = tableBelow(PAGE, 'Inputs').map(({ written = '', means = '' }) =>
      BOUNDS.find((bound) => written.startsWith(bound) || means.startsWith(bound)),
    );
    expect(rows).toEqual([...BOUNDS]);
  });

  test('of reducers', () => {
    const rows = tableBelow(PAGE, 'Measures').map(({ reducer }) =>
      reducer?.replace(/ DATE| x$| c$/g, '').trim(),
    );
    expect(rows.sort()).toEqual([...MEASURE_REDUCERS].sort());
  });

  test('of limits', () => {
    const names: Readonly<Record<keyof typeof limits, string>> = {
      MAXIMUM_TEXT: 'characters of text in one file',
      MAXIMUM_NESTING: 'levels of nesting',
      MAXIMUM_ELEMENTS: 'elements in one group',
      MAXIMUM_STEPS: 'steps of the time axis',
      MAXIMUM_CELLS: 'values worked out at one instant, all elements counted',
      MAXIMUM_INSTRUCTIONS: 'instructions of one step',
      MAXIMUM_STATE: 'values of one future, with what delays remember',
      MAXIMUM_RUN: 'values of one run: futures times inputs, measures and claims',
      MAXIMUM_MEASURES: 'measures, all elements counted',
      MAXIMUM_COMBINATIONS: 'combinations of meanings that one claim or measure hangs on',
      MAXIMUM_CORRELATED: 'inputs that hang together by correlations',
      MAXIMUM_ROWS: 'rows of one data file',
      MAXIMUM_OBSERVED: 'records set beside one variable',
    };
    const wanted: Record<string, number> = {
      'bytes in one file': LARGEST_FILE_BYTES,
      'values in one expression': MOST_VALUES,
      'faults reported of one text': MOST_FAULTS,
    };
    for (const [key, value] of Object.entries(limits)) wanted[names[key as keyof typeof limits]] = value;
    const found = Object.fromEntries(
      tableBelow(PAGE, 'Limits').map((row) => [row['limit'], Number(row['at most']?.replaceAll(',', ''))]),
    );
    expect(found).toEqual(wanted);
  });

  test('of exit codes', () => {
    const text = PAGE.slice(PAGE.indexOf('| exit code |'));
    const rows = tableBelow(`# x\n${text}`, 'x').map((row) => [row['name'], Number(row['exit code'])]);
    expect(rows).toEqual(Object.entries(EXIT));
  });

  test('of verdicts on conditions, at their edges', () => {
    const rows = tableBelow(PAGE, 'Conditions');
    expect(rows.map(({ verdict }) => verdict)).toEqual([...CONDITION_VERDICTS]);
    for (const row of rows) {
      const [low, high] = [row['s from'] ?? '', row['to'] ?? ''].map(
        (cell) => Number(/\d+/.exec(cell)?.[0]) / 100,
      );
      const verdictAt = (share: number | undefined): string => conditionVerdict(share ?? Number.NaN);
      expect(verdictAt(low) === row['verdict']).toBe(!row['s from']?.startsWith('above'));
      expect(verdictAt(high) === row['verdict']).toBe(!row['to']?.startsWith('below'));
      expect(verdictAt(((low ?? 0) + (high ?? 0)) / 2)).toBe(row['verdict']);
    }
  });

  test('of words of likelihood, at their edges', () => {
    const rows = tableBelow(PAGE, 'Claims').filter(({ word }) => word !== undefined);
    expect(rows.map(({ word }) => word)).toEqual([...LIKELIHOOD_WORDS]);
    // `above` and `below` leave the edge itself out, `from` and `to` take it in.
    const read = (cell: string): Stretch => {
      const end = (word: string): number | null => {
        const found = new RegExp(`${word} (\\d+) %`).exec(cell);
        return found === null ? null : Number(found[1]) / 100;
      };
      const [above, below, from, to] = [end('above'), end('below'), end('from'), end('to')];
      const low = above === null ? { at: from ?? 0, included: true } : { at: above, included: false };
      const high = below === null ? { at: to ?? 1, included: true } : { at: below, included: false };
      return { low, high };
    };
    for (const row of rows) {
      const word = row['word'] as LikelihoodWord;
      expect(read(row['claims'] ?? '')).toEqual(stretchOf({ kind: 'words', word, inBand: false }));
      expect(read(row['in band'] ?? '')).toEqual(BANDS[word]);
    }
  });

  test('of verdicts on importance', () => {
    expect(tableBelow(PAGE, 'What matters most').map(({ verdict }) => verdict)).toEqual([
      ...IMPORTANCE_VERDICTS.toReversed(),
      'between',
      'not settled',
    ]);
  });

  test('of verdicts on likelihoods and premises', () => {
    expect(new Set(tableBelow(PAGE, 'Likelihoods').map(({ verdict }) => verdict))).toEqual(
      new Set(LIKELIHOOD_VERDICTS),
    );
    const states = { met: true, 'not met': false, open: null };
    for (const row of tableBelow(PAGE, 'Premises')) {
      const sides = [row['premise true'], row['premise false']].map((cell): readonly (boolean | null)[] =>
        cell === 'any' ? [true, false, null] : [states[cell as keyof typeof states]],
      );
      for (const given of sides[0] ?? [])
        for (const without of sides[1] ?? []) expect(premiseVerdict(given, without)).toBe(row['verdict']);
    }
    const found = new Set([...tableBelow(PAGE, 'Premises').map(({ verdict }) => verdict), 'not tested']);
    expect(found).toEqual(new Set(PREMISE_VERDICTS));
  });

  test('of verdicts on pairs, in every case', () => {
    const likely = { holds: 'holds', 'does not': 'fails', open: 'not settled' };
    const rows = tableBelow(PAGE, 'Pairs');
    for (const row of rows) {
      const [own, its] = [row['this one'], row['the other']].map(
        (word) => likely[word as keyof typeof likely],
      );
      expect(pairOf(own ?? '', its ?? '').verdict).toBe(row['verdict']);
    }
    const cases = rows.map((row) => `${row['this one']}, ${row['the other']}`);
    expect(new Set(cases).size).toBe(Object.keys(likely).length ** 2);
    expect(new Set(rows.map(({ verdict }) => verdict))).toEqual(new Set(VERDICT_PAIRS));
    expect(tableBelow(PAGE, 'Headlines of pairs').map(({ verdict }) => verdict)).toEqual([...PAIR_VERDICTS]);
  });

  test('of verdicts on records, in every case', () => {
    const rows = tableBelow(PAGE, 'Records');
    expect(rows.map(({ verdict }) => verdict).sort()).toEqual([...RECORD_VERDICTS].sort());
    const stances = ['for', 'partly', 'against'] as const;
    for (let mask = 0; mask < 8; mask++) {
      const said = stances.filter((_, bit) => (mask >> bit) % 2 === 1);
      const fitting = rows.filter((row) =>
        stances.every((stance) => row[stance] === 'any' || (row[stance] === 'yes') === said.includes(stance)),
      );
      expect(fitting.map(({ verdict }) => verdict)).toEqual([recordVerdict(said)]);
    }
  });

  test('of answers of own arithmetic and of bases', () => {
    const column = (heading: string, name: string) => tableBelow(PAGE, heading).map((row) => row[name]);
    expect(column('Own arithmetic', 'answer')).toEqual(Object.keys(OWN_ANSWERS));
    expect(column('The basis', 'basis')).toEqual(Object.keys(BASES));
  });
});

test('the futures of each run are those of the code', () => {
  const title = '### How many futures\n';
  const section = PAGE.slice(PAGE.indexOf(title) + title.length).split('\n### ')[0] ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('| of ') || line.startsWith('| redrawn'));
  const { open, comparisons, bases, rankings } = STEPS;
  const { compared, redrawn, ranked } = FEWEST;
  // Row by row, in the order of the table.
  const numbers = [[open], [comparisons, compared], [BASIS_FUTURES, bases, redrawn], [rankings, ranked]];
  expect(rows.map((row) => row.match(/\d[\d,]*\d/g) ?? [])).toEqual(
    numbers.map((row) => row.map((number) => number.toLocaleString('en'))),
  );
});

describe('lists', () => {
  const listed = (from: string): readonly string[] => {
    const text = PAGE.slice(PAGE.indexOf(from) + from.length);
    return text
      .slice(0, text.indexOf('.'))
      .replaceAll('`', '')
      .split(/,\s+/)
      .map((word) => word.trim());
  };

  test('of reserved words', () => {
    expect(listed('These words can be no names:')).toEqual([...RESERVED_WORDS]);
  });

  test('of designs', () => {
    for (const kind of DESIGN_KINDS) expect(PAGE).toContain(`**\`${kind}\`**`);
  });

  test('of contents', () => {
    const anchors = new Set(
      [...PAGE.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
        title
          .toLowerCase()
          .replaceAll(/[^\w -]/g, '')
          .replaceAll(' ', '-'),
      ),
    );
    for (const [, anchor] of PAGE.replaceAll(/^```[\s\S]*?^```$/gm, '').matchAll(/\]\(#([^)]+)\)/g))
      expect(anchors).toContain(anchor);
  });
});

/** Declarations of every kind, expressions as they group, and texts of chance. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatDate } from '../base/calendar.ts';
import { toNumber } from '../base/rational.ts';
import { lineStarts, positionAt, type Span } from '../base/span.ts';
import { parse } from './parser.ts';
import { RESERVED_WORDS } from './tokens.ts';
import {
  BOUNDS,
  COMPARISON_OPERATORS,
  DECLARATION_KINDS,
  type Declaration,
  type DeclarationKind,
  type Expression,
  type Figure,
  LIKELIHOOD_WORDS,
  MEASURE_REDUCERS,
  TIMES,
} from './tree.ts';

const read = (text: string) =>
  parse({ file: 'm', text, blocks: [{ start: 0, end: text.length, indent: 0 }] });
const faults = (text: string) => {
  const starts = lineStarts(text);
  return read(text).diagnostics.map(({ code, span }) => `${positionAt(starts, span.start).line} ${code}`);
};

/** The only declaration of a faultless text. */
function only<Kind extends DeclarationKind>(kind: Kind, text: string): Declaration & { kind: Kind } {
  const { tree, diagnostics } = read(text);
  expect(diagnostics).toEqual([]);
  expect(tree.declarations.map((declaration) => declaration.kind)).toEqual([kind]);
  return tree.declarations[0] as Declaration & { kind: Kind };
}

/** An expression with all its brackets, so that a test shows how it groups. */
function grouped(node: Expression): string {
  switch (node.kind) {
    case 'number':
      return `${toNumber(node.value)}${node.percent ? ' share' : ''}`;
    case 'quantity':
      return `${grouped(node.number)}·${node.unit.text}`;
    case 'date':
      return formatDate(node.days);
    case 'name':
      return node.name.text;
    case 'index':
      return `${node.name.text}[${node.indices.map((index) => index.text).join(',')}]`;
    case 'call':
      return `${node.name.text}(${node.arguments.map(grouped).join(', ')})`;
    case 'reduce':
      return `${node.reducer}{${grouped(node.body)} ${node.axes.map(({ index, group }) => (index === null ? `over ${group.text}` : `for ${index.text} in ${group.text}`)).join(', ')}}`;
    case 'asked':
      return `asked ${grouped(node.flow)}`;
    case 'chance':
      return `chance of ${grouped(node.of)}`;
    case 'draw':
      return `draw ${shown(node.figure)}${node.every === null ? '' : ` every ${grouped(node.every)}`}`;
    case 'negate':
      return `(-${grouped(node.operand)})`;
    case 'not':
      return `(not ${grouped(node.operand)})`;
    case 'arithmetic':
    case 'logic':
      return `(${grouped(node.left)} ${node.operator} ${grouped(node.right)})`;
    case 'compare':
      return `(${node.operands.map((operand, at) => `${grouped(operand)}${at < node.operators.length ? ` ${node.operators[at]}` : ''}`).join(' ')})`;
    case 'is':
      return `(${grouped(node.subject)} is ${node.state.text})`;
    case 'happened':
      return `(${grouped(node.subject)} has happened)`;
    case 'within':
      return `(${grouped(node.subject)} within ${grouped(node.length)} of ${grouped(node.date)})`;
    case 'since':
      return `(time since ${grouped(node.subject)})`;
    case 'if':
      return `(if ${grouped(node.condition)} then ${grouped(node.then)} else ${grouped(node.else)})`;
  }
}

const listed = (names: readonly { readonly text: string }[]): string =>
  names.length === 0 ? '' : `[${names.map(({ text }) => text).join()}]`;

function shown(figure: Figure | null): string {
  if (figure === null) return '-';
  switch (figure.kind) {
    case 'point':
      return grouped(figure.value);
    case 'interval':
      return `${grouped(figure.low)} to ${grouped(figure.high)}`;
    case 'named':
      return `${figure.name.text}~${figure.parameters.map(grouped).join(',')}`;
    case 'discrete':
      return `discrete~${figure.outcomes.map(({ value, share }) => `${grouped(value)}:${grouped(share)}`).join(',')}`;
    case 'truncated':
      return `${shown(figure.of)} within ${grouped(figure.low)} .. ${grouped(figure.high)}`;
  }
}

// --- declarations -----------------------------------------------------------------------------------------------

/** One good text for every kind: the type refuses a kind that has none. */
const GOOD: { readonly [Kind in DeclarationKind]: readonly string[] } = {
  model: ['model "A title"', 'model "A \\"title\\"" # said'],
  time: [
    'time 2023-10-01 .. 2034-10-01 by 1 week',
    'time 0 day .. 200 day by 1 day',
    'time 2024-01-01 ..\n  2025-01-01 by\n 1 day',
    'time 0 day .. 1 day by 0.1 day using rk4',
  ],
  'as of': ['as of 2024-06-20', 'as  of 2024-06-20'],
  event: [
    'event halt "US deliveries stop"\n  on 2023-12-27, 2024-03-01\n  for pause',
    'event strike[Age]\n  rate 1/year * pressure\n  once',
    'event low\n  when store < 10 and not halt is active',
  ],
  tie: [
    'tie trust[Country, Country] symmetric: 1 within -1 .. 1 "between states" = 0.2',
    'tie debt[a in Country, b in Country]: USD = owed[a, b]',
    'tie favour[Bank, Country] = 0',
  ],
  side: ['side West', 'side West "NATO members"'],
  source: [
    'source brief',
    'source brief "brief.md" author',
    'source nato "NATO" side West date 2024-03-11 url "https://x"',
    'source nato "NATO"\n  date 2024-03-11 side West\n  url "https://x"',
  ],
  unit: ['unit round', 'unit container = 480 round', 'unit rate = 5 USD / (3 person)'],
  actor: ['actor Russia', 'actor Russia RU', 'actor NorthKorea KP "North Korea"', 'actor Russia "Russia"'],
  group: ['group Supplier = NorthKorea', 'group Supplier = NorthKorea, Iran,\n  China'],
  input: [
    'input rate',
    'input rate: round/day "Asked for" counts "rounds"\n  brief 5',
    'input census[Age]: person\n  assumed[child] 10M "why"\n  brief[adult] 20M else 5M',
    'input contact[Age, Age]: 1/day\n  brief matrix child, adult "note"\n    [child] 7, 3 to 4\n    else 0',
  ],
  lever: [
    'lever aid: round/day 0 .. 5_000 = 1_000 "what is sent"',
    'lever tax[G]: share 0% .. 50% = 20%',
    'lever shift: day -5 .. 5 = 0',
    'lever dose: 1 0 .. 5 = 2',
  ],
  definition: [
    'definition defeat = line | any_loss | aims',
    'definition defeat[Country]: day "when it is lost" = by_stores |\n  by_fire',
  ],
  factor: ['factor supply = drawn', 'factor supply "What comes in" = drawn,\n  lost'],
  decision: [
    'decision aid by Ally every 4 week\n  option none 0\n  option arms gain\n  scale spread',
    'decision aid[a in Ally] "what it gives" by a with North every 4 week from 2024-03-01\n  option none 0\n    for North 0\n  option arms gain - fear *\n    risk\n    for the leader taste\n    for North need\n    closed unless gate > 2\n    cost 2 USD\n  reason share\n  scale spread\n  inertia 20%',
    'decision aid by Ally on 2024-03-01,\n  2024-06-01\n  option a 0\n  option b 1\n  scale 0',
    'decision aid by Ally when stores < need and\n  not war is past\n  option a 0\n  option b 1\n  scale 0',
  ],
  calibrate: [
    'calibrate edge so that gain at 2024-06-05 = observed_gain',
    'calibrate edge[North] so that gain[North] at (30 day) = 2 * (a + b) "on record"',
  ],
  require: ['require stores_then > 0', 'require a < b and not c "on record by the ministry"'],
  correlate: [
    'correlate fire_rate, made 0.6',
    'correlate made,\n  price[Russia] -0.3 "one market"',
    'correlate a[x], a[y] 1/2',
  ],
  table: [
    'table t(day): share\n  assumed "why"\n  0, 100%\n  10 day, 40%',
    'table t(USD/(person*year)): 1 "label" linear\n  by brief "where"\n  1, 2',
    'table t(date): person/day held\n  2024-01-01, 54_000',
  ],
  series: [
    'series price: USD/t from "prices.csv"\n  by brief',
    'series price[Good]: USD/t "at the border" from "data/prices.csv" held\n  column in USD/kg\n  assumed "why"\n  ends kept',
    'series rate: 1 from "rates.csv" linear\n  column "Rate, %" in percent\n  at "week" in week\n  by brief "table 3"',
  ],
  viewpoint: [
    'viewpoint v',
    'viewpoint West "What they say"\n  use brief\n  use side West\n  hindsight\n  use side',
  ],
  explore: ['explore West 1, Ukraine 1', 'explore West 0.5,\n  Ukraine (1 + 2) / 4, Own 50%'],
  stock: [
    'stock s = 0',
    'stock s[G]: round "label" = a * b\n  + made\n  - fired[Russia]',
    'stock s: USD signed = 0',
    'stock s[r in Region]: person = 0\n  + moved[o, r] for o in Region\n  - moved[r, d] for d in Region',
  ],
  flow: ['flow f = 1', 'flow f[G]: round/day "x" =\n    rate', 'flow f: USD/day two-way = a - b'],
  let: [
    'let x = 1',
    'let x: day "label" = a / b',
    'let x = if a then\n 1\n else 2',
    'let x[a in Age, b in Age, Region] = sum(c[a, d] * y[d, b] for d in Age) / sum(y over Age, Region)',
  ],
  measure: ['measure m = final x', 'measure m: day "label" = at 2024-06-20 x'],
  observed: [
    'observed stores from "counts.csv"\n  by brief "page 3"',
    'observed stores[North] "what was counted" from "a/counts.csv"\n  column "North" in kt\n  at "day" in day\n  assumed "why"',
  ],
  claim: [
    'claim c\n  a < b',
    'claim c "It is so" row "2.3a"\n  5 month < paper <= 6.6 month\n  in hindsight',
  ],
  scenario: ['scenario s', 'scenario s "label"\n  a = 1\n  b[Russia] = 2M round\n  c = x + y'],
};

describe.each(DECLARATION_KINDS)('%s', (kind) => {
  test.each(GOOD[kind])('%j', (text) => {
    const declaration = only(kind, text);
    expect(text.slice(declaration.keyword.start, declaration.keyword.end).replaceAll(/ +/g, ' ')).toBe(kind);
    expectNested(read(text), text);
  });

  test('alone it is a fault, reported once', () => {
    expect(faults(`${kind}\n`)).toHaveLength(1);
  });
});

test.each(RESERVED_WORDS)('%s cannot be a name', (word) => {
  expect(faults(`let ${word} = 1`)).toEqual(['1 name-reserved']);
});

test('a source has its attributes', () => {
  const source = only('source', 'source n "T" url "u" author side W date 2024-03-11');
  expect([source.title?.value, source.url?.value, source.side?.text, source.date?.kind]).toEqual([
    'T',
    'u',
    'W',
    'date',
  ]);
  expect(source.author).not.toBeNull();
});

test.each([
  ['round/day', 'round day^-1'],
  ['USD/(person*year)', 'USD person^-1 year^-1'],
  ['km^2', 'km^2'],
  ['m^-1', 'm^-1'],
  ['m^(1/2)', 'm^1/2'],
  ['(m/s)^2', 'm^2 s^-2'],
  ['a/b/c*d', 'a b^-1 c^-1 d'],
  ['share', ''],
  ['%', ''],
  ['1', ''],
  ['1/day', 'day^-1'],
  ['share/day', 'day^-1'],
])('the unit %s', (written, expected) => {
  const { unit } = only('input', `input x: ${written} "label"`);
  const factor = ({ n, d }: { n: bigint; d: bigint }) => (d !== 1n ? `^${n}/${d}` : n === 1n ? '' : `^${n}`);
  expect(unit?.factors.map(({ name, power }) => `${name.text}${factor(power)}`).join(' ')).toBe(expected);
});

test.each([
  ['a 10', 'a exact 10'],
  ['a 2.5M to 4.8M', 'a exact 2500000 to 4800000'],
  ['a 40% to 60%', 'a exact 0.4 share to 0.6 share'],
  ['a triangular(1, 2, 3)', 'a exact triangular~1,2,3'],
  ['a discrete(1: 20%, -2 week: 1/2,\n 3: 0.3)', 'a exact discrete~1:0.2 share,(-2·week):(1 / 2),3:0.3'],
  ['a normal(10, 3) within 0 .. 20', 'a exact normal~10,3 within 0 .. 20'],
  ['a 5 to 6 within 1 day .. 7 day counts "x"', 'a exact 5 to 6 within 1·day .. 7·day counts x'],
  ['a at least 5 read as 5 to 9 within 5 .. 20 "why"', 'a at least 5 read 5 to 9 within 5 .. 20 why'],
  ['a 2 * f(1)', 'a exact (2 * f(1))'],
  ['a -5 to 5', 'a exact (-5) to 5'],
  ['a 3M round', 'a exact 3000000·round'],
  ['a at least 5 counts "x" read as 5 to 6 "why" "note"', 'a at least 5 counts x read 5 to 6 why note'],
  ['a 5 "note" read as 6 "why"', 'a exact 5 read 6 why note'],
  ['a echo of b', 'a exact - echo b'],
  ['a 5 echo of b', 'a exact 5 echo b'],
  ['a denied', 'a denied -'],
  ['a denied "never happened"', 'a denied - note'],
  ['a[Russia] 5', 'a[Russia] exact 5'],
  ['a[Russia, Age] 5', 'a[Russia,Age] exact 5'],
  ['a[Russia] 5 else 0', 'a[Russia] exact 5 else 0'],
  ['a[Russia] 5\n  else 1 to 2 "why"', 'a[Russia] exact 5 note else 1 to 2'],
  ['assumed 5 to 6 "why"', 'assumed exact 5 to 6 note'],
  ...BOUNDS.filter((bound) => bound !== 'exact').map((bound) => [`a ${bound} 5`, `a ${bound} 5`]),
])('the estimate %s', (line, expected) => {
  const [estimate] = only('input', `input x\n  ${line}`).estimates;
  if (estimate?.kind !== 'line') throw new Error('no line');
  const { speaker, elements, bound, figure, counts, readAs, echoOf, note, rest } = estimate;
  const parts = [
    `${speaker?.text ?? 'assumed'}${listed(elements)} ${bound} ${shown(figure)}`,
    counts === null ? '' : `counts ${counts.value}`,
    readAs === null ? '' : `read ${shown(readAs.figure)} ${readAs.reason?.value}`,
    echoOf === null ? '' : `echo ${echoOf.text}`,
    note === null ? '' : 'note',
    rest === null ? '' : `else ${shown(rest.figure)}`,
  ];
  expect(parts.filter((part) => part !== '').join(' ')).toBe(expected);
});

test.each(MEASURE_REDUCERS)('the reducer %s', (reducer) => {
  const at = reducer === 'at' ? '30 day ' : '';
  const from = TIMES.includes(reducer) ? ' from 2024-01-01' : '';
  const measure = only(
    'measure',
    `measure m: day = ${reducer} ${at}a < b${from} over 2024-01-01 .. 2024-06-30`,
  );
  expect(measure.reducer).toBe(reducer);
  expect(grouped(measure.body)).toBe('(a < b)');
  expect(measure.at === null ? '' : grouped(measure.at)).toBe(reducer === 'at' ? '30·day' : '');
  expect(measure.from !== null).toBe(TIMES.includes(reducer));
  expect(measure.window).not.toBeNull();
});

test('a record keeps its lines in order', () => {
  const { form } = only('claim', 'claim c\n  on record\n  for a "x"\n  partly b\n  against c');
  expect(
    form?.kind === 'on record' && form.lines.map(({ stance, source }) => `${stance} ${source.text}`),
  ).toEqual(['for a', 'partly b', 'against c']);
});

test.each(LIKELIHOOD_WORDS)('a claim that is %s', (word) => {
  const form = only('claim', `claim c\n  5 month < paper is ${word}\n  because d`).form;
  expect(form).toMatchObject({ kind: 'likelihood', stated: { kind: 'words', word, inBand: false } });
  const inBand = only('claim', `claim c\n  (not broken) is in band ${word}`).form;
  expect(inBand).toMatchObject({ kind: 'likelihood', stated: { kind: 'words', word, inBand: true } });
});

test.each(COMPARISON_OPERATORS)('a claim of P(…) %s', (operator) => {
  const form = only('claim', `claim c\n  P(a < b and (c or d)) ${operator} 99.5%`).form;
  expect(form).toMatchObject({
    kind: 'likelihood',
    condition: { kind: 'logic' },
    stated: { kind: 'number', operator, value: { value: { n: 199n, d: 200n }, percent: true } },
  });
});

test('a claim beside other claims, before and after what it says', () => {
  const claim = only(
    'claim',
    'claim c\n  because d\n  a < b\n  with e\n  because f\n  with g\n  in hindsight',
  );
  expect(claim.form?.kind).toBe('condition');
  expect(claim.because.map(({ text }) => text)).toEqual(['d', 'f']);
  expect(claim.with.map(({ text }) => text)).toEqual(['e', 'g']);
  expect(claim.hindsight).not.toBeNull();
});

test.each(['not testable', 'context', 'not yet modelled'] as const)('a claim that is %s', (kind) => {
  expect(only('claim', `claim c\n  ${kind} "why"`).form).toMatchObject({ kind, reason: { value: 'why' } });
  expect(faults(`claim c\n  ${kind}`)).toEqual(['2 claim-reason-missing']);
});

// --- expressions ------------------------------------------------------------------------------------------------

test.each([
  ['a + b * c', '(a + (b * c))'],
  ['a - b - c', '((a - b) - c)'],
  ['a / b / c', '((a / b) / c)'],
  ['(a + b) * c', '((a + b) * c)'],
  ['-x^2', '(-(x ^ 2))'],
  ['2^-x', '(2 ^ (-x))'],
  ['2^3^4', '(2 ^ (3 ^ 4))'],
  ['-a * -b', '((-a) * (-b))'],
  ['10 km / day', '(10·km / day)'],
  ['10 * km^2', '(10 * (km ^ 2))'],
  ['50% * x', '(0.5 share * x)'],
  ['50 %', '0.5 share'],
  ['a < b <= c', '(a < b <= c)'],
  ['a > b', '(a > b)'],
  ['not a < b and c or d', '(((not (a < b)) and c) or d)'],
  ['a or b and c', '(a or (b and c))'],
  ['if a then b else c + 1', '(if a then b else (c + 1))'],
  ['1 + if a then b else if c then d else e', '(1 + (if a then b else (if c then d else e)))'],
  ['sum(x[G] * 2 over G)', 'sum{(x[G] * 2) over G}'],
  ['sum(x[a, b] * y[b] for b in Age)', 'sum{(x[a,b] * y[b]) for b in Age}'],
  ['max(x for a in Age, b in Region)', 'max{x for a in Age, for b in Region}'],
  ['sum(x over Age, Region)', 'sum{x over Age, over Region}'],
  ['min(x over G) + max(a, b)', '(min{x over G} + max(a, b))'],
  ['f()', 'f()'],
  ['asked fired - fired', '(asked fired - fired)'],
  ['asked fired[Russia]', 'asked fired[Russia]'],
  ['x[a, b]', 'x[a,b]'],
  ['2024-06-20 - 2024-06-01', '(2024-06-20 - 2024-06-01)'],
  ['(\n  a\n  + b\n  )', '(a + b)'],
  ['a\n  and b', '(a and b)'],
])('%s', (written, expected) => {
  expect(grouped(only('let', `let x = ${written}`).value)).toBe(expected);
});

// --- texts of chance --------------------------------------------------------------------------------------------

const VALID = DECLARATION_KINDS.flatMap((kind) => GOOD[kind]).join('\n');
const PIECES = [
  ...[
    '(',
    ')',
    '[',
    ']',
    '"',
    '#',
    '\n',
    '\n  ',
    '\t',
    '=',
    '==',
    '..',
    ',',
    '%',
    '^',
    '-',
    '<',
    '≤',
    '“',
    '\0',
    '😀',
    'ö',
  ],
  ...[...RESERVED_WORDS, ...DECLARATION_KINDS, ...MEASURE_REDUCERS, ...BOUNDS].map((word) => ` ${word} `),
  ...[
    ' 30,000 ',
    ' 6 M ',
    ' 2024-02-30 ',
    ' x ',
    ' f(',
    ' 1e9 ',
    ' not testable ',
    ' on record ',
    ' in hindsight ',
  ],
];

test('no text makes the parser throw, and every place lies in the text and within its parent', () => {
  const mutated = fc
    .array(fc.tuple(fc.nat(VALID.length), fc.nat(12), fc.constantFrom(...PIECES)), {
      minLength: 1,
      maxLength: 8,
    })
    .map((edits) =>
      edits.reduce((text, [at, cut, piece]) => text.slice(0, at) + piece + text.slice(at + cut), VALID),
    );
  const composed = fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }).map((pieces) => pieces.join(''));
  const any = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.string({ maxLength: 200 }),
    composed,
    mutated,
  );
  fc.assert(
    fc.property(any, (text) => expectNested(read(text), text)),
    { numRuns: 1_000 },
  );
});

function expectNested({ tree, diagnostics }: ReturnType<typeof parse>, text: string): void {
  const whole = { file: 'm', start: 0, end: text.length };
  for (const { span, related } of diagnostics) {
    for (const place of [span, ...related.map((other) => other.span)]) expectWithin(place, whole);
  }
  walk(tree.declarations, whole);
  walk(tree.comments, whole);
  for (let at = 1; at < tree.declarations.length; at++) {
    expect(tree.declarations[at]!.span.start).toBeGreaterThanOrEqual(tree.declarations[at - 1]!.span.end);
  }
}

function walk(node: unknown, parent: Span): void {
  if (typeof node !== 'object' || node === null) return;
  if ('start' in node && 'end' in node && 'file' in node) {
    expectWithin(node as Span, parent);
    return;
  }
  const own = 'span' in node ? (node.span as Span) : parent;
  expectWithin(own, parent);
  for (const child of Object.values(node)) walk(child, own);
}

function expectWithin(span: Span, parent: Span): void {
  const fine = parent.start <= span.start && span.start <= span.end && span.end <= parent.end;
  if (!fine) throw new Error(`${span.start}..${span.end} is not within ${parent.start}..${parent.end}`);
}

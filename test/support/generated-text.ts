/**
 * Generated model texts for properties of the parser and the formatter: every kind of declaration, expression, figure
 * and claim, written roughly: any white space, brackets where none are needed, lines broken wherever they are joined
 * again, comments in all of these places. The tables are checked by the compiler, so that a new kind cannot be
 * forgotten. The texts are right in form only; their names mean nothing.
 */
import fc, { type Arbitrary } from 'fast-check';
import { parse } from '../../src/language/parser.ts';
import {
  BOUNDS,
  type Bound,
  type ClaimForm,
  COMPARISON_OPERATORS,
  DATINGS,
  type DeclarationKind,
  type Expression,
  type Figure,
  GROUP_REDUCERS,
  INTEGRATION_METHODS,
  LIKELIHOOD_WORDS,
  MEASURE_REDUCERS,
  type MeasureReducer,
  type ModelText,
} from '../../src/language/tree.ts';

export const whole = (text: string): ModelText => ({
  file: 'm',
  text,
  blocks: [{ start: 0, end: text.length, indent: 0 }],
});
const isRight = (text: string): boolean => parse(whole(text)).diagnostics.length === 0;

// --- small parts ------------------------------------------------------------------------------------------------

const name = fc.constantFrom(
  'a',
  'b',
  'store',
  'fire_rate',
  'x9',
  'date',
  'final',
  'testable',
  'long_name_of_it',
);
const number = fc.constantFrom('0', '1', '30_000', '6M', '2.5', '1.5e-3', '2e6', '7k');
const date = fc.constantFrom('2024-06-20', '1999-12-31', '2024-02-29');
const unit = fc.constantFrom(
  '1',
  'share',
  '%',
  'round',
  'round / day',
  'USD/( person * year )',
  'km^2',
  'm ^ (1/2)',
);
const quote = fc.constantFrom(
  '"why"',
  '"a # sign, (brackets and \\"quotes\\""',
  '"\\\\"',
  '"ö 中 – long enough to fill a line"',
);
const maybe = (part: Arbitrary<string>): Arbitrary<string> => fc.option(part, { nil: '' });
const joined = (...parts: readonly (string | Arbitrary<string>)[]): Arbitrary<string> =>
  fc
    .tuple(...parts.map((part) => (typeof part === 'string' ? fc.constant(part) : part)))
    .map((texts) => texts.filter((text) => text !== '').join(' '));
const several = (part: Arbitrary<string>, separator: string, least = 1, most = 3): Arbitrary<string> =>
  fc.array(part, { minLength: least, maxLength: most }).map((parts) => parts.join(separator));
const shuffled = (...parts: readonly Arbitrary<string>[]): Arbitrary<string> =>
  fc
    .tuple(...parts)
    .chain((texts) => fc.shuffledSubarray(texts, { minLength: texts.length, maxLength: texts.length }))
    .map((texts) => texts.filter((text) => text !== '').join(' '));

const inBrackets = (part: Arbitrary<string>): Arbitrary<string> => part.map((text) => `( ${text} )`);

// --- expressions ------------------------------------------------------------------------------------------------

const EXPRESSIONS: { readonly [Kind in Expression['kind']]: (part: Arbitrary<string>) => Arbitrary<string> } =
  {
    number: () =>
      fc.oneof(
        number,
        number.map((digits) => `${digits} %`),
      ),
    quantity: () => joined(number, fc.constantFrom('round', 'day', 'USD')),
    date: () => date,
    name: () => name,
    index: () =>
      fc.oneof(
        name.map((one) => `${one}[ b ]`),
        name.map((one) => `${one}[a , b]`),
      ),
    call: (part) => several(part, ' , ', 0).map((parts) => `f( ${parts} )`),
    reduce: (part) =>
      fc
        .tuple(
          fc.constantFrom(...GROUP_REDUCERS),
          part,
          fc.constantFrom('over Age', 'over Age , Region', 'for b in Age', 'for a in Age , b in Region'),
        )
        .map(([one, body, axes]) => `${one}( ${body} ${axes} )`),
    asked: () => fc.constantFrom('asked fired', 'asked fired[ a ]'),
    draw: (part) =>
      fc.oneof(
        joined(
          'draw',
          several(part, ' , ').map((parameters) => `normal( ${parameters} )`),
          maybe(joined('every', fc.oneof(fc.constantFrom('4 week', 'year'), inBrackets(part)))),
        ),
        several(joined(part, ':', part), ' , ').map((outcomes) => `draw discrete( ${outcomes} )`),
      ),
    chance: () => joined('chance of', fc.constantFrom('a', 'a[ b , c ]'), 'is arms'),
    negate: (part) => joined('-', part),
    not: (part) => joined('not', part),
    arithmetic: (part) => joined(part, fc.constantFrom('+', '-', '*', '/', '^'), part),
    logic: (part) => joined(part, fc.constantFrom('and', 'or'), part),
    compare: (part) =>
      fc.oneof(joined(part, '<', part, '<=', part), joined(part, fc.constantFrom('>', '>=', '<'), part)),
    if: (part) => joined('if', part, 'then', part, 'else', part),
    is: () => fc.constantFrom('strike is active', 'strike[ a ] is active', 'ally is arms'),
    happened: () => fc.constantFrom('strike has happened', 'strike[ a , b ] has happened'),
    within: (part) =>
      joined(
        fc.constantFrom('strike', 'strike[ a ]'),
        'within',
        fc.constantFrom('1 year', '( a + b )'),
        'of',
        fc.oneof(date, inBrackets(part)),
      ),
    since: () => fc.constantFrom('time since strike', 'time since strike[ a ]'),
  };

const generators = Object.values(EXPRESSIONS);

/** An expression so many levels deep at most, its parts sometimes in brackets. */
function expressionOf(depth: number): Arbitrary<string> {
  if (depth === 0)
    return fc.oneof(EXPRESSIONS.number(name), EXPRESSIONS.name(name), EXPRESSIONS.quantity(name));
  const inner = expressionOf(depth - 1);
  const part = fc.oneof(
    inner,
    inner.map((one) => `( ${one} )`),
  );
  return fc.oneof(...generators.map((make) => make(part)));
}

const isExpression = (text: string): boolean => isRight(`let x = ${text}\n`);
export const expression: Arbitrary<string> = fc
  .oneof(expressionOf(1), expressionOf(2), expressionOf(3))
  .filter(isExpression);
/** One without comparison or logic: where it is none, brackets make it one. */
const arithmetic = expression.map((text) => (isRight(`time ${text} .. 1 by 1\n`) ? text : `( ${text} )`));
const value = fc.oneof(
  date,
  arithmetic.map((text) => `( ${text} )`),
);

// --- declarations -----------------------------------------------------------------------------------------------

const FIGURES: { readonly [Kind in Figure['kind']]: (figure: Arbitrary<string>) => Arbitrary<string> } = {
  point: () => fc.oneof(number, arithmetic),
  interval: () => joined(fc.oneof(number, arithmetic), 'to', fc.oneof(number, arithmetic)),
  named: () => several(arithmetic, ' , ').map((parameters) => `triangular( ${parameters} )`),
  discrete: () =>
    several(
      fc.tuple(arithmetic, number).map(([outcome, share]) => `${outcome} : ${share} %`),
      ' , ',
    ).map((outcomes) => `discrete( ${outcomes} )`),
  truncated: (figure) => joined(figure, 'within', arithmetic, '..', arithmetic),
};
const plainFigure = fc.oneof(
  FIGURES.point(number),
  FIGURES.interval(number),
  FIGURES.named(number),
  FIGURES.discrete(number),
);
const figure = fc.oneof({ weight: 4, arbitrary: plainFigure }, FIGURES.truncated(plainFigure));

const WORD_OF_BOUND: { readonly [One in Bound]: string } = {
  exact: '',
  about: 'about',
  'at least': 'at least',
  'at most': 'at most',
  denied: 'denied',
};
const bound = fc.constantFrom(...BOUNDS).map((one) => WORD_OF_BOUND[one]);
const estimateLine = joined(
  fc.constantFrom('brief', 'nato_march', 'assumed', 'assumed[ child ]', 'brief[adult , Region]'),
  fc.oneof(joined(bound, figure), fc.constant('denied'), fc.constant('echo of nato')),
  shuffled(
    maybe(joined('counts', quote)),
    maybe(joined('read as', figure, maybe(quote))),
    maybe(quote),
    maybe(joined('else', plainFigure)),
  ),
);
const datedLine = joined(
  fc.constantFrom('brief', 'nato_march', 'assumed', 'brief[adult , Region]'),
  fc.constantFrom(...DATINGS),
  fc.oneof(
    date,
    fc.constantFrom('30 day', '( -1 week )', '( 2 week + 1 day )', '0', '( 0 )', '( 30 day )', 'start'),
  ),
  fc.oneof(joined(bound, figure), fc.constant('denied')),
  shuffled(maybe(joined('counts', quote)), maybe(joined('read as', figure, maybe(quote))), maybe(quote)),
);
const matrix = fc
  .tuple(
    fc.constantFrom('survey', 'assumed'),
    shuffled(maybe(joined('counts', quote)), maybe(quote), maybe(joined('else', plainFigure))),
    fc.array(joined(fc.constantFrom('[child]', '[ old , Region ]'), plainFigure, ',', figure, maybe(quote)), {
      minLength: 1,
      maxLength: 3,
    }),
  )
  .map(([who, parts, rows]) => [`${who} matrix child , adult ${parts}`, ...rows].join('\n    '));
const estimate = fc.oneof(
  { weight: 5, arbitrary: estimateLine },
  { weight: 3, arbitrary: datedLine },
  { weight: 1, arbitrary: matrix },
);

const heading = joined(
  fc.constantFrom('rate', 'rate[ Age ]', 'rate[ a in Age , Region ]'),
  maybe(unit.map((one) => `: ${one}`)),
  maybe(quote),
);
const body = (line: Arbitrary<string>, most = 4): Arbitrary<string> =>
  fc.array(line, { maxLength: most }).map((lines) => lines.map((text) => `\n  ${text}`).join(''));

const MEASURED: { readonly [Reducer in MeasureReducer]: Arbitrary<string> } = {
  final: expression,
  at: joined(value, expression),
  highest: expression,
  lowest: expression,
  average: expression,
  total: expression,
  ever: expression,
  always: expression,
  'time until': joined(expression, maybe(joined('from', value))),
  'time of highest': joined(expression, maybe(joined('from', value))),
  'time of lowest': joined(expression, maybe(joined('from', value))),
};
const measured = fc
  .constantFrom(...MEASURE_REDUCERS)
  .chain((reducer) =>
    joined(reducer, MEASURED[reducer], maybe(joined('over', arithmetic, '..', arithmetic))),
  );

/** How an event is held. */
const held = fc.oneof(fc.constantFrom('never', 'always'), joined('on', value));

const CLAIMS: { readonly [Kind in ClaimForm['kind']]: Arbitrary<string> } = {
  condition: fc.oneof(
    expression,
    expression.map((text) => `( ${text} )`),
  ),
  likelihood: fc.oneof(
    joined(expression, 'is', maybe(fc.constant('in band')), fc.constantFrom(...LIKELIHOOD_WORDS)),
    joined('P(', expression, ')', fc.constantFrom(...COMPARISON_OPERATORS), number, '%'),
  ),
  effect: joined(
    fc.oneof(
      joined(
        fc.constantFrom('a', 'b[ child ]'),
        '=',
        expression,
        'against',
        fc.oneof(arithmetic, fc.constant('as it is')),
      ),
      joined(fc.constantFrom('a', 'as it is'), 'against', fc.constantFrom('most', 'as it is')),
      joined('strike', held, 'against', fc.oneof(held, fc.constantFrom('as it is', 'other[ a ] never'))),
    ),
    fc.oneof(
      joined(
        fc.constantFrom('raises', 'lowers', 'changes'),
        fc.constantFrom('store', 'x9[ a , b ]'),
        'by at least',
        fc.oneof(
          arithmetic,
          number.map((digits) => `${digits} %`),
          number.map((digits) => `${digits}  points`),
        ),
        maybe(joined('from', value)),
        quote,
      ),
      joined('carries at least', fc.constantFrom('half', '30 %'), 'of store', quote),
      joined('carries at least half of store', maybe(joined('from', value)), maybe(quote)),
    ),
  ),
  irrelevance: joined(
    fc.oneof(
      joined(name, 'does'),
      several(name, ' , ', 2).map((names) => `${names} do`),
    ),
    'not hang on',
    fc.constantFrom('a', 'b[ child ]'),
    'beyond 5 %',
    maybe(quote),
  ),
  importance: joined(
    fc.oneof(
      joined(name, 'hangs'),
      several(name, ' , ', 2).map((names) => `${names} hang`),
    ),
    'most on',
    several(name, ' , '),
    maybe(fc.constant('among levers')),
  ),
  uniqueness: joined('only North in Age has', expression),
  preference: joined(
    'a prefers arms over b in',
    fc.constantFrom('aid', 'aid[ a ]'),
    maybe(joined('at', value)),
  ),
  'on record': body(
    joined(fc.constantFrom('for', 'partly', 'against'), fc.constantFrom('nato', 'gur_feb'), maybe(quote)),
  ).map((lines) => `on record${lines}`),
  'not testable': joined('not testable', quote),
  context: joined('context', quote),
  'not yet modelled': joined('not yet modelled', quote),
};

const decision = fc
  .tuple(
    joined(
      'decision',
      fc.constantFrom('aid', 'aid[ Age ]', 'aid[ a in Age , Region ]'),
      maybe(quote),
      fc.constantFrom('by a', 'by Ally with Other'),
      fc.oneof(
        joined('every', arithmetic, maybe(joined('from', value))),
        joined('on', several(value, ' , ')),
        joined('when', expression),
      ),
    ),
    fc.array(
      fc
        .tuple(
          joined(fc.constantFrom('option arms', 'option the'), expression),
          shuffled(
            ...[
              joined('for the leader', expression),
              joined('for Other', expression),
              joined('closed unless', expression),
              joined('cost', expression),
              joined('takes', arithmetic, 'from store'),
              joined('sets x9[ b ] to', arithmetic),
            ].map((line) => maybe(line.map((text) => `\n    ${text}`))),
          ),
        )
        .map((parts) => parts.join('')),
      { maxLength: 3 },
    ),
    shuffled(
      ...['reason', 'scale', 'inertia'].map((word) =>
        maybe(joined(word, expression).map((text) => `\n  ${text}`)),
      ),
    ),
  )
  .map(([head, options, lines]) => [head, ...options].join('\n  ') + lines);

const DECLARATIONS: { readonly [Kind in DeclarationKind]: Arbitrary<string> } = {
  model: joined('model', quote),
  time: joined(
    'time',
    arithmetic,
    '..',
    arithmetic,
    'by',
    arithmetic,
    maybe(fc.constantFrom(...INTEGRATION_METHODS).map((method) => `using ${method}`)),
  ),
  'as of': joined('as of', date),
  side: joined('side', name, maybe(quote)),
  source: fc
    .tuple(
      joined('source nato', maybe(quote)),
      fc.shuffledSubarray([
        'date 2024-03-11',
        'side West',
        'author',
        'url "https://example.org/a-rather-long-address-of-a-page"',
      ]),
      fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
    )
    .map(
      ([head, attributes, breaks]) =>
        head + attributes.map((one, at) => (breaks[at] ? `\n  ${one}` : ` ${one}`)).join(''),
    ),
  unit: joined('unit round', maybe(joined('=', expression))),
  actor: joined('actor Russia', maybe(fc.constant('RU')), maybe(quote)),
  group: several(name, ' , ').map((members) => `group Age = ${members}`),
  input: joined('input', heading, maybe(joined('counts', quote))).chain((head) =>
    body(estimate).map((lines) => head + lines),
  ),
  lever: joined(
    'lever',
    fc.constantFrom('aid', 'aid: t', 'aid[ Age ]', 'aid : 1'),
    arithmetic,
    '..',
    arithmetic,
    '=',
    arithmetic,
    maybe(quote),
  ),
  calibrate: joined(
    'calibrate',
    fc.constantFrom('a', 'a[ child ]'),
    'so that',
    fc.constantFrom('b', 'b[ child ]'),
    'at',
    value,
    '=',
    arithmetic,
    maybe(quote),
  ),
  require: joined('require', expression, maybe(quote)),
  correlate: joined('correlate a ,', fc.constantFrom('b', 'b[ child ]'), arithmetic, maybe(quote)),
  table: fc
    .tuple(
      joined(
        'table',
        fc.constantFrom('t( day )', 't(date)'),
        maybe(unit.map((one) => `: ${one}`)),
        maybe(quote),
        maybe(fc.constantFrom('held', 'linear')),
      ),
      fc.constantFrom('', '\n  by nato', '\n  by nato "page 3"', '\n  assumed "why"'),
      body(joined(arithmetic, ',', arithmetic)),
    )
    .map((parts) => parts.join('')),
  series: fc
    .tuple(
      joined(
        'series',
        heading.filter((one) => !one.includes(',')),
        'from "a b/prices.csv"',
        maybe(fc.constantFrom('held', 'linear')),
      ),
      fc.shuffledSubarray(['column "of rice"', 'at "week 1" in day', 'by nato "page 3"', 'ends kept']),
    )
    .map(([head, lines]) => [head, ...lines].join('\n  ')),
  viewpoint: joined('viewpoint West', maybe(quote)).chain((head) =>
    fc
      .shuffledSubarray(['use nato', 'use side West', 'use side', 'hindsight'])
      .map((lines) => head + lines.map((line) => `\n  ${line}`).join('')),
  ),
  explore: several(joined(fc.constantFrom('West', 'Own'), maybe(fc.constant('-')), number), ' , ').map(
    (entries) => `explore ${entries}`,
  ),
  stock: joined('stock', heading, maybe(fc.constant('signed')), '=', expression).chain((head) =>
    body(fc.constantFrom('+ made', '- fired', '- fired[ a ]', '+ moved[ b , a ] for b in Age')).map(
      (lines) => head + lines,
    ),
  ),
  flow: joined('flow', heading, maybe(fc.constant('two-way')), '=', expression),
  let: joined('let', heading, '=', expression),
  definition: joined('definition', heading, '=', several(name, ' | ', 2)),
  factor: joined('factor supply', maybe(quote), '=', several(name, ' , ')),
  event: fc
    .tuple(
      joined(
        'event',
        fc.constantFrom('strike', 'strike[ Age ]', 'strike[ a in Age , Region ]'),
        maybe(quote),
      ),
      fc.shuffledSubarray([
        fc.oneof(
          several(value, ' , ').map((instants) => `on ${instants}`),
          joined('rate', expression),
          joined('when', expression),
        ),
        fc.constant('once'),
        joined('for', arithmetic),
        joined('chance', arithmetic),
        joined('adds', arithmetic, 'to', fc.constantFrom('store', 'store[ a ]')),
        joined('takes', arithmetic, 'from', fc.constantFrom('store', 'store[ a , b ]')),
        joined('sets', fc.constantFrom('x', 'x[ a ]'), 'to', arithmetic),
      ]),
    )
    .chain(([head, lines]) => fc.tuple(...lines).map((texts) => [head, ...texts].join('\n  '))),
  decision,
  tie: joined(
    'tie',
    fc.constantFrom('trust[ Age, Age ]', 'trust[ a in Age , Region ]', 'trust'),
    maybe(fc.constant('symmetric')),
    maybe(unit.map((one) => `: ${one}`)),
    maybe(joined('within', arithmetic, '..', arithmetic)),
    maybe(quote),
    '=',
    expression,
  ),
  measure: joined('measure', heading, '=', measured),
  observed: fc
    .tuple(
      joined('observed', fc.constantFrom('a', 'a[ b ]', 'a[ b , c ]'), maybe(quote), 'from "x.csv"'),
      fc.shuffledSubarray(['column in USD / t', 'at "week 1"', 'assumed "why"']),
    )
    .map(([head, lines]) => [head, ...lines].join('\n  ')),
  claim: fc
    .tuple(
      joined('claim it_lasts', shuffled(maybe(quote), maybe(fc.constant('row "2.3a"')))),
      fc.oneof(...Object.values(CLAIMS)),
      fc.shuffledSubarray(['in hindsight', 'because other', 'with this', 'with that', 'form']),
    )
    .map(([head, form, lines]) =>
      [head, ...(lines.includes('form') ? lines : [...lines, 'form'])]
        .map((line) => (line === 'form' ? form : line))
        .join('\n  '),
    ),
  scenario: joined('scenario most', maybe(quote)).chain((head) =>
    body(
      fc.oneof(
        joined(
          fc.constantFrom('a', 'b[ child ]', 'b[ child , Age ]'),
          '=',
          expression,
          maybe(joined('from', value)),
        ),
        joined(fc.constantFrom('a', 'b[ child ]'), held, maybe(joined('from', value))),
      ),
    ).map((lines) => head + lines),
  ),
};

export const declaration: Arbitrary<string> = fc.oneof(
  ...Object.values(DECLARATIONS).map((one) => one.filter(isRight)),
);

// --- rough writing ----------------------------------------------------------------------------------------------

const GOES_ON_AFTER = /(?:[-+*/^,=<>(|]|\.\.|\b(?:if|then|else|and|or|not|to|by|over|asked|draw|every))$/;
const GOES_ON_BEFORE = /^(?:then|else|and|or)\b/;

/** A text in the smoothest writing with other white space, line ends and comments, as the choices have it. */
export function roughen(smooth: string, choices: readonly number[]): string {
  let taken = 0;
  let comments = 0;
  const choose = (most: number): number => (choices[taken++ % choices.length] ?? 0) % most;
  const comment = (): string => `# note ${comments++} (a "b`;
  const gapOf = (before: string, after: string, depth: number): string => {
    const space = [' ', '   ', '\t', ' ', ' '][choose(5)]!;
    if (depth === 0 && !GOES_ON_AFTER.test(before) && !GOES_ON_BEFORE.test(after)) return space;
    const breaks = [
      '\n   ',
      `  ${comment()}\n\t`,
      `\n  ${comment()}\n    `,
      ` ${comment()}\n\n# own\n  ${comment()}\n  `,
    ];
    return breaks[choose(16)] ?? space;
  };
  const lineEnd = (): string => {
    const ends = [
      '\n',
      '\r\n',
      '\n\n',
      ` ${comment()}\n`,
      `\n  ${comment()}\n`,
      `\n\n${comment()}\n`,
      ` ${comment()}\r\n \n\n\n`,
    ];
    return ends[choose(12)] ?? '\n';
  };
  let rough = '';
  let depth = 0;
  // A quoted text, a run of blanks, or one sign.
  const pieces = smooth.match(/"(?:\\.|[^"\\])*"|\n *| +|[^ \n]/g) ?? [];
  pieces.forEach((piece, at) => {
    if (piece === '(' || piece === '[') depth++;
    if (piece === ')' || piece === ']') depth--;
    const before = pieces.slice(Math.max(0, at - 8), at).join('');
    const after = pieces.slice(at + 1, at + 8).join('');
    if (piece.startsWith('\n'))
      rough += lineEnd() + (piece === '\n' ? '' : ['  ', ' ', '\t', '      '][choose(4)]);
    else rough += piece.startsWith(' ') ? gapOf(before, after, depth) : piece;
  });
  return rough + lineEnd();
}

/** Texts that are right in form, roughly written. */
export const roughText: Arbitrary<string> = fc
  .tuple(
    fc.array(declaration, { minLength: 1, maxLength: 6 }),
    fc.array(fc.nat(1_000), { minLength: 1, maxLength: 80 }),
  )
  .map(([declarations, choices]) => roughen(declarations.join('\n'), choices))
  .filter(isRight);

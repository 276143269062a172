/**
 * Generated models that use everything that a program can hold: every function of the language and every operation,
 * arrays and sums over them, tables, delays, rationed and signed stocks in chains and loops, draws, dated figures, both
 * methods of integration, and measures of every kind with windows that begin and end between two instants. They mean
 * nothing; they are there so that two engines can be held against each other.
 */
import fc from 'fast-check';
import { MEASURE_REDUCERS } from '../../src/language/tree.ts';
import { FUNCTIONS, type FunctionEntry } from '../../src/model/functions.ts';

type Text = fc.Arbitrary<string>;

/** A number that is seldom harmless. */
const number: Text = fc.oneof(
  fc.constantFrom('0', '1', '2', '3', '0.5', '16', '17', '0.001', '1_000', '1e9', '1e-9', '1e150', '1e-300'),
  fc.integer({ min: 1, max: 5000 }).map((value) => String(value / 100)),
);

const call =
  (name: string) =>
  (parts: readonly string[]): string =>
    `${name}(${parts.join(', ')})`;

/** A call of a function with plain numbers, days and instants as it asks for them, made a plain number again. */
function calls(inner: Text): Text {
  const forms = Object.entries<FunctionEntry>(FUNCTIONS).flatMap(([name, entry]) =>
    entry.forms.map((form) => ({ name, form })),
  );
  return fc.constantFrom(...forms).chain(({ name, form }) => {
    const parameters = form.parameters.map(({ unit }): Text => {
      if (unit === 'instant')
        return fc.integer({ min: -2, max: 30 }).map((day) => (day < 0 ? '0 day' : `${day / 2} day`));
      if (unit === 'day') return fc.integer({ min: 1, max: 20 }).map((day) => `${day / 2} day`);
      return inner;
    });
    return fc.tuple(...parameters).map((parts) => {
      const text = call(name)(parts);
      return form.result === 'day' || form.result === 'U*day' ? `(${text} / 1 day)` : text;
    });
  });
}

const DRAWS = [
  'uniform(0, 2)',
  'normal(1, 0.5)',
  'lognormal(1, 2)',
  'logitnormal(0.5, 2)',
  'triangular(0, 1, 3)',
  'exponential(2)',
  'weibull(2, 3)',
  'discrete(1: 20%, 2: 50%, 3: 30%)',
  'bernoulli(0.3)',
];

/** A plain number from the given names. */
function expression(names: readonly string[], isDrawing: boolean): Text {
  const { whole } = fc.letrec<{ whole: string; atom: string; condition: string }>((tie) => ({
    atom: fc.oneof(fc.constantFrom(...names), fc.constantFrom(...names), number),
    condition: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc
        .tuple(tie('whole'), fc.constantFrom('<', '<=', '>', '>='), tie('whole'))
        .map((parts) => `(${parts.join(' ')})`),
      fc
        .tuple(tie('condition'), fc.constantFrom('and', 'or'), tie('condition'))
        .map((parts) => `(${parts.join(' ')})`),
      tie('condition').map((text) => `not ${text}`),
      fc.constantFrom(
        ...EVENTS.flatMap((event) => [`${event} is active`, `${event} has happened`]),
        ...DECIDED,
      ),
      fc
        .tuple(fc.constantFrom(...EVENTS), fc.constantFrom('<', '>='), fc.integer({ min: 1, max: 9 }))
        .map(([event, sign, days]) => `(time since ${event} ${sign} ${days / 2} day)`),
    ),
    whole: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      tie('atom'),
      fc
        .tuple(tie('whole'), fc.constantFrom('+', '-', '*', '/'), tie('whole'))
        .map(([a, o, b]) => `(${a} ${o} ${b})`),
      fc
        .tuple(tie('atom'), fc.constantFrom('2', '3', '-1', '-16', '0.5', '1.7', '17'))
        .map(([a, b]) => `(${a})^(${b})`),
      tie('whole').map((text) => `(-${text})`),
      calls(tie('whole') as Text),
      fc
        .tuple(tie('condition'), tie('whole'), tie('whole'))
        .map(([test, a, b]) => `(if ${test} then ${a} else ${b})`),
      fc.tuple(fc.constantFrom('line', 'steps', 'long'), tie('whole')).map(([table, x]) => `${table}(${x})`),
      ...(isDrawing
        ? [
            fc
              .tuple(fc.constantFrom(...DRAWS), fc.constantFrom('', ' every 1 day', ' every 2 day'))
              .map(([law, every]) => `(draw ${law}${every})`),
            fc
              .tuple(
                fc.constantFrom('delay', 'delay1', 'delay3', 'smooth', 'smooth3'),
                fc.constantFrom(...names),
                fc.constantFrom('0.5 day', '1.3 day', '2 day', '(0.5 day + c * 1 day)', '(b * 4 day)'),
                fc.constantFrom('', ', 1', ', b'),
              )
              .map(([name, x, length, before]) => `${name}(${x}, ${length}${before})`),
          ]
        : []),
    ),
  }));
  return whole as Text;
}

const LONG_TABLE = Array.from({ length: 40 }, (_, row) => `  ${row * row}, ${(row * 37) % 11}`).join('\n');

const HEAD = `model "Anything at all"
group Side = left, right
actor one
actor two
actor three
group Power = one, two, three
table line(1): 1
  assumed "made up"
  0, 1
  2, 5
  10, 3
table steps(1): 1 held
  assumed "made up"
  0, 1
  2, 5
  10, 3
table long(1): 1
  assumed "made up"
${LONG_TABLE}
input a: 1
  assumed normal(0, 3) "made up"
input b: 1
  assumed 1 to 5 "made up"
input c: 1
  assumed uniform(0, 2) "made up"
input side[Side]: 1
  assumed 1 to 2 "made up"
input moved: 1
  assumed from 0 day 1 to 2 "made up"
  assumed from 2 day 3 "made up"
input joined: 1
  assumed at 0 day 1 to 2 "made up"
  assumed at 3 day 4 to 5 "made up"
`;

/** One of each kind, one of them over a group. */
const EVENTS = ['dated', 'rated', 'risen', 'each[left]', 'each[right]'];

/** What stands in the decisions: one that meets often, one that needs consent, one over a group. */
const DECIDED = ['chosen is go', 'agreed is yes', 'told[one] is inside', '(chance of chosen is leave < 0.5)'];

const GIVEN = ['a', 'b', 'c', 'side[left]', 'moved', 'joined'];

/** A symmetric tie between ends and one that is neither, each of a pair and over all pairs. */
const TIES = [
  'bond[two, one]',
  'awe[one, three]',
  'sum(bond[m, n] for m in Power, n in Power)',
  'min(awe[m, n] for m in Power, n in Power)',
];

/** The text of a model with the inputs a, b, c, side, moved and joined. */
export const anyProgram: fc.Arbitrary<string> = fc
  .record({
    step: fc.constantFrom('1 day', '0.5 day'),
    steps: fc.integer({ min: 6, max: 14 }),
    method: fc.constantFrom('', '', ' using rk4'),
    lets: fc.integer({ min: 1, max: 5 }),
    signed: fc.boolean(),
    loop: fc.boolean(),
  })
  .chain(({ step, steps, method, lets, signed, loop }) => {
    const end = steps * (step === '1 day' ? 1 : 0.5);
    const stocks = ['p', 'q', 'r[left]', 'r[right]'];
    const letNames = Array.from({ length: lets }, (_, number) => `x${number}`);
    const known = (number: number): readonly string[] => [
      ...GIVEN,
      ...stocks,
      ...TIES,
      ...letNames.slice(0, number),
      '(time / 1 day)',
    ];
    const equations = letNames.map((name, number) =>
      expression(known(number), true).map((text) => `let ${name} = ${text}`),
    );
    const all = known(lets);
    const rate = expression(all, true);
    const limit = fc.tuple(expression(all, true), fc.constantFrom('<', '>='), rate);
    const lasting = fc.constantFrom(
      '',
      '',
      '\n  for 2 day',
      '\n  for draw exponential(2 day)',
      '\n  for b * 1 day',
    );
    const recurring = fc.constantFrom('', '', '\n  once');
    const events = fc
      .tuple(rate, rate, limit, fc.array(lasting, { minLength: 4, maxLength: 4 }), recurring, recurring)
      .map(([often, oftenEach, [one, sign, other], lasts, onceRated, onceRisen]) =>
        [
          `event dated\n  on 0 day, 2 day, 2.5 day${lasts[0]}\n  takes b * (${often}) from p\n  sets a to b - a\n  adds abs(${often}) to awe[one, three]\n  sets bond[two, three] to awe[two, one] - c`,
          `event rated\n  rate min(abs(${often}), 5) / 1 day${lasts[1]}${onceRated}`,
          `event risen\n  when (${one}) ${sign} (${other})${lasts[2]}${onceRisen}\n  chance c / 2\n  adds draw exponential(1) to q\n  sets moved to a + side[left]`,
          `event quarrel[m in Power, n in Power]\n  on 1 day, 3 day\n  takes b * bond[m, n] from bond[m, n]\n  adds draw normal(0, 1) to awe[n, m]`,
          `event each[Side]\n  rate min(abs(${oftenEach}), 5) / 1 day * side${lasts[3]}\n  adds side to r\n  sets side to side * 2`,
        ].join('\n'),
      );
    const weighed = expression(all, false);
    const every = fc.constantFrom(
      'every 1 day',
      'every 2 day from 1 day',
      'on 0 day, 2 day',
      'every 3 day from 1 day',
    );
    const decisions = fc
      .tuple(weighed, weighed, weighed, every)
      .map(([worth, one, other, when]) =>
        [
          `decision chosen by one ${when}\n  option stay 0\n  option go min(abs(${worth}), 9) - b\n    cost c\n  option leave b * side[left] - moved\n    closed unless (${one}) < c\n    adds b to q\n  scale c\n  inertia c / 2`,
          `decision agreed by two with three when (${one}) < (${other})\n  option no 0\n    for three 0\n  option yes b - joined\n    for three c - a\n    for the leader a\n  reason c / 2\n  scale b`,
          `decision told[own in Power] by own on 1 day, 2.5 day\n  option outside 0\n  option inside side[right] + exp(if each[left] has happened then c else b / 9) * (if each[left] has happened then b else c)\n  scale min(abs(${other}), 3)`,
        ].join('\n'),
      );
    const measured = expression(
      [...all, '(flowed * 1 day)', '(asked flowed * 1 day)', '(spread[left] * 1 day)'],
      false,
    );
    const day = fc.integer({ min: 0, max: 100 }).map((part) => (part % 3 === 0 ? end : (end * part) / 100));
    const window = fc.tuple(day, day).map(([one, other]) => {
      const [from, to] = one < other ? [one, other] : [other, one];
      return from === to ? '' : ` over ${from} day .. ${to} day`;
    });
    const measures = MEASURE_REDUCERS.map((reducer, number): Text => {
      const name = `m${number}`;
      const isCondition = reducer === 'ever' || reducer === 'always' || reducer === 'time until';
      const body = isCondition
        ? fc.tuple(measured, fc.constantFrom('<', '>='), measured).map(([a, o, b]) => `${a}) ${o} (${b}`)
        : measured;
      const unit = ['time until', 'total', 'time of highest', 'time of lowest'].includes(reducer)
        ? ': day'
        : '';
      const place = reducer === 'at' ? day.map((instant) => ` ${instant} day`) : fc.constant('');
      const when = reducer === 'at' || reducer === 'final' ? fc.constant('') : window;
      return fc
        .tuple(body, place, when)
        .map(([text, at, over]) => `measure ${name}${unit} = ${reducer}${at} 1 * (${text})${over}`);
    });
    return fc
      .tuple(fc.tuple(...equations), rate, rate, rate, rate, fc.tuple(...measures), events, decisions)
      .map(([texts, one, two, three, four, measureTexts, eventTexts, decisionTexts]) =>
        [
          `${HEAD}time 0 day .. ${end} day by ${step}${method}`,
          `stock p: 1 = b\n  - flowed\n  + back`,
          `stock q: 1${signed ? ' signed' : ''} = c\n  + flowed\n${loop && !signed ? '  - back\n' : ''}  + gained`,
          'stock r[Side]: 1 = side\n  - spread',
          `flow flowed: 1/day = (${one}) / 1 day`,
          `flow back: 1/day = (${two}) / 1 day`,
          `flow gained: 1/day = (${three}) / 1 day`,
          `flow spread[Side]: 1/day = (${four}) * side / 1 day`,
          'tie bond[Power, Power] symmetric: 1 within -3 .. 9 = 1',
          'tie awe[m in Power, n in Power]: 1 = b - c',
          ...texts,
          eventTexts,
          decisionTexts,
          ...measureTexts,
          'claim yes "Anything"\n  m0 < m3 or not (m0 <= b)',
        ].join('\n'),
      );
  });

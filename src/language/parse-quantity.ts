/**
 * The declarations that hold numbers: inputs with their estimates, stocks with their flows, equations, and the
 * measures that make one number, or one yes or no, of a future.
 */
import type { Span } from '../base/span.ts';
import {
  atEnd,
  type Cursor,
  fail,
  failExpected,
  isSymbol,
  isWord,
  lineSpan,
  peek,
  readText,
  spanFrom,
  spanOf,
  takePhrase,
  takeSymbol,
  takeText,
  takeWords,
} from './cursor.ts';
import { readReference } from './parse-call.ts';
import { readArithmetic, readExpression, readValue, SIGNED } from './parse-expression.ts';
import { takeLoops } from './parse-indices.ts';
import { readEstimates } from './parse-matrix.ts';
import {
  failLine,
  finish,
  type Reading,
  readDefinition,
  readHeading,
  refuseBody,
  standIn,
  standInCondition,
} from './reading.ts';
import {
  type EquationDeclaration,
  type InputDeclaration,
  type LeverDeclaration,
  MEASURE_REDUCERS,
  type MeasureDeclaration,
  type MeasureReducer,
  type StockDeclaration,
  type Text,
  TIMES,
} from './tree.ts';

export function readInput(reading: Reading<'input'>): InputDeclaration | null {
  const { head } = reading;
  const { name, axes, unit, label } = readHeading(reading);
  let counts: Text | null = null;
  if (takeWords(head, 'counts') !== null)
    counts = readText(head, 'what is counted, in double quotes, after `counts`');
  if (isSymbol(peek(head), '=')) {
    fail(head, 'words-left-over', peek(head), {
      label: 'an input has no equation',
      hint: 'Say on an indented line who states it, `source 30_000`, or `assumed 30_000 "reason"`; what is worked out is a `let`.',
    });
  }
  finish(head);
  const estimates = readEstimates(reading.body);
  return name === null
    ? null
    : {
        kind: reading.kind,
        keyword: reading.keyword,
        span: reading.span,
        name,
        axes,
        unit,
        label,
        counts,
        estimates,
      };
}

export function readLever(reading: Reading<'lever'>): LeverDeclaration | null {
  refuseBody(reading);
  const { head } = reading;
  const { name, axes, unit, label: early } = readHeading(reading);
  if (early !== null) {
    fail(head, 'words-left-over', early.span, {
      label: "a lever's label stands at the end of the line",
      hint: LEVER,
    });
  }
  // Without a range it would be a number of nobody's; everyone would try it once.
  if (isSymbol(peek(head), '=')) {
    failExpected(head, 'the lowest setting', {
      hint: 'A lever has a range, and `=` stands behind it: `lever aid: round/day 0 .. 5_000 = 1_000 "label"`.',
    });
  }
  const low = readArithmetic(head, 'the lowest setting');
  if (low !== null && takeSymbol(head, '..') === null)
    failExpected(head, '`..` and the highest setting', { hint: LEVER });
  const high = readArithmetic(head, 'the highest setting after `..`');
  if (high !== null && takeSymbol(head, '=') === null)
    failExpected(head, '`=` and how it stands unless a scenario moves it', { hint: LEVER });
  const value = readArithmetic(head, 'the usual setting after `=`');
  const label = takeText(head);
  finish(head);
  if (name === null) return null;
  const isWhole = low !== null && high !== null && value !== null && !head.failed;
  // What could not be read is kept with a range that is none, so that the name stays known.
  const range = isWhole
    ? { low, high, default: value }
    : { low: standIn(head), high: standIn(head), default: standIn(head) };
  return {
    kind: reading.kind,
    keyword: reading.keyword,
    span: reading.span,
    name,
    axes,
    unit,
    label,
    ...range,
  };
}

const LEVER = 'Write `lever aid: round/day 0 .. 5_000 = 1_000 "label"`.';

export function readStock(reading: Reading<'stock'>): StockDeclaration | null {
  const { name, axes, unit, label } = readHeading(reading);
  const signed = takeWords(reading.head, 'signed');
  const read = readDefinition(reading, 'stock store: round = 4M');
  // Where `signed` stands in a wrong place, its flows are not told that it is missing.
  // `4M signed` looks like a number and its unit.
  const isUnit = read.kind === 'quantity' && read.unit.text === 'signed';
  if (isUnit) fail(reading.head, 'words-left-over', read.unit.span, SIGNED);
  const start = isUnit ? read.number : read;
  const { tokens, from, to, failed } = reading.head;
  const misplaced = failed ? tokens.slice(from, to).find((token) => isWord(token, 'signed')) : undefined;
  const flows: StockDeclaration['flows'][number][] = [];
  for (const line of reading.body) {
    const sign = takeSymbol(line, '+') !== null ? '+' : takeSymbol(line, '-') !== null ? '-' : null;
    if (sign === null) {
      failLine(
        line,
        '`+` or `-` and the name of a flow',
        "A stock's lines are its flows: `+ made` for what comes in, `- fired` for what goes out.",
      );
      continue;
    }
    const flow = readReference(line, `the name of a flow after \`${sign}\``);
    const axes = isWord(peek(line), 'for') ? takeLoops(line) : [];
    if (!atEnd(line) && flow !== null) {
      fail(line, 'words-left-over', peek(line), {
        label: 'more than the name of a flow',
        hint: 'Work it out in a declaration of its own, `flow name = …`, and name that flow here.',
      });
    }
    if (flow !== null && axes !== null) flows.push({ sign, flow, axes, span: lineSpan(line) });
  }
  return name === null
    ? null
    : {
        kind: reading.kind,
        keyword: reading.keyword,
        span: reading.span,
        name,
        axes,
        unit,
        label,
        signed: signed ?? (misplaced === undefined ? null : spanOf(reading.head, misplaced)),
        start,
        flows,
      };
}

export function readEquation<Kind extends 'flow' | 'let'>(
  reading: Reading<Kind>,
): EquationDeclaration<Kind> | null {
  const { name, axes, unit, label } = readHeading(reading);
  const twoWay = reading.kind === 'flow' ? takeTwoWay(reading.head) : null;
  const value = readDefinition(
    reading,
    reading.kind === 'flow' ? 'flow fired: round/day = fire_rate' : 'let runway: day = store / fire_rate',
  );
  refuseBody(reading);
  if (name === null) return null;
  // Most lines of most models. Spreading and then adding to it makes an object slowly.
  const { kind, keyword, span } = reading;
  return { kind, keyword, span, name, axes, unit, label, twoWay, value };
}

/** `two-way`, which the lexer sees as a name, a minus and a name. */
function takeTwoWay(head: Cursor): Span | null {
  const two = peek(head);
  if (!isWord(two, 'two') || !isSymbol(peek(head, 1), '-') || !isWord(peek(head, 2), 'way')) return null;
  head.position += 3;
  return spanFrom(head, two.start);
}

// --- measures ---------------------------------------------------------------------------------------------------

export function readMeasure(reading: Reading<'measure'>): MeasureDeclaration | null {
  refuseBody(reading);
  const { head } = reading;
  const { name, axes, unit, label } = readHeading(reading);
  if (takeSymbol(head, '=') === null) {
    failExpected(head, '`=` and what is measured', { hint: 'Write `measure left: round = final store`.' });
  }
  const { reducer, reducerSpan } = readReducer(head);
  const at = reducer === 'at' ? readValue(head, 'a date or a time after `at`') : null;
  if (at?.kind === 'quantity' && peek(head).kind === 'end' && !head.failed) {
    // `at 30 store`: the name behind the number was taken for its unit.
    failExpected(head, 'what is measured at that time', {
      hint: `\`${at.unit.text}\` was read as the unit of the time. Write the unit and then what is measured: \`at 30 day store\`.`,
    });
  }
  const body = readExpression(head, `what \`${reducer}\` is taken of`);
  const from =
    TIMES.includes(reducer) && takeWords(head, 'from') !== null
      ? readValue(head, 'a date or a time after `from`')
      : null;
  const window = takeWindow(head);
  finish(head);
  if (name === null) return null;
  // A measure that could not be read is kept as the plainest one of its kind, so that its name stays known.
  if (head.failed || body === null) {
    const yesOrNo = reducer === 'ever' || reducer === 'always' || reducer === 'time until';
    const kept = reducer === 'at' ? 'final' : reducer;
    const neutral = yesOrNo ? standInCondition(head) : standIn(head);
    return {
      kind: reading.kind,
      keyword: reading.keyword,
      span: reading.span,
      name,
      axes,
      unit,
      label,
      reducer: kept,
      reducerSpan,
      at: null,
      body: neutral,
      from: null,
      window: null,
    };
  }
  return {
    kind: reading.kind,
    keyword: reading.keyword,
    span: reading.span,
    name,
    axes,
    unit,
    label,
    reducer,
    reducerSpan,
    at,
    body,
    from,
    window,
  };
}

/** What others call the reducers. Before a bracket `max` and the like are functions. */
const OTHER_REDUCERS: ReadonlyMap<string, MeasureReducer> = new Map([
  ['max', 'highest'],
  ['maximum', 'highest'],
  ['min', 'lowest'],
  ['minimum', 'lowest'],
  ['mean', 'average'],
  ['avg', 'average'],
  ['sum', 'total'],
  ['last', 'final'],
  ['end', 'final'],
  ['any', 'ever'],
  ['all', 'always'],
  ['until', 'time until'],
  ['time_until', 'time until'],
]);

const REDUCERS = MEASURE_REDUCERS.map((reducer) => ({ reducer, words: reducer.split(' ') }));

function readReducer(head: Cursor): {
  reducer: MeasureReducer;
  reducerSpan: MeasureDeclaration['reducerSpan'];
} {
  const { start, end } = peek(head);
  const reducer = REDUCERS.find(({ words }) => takePhrase(head, words) !== null)?.reducer;
  if (reducer !== undefined) return { reducer, reducerSpan: spanFrom(head, start) };
  const word = peek(head);
  const meant =
    word.kind === 'name' && !isSymbol(peek(head, 1), '(') ? OTHER_REDUCERS.get(word.text) : undefined;
  if (!head.failed && meant !== undefined) {
    fail(
      head,
      'measure-without-reducer',
      { start, end },
      {
        label: `nothing is taken from the future by \`${head.source.slice(start, end)}\``,
        hint: `Write \`${meant}\`.`,
      },
    );
  } else if (!head.failed && peek(head).kind !== 'fault') {
    const rest = head.source.slice(start, head.tokens[head.to - 1]?.end ?? end);
    const shown = rest !== '' && rest.length <= 40 && !rest.includes('\n');
    fail(
      head,
      'measure-without-reducer',
      { start, end },
      {
        label: 'expected what is taken from the future: `final`, `highest`, `total` …',
        ...(shown
          ? {
              hint: `For the value at the end write \`final ${rest}\`; others are \`at\`, \`highest\`, \`lowest\`, \`average\`, \`total\`, \`ever\`, \`always\`, \`time until\`.`,
            }
          : {}),
      },
    );
  } else failExpected(head, 'what is measured');
  return { reducer: 'final', reducerSpan: { file: head.faults.file, start, end } };
}

/** `over A .. B` at the end of a measure. */
function takeWindow(head: Cursor): MeasureDeclaration['window'] {
  const over = takeWords(head, 'over');
  if (over === null) return null;
  const from = readArithmetic(head, 'the date at which the window begins, after `over`');
  if (takeSymbol(head, '..') === null) {
    failExpected(head, '`..` and the date at which the window ends', {
      hint: 'Write `over 2024-01-01 .. 2024-06-30`.',
    });
  }
  const to = readArithmetic(head, 'the date at which the window ends, after `..`');
  return from === null || to === null ? null : { from, to, span: spanFrom(head, over.start) };
}

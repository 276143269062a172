/**
 * Claims that compare: two worlds of a model by what is held in each (`F against G raises m by at least 10% "reason"`),
 * the states of one thing (`m does not hang on x beyond 5%`), the elements of a group (`only a in G has c`). They are
 * known by their words before anything is read, so that a slip in one of them is told as such and not as a strange
 * condition.
 */
import {
  atEnd,
  type Cursor,
  fail,
  failExpected,
  giveUp,
  isReported,
  isSymbol,
  isWord,
  lineSpan,
  peek,
  readName,
  spanFrom,
  spanOf,
  take,
  takeSymbol,
  takeText,
  takeWords,
} from './cursor.ts';
import { readReference } from './parse-call.ts';
import { isHeldWord, readHeld } from './parse-event.ts';
import { readArithmetic, readExpression, readPrimary, readValue } from './parse-expression.ts';
import { takeElements } from './parse-indices.ts';
import { finish } from './reading.ts';
import { isReserved, type Token } from './tokens.ts';
import {
  type ClaimForm,
  EFFECT_VERBS,
  type EffectVerb,
  type Expression,
  type Reference,
  type WrittenAmount,
  type WrittenForcing,
} from './tree.ts';

const EXAMPLE = 'Write `supply = 5 t against 2 t raises left by at least 10 t "why so much"`.';
const IRRELEVANT = 'Write `left does not hang on price beyond 5%`.';

/** The forms that compare, as far as the words of a line tell. */
export type ComparisonKind = 'effect' | 'irrelevance' | 'uniqueness';

export function comparisonIn(line: Cursor): ComparisonKind | null {
  const second = peek(line, 1);
  if (isWord(peek(line), 'only') && second.kind === 'name' && !isReserved(second.text)) return 'uniqueness';
  for (let at = line.position + 1; at < line.to; at++) {
    const token = line.tokens[at]!;
    if (token.kind !== 'name' || !TELLING_WORDS.has(token.text)) continue;
    if (token.text === 'against') return 'effect';
    const before = line.tokens[at - 1]!;
    if (!endsValue(before)) continue;
    // Two names side by side are never an expression; a number may stand before a unit of any name.
    if (isVerb(token) && before.kind !== 'number') return 'effect';
    if (!isVerb(token) && isWord(peek(line, at + 1 - line.position), 'not')) return 'irrelevance';
  }
  return null;
}

/** Words without which no line compares. */
const TELLING_WORDS: ReadonlySet<string> = new Set(['against', 'do', 'does', ...EFFECT_VERBS]);

const endsValue = (token: Token): boolean =>
  (token.kind === 'name' && !isReserved(token.text)) ||
  token.kind === 'number' ||
  token.kind === 'date' ||
  isSymbol(token, ')') ||
  isSymbol(token, ']') ||
  isSymbol(token, '%');

const isVerb = (token: Token): token is Token & { kind: 'name' } =>
  token.kind === 'name' && (EFFECT_VERBS as readonly string[]).includes(token.text);

export function readComparison(line: Cursor, kind: ComparisonKind): ClaimForm | null {
  switch (kind) {
    case 'effect':
      return readEffect(line);
    case 'irrelevance':
      return readIrrelevance(line);
    case 'uniqueness':
      return readUniqueness(line);
  }
}

// --- effects ----------------------------------------------------------------------------------------------------

function readEffect(line: Cursor): ClaimForm | null {
  const { start } = lineSpan(line);
  const against = positionOf(line, (token) => isWord(token, 'against'));
  const verbAt = positionOf(line, isVerb, against ?? line.position);
  if (against === null) {
    const verb = line.tokens[verbAt ?? line.position] ?? peek(line);
    return fail(line, 'comparison-malformed', verb, {
      label: 'an effect lies between two worlds, and `against` names the other one',
      hint: 'Say what is held in each: `supply = 5 t against 2 t raises …`, or `… against as it is raises …`.',
    });
  }
  const first = upTo(line, against, 'what is held, such as `supply = 5 t`', (part) =>
    readForcing(part, null),
  );
  if (first === null || takeWords(line, 'against') === null) return null;
  if (verbAt === null) {
    return fail(
      line,
      'comparison-malformed',
      { start: peek(line, -1).start, end: lineSpan(line).end },
      {
        ...unknownVerb(line),
      },
    );
  }
  const second = upTo(line, verbAt, 'what it is held against, or `as it is`', (part) =>
    readForcing(part, first),
  );
  const verb = EFFECT_VERBS.find((word) => takeWords(line, word) !== null);
  if (second === null || verb === undefined) return null;
  const claimed = verb === 'carries' ? readCarried(line) : readMoved(line, verb);
  if (claimed === null) return null;
  const from = takeWords(line, 'from') === null ? null : readValue(line, 'a date after `from`');
  const reason = takeText(line);
  finish(line);
  if (line.failed) return null;
  const span = spanFrom(line, start);
  if (reason === null && claimed.amount.kind !== 'half')
    return fail(line, 'claim-reason-missing', claimed.amount.span, {
      label: 'why just so much?',
      hint: 'Say behind it in double quotes why an effect of this size matters.',
    });
  return { kind: 'effect', first, second, verb, ...claimed, from, reason, span };
}

/** How else people say what an effect does. */
const SYNONYMS: Readonly<Record<EffectVerb, readonly string[]>> = {
  raises: ['raise', 'raised', 'increases', 'increase', 'boosts', 'improves'],
  lowers: ['lower', 'lowered', 'decreases', 'decrease', 'reduces', 'reduce', 'cuts'],
  changes: ['change', 'changed', 'affects', 'affect', 'alters', 'moves', 'shifts'],
  carries: ['carry', 'carried', 'explains', 'accounts'],
};

/** What is said of a line in which none of the words is found, with the one that was meant where it can be told. */
function unknownVerb(line: Cursor): { readonly label: string; readonly hint: string } {
  const words = line.tokens.slice(line.position, line.to);
  for (const [verb, others] of Object.entries(SYNONYMS)) {
    const found = words.find((token) => token.kind === 'name' && others.includes(token.text));
    if (found?.kind === 'name')
      return { label: `\`${found.text}\` is none of the words for an effect`, hint: `Write \`${verb}\`.` };
  }
  return {
    label: `nothing is said of what this does: ${EFFECT_VERBS.map((verb) => `\`${verb}\``).join(', ')}`,
    hint: EXAMPLE,
  };
}

/** The place of the first piece of a kind among the line's, from a place on. */
function positionOf(line: Cursor, is: (token: Token) => boolean, from = line.position): number | null {
  for (let at = from; at < line.to; at++) {
    const token = line.tokens[at];
    if (token !== undefined && is(token)) return at;
  }
  return null;
}

/** Reads a stretch of the line to its end, so that the word behind it is never taken for a unit. */
function upTo<Part>(
  line: Cursor,
  stop: number,
  what: string,
  read: (part: Cursor) => Part | null,
): Part | null {
  if (line.failed) return null;
  if (line.position === stop)
    return failExpected(line, what, { code: 'comparison-malformed', hint: EXAMPLE });
  const part = { ...line, to: stop };
  const found = read(part);
  if (!part.failed) finish(part);
  if (part.failed) return giveUp(line);
  line.position = stop;
  return found;
}

/** `first` is the other world's, where that is read already: its name may be left out here. */
function readForcing(part: Cursor, first: WrittenForcing | null): WrittenForcing | null {
  const opens = peek(part);
  const asItIs = takeWords(part, 'as', 'it', 'is');
  if (asItIs !== null) return { kind: 'as it is', span: asItIs };
  if (first?.kind === 'value' && isHeldWord(part)) {
    const value = readHeld(part);
    return value === null
      ? null
      : { kind: 'value', name: null, elements: [], value, span: spanFrom(part, opens.start) };
  }
  const isGiven = positionOf(part, (token) => isSymbol(token, '=') || isSymbol(token, '==')) !== null;
  if (!isGiven && first?.kind === 'value') {
    const value = readArithmetic(part, 'the other value');
    return value === null
      ? null
      : { kind: 'value', name: null, elements: [], value, span: spanFrom(part, opens.start) };
  }
  const name = readName(part, 'the name of what is held, or `as it is`');
  if (name === null) return null;
  if (!isGiven && atEnd(part)) return { kind: 'name', name, span: name.span };
  const elements = takeElements(part);
  if (elements === null) return null;
  if (isHeldWord(part)) {
    const value = readHeld(part);
    return value === null
      ? null
      : { kind: 'value', name, elements, value, span: spanFrom(part, opens.start) };
  }
  if (takeSymbol(part, '=') === null) {
    if (isSymbol(peek(part), '=='))
      return fail(part, 'equals-in-expression', peek(part), {
        label: 'a value is given by one `=`',
        hint: 'Write `=`.',
      });
    return fail(part, 'comparison-malformed', atEnd(part) ? name.span : peek(part), {
      label: '`=` and a value are missing',
      hint: `Write \`${name.text} = VALUE\`.`,
    });
  }
  if (atEnd(part))
    return fail(part, 'comparison-malformed', name.span, {
      label: 'no value follows',
      hint: `Write \`${name.text} = VALUE\`.`,
    });
  const value = readExpression(part, 'a value after `=`');
  return value === null ? null : { kind: 'value', name, elements, value, span: spanFrom(part, opens.start) };
}

type Claimed = { readonly measure: Reference; readonly amount: WrittenAmount };

/** `left by at least 10 t`, behind the verb. */
function readMoved(line: Cursor, verb: EffectVerb): Claimed | null {
  const measure = readReference(line, `a measure's name after \`${verb}\``);
  if (measure === null) return null;
  const next = peek(line);
  if (isSymbol(next, ',') || isWord(next, 'and'))
    return fail(line, 'comparison-malformed', next, {
      label: 'a claim speaks of the effect on one measure',
      hint: 'Make a claim of its own for each measure.',
    });
  if (takeWords(line, 'by', 'at', 'least') === null) {
    return failExpected(line, '`by at least` and an amount', {
      code: 'comparison-malformed',
      hint: 'An effect without a size could be as small as one likes: say from which size on it matters, `by at least 10 t`.',
    });
  }
  const amount = readAmount(line);
  return amount === null ? null : { measure, amount };
}

function readAmount(line: Cursor): WrittenAmount | null {
  const number = peek(line);
  const behind = peek(line, 1);
  if (number.kind === 'number') {
    if (isWord(behind, 'points')) {
      take(line);
      take(line);
      const value = {
        kind: 'number',
        value: number.value,
        percent: false,
        span: spanOf(line, number),
      } as const;
      return { kind: 'points', value, span: spanFrom(line, number.start) };
    }
    if (isWord(behind, 'point') || isWord(behind, 'percentage'))
      return fail(line, 'comparison-malformed', behind, {
        label: 'hundredths of a share are `points`',
        hint: `Write \`${line.source.slice(number.start, number.end)} points\`.`,
      });
    if (isSymbol(behind, '%')) {
      const value = readPrimary(line, 'an amount');
      if (value?.kind !== 'number') return null;
      return { kind: 'percent', value, span: value.span };
    }
  }
  const value = readArithmetic(line, 'an amount after `by at least`');
  return value === null ? null : { kind: 'quantity', value, span: value.span };
}

/** `at least half of gain`, behind `carries`. */
function readCarried(line: Cursor): Claimed | null {
  const opens = peek(line);
  if (takeWords(line, 'at', 'least') === null)
    return failExpected(line, '`at least half of` or `at least 30% of`', {
      code: 'comparison-malformed',
      hint: 'Write `… carries at least half of gain`.',
    });
  const start = peek(line);
  let amount: WrittenAmount | null = null;
  const half = takeWords(line, 'half');
  if (half !== null) amount = { kind: 'half', span: half };
  else if (start.kind === 'number' && isSymbol(peek(line, 1), '%')) {
    const value = readPrimary(line, 'a share');
    if (value?.kind === 'number') amount = { kind: 'percent', value, span: value.span };
  }
  if (amount === null)
    return failExpected(line, '`half`, or a percentage such as `30%`', { code: 'comparison-malformed' });
  if (takeWords(line, 'of') === null)
    return failExpected(line, '`of` and a measure', {
      code: 'comparison-malformed',
      hint: `Write \`carries ${line.source.slice(opens.start, amount.span.end)} of gain\`.`,
    });
  const measure = readReference(line, "a measure's name after `of`");
  return measure === null ? null : { measure, amount };
}

// --- irrelevance ------------------------------------------------------------------------------------------------

function readIrrelevance(line: Cursor): ClaimForm | null {
  const { start } = lineSpan(line);
  const measures: Reference[] = [];
  do {
    const measure = readReference(line, "a measure's name");
    if (measure === null) return null;
    measures.push(measure);
  } while (takeSymbol(line, ',') !== null);
  if (
    takeWords(line, 'do', 'not', 'hang', 'on') === null &&
    takeWords(line, 'does', 'not', 'hang', 'on') === null
  )
    return failExpected(line, '`does not hang on` or `do not hang on`', {
      code: 'comparison-malformed',
      hint: isWord(peek(line), 'and') ? 'Between the measures stand commas.' : IRRELEVANT,
    });
  const subject = readReference(line, 'the name of what they do not hang on');
  if (subject === null) return null;
  if (takeWords(line, 'beyond') === null)
    return failExpected(line, '`beyond` and a percentage', {
      code: 'comparison-malformed',
      hint: 'Nothing is ever shown to have no effect at all: say how much would be too little to matter, `beyond 5%`.',
    });
  const margin = readPercentage(line);
  if (margin === null) return null;
  const reason = takeText(line);
  finish(line);
  return line.failed
    ? null
    : { kind: 'irrelevance', measures, subject, margin, reason, span: spanFrom(line, start) };
}

function readPercentage(line: Cursor): (Expression & { kind: 'number' }) | null {
  const isThere = peek(line).kind === 'number' && isSymbol(peek(line, 1), '%');
  const value = isThere ? readPrimary(line, 'a percentage') : null;
  if (value?.kind === 'number') return value;
  return isReported(line, peek(line))
    ? giveUp(line)
    : failExpected(line, 'a percentage such as `5%`', { code: 'comparison-malformed', hint: IRRELEVANT });
}

// --- uniqueness -------------------------------------------------------------------------------------------------

function readUniqueness(line: Cursor): ClaimForm | null {
  const start = take(line).start;
  const hint = 'Write `only China in Supplier has capacity > need`.';
  const element = readName(line, "an element's name after `only`");
  if (element === null) return null;
  const next = peek(line);
  if (isSymbol(next, ',') || isWord(next, 'and'))
    return fail(line, 'comparison-malformed', next, {
      label: '`only` speaks of one element',
      hint: 'What several have is not one of theirs alone: make a claim of each.',
    });
  if (takeWords(line, 'in') === null)
    return failExpected(line, '`in` and the group', { code: 'comparison-malformed', hint });
  const group = readName(line, "a group's name after `in`");
  if (group === null) return null;
  if (takeWords(line, 'has') === null)
    return failExpected(line, '`has` and a condition', { code: 'comparison-malformed', hint });
  const condition = readExpression(line, 'a condition after `has`');
  finish(line);
  return condition === null || line.failed
    ? null
    : { kind: 'uniqueness', element, group, condition, span: spanFrom(line, start) };
}

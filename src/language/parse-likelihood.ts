/**
 * How often, said in words or in numbers: `CONDITION is unlikely`, `CONDITION is in band likely`, `P(CONDITION) >= 90%`.
 * The words are those of ICD 203 and no others, since every other word means something else to every reader; the
 * nearest ones are met with the list.
 */
import { suggest } from '../base/suggest.ts';
import {
  type Cursor,
  fail,
  failExpected,
  isReported,
  isSymbol,
  isWord,
  peek,
  previous,
  spanFrom,
  take,
  takePhrase,
  takeWords,
} from './cursor.ts';
import { close, readExpression, readOr, readValue } from './parse-expression.ts';
import type { Token } from './tokens.ts';
import {
  type ClaimForm,
  COMPARISON_OPERATORS,
  type Expression,
  LIKELIHOOD_WORDS,
  type StatedLikelihood,
} from './tree.ts';

/** Words that people write for a likelihood and that are none of the seven, so that they get the right message. */
const OTHER_WORDS = [
  'about',
  'always',
  'certain',
  'doubtful',
  'even',
  'fairly',
  'highly',
  'impossible',
  'improbable',
  'inevitable',
  'nearly',
  'never',
  'not',
  'plausible',
  'possible',
  'probable',
  'quite',
  'rather',
  'remote',
  'virtually',
];
const FIRST_WORDS = ['in', ...new Set(LIKELIHOOD_WORDS.map((word) => word.split(' ')[0] ?? word))];

const ALL_WORDS = LIKELIHOOD_WORDS.map((word) => `\`${word}\``).join(', ');

/** Whether the word behind `is` speaks of a likelihood, rightly or wrongly. */
export const isLikelihoodWord = (token: Token): boolean =>
  token.kind === 'end' ||
  (token.kind === 'name' &&
    (FIRST_WORDS.includes(token.text) ||
      OTHER_WORDS.includes(token.text) ||
      suggest(token.text, FIRST_WORDS) !== null));

/** `is unlikely` behind a condition. */
export function readLikelihood(line: Cursor, condition: Expression): ClaimForm | null {
  take(line);
  const inBand = takeWords(line, 'in', 'band') !== null;
  const word = LIKELIHOOD_WORDS.find((candidate) => takePhrase(line, candidate.split(' ')) !== null);
  if (word === undefined) return failWord(line);
  const next = peek(line);
  if (isWord(next, 'and') || isWord(next, 'or')) {
    return fail(line, 'likelihood-malformed', next, {
      label: 'a claim states one likelihood',
      hint: 'Make two claims of it, or join the conditions before `is`.',
    });
  }
  return formOf(line, condition, { kind: 'words', word, inBand });
}

/** `P(CONDITION) >= 90%`; the cursor stands before the `P`. */
export function readProbability(line: Cursor): ClaimForm | null {
  take(line);
  const open = take(line);
  line.depth = 0;
  line.values = 0;
  const condition = readOr(line, 'a condition after `P(`');
  if (condition === null || !close(line, open)) return null;
  const sign = peek(line);
  const operator = COMPARISON_OPERATORS.find((candidate) => isSymbol(sign, candidate));
  if (operator === undefined) {
    return isReported(line, sign)
      ? null
      : failExpected(line, 'a comparison such as `>= 90%`', { code: 'likelihood-malformed' });
  }
  take(line);
  const value = readValue(line, `a percentage after \`${operator}\``);
  if (value === null) return null;
  if (value.kind !== 'number') {
    return fail(line, 'likelihood-malformed', value.span, {
      label: 'a likelihood is compared with a percentage',
      hint: `Write a number such as \`${operator} 90%\`.`,
    });
  }
  const next = peek(line);
  if (isWord(next, 'and') || isWord(next, 'or'))
    return fail(line, 'likelihood-malformed', next, {
      label: 'a claim states one likelihood',
      hint: `Make two claims of it, or join the conditions inside the brackets: \`P(… ${isWord(next, 'and') ? 'and' : 'or'} …)\`.`,
    });
  return formOf(line, condition, { kind: 'number', operator, value });
}

/** A `P(` that does not open the line, as in `90% <= P(x)`. */
export function lateProbability(line: Cursor): Token | null {
  for (let at = line.position + 1; at + 1 < line.to; at++) {
    const token = line.tokens[at]!;
    if (isWord(token, 'P') && isSymbol(line.tokens[at + 1]!, '(')) return token;
  }
  return null;
}

export const failLateProbability = (line: Cursor, token: Token): null =>
  fail(line, 'likelihood-malformed', token, {
    label: '`P(` stands at the beginning, and is compared once',
    hint: 'Write `P(CONDITION) >= 90%`. For a band there are words, such as `is in band likely`.',
  });

function formOf(line: Cursor, condition: Expression, stated: StatedLikelihood): ClaimForm {
  const start = line.tokens[line.from]?.start ?? condition.span.start;
  return { kind: 'likelihood', condition, stated, span: spanFrom(line, start) };
}

function failWord(line: Cursor): null {
  const token = peek(line);
  if (isReported(line, token)) return fail(line, 'likelihood-malformed', token, {});
  const before = previous(line);
  const negated = isWord(token, 'not');
  const never = isWord(token, 'never');
  const meant = token.kind === 'name' && !negated ? suggest(token.text, FIRST_WORDS) : null;
  return fail(line, 'likelihood-malformed', token.kind === 'end' ? before : token, {
    label:
      token.kind === 'end'
        ? 'no word of likelihood follows'
        : negated
          ? 'a likelihood is not denied, but named'
          : never
            ? '`never` is no likelihood'
            : 'this is no word of likelihood',
    hint: negated
      ? 'Write `is unlikely`, or deny the condition: `not … is likely`.'
      : never
        ? 'What never happens comes later than any time: write `NAME > 100 year`, or measure it with `ever` and write `not NAME`.'
        : meant !== null && meant !== 'in'
          ? `Did you mean \`${LIKELIHOOD_WORDS.find((word) => word.startsWith(meant)) ?? meant}\`?`
          : `The words are ${ALL_WORDS}.`,
  });
}

/** A condition, and `is …` behind it if that stands there. */
export function readConditionOrLikelihood(line: Cursor, what: string): ClaimForm | null {
  if (isWord(peek(line), 'P') && isSymbol(peek(line, 1), '(')) return readProbability(line);
  const late = lateProbability(line);
  if (late !== null) return failLateProbability(line, late);
  line.likelihood = isLikelihoodWord;
  const condition = readExpression(line, what);
  if (condition === null) return null;
  if (isWord(peek(line), 'is')) return readLikelihood(line, condition);
  return { kind: 'condition', condition, span: condition.span };
}

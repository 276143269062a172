/**
 * Numbers and dates. A literal is taken exactly as written, as a fraction, so that no later stage sees a rounded
 * copy. What looks like a number but is written as elsewhere (`30,000`, `6m`, `1.000.000`) is refused with its mend
 * and read on with the value it most likely has; it never passes silently.
 */
import { daysFromDate } from '../base/calendar.ts';
import { multiply, parseDecimal, type Rational, rational, ZERO } from '../base/rational.ts';
import { foreignWordAt, isDigit, isNameCode, type LexState, takeOpening } from './lex-state.ts';

/** More digits than any record has, few enough that exact fractions stay cheap. */
const MOST_DIGITS = 40;
/** Beyond this power of ten a value would leave what float64 can hold. */
const LARGEST_EXPONENT = 300;

const SCALES: ReadonlyMap<string, Rational> = new Map([
  ['k', rational(1_000n)],
  ['M', rational(1_000_000n)],
  ['G', rational(1_000_000_000n)],
]);

/** What writers put for the three suffixes, lower-cased where case does not matter. */
const MEANT_SUFFIX: ReadonlyMap<string, 'k' | 'M' | 'G'> = new Map([
  ['K', 'k'],
  ['m', 'M'],
  ['mn', 'M'],
  ['mln', 'M'],
  ['mio', 'M'],
  ['million', 'M'],
  ['MM', 'M'],
  ['b', 'G'],
  ['B', 'G'],
  ['bn', 'G'],
  ['Bn', 'G'],
  ['billion', 'G'],
  ['g', 'G'],
]);

/** The suffix's scale, for the parser's `6 M`. */
export function scaleOf(suffix: string): Rational | null {
  return SCALES.get(suffix) ?? null;
}

/** Reads the number or date at the place, which holds a digit, or a point before one. */
export function lexNumber(state: LexState): void {
  const { text, position: start } = state;
  const digits = endOfDigits(text, start);
  const next = text.charCodeAt(digits);
  if (next === 45 && lexDate(state, digits)) return;
  if ((next === 46 || next === 47) && lexForeignDate(state)) return;
  if (lexPlain(state, digits, next)) return;
  SHAPE.lastIndex = start;
  const literal = SHAPE.exec(text)?.[0] ?? text.charAt(start);
  let end = start + literal.length;
  if (end > state.end) end = state.end;
  let value = exactValue(state, literal, start);

  const behind = text.charCodeAt(end);
  const groups = behind === 44 ? groupsBehind(state, literal, end) : undefined;
  const points = behind === 46 ? pointsBehind(text, end) : undefined;
  if (groups !== undefined) {
    const whole = `${literal}${groups}`.replaceAll(',', '_');
    end += groups.length;
    value = parseDecimal(whole) ?? ZERO;
    state.faults.report('number-grouped', start, end, {
      label: 'a comma stands in this number',
      hint: `Write \`${whole}\`.`,
    });
  } else if (points !== undefined) {
    end += points.length;
    const several = points.length > 1;
    state.faults.report('number-malformed', start, end, {
      label: several ? 'this number has two points' : 'no digit follows the point',
      hint: several
        ? 'Thousands are set off by `_`: `1_000_000`.'
        : `Write \`${literal}\` or \`${literal}.0\`.`,
    });
  }
  lexSuffix(state, start, end, value);
}

const SHAPE = /[0-9][0-9_]*(?:\.[0-9][0-9_]*)?(?:e[+-]?[0-9]+)?|\.[0-9_]+/y;

/** `,000` once or more behind one to three digits, as thousands are written elsewhere. */
function groupsBehind(state: LexState, literal: string, end: number): string | undefined {
  if (state.brackets > 0 || !/^[0-9]{1,3}$/.test(literal)) return undefined;
  const grouped = /(?:,[0-9]{3})+(?![0-9_])/y;
  grouped.lastIndex = end;
  return grouped.exec(state.text)?.[0];
}

/** Points that no number has, each with the digits behind it; two together are the sign `..`. */
function pointsBehind(text: string, end: number): string | undefined {
  const pointed = /(?:\.(?!\.)[0-9]*)+/y;
  pointed.lastIndex = end;
  return pointed.exec(text)?.[0];
}

/** Digits that a number has at most where it is read off in plain arithmetic, which is exact so far. */
const FEW_DIGITS = 15;

/** Where the digits at the place end, as far as it matters: behind one more than a few. */
function endOfDigits(text: string, start: number): number {
  let end = start;
  while (end - start <= FEW_DIGITS && isDigit(text.charCodeAt(end))) end++;
  return end;
}

/** The whole number that a few digits are. */
function wholeOf(text: string, start: number, end: number): number {
  let whole = 0;
  for (let at = start; at < end; at++) whole = whole * 10 + text.charCodeAt(at) - 48;
  return whole;
}

/** A short whole number with nothing behind it that could belong to it, as most are: quicker than all the rest. */
function lexPlain(state: LexState, end: number, next: number): boolean {
  const { text, position: start } = state;
  if (end === start || end > state.end || end - start > FEW_DIGITS) return false;
  if (text.charCodeAt(start) === 48 && end > start + 1) return false;
  const isPart = isNameCode(next) || next === 45 || next === 46 || next === 47 || next > 127;
  if (isPart || (next === 44 && isDigit(text.charCodeAt(end + 1)))) return false;
  const value = { n: BigInt(wholeOf(text, start, end)), d: 1n };
  state.tokens.push({ kind: 'number', value, start, end, opens: takeOpening(state) });
  state.position = end;
  return true;
}

/** `2024-06-20`; the digits of the year end at `yearEnd`. */
function lexDate(state: LexState, yearEnd: number): boolean {
  const { text, position: start } = state;
  const end = start + 10;
  const isDate =
    yearEnd === start + 4 &&
    endOfDigits(text, start + 5) === start + 7 &&
    text.charCodeAt(start + 7) === 45 &&
    endOfDigits(text, start + 8) === end;
  if (!isDate || end > state.end) return false;
  const year = wholeOf(text, start, yearEnd);
  const month = wholeOf(text, start + 5, start + 7);
  const day = wholeOf(text, start + 8, end);
  const days = daysFromDate(year, month, day);
  if (days === null) {
    const monthExists = month >= 1 && month <= 12;
    state.faults.report('date-impossible', start, end, {
      label: monthExists ? `there is no such day in month ${month} of ${year}` : `there is no month ${month}`,
    });
  }
  // A day that does not exist is read on as the first of its month, which keeps the rest of the line readable.
  state.tokens.push({
    kind: 'date',
    days: days ?? daysFromDate(year, month, 1) ?? 0,
    start,
    end,
    opens: takeOpening(state),
  });
  state.position = end;
  const rest = isNameCode(text.charCodeAt(end)) && end < state.end ? clockOrWord(text, end) : '';
  if (rest !== '') {
    state.position = Math.min(end + rest.length, state.end);
    state.faults.report('number-malformed', start, state.position, {
      label: `\`${rest}\` stands directly behind a date`,
      hint: rest.includes(':')
        ? `A date has no time of day: it is 00:00 UTC. Write \`${text.slice(start, end)}\`.`
        : 'A date has no time of day: it is 00:00 UTC. Put a space behind it.',
    });
  }
  return true;
}

function clockOrWord(text: string, offset: number): string {
  const clock = /T[0-9]{2}:[0-9]{2}(?::[0-9]{2})?Z?/y;
  clock.lastIndex = offset;
  return clock.exec(text)?.[0] ?? foreignWordAt(text, offset);
}

/**
 * `20.06.2024`, `2024.06.20`, and `06/20/2024` or `2024/06/20` where a zero shows that no division is meant: one message,
 * and read on as a date.
 */
function lexForeignDate(state: LexState): boolean {
  const { text, position: start } = state;
  FOREIGN_DATE.lastIndex = start;
  const literal = FOREIGN_DATE.exec(text)?.[0];
  if (literal === undefined || start + literal.length > state.end) return false;
  const end = start + literal.length;
  const parts = literal.split(/[./]/);
  const yearFirst = parts[0]?.length === 4;
  const [one = 0, two = 0, year = 0] = (yearFirst ? parts.toReversed() : parts).map(Number);
  const read = (month: number, day: number): string | null =>
    daysFromDate(year, month, day) === null
      ? null
      : [year, String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-');
  const meant = [read(two, one), literal.includes('/') && !yearFirst ? read(one, two) : null].filter(
    (date, at, all) => date !== null && all.indexOf(date) === at,
  );
  state.faults.report('number-malformed', start, end, {
    label: 'a date is written year, month, day',
    hint:
      meant.length === 0
        ? 'Write for example `2024-06-20`.'
        : `Write ${meant.map((date) => `\`${date}\``).join(' or ')}.`,
  });
  const days = daysFromDate(year, two, one) ?? daysFromDate(year, one, two) ?? daysFromDate(year, 1, 1) ?? 0;
  state.tokens.push({ kind: 'date', days, start, end, opens: takeOpening(state) });
  state.position = end;
  return true;
}

const FOREIGN_DATE =
  /[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}(?![0-9])|(?:0[1-9]\/[0-9]{1,2}|[0-9]{1,2}\/0[1-9])\/[0-9]{4}(?![0-9])|[0-9]{4}\.[0-9]{1,2}\.[0-9]{1,2}(?![0-9])|[0-9]{4}\/(?:0[1-9]\/[0-9]{1,2}|[0-9]{1,2}\/0[1-9])(?![0-9])/y;

function exactValue(state: LexState, literal: string, start: number): Rational {
  const end = start + literal.length;
  const short = exactShort(literal);
  if (short !== null) return short;
  // In `30 000` the zeros are no fault of their own; the parser says that two numbers stand side by side.
  const grouped = state.tokens.at(-1)?.kind === 'number' && state.opens === null;
  const complaint =
    grouped && /^0+$/.test(literal) ? null : complaintAbout(literal, state.text.charAt(start - 1));
  if (complaint !== null) {
    state.faults.report(complaint.code, start, end, { label: complaint.label, hint: complaint.hint });
    if (complaint.tooLarge) return ZERO;
  }
  return parseDecimal(literal) ?? ZERO;
}

/** The value of `30_000` or `2.5`, as most numbers are; null where it is longer, has a power of ten or any fault. */
function exactShort(literal: string): Rational | null {
  if (literal.length > FEW_DIGITS || !/^(?:0|[1-9][0-9]*(?:_[0-9]+)*)(?:\.[0-9]+)?$/.test(literal))
    return null;
  let digits = 0;
  let scale = 1;
  let isBehindPoint = false;
  for (let at = 0; at < literal.length; at++) {
    const code = literal.charCodeAt(at);
    if (code === 46) isBehindPoint = true;
    else if (code !== 95) {
      digits = digits * 10 + code - 48;
      if (isBehindPoint) scale *= 10;
    }
  }
  return rational(digits, scale);
}

type Complaint = {
  readonly code: 'number-malformed' | 'number-grouped';
  readonly label: string;
  readonly hint: string;
  readonly tooLarge?: boolean;
};

function complaintAbout(literal: string, before: string): Complaint | null {
  const code = 'number-malformed';
  const [digits = '', exponent = '0'] = literal.split('e');
  if (digits.replaceAll(/[._]/g, '').length > MOST_DIGITS)
    return {
      code,
      label: `this number has more than ${MOST_DIGITS} digits`,
      hint: 'Round it; Casus counts with about 16 digits.',
      tooLarge: true,
    };
  if (Math.abs(Number(exponent)) > LARGEST_EXPONENT)
    return {
      code,
      label: `the power of ten is beyond ${LARGEST_EXPONENT}`,
      hint: 'Choose a unit in which the number is of a common size.',
      tooLarge: true,
    };
  if (literal.startsWith('.'))
    return { code, label: 'no digit stands before the point', hint: `Write \`0${literal}\`.` };
  if (/__|_(?![0-9])|[^0-9]_/.test(digits)) {
    const mended = literal.replaceAll(/_+/g, '_').replaceAll(/_(?![0-9])|(?<![0-9])_/g, '');
    return { code, label: 'a `_` stands only between two digits', hint: `Write \`${mended}\`.` };
  }
  if (/^0[0-9_]/.test(literal)) {
    if (before === ',')
      return {
        code: 'number-grouped',
        label: 'this begins with a zero, as behind a comma',
        hint: 'Thousands are set off by `_`, decimals by a point: `30_000`, `0.05`.',
      };
    return {
      code,
      label: 'this number begins with a needless zero',
      hint: `Write \`${literal.replace(/^[0_]+(?=[0-9])/, '')}\`.`,
    };
  }
  return null;
}

/** What stands directly behind the digits: nothing, a scale, or a word that must not stand there. */
function lexSuffix(state: LexState, start: number, end: number, value: Rational): void {
  const { text } = state;
  const next = text.charCodeAt(end);
  const word =
    end < state.end && (isNameCode(next) || next > 127) && !isDigit(next) ? foreignWordAt(text, end) : '';
  const scale = SCALES.get(word);
  const opens = takeOpening(state);
  if (word === '' || scale !== undefined) {
    state.position = end + word.length;
    state.tokens.push({
      kind: 'number',
      value: scale === undefined ? value : multiply(value, scale),
      start,
      end: state.position,
      opens,
    });
    return;
  }
  const digits = text.slice(start, end);
  const meant = MEANT_SUFFIX.get(word);
  const wordEnd = Math.min(end + word.length, state.end);
  state.position = wordEnd;
  state.faults.report('number-suffix-unknown', start, wordEnd, {
    label: `\`${word}\` stands directly behind the digits`,
    hint: suffixHint(digits, word, meant),
  });
  const suffix = meant === undefined ? null : SCALES.get(meant);
  if (suffix !== undefined && suffix !== null) {
    state.tokens.push({ kind: 'number', value: multiply(value, suffix), start, end: wordEnd, opens });
    return;
  }
  state.tokens.push({ kind: 'number', value, start, end, opens });
  state.tokens.push({ kind: 'name', text: word, start: end, end: wordEnd, opens: null });
}

function suffixHint(digits: string, word: string, meant: 'k' | 'M' | 'G' | undefined): string {
  if (/^E[0-9]+$/.test(word)) return `Write \`${digits}${word.toLowerCase()}\`.`;
  if (meant === undefined)
    return `Put a space between number and unit: \`${digits} ${word}\`. A name never begins with a digit.`;
  const names = { k: 'thousands', M: 'millions', G: 'thousand millions' };
  return `For ${names[meant]} write \`${digits}${meant}\`; for a unit put a space before it: \`${digits} ${word}\`.`;
}

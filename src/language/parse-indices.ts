/**
 * What stands in the brackets of an array, and the groups that are gone through: the elements of `contact[child, adult]`,
 * the axes of `let force[a in Age, Region]`, the groups of `over Age, Region` and of `for a in Age, b in Age`. Whether a
 * name is an element, a group or an index is for the model to say.
 */
import {
  type Cursor,
  failExpected,
  isReported,
  isSymbol,
  isWord,
  peek,
  previous,
  readName,
  spanFrom,
  take,
  takeSymbol,
  takeWords,
} from './cursor.ts';
import { close } from './parse-expression.ts';
import type { Token } from './tokens.ts';
import type { Axis, Name } from './tree.ts';

/**
 * `[child, b]`: the names; none where no bracket stands here, null where its fault is reported. What is no name, such as
 * `[3 day]`, is kept as it is written, since only the model can say which elements there are.
 */
export function takeElements(cursor: Cursor): readonly Name[] | null {
  return opensBracket(cursor) ? readElements(cursor) : NONE;
}

const NONE: readonly never[] = [];

function opensBracket(cursor: Cursor): boolean {
  const token = peek(cursor);
  return token.kind === 'symbol' && (token.symbol === '[' || token.symbol === '(');
}

function readElements(cursor: Cursor): readonly Name[] | null {
  const round = takeRound(cursor);
  const open = round ?? takeSymbol(cursor, '[');
  if (open === null) return [];
  const names = readList(
    cursor,
    () => (round === null ? takeForeign(cursor) : null) ?? readName(cursor, "an element's name after `[`"),
  );
  if (names === null || !close(cursor, open)) return null;
  if (round !== null)
    cursor.faults.report('sign-not-used', open.start, previous(cursor).end, {
      label: 'elements stand in square brackets',
      hint: `Write \`[${names.map(({ text }) => text).join(', ')}]\`.`,
    });
  return names;
}

/** What stands up to the next comma or the bracket's end, if it is more or other than one name. */
function takeForeign(cursor: Cursor): Name | null {
  const start = cursor.position;
  let depth = 0;
  let pieces = 0;
  for (; ; pieces++) {
    const token = peek(cursor, pieces);
    if (token.kind === 'end' || isReported(cursor, token)) return null;
    if (token.kind !== 'symbol') continue;
    if (depth === 0 && (token.symbol === ',' || token.symbol === ']')) break;
    if (token.symbol === '(' || token.symbol === '[') depth++;
    if (token.symbol === ')' || token.symbol === ']') depth--;
  }
  const [first, second, third] = [peek(cursor), peek(cursor, 1), peek(cursor, 2)];
  const isOneWord = pieces === 1 && first.kind === 'name';
  // A hyphen within a name has a message of its own.
  const isHyphened = pieces === 3 && first.end === second.start && second.end === third.start;
  if (pieces === 0 || isOneWord || (isHyphened && isSymbol(second, '-') && third.kind === 'name'))
    return null;
  const texts: string[] = [];
  for (let piece = 0; piece < pieces; piece++) {
    const { start: from, end } = take(cursor);
    texts.push(cursor.source.slice(from, end));
  }
  return { text: texts.join(' '), span: spanFrom(cursor, cursor.tokens[start]?.start ?? 0) };
}

/** `[Age, b in Age]` of a declaration; none where no bracket stands here or where its fault is reported. */
export function takeAxes(cursor: Cursor): readonly Axis[] {
  return opensBracket(cursor) ? readAxes(cursor) : NONE;
}

function readAxes(cursor: Cursor): readonly Axis[] {
  const found: Axis[] = [];
  for (;;) {
    const open = takeSymbol(cursor, '[') ?? takeRound(cursor);
    if (open === null) return found;
    const axes = readList(cursor, () => readAxis(cursor, "a group's name after `[`"));
    if (axes === null || !close(cursor, open)) return [];
    found.push(...axes);
    if (found.length === axes.length && isSymbol(open, '[')) continue;
    // Read on as it is meant, so that what names its elements is not refused as well.
    cursor.faults.report('sign-not-used', open.start, previous(cursor).end, {
      label: isSymbol(open, '(')
        ? 'groups stand in square brackets'
        : 'all groups stand in one pair of brackets',
      hint: `Write \`[${found.map(({ span }) => cursor.source.slice(span.start, span.end)).join(', ')}]\`.`,
    });
  }
}

/** `(` directly behind a name and before another, where no value could stand. */
function takeRound(cursor: Cursor): Token | null {
  if (!isSymbol(peek(cursor), '(')) return null;
  const before = previous(cursor);
  const behind = peek(cursor, 2);
  const stands =
    before.kind === 'name' &&
    before.end === peek(cursor).start &&
    peek(cursor, 1).kind === 'name' &&
    (isSymbol(behind, ',') || isSymbol(behind, ')') || isWord(behind, 'in'));
  return stands ? takeSymbol(cursor, '(') : null;
}

/** `over Age, Region` or `for a in Age, b in Region`; none where neither stands here, null after a fault. */
export function takeLoops(cursor: Cursor): readonly Axis[] | null {
  if (takeWords(cursor, 'over') !== null) {
    return readList(cursor, () => {
      const group = readName(cursor, "the group's name after `over`");
      if (group === null || !isWord(peek(cursor), 'in'))
        return group === null ? null : { index: null, group, span: group.span };
      return failExpected(cursor, 'the end of `over Group`', {
        hint: `With a name for the element write \`for ${group.text} in Group\`.`,
      });
    });
  }
  if (takeWords(cursor, 'for') === null) return [];
  return readList(cursor, () => {
    const axis = readAxis(cursor, "an index's name after `for`");
    if (axis === null || axis.index !== null) return axis;
    return failExpected(cursor, '`in` and a group', {
      hint: `Write \`for ${axis.group.text.charAt(0).toLowerCase()} in ${axis.group.text}\`, or \`over ${axis.group.text}\` where no name is needed.`,
    });
  });
}

function readAxis(cursor: Cursor, what: string): Axis | null {
  const first = readName(cursor, what);
  if (first === null) return null;
  if (takeWords(cursor, 'in') === null) return { index: null, group: first, span: first.span };
  const group = readName(cursor, "the group's name after `in`");
  return group === null ? null : { index: first, group, span: spanFrom(cursor, first.span.start) };
}

/** One or more, with commas between; null where one could not be read. */
function readList<Item>(cursor: Cursor, read: () => Item | null): readonly Item[] | null {
  const items: Item[] = [];
  do {
    const item = read();
    if (item === null) return null;
    items.push(item);
  } while (takeSymbol(cursor, ',') !== null);
  return items;
}

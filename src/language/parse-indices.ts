/**
 * What stands in the brackets of an array, and the groups that are gone through: the elements of `contact[child, adult]`,
 * the axes of `let force[a in Age, Region]`, the groups of `over Age, Region` and of `for a in Age, b in Age`. Whether a
 * name is an element, a group or an index is for the model to say.
 */
import {
  type Cursor,
  failExpected,
  isWord,
  peek,
  readName,
  spanFrom,
  takeSymbol,
  takeWords,
} from './cursor.ts';
import { close } from './parse-expression.ts';
import type { Axis, Name } from './tree.ts';

/** `[child, b]`: the names; none where no bracket stands here, null where its fault is reported. */
export function takeElements(cursor: Cursor): readonly Name[] | null {
  const open = takeSymbol(cursor, '[');
  if (open === null) return [];
  const names = readList(cursor, () => readName(cursor, "an element's name after `[`"));
  return names !== null && close(cursor, open) ? names : null;
}

/** `[Age, b in Age]` of a declaration; none where no bracket stands here or where its fault is reported. */
export function takeAxes(cursor: Cursor): readonly Axis[] {
  const open = takeSymbol(cursor, '[');
  if (open === null) return [];
  const axes = readList(cursor, () => readAxis(cursor, "a group's name after `[`"));
  return axes !== null && close(cursor, open) ? axes : [];
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

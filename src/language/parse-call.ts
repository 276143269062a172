/**
 * What begins with a name in an expression: the name alone, an element `arsenal[Russia]`, a call `exp(x)`, and the
 * reductions over a group, `sum(x over G)`. `min(a, b)` is a call like any other; `over` makes it a reduction.
 */
import {
  type Cursor,
  fail,
  failExpected,
  isSymbol,
  isWord,
  peek,
  readName,
  spanFrom,
  spanOf,
  take,
  takeSymbol,
  takeWords,
} from './cursor.ts';
import { close, failValue, nested, readOr } from './parse-expression.ts';
import { isReserved } from './tokens.ts';
import { type Expression, GROUP_REDUCERS, type GroupReducer, type Name } from './tree.ts';

export function readCallOrName(cursor: Cursor, what: string): Expression | null {
  const token = peek(cursor);
  if (token.kind !== 'name' || isReserved(token.text)) return failValue(cursor, what);
  if (!isSymbol(peek(cursor, 1), '(')) return readReference(cursor, what);
  take(cursor);
  return readCall(cursor, { text: token.text, span: spanOf(cursor, token) });
}

/** A name, or a name with its elements. */
export function readReference(
  cursor: Cursor,
  what: string,
): (Expression & { kind: 'name' | 'index' }) | null {
  const name = readPlainName(cursor, what);
  if (name === null) return null;
  const open = takeSymbol(cursor, '[');
  if (open === null) return { kind: 'name', name, span: name.span };
  const indices: Name[] = [];
  do {
    const index = readPlainName(cursor, "an element's name after `[`");
    if (index === null) return null;
    indices.push(index);
  } while (takeSymbol(cursor, ',') !== null);
  if (!close(cursor, open)) return null;
  return { kind: 'index', name, indices, span: spanFrom(cursor, name.span.start) };
}

/** A name where `-` behind it is a minus, not part of a misspelt name. */
function readPlainName(cursor: Cursor, what: string): Name | null {
  const token = peek(cursor);
  if (token.kind !== 'name' || isReserved(token.text)) return readName(cursor, what);
  take(cursor);
  return { text: token.text, span: spanOf(cursor, token) };
}

function readCall(cursor: Cursor, name: Name): Expression | null {
  const open = take(cursor);
  const args: Expression[] = [];
  let group: Name | null = null;
  if (!isSymbol(peek(cursor), ')')) {
    const complete = nested(cursor, () => {
      do {
        const argument = readOr(cursor, `a value in the brackets of \`${name.text}\``);
        if (argument === null) return null;
        args.push(argument);
      } while (takeSymbol(cursor, ',') !== null);
      return true;
    });
    if (complete === null) return null;
    const over = peek(cursor);
    if (isWord(over, 'for')) {
      return fail(cursor, 'not-yet-supported', over, {
        label: 'named indices (`for b in Age`) are not part of this version',
      });
    }
    if (takeWords(cursor, 'over') !== null) {
      group = readPlainName(cursor, "the group's name after `over`");
      if (group === null) return null;
    }
  }
  if (!close(cursor, open)) return null;
  const span = spanFrom(cursor, name.span.start);
  const reducer = GROUP_REDUCERS.find((candidate) => candidate === name.text) ?? null;
  if (group !== null) return reduction(cursor, name, reducer, args, group, span);
  if (reducer === 'sum') {
    return fail(cursor, 'part-missing', span, {
      label: '`sum` does not say over what',
      hint: 'Write `sum(x over Group)`; to add a few values, write `a + b`.',
    });
  }
  return { kind: 'call', name, arguments: args, span };
}

function reduction(
  cursor: Cursor,
  name: Name,
  reducer: GroupReducer | null,
  args: readonly Expression[],
  group: Name,
  span: Expression['span'],
): Expression | null {
  const [body] = args;
  if (reducer === null) {
    return fail(cursor, 'words-left-over', name.span, {
      label: `\`${name.text}\` does not run over a group`,
      hint: 'Only `sum`, `min` and `max` do; an average is a `sum` divided by the number of elements.',
    });
  }
  if (body === undefined || args.length > 1) {
    return failExpected(cursor, `one value before \`over\` in \`${reducer}\``);
  }
  return { kind: 'reduce', reducer, body, group, span };
}

/**
 * What begins with a name in an expression: the name alone, an element `arsenal[Russia]`, a call `exp(x)`, and the
 * reductions over groups, `sum(x over G)`. `min(a, b)` is a call like any other; `over` or `for` makes it a reduction.
 */
import {
  type Cursor,
  fail,
  failExpected,
  isSymbol,
  peek,
  readName,
  spanFrom,
  spanOf,
  take,
  takeSymbol,
} from './cursor.ts';
import { close, failValue, nested, readOr } from './parse-expression.ts';
import { takeElements, takeLoops } from './parse-indices.ts';
import { isReserved } from './tokens.ts';
import { type Axis, type Expression, GROUP_REDUCERS, type GroupReducer, type Name } from './tree.ts';

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
  const indices = takeElements(cursor);
  if (indices === null) return null;
  if (indices.length === 0) return { kind: 'name', name, span: name.span };
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
  let axes: readonly Axis[] = [];
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
    const loops = takeLoops(cursor);
    if (loops === null) return null;
    axes = loops;
  }
  if (!close(cursor, open)) return null;
  const span = spanFrom(cursor, name.span.start);
  const reducer = GROUP_REDUCERS.find((candidate) => candidate === name.text) ?? null;
  if (axes.length > 0) return reduction(cursor, name, reducer, args, axes, span);
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
  axes: readonly Axis[],
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
    return failExpected(cursor, `one value before the groups in \`${reducer}\``);
  }
  return { kind: 'reduce', reducer, body, axes, span };
}

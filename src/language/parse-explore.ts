/** `explore West 1, Ukraine 1`: a pool of viewpoints, each with its weight. */
import { atEnd, type Cursor, failExpected, isSymbol, peek, readName, takeSymbol } from './cursor.ts';
import { readArithmetic } from './parse-expression.ts';
import { declared, finish, type Reading, refuseBody } from './reading.ts';
import type { ExploreDeclaration, Expression } from './tree.ts';

type Entry = ExploreDeclaration['entries'][number];

const EXAMPLE = 'Write each viewpoint with its weight, and commas between them: `explore West 1, Ukraine 1`.';

export function readExplore(reading: Reading<'explore'>): ExploreDeclaration | null {
  const { head } = reading;
  // Who indents the viewpoints below is told so once.
  if (atEnd(head)) return failExpected(head, 'viewpoints and their weights on this line', { hint: EXAMPLE });
  refuseBody(reading);
  const entries: Entry[] = [];
  do {
    const place = entries.length === 0 ? '`explore`' : '`,`';
    const name = readName(head, `the name of a viewpoint after ${place}`);
    const weight = name === null ? null : readWeight(head, name.text);
    if (name !== null && weight !== null) entries.push({ name, weight });
  } while (takeSymbol(head, ',') !== null);
  refuseNeighbour(head);
  finish(head);
  return head.failed ? null : { ...declared(reading), entries };
}

/** A name behind a name would be read as a unit or a variable, of which a weight has none. */
function readWeight(head: Cursor, name: string): Expression | null {
  const next = peek(head);
  const begins = next.kind === 'number' || isSymbol(next, '(') || isSymbol(next, '-');
  if (!begins)
    return failExpected(head, `a weight behind \`${name}\`, which is a plain number`, { hint: EXAMPLE });
  const number = peek(head);
  const second = peek(head, 1);
  const third = peek(head, 2);
  if (number.kind === 'number' && second.kind === 'name' && third.kind === 'number') {
    head.position++;
    return failExpected(head, `\`,\` before \`${second.text}\``, { hint: EXAMPLE });
  }
  return readArithmetic(head, `a weight behind \`${name}\``);
}

function refuseNeighbour(head: Cursor): void {
  if (peek(head).kind === 'name' || isSymbol(peek(head), ':') || isSymbol(peek(head), '='))
    failExpected(head, '`,` or the end of the line', { hint: EXAMPLE });
}

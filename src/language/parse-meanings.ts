/** `definition defeat: day "label" = by_stores | by_fire`: rival meanings of one name. */
import { type Cursor, failExpected, isSymbol, isWord, peek, readName, takeSymbol } from './cursor.ts';
import { declared, finish, type Reading, readHeading, refuseBody } from './reading.ts';
import type { DefinitionDeclaration, Name } from './tree.ts';

const EXAMPLE = 'Write `definition defeat = by_stores | by_fire`.';
const PLAIN =
  'A meaning is the name of a variable: work it out in a `let` of its own, and write the name of that here.';

export function readMeanings(reading: Reading<'definition'>): DefinitionDeclaration | null {
  refuseBody(reading);
  const { head } = reading;
  const { name, axes, unit, label } = readHeading(reading);
  if (takeSymbol(head, '=') === null)
    failExpected(head, '`=` and the names of its meanings', { hint: EXAMPLE });
  const meanings: Name[] = [];
  do {
    const meaning = readMeaning(head);
    if (meaning !== null) meanings.push(meaning);
  } while (takeSymbol(head, '|') !== null);
  refuseOtherJoints(head);
  // One meaning alone is no rival of anything.
  if (meanings.length === 1 && peek(head).kind === 'end')
    failExpected(head, '`|` and another meaning', {
      hint: 'A definition names at least two rival meanings; what has only one is a `let`.',
    });
  refuseWork(head);
  finish(head);
  if (name === null) return null;
  // With some of its meanings a definition would be another one; without any its name stays known all the same.
  return { ...declared(reading), name, axes, unit, label, meanings: head.failed ? [] : meanings };
}

function readMeaning(head: Cursor): Name | null {
  const next = peek(head);
  if (next.kind === 'name' || next.kind === 'end') return readName(head, 'the name of a variable');
  return failExpected(head, 'the name of a variable', { hint: PLAIN });
}

/** A list elsewhere has commas, and rivals are spoken of with `or`. */
function refuseOtherJoints(head: Cursor): void {
  if (isSymbol(peek(head), ',') || isWord(peek(head), 'or'))
    failExpected(head, '`|` between two meanings', { hint: EXAMPLE });
}

function refuseWork(head: Cursor): void {
  if (peek(head).kind !== 'end') failExpected(head, '`|` or the end of the line', { hint: PLAIN });
}

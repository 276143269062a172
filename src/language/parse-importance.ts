/** `factor NAME "label" = a, b`: what claims of importance take together. */
import {
  type Cursor,
  failExpected,
  isSymbol,
  peek,
  readName,
  readNewName,
  takeSymbol,
  takeText,
} from './cursor.ts';
import { declared, finish, type Reading, refuseBody } from './reading.ts';
import type { FactorDeclaration, Name } from './tree.ts';

const EXAMPLE = 'Write `factor supply = drawn, stores_lost`.';

export function readFactor(reading: Reading<'factor'>): FactorDeclaration | null {
  refuseBody(reading);
  const { head } = reading;
  const name = readNewName(head, "the factor's name");
  const label = takeText(head);
  if (isSymbol(peek(head), ':')) failExpected(head, '`=`', { hint: `A factor has no unit. ${EXAMPLE}` });
  else if (takeSymbol(head, '=') === null)
    failExpected(head, '`=` and what the factor holds', { hint: EXAMPLE });
  const members: Name[] = [];
  do {
    const member = readMember(head);
    if (member !== null) members.push(member);
  } while (takeSymbol(head, ',') !== null);
  refuseOtherJoints(head);
  finish(head);
  if (name === null) return null;
  // With some of its members a factor would be another one; without any its name stays known all the same.
  return { ...declared(reading), name, label, members: head.failed ? [] : members };
}

function readMember(head: Cursor): Name | null {
  const member = readName(head, 'the name of an input, or of what else is uncertain,');
  if (member !== null && isSymbol(peek(head), '['))
    return failExpected(head, '`,` or the end of the line', {
      hint: `A factor takes an array whole: write \`${member.text}\`.`,
    });
  return member;
}

function refuseOtherJoints(head: Cursor): void {
  const next = peek(head);
  if (next.kind === 'name' || isSymbol(next, '|') || isSymbol(next, '+'))
    failExpected(head, '`,` between two members', { hint: EXAMPLE });
}

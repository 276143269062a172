/**
 * `calibrate INPUT so that VARIABLE at DATE = EXPRESSION "note"` and `require CONDITION "note"`: how a model is held
 * against what is known of the past.
 */
import {
  type Cursor,
  fail,
  failExpected,
  isReported,
  isSymbol,
  isWord,
  peek,
  takeSymbol,
  takeText,
  takeWords,
} from './cursor.ts';
import { readReference } from './parse-call.ts';
import { readExpression, readValue } from './parse-expression.ts';
import { declared, finish, type Reading, refuseBody } from './reading.ts';
import type { CalibrateDeclaration, RequireDeclaration } from './tree.ts';

const EXAMPLE = 'Write `calibrate edge so that gain at 2024-06-05 = observed_gain`.';

export function readCalibrate(reading: Reading<'calibrate'>): CalibrateDeclaration | null {
  refuseBody(reading);
  const { head } = reading;
  const input = readReference(head, 'the name of an input after `calibrate`');
  if (takeWords(head, 'so', 'that') === null) failSoThat(head);
  const variable = readReference(head, 'the name of a variable after `so that`');
  if (takeWords(head, 'at') === null)
    failExpected(head, '`at` and an instant behind the variable', { hint: EXAMPLE });
  const at = readValue(head, 'a date or a time after `at`');
  if (takeSymbol(head, '=') === null) failEquals(head);
  const target = readExpression(head, 'what it is solved for, after `=`');
  const note = takeText(head);
  finish(head);
  return input === null || variable === null || at === null || target === null || head.failed
    ? null
    : { ...declared(reading), input, variable, at, target, note };
}

function failSoThat(head: Cursor): void {
  const next = peek(head);
  const hint = isSymbol(next, ',') ? `Each input has a line of its own. ${EXAMPLE}` : EXAMPLE;
  failExpected(head, '`so that` behind the input', { hint });
}

function failEquals(head: Cursor): void {
  const next = peek(head);
  if (isReported(head, next)) return;
  const sign = (['==', '<', '<=', '>', '>='] as const).find((one) => isSymbol(next, one));
  if (sign === '==')
    fail(head, 'equals-in-expression', next, {
      label: 'what is solved for stands behind one `=`',
      hint: 'Write `=`.',
    });
  else if (sign !== undefined)
    fail(head, 'part-missing', next, {
      label: `expected \`=\`, but found \`${sign}\``,
      hint: 'What is solved for is one number. To drop the futures that contradict a condition, write `require CONDITION`.',
    });
  else failExpected(head, '`=` and what it is solved for', { hint: EXAMPLE });
}

export function readRequire(reading: Reading<'require'>): RequireDeclaration | null {
  refuseBody(reading);
  const { head } = reading;
  const condition = readExpression(head, 'a condition after `require`');
  if (condition !== null && isWord(peek(head), 'is'))
    fail(head, 'words-left-over', peek(head), {
      label: 'a future meets a condition or does not; none is likely',
      hint: 'Write the condition alone, such as `require stores_then > 0`.',
    });
  const note = takeText(head);
  finish(head);
  return condition === null || head.failed ? null : { ...declared(reading), condition, note };
}

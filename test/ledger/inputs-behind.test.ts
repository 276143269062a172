/** Which inputs a claim hangs on: those that can reach it through what flows, and no others. */
import { expect, test } from 'vitest';
import { soundText } from '../support/compile-text.ts';

const input = (name: string, unit = 't'): string => `input ${name}: ${unit}\n  assumed 1 to 2 "test"\n`;

/** A stock drained by a flow that does not look at it, and a second stock that is filled. */
const passing = (signed: string): string => `model "M"
time 0 day .. 10 day by 1 day
unit t
${input('first')}${input('wanted', 't/day')}${input('second')}
stock source: t${signed} = first
  - sent
stock sink: t${signed} = second
  + sent
flow sent: t/day = wanted
measure arrived: t = final sink
measure flowed: t = total sent
measure asked_for: t = total asked sent
measure rest: t = final source
claim a "arrived"
  arrived > 1 t
claim f "flowed"
  flowed > 1 t
claim w "asked for"
  asked_for > 1 t
claim r "rest"
  rest > 1 t
`;

const behindEach = (text: string): Readonly<Record<string, readonly (string | undefined)[]>> => {
  const { model } = soundText(text);
  return Object.fromEntries(
    model.claims.map(({ name, inputCells }) => [name, inputCells.map((cell) => model.cells[cell]?.name)]),
  );
};

test('a physical stock limits what flows out of it, and nobody asks for less because of it', () => {
  expect(behindEach(passing(''))).toEqual({
    a: ['first', 'wanted', 'second'],
    f: ['first', 'wanted'],
    w: ['wanted'],
    r: ['first', 'wanted'],
  });
});

test('a signed stock gives whatever is asked, so that nothing behind it reaches its outflow', () => {
  expect(behindEach(passing(' signed'))).toEqual({
    a: ['wanted', 'second'],
    f: ['wanted'],
    w: ['wanted'],
    r: ['first', 'wanted'],
  });
});

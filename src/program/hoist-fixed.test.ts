/** Which rows of a step are worked out once a future: those that hang on nothing that changes, and no others. */
import { describe, expect, it } from 'vitest';
import { createEmitter } from './emitter.ts';
import { hoistFixed } from './hoist-fixed.ts';
import { OPERATIONS, type Operation } from './program.ts';

/** A step of rows by name; operands are names, too, and what no row writes is given by a run. */
function hoisted(
  rows: readonly (readonly [string, Operation, ...string[]])[],
  settled: readonly string[] = [],
) {
  const { register, emitTo, take, initial } = createEmitter();
  const numbers = new Map<string, number>();
  const of = (name = ''): number => {
    const known = numbers.get(name) ?? register();
    numbers.set(name, known);
    return known;
  };
  const named = (wanted: number): string => [...numbers].find(([, number]) => number === wanted)?.[0] ?? '';
  emitTo(of('start'), 'copy', of('given'));
  const startCode = take();
  for (const [target, operation, a = '', b = a, c = a] of rows)
    emitTo(of(target), operation, of(a), of(b), of(c));
  const stepCode = take();
  for (const target of settled) emitTo(of(target), 'copy', of('level'));
  const codes = hoistFixed(
    { startCode, stepCode, initial: initial() },
    {
      settleCode: take(),
      stocks: [
        {
          cell: 0,
          name: 'level',
          physical: false,
          level: of('level'),
          next: of('next level'),
          emptyAfter: of('empty'),
          inflows: [],
          outflows: [],
        },
      ],
      memories: [{ held: of('held'), next: of('next held') }],
      histories: [of('history')],
      clipped: [],
      flows: [{ asked: of('asked'), value: of('flowed') }],
      timeRegister: of('time'),
      instantRegister: of('instant'),
      stageRegister: of('stage'),
      firstRegister: of('first'),
    },
  );
  const targets = (code: typeof startCode) => [...code.target].map(named);
  expect([...codes.startCode.operation].every((one) => OPERATIONS[one] !== undefined)).toBe(true);
  return { once: targets(codes.startCode).slice(1), always: targets(codes.stepCode) };
}

describe('worked out once a future', () => {
  it('is what hangs on what is given, on starts and on what hangs on these', () => {
    expect(
      hoisted([
        ['a', 'exponential', 'given'],
        ['b', 'add', 'a', 'start'],
        ['c', 'uniform', 'given', 'site', 'shift'],
      ]),
    ).toEqual({ once: ['a', 'b', 'c'], always: [] });
  });

  it.each(['time', 'instant', 'stage', 'first', 'level', 'held', 'asked', 'history'])(
    'is nothing that hangs on what changes: %s',
    (changing) => {
      expect(
        hoisted([
          ['a', 'add', 'given', changing],
          ['b', 'copy', 'a'],
        ]),
      ).toEqual({ once: [], always: ['a', 'b'] });
    },
  );

  it.each(['next level', 'empty', 'next held', 'history', 'asked', 'flowed'])(
    'is nothing that the step must leave at every instant: %s',
    (kept) => {
      expect(hoisted([[kept, 'copy', 'given']])).toEqual({ once: [], always: [kept] });
    },
  );

  it('is no register that a step writes twice, that it reads before it writes it, or that is settled again', () => {
    expect(
      hoisted(
        [
          ['twice', 'copy', 'given'],
          ['twice', 'copy', 'start'],
          ['own', 'maximum', 'own', 'given'],
          ['settled', 'copy', 'given'],
        ],
        ['settled'],
      ),
    ).toEqual({ once: [], always: ['twice', 'twice', 'own', 'settled'] });
  });

  it('is nothing that is recalled', () => {
    expect(hoisted([['a', 'recall', 'given', 'site', 'start']])).toEqual({ once: [], always: ['a'] });
  });

  it('leaves the others in their order', () => {
    expect(
      hoisted([
        ['a', 'copy', 'time'],
        ['b', 'copy', 'given'],
        ['c', 'add', 'a', 'b'],
        ['d', 'copy', 'b'],
      ]),
    ).toEqual({ once: ['b', 'd'], always: ['a', 'c'] });
  });
});

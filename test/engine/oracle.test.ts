/**
 * The interpreter is the oracle of the modules: on every model of the gallery, and on generated ones that use all that
 * a program can hold, both give the same bits, whatever the lanes and sections, and blame the same variables.
 */
import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { load } from '../../src/cli/load.ts';
import { chanceSlots, withRedrawnChance } from '../../src/ledger/viewpoint-order.ts';
import { OPERATIONS } from '../../src/program/program.ts';
import { anyProgram } from '../support/any-program.ts';
import { differences, EMISSIONS } from '../support/both-engines.ts';
import { soundText } from '../support/compile-text.ts';
import { orderOf } from '../support/run-order.ts';

describe.each(readdirSync('models'))('%s', (name) => {
  const loaded = load(`models/${name}`).result;
  if (!loaded.ok) throw new Error(`${name} has faults`);
  const { model, program } = loaded.value;
  // Fewer futures where a future is long; an odd number leaves a lane alone.
  const futures = program.time.steps > 1000 ? 3 : 21;
  it.each(EMISSIONS)('has the bits of the interpreter: $name', (options) => {
    model.viewpoints.forEach((_, viewpoint) => {
      expect(differences(orderOf(model, program, futures, viewpoint), [options])).toEqual([]);
    });
  });
});

test('generated models have the bits of the interpreter, and fail by the same variable', () => {
  const met = new Set<string>();
  fc.assert(
    fc.property(anyProgram, fc.constantFrom(...EMISSIONS), fc.nat(), (text, emission, anew) => {
      const { model, program } = soundText(text);
      for (const code of [program.startCode, program.stepCode, ...program.measures.map((one) => one.code)]) {
        for (const operation of code.operation) met.add(OPERATIONS[operation] ?? '');
      }
      // Some of the variables that draw do so a second time.
      const slots = chanceSlots(model, program).filter((_, number) => (anew >> (number % 31)) % 2 === 1);
      const order = withRedrawnChance(orderOf(model, program, 3), slots);
      expect(differences(order, [emission])).toEqual([]);
    }),
    // A generated model holds events with effects as well, so that fewer of them meet as much as ever.
    { numRuns: Number(process.env['CASUS_GENERATED'] ?? 500) },
  );
  expect(OPERATIONS.filter((operation) => !met.has(operation))).toEqual([]);
}, 300_000);

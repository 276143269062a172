/**
 * How much code a module is. It is written, compiled and run for the first time before anybody sees a result, in a time that
 * grows with its bytes, and in its largest function with its locals at every branch.
 */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { compileProgram } from '../../src/wasm/program-module.ts';
import { soundText } from '../support/compile-text.ts';

/** Locals of every function of a module. */
function localsOf(bytes: Uint8Array): readonly number[] {
  let at = 8;
  const number = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++] ?? 0;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  const CODE = 10;
  for (;;) {
    const section = number();
    const size = number();
    if (section === CODE) break;
    at += size;
  }
  return Array.from({ length: number() }, () => {
    const end = number() + at;
    let locals = 0;
    for (let runs = number(); runs > 0; runs--) {
      locals += number();
      at++;
    }
    at = end;
    return locals;
  });
}

it('a module of the flagship is no larger than it need be', () => {
  const text = readFileSync('models/everything-depends-on-ourselves/model.casus', 'utf8');
  const { bytes } = compileProgram(soundText(text).program, { wide: true });
  expect(bytes.length).toBeLessThan(80_000);
  const locals = localsOf(bytes);
  expect(locals.length).toBeLessThan(60);
  expect(Math.max(...locals)).toBeLessThan(800);
});

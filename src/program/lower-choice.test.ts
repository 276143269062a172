/** The choice rule alone: chances held to reference values and to numbers worked out by hand, and how they are drawn from. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CHOICES } from '../../test/support/logit-qre.ts';
import { createEmitter } from './emitter.ts';
import { execute } from './execute.ts';
import { type Choice, lowerChoice } from './lower-choice.ts';

type Given = {
  readonly worths: readonly number[];
  readonly scale?: number;
  readonly costs?: readonly (number | null)[];
  readonly open?: readonly (boolean | null)[];
  readonly standing?: number;
  readonly inertia?: number | null;
  readonly uniform?: number;
  readonly consent?: { readonly worths: readonly number[]; readonly uniform: number } | null;
};

/** The chances of the options, and the number of the one that is chosen. */
function choose({
  worths,
  scale = 1,
  costs = worths.map(() => null),
  open = worths.map(() => null),
  standing = 0,
  inertia = null,
  uniform = 0.5,
  consent = null,
}: Given): { readonly option: number; readonly chances: readonly number[] } {
  const emitter = createEmitter();
  const { register } = emitter;
  const made: Choice = lowerChoice(emitter, {
    worths: worths.map(register),
    costs: costs.map((cost) => (cost === null ? null : register(cost))),
    open: open.map((one) => (one === null ? null : register(one ? 1 : 0))),
    stands: worths.map((_, at) => register(at === standing ? 1 : 0)),
    standing: register(standing),
    scale: register(scale),
    inertia: inertia === null ? null : register(inertia),
    uniform: register(uniform),
    consent:
      consent === null ? null : { worths: consent.worths.map(register), uniform: register(consent.uniform) },
  });
  const code = emitter.take();
  const registers = emitter.initial();
  execute(code, registers, { tables: [], histories: [], seed: 1, future: 0, instant: 0 });
  const at = (number: number): number => registers[number] ?? Number.NaN;
  return { option: at(made.option), chances: made.chances.map(at) };
}

const close = (found: readonly number[], wanted: readonly number[]): void => {
  expect(found.length).toBe(wanted.length);
  found.forEach((one, at) => {
    expect(one).toBeCloseTo(wanted[at] ?? Number.NaN, 14);
  });
};

describe('chances', () => {
  test.each(CHOICES)('of worths $worths at a precision of $lambda are those of the reference', (one) => {
    close(choose({ worths: one.worths, scale: 1 / one.lambda }).chances, one.chances);
  });

  test('a difference of one scale makes an option e times as likely', () => {
    const { chances } = choose({ worths: [3, 5], scale: 2 });
    expect((chances[1] ?? 0) / (chances[0] ?? 0)).toBeCloseTo(Math.E, 13);
  });

  test('at a scale of 0 the best is sure, and several best ones are alike', () => {
    expect(choose({ worths: [1, 3, 2], scale: 0 }).chances).toEqual([0, 1, 0]);
    expect(choose({ worths: [3, 1, 3], scale: 0 }).chances).toEqual([0.5, 0, 0.5]);
  });

  test('a scale next to nothing comes to the same, and worths may be huge', () => {
    expect(choose({ worths: [1, 3, 2], scale: 1e-320 }).chances).toEqual([0, 1, 0]);
    expect(choose({ worths: [1e300, -1e300], scale: 1 }).chances).toEqual([1, 0]);
  });

  test('what is closed has no chance, and the others share the whole', () => {
    const { chances } = choose({ worths: [9, 1, 1], open: [false, null, true] });
    expect(chances).toEqual([0, 0.5, 0.5]);
    expect(choose({ worths: [9, 1, 1], open: [false, null, true], scale: 0 }).chances).toEqual([0, 0.5, 0.5]);
  });

  test('where all are closed what stands stays', () => {
    const all = { worths: [9, 1, 1], open: [false, false, false], standing: 2 };
    expect(choose(all)).toEqual({ option: 2, chances: [0, 0, 1] });
    expect(choose({ ...all, scale: 0 })).toEqual({ option: 2, chances: [0, 0, 1] });
  });

  test('a cost weighs on all options but the one that stands', () => {
    // exp(0) : exp(2 − 1) where the first stands, exp(0 − 1) : exp(2) where the second does.
    const given = { worths: [0, 2], costs: [1, 1] };
    close(choose(given).chances, [1 / (1 + Math.E), Math.E / (1 + Math.E)]);
    close(choose({ ...given, standing: 1 }).chances, [
      Math.exp(-1) / (Math.exp(-1) + Math.exp(2)),
      Math.exp(2) / (Math.exp(-1) + Math.exp(2)),
    ]);
    expect(choose({ worths: [0, 2], costs: [null, 3], scale: 0 }).chances).toEqual([1, 0]);
  });

  test('inertia leaves what stands, and the rest is chosen', () => {
    close(choose({ worths: [1, 1], inertia: 0.2, standing: 1 }).chances, [0.4, 0.6]);
    expect(choose({ worths: [1, 9], inertia: 1 }).chances).toEqual([1, 0]);
  });
});

describe('what is drawn', () => {
  test('is the first option up to which the chances reach the number', () => {
    const options = (numbers: readonly number[]): readonly number[] =>
      numbers.map((uniform) => choose({ worths: [0, 0, 0, 0], uniform }).option);
    expect(options([1e-16, 0.25, 0.25 + 1e-12, 0.5, 0.6, 0.75 + 1e-12, 1 - 2 ** -53])).toEqual([
      0, 0, 1, 1, 2, 3, 3,
    ]);
  });

  test('is never an option without a chance', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ worth: fc.double({ min: -50, max: 50, noNaN: true }), open: fc.boolean() }), {
          minLength: 2,
          maxLength: 6,
        }),
        fc.double({ min: 0, max: 3, noNaN: true }),
        fc.constantFrom(2 ** -54, 0.1, 0.5, 0.999, 1 - 2 ** -53),
        (options, scale, uniform) => {
          const { option, chances } = choose({
            worths: options.map(({ worth }) => worth),
            open: options.map(({ open }) => open),
            scale,
            uniform,
          });
          expect(chances[option]).toBeGreaterThan(0);
          expect(chances.reduce((so, next) => so + next, 0)).toBeCloseTo(1, 12);
        },
      ),
    );
  });
});

describe('consent', () => {
  // The one proposes by halves; the other agrees to the second with 1/(1 + e).
  const given = { worths: [1, 1], consent: { worths: [1, 0], uniform: 0.2 } };

  test('multiplies the chances, and what stands takes the rest', () => {
    const moves = 0.5 / (1 + Math.E);
    close(choose(given).chances, [1 - moves, moves]);
  });

  test('is drawn with a number of its own', () => {
    const draw = (uniform: number, second: number): number =>
      choose({ ...given, uniform, consent: { worths: [1, 0], uniform: second } }).option;
    const agreed = 1 / (1 + Math.E);
    expect([draw(0.7, agreed - 1e-9), draw(0.7, agreed + 1e-9), draw(0.3, 0.9)]).toEqual([1, 0, 0]);
  });

  test('at a scale of 0 goes to what is better, and to what is as good in half of all cases', () => {
    const agree = (worths: readonly number[]): readonly number[] =>
      choose({ worths: [0, 5], scale: 0, consent: { worths, uniform: 0.5 } }).chances;
    expect([agree([1, 2]), agree([2, 1]), agree([1, 1])]).toEqual([
      [0, 1],
      [1, 0],
      [0.5, 0.5],
    ]);
  });

  test('is not asked for what stands already', () => {
    expect(choose({ worths: [5, 0], scale: 0, consent: { worths: [-9, 9], uniform: 0.9 } })).toEqual({
      option: 0,
      chances: [1, 0],
    });
  });

  test('a refusal keeps what stands, though that be closed', () => {
    const refused = {
      worths: [0, 5],
      open: [false, null],
      scale: 0,
      consent: { worths: [1, 0], uniform: 0.5 },
    };
    expect(choose(refused)).toEqual({ option: 0, chances: [1, 0] });
  });
});

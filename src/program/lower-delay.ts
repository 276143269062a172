/**
 * Delays as instructions. A delay's length is read once, at the start of a future, and is at least one step; one below
 * zero, or that is no finite number, is none, and the delay is no number either. Until something has come through, a delay gives its third argument, or the first value of what goes in.
 *
 * - `delay` keeps a history and recalls it, joined by lines between instants. What comes out over time is what went
 *   in: for a flow that is held over each step the line between two instants is just the mixture of the two steps.
 * - `delay1` and `delay3` are material delays: one or three levels in a row, each giving its content over its share of
 *   the length (Forrester 1961).
 * - `smooth` and `smooth3` are information delays: each level closes its share of the gap over its share of the length.
 */
import type { Expression } from '../model/expression.ts';
import type { Emitter } from './emitter.ts';

export type DelayParts = {
  readonly emitter: Emitter;
  readonly step: number;
  readonly firstRegister: number;
  readonly memories: { held: number; next: number }[];
  readonly histories: number[];
  /** Emits what must come after all equations of the step: a delay's input may hang on what it gives. */
  readonly later: (emit: () => void) => void;
};

const LEVELS = { delay1: 1, delay3: 3, smooth: 1, smooth3: 3 } as const;

export function lowerDelay(
  parts: DelayParts,
  expression: Expression & { kind: 'delay' },
  lower: (part: Expression) => number,
): number {
  const { emitter } = parts;
  const step = emitter.constant(parts.step);
  const asked = lower(expression.length);
  const isLength = emitter.emit(
    'and',
    emitter.emit('less or equal', emitter.constant(0), asked),
    emitter.emit('less', asked, emitter.constant(Number.POSITIVE_INFINITY)),
  );
  // Without a length nothing is known from the first instant on, so that the future fails there.
  const orNothing = (value: number): number =>
    emitter.emit('select', isLength, value, emitter.constant(Number.NaN));
  const length = keepFirst(parts, orNothing(emitter.emit('maximum', asked, step)));
  const inputNow = expression.before === null ? lower(expression.input) : null;
  const first = inputNow ?? lower(expression.before ?? expression.input);
  const start = keepFirst(parts, orNothing(first));
  // Emitted once even where the step is settled a second time: a delay within it has its state once.
  let emitted = inputNow;
  const input = (): number => {
    emitted ??= lower(expression.input);
    return emitted;
  };
  if (expression.delay === 'delay') return lowerPipeline(parts, length, start, input);
  const levels = LEVELS[expression.delay];
  const share =
    levels === 1
      ? length
      : emitter.emit('maximum', emitter.emit('divide', length, emitter.constant(levels)), step);
  return expression.delay === 'smooth' || expression.delay === 'smooth3'
    ? lowerSmooth(parts, levels, share, start, input)
    : lowerMaterial(parts, levels, share, start, input);
}

/** The value that an expression has at the first instant, for the rest of the future. */
function keepFirst({ emitter, firstRegister, memories }: DelayParts, value: number): number {
  const kept = emitter.register();
  emitter.emitTo(kept, 'select', firstRegister, value, kept);
  memories.push({ held: kept, next: kept });
  return kept;
}

/** A register that starts at `start` and takes what `next` emits from instant to instant. */
function remember(
  parts: DelayParts,
  start: number,
): { readonly now: number; readonly set: (next: number) => void } {
  const { emitter, firstRegister, memories } = parts;
  const held = emitter.register();
  const next = emitter.register();
  memories.push({ held, next });
  emitter.emitTo(held, 'select', firstRegister, start, held);
  return { now: held, set: (value) => emitter.emitTo(next, 'copy', value) };
}

function lowerPipeline(parts: DelayParts, length: number, start: number, input: () => number): number {
  const { emitter } = parts;
  const steps = emitter.emit('divide', length, emitter.constant(parts.step));
  const kept = emitter.register();
  const history = parts.histories.push(kept) - 1;
  parts.later(() => emitter.emitTo(kept, 'copy', input()));
  return emitter.emit('recall', steps, emitter.constant(history), start);
}

function lowerSmooth(
  parts: DelayParts,
  levels: number,
  share: number,
  start: number,
  input: () => number,
): number {
  const { emitter } = parts;
  const states = Array.from({ length: levels }, () => remember(parts, start));
  parts.later(() => {
    const part = emitter.emit('divide', emitter.constant(parts.step), share);
    let above = input();
    for (const state of states) {
      const gap = emitter.emit('subtract', above, state.now);
      state.set(emitter.emit('add', state.now, emitter.emit('multiply', gap, part)));
      above = state.now;
    }
  });
  const last = states.at(-1);
  if (last === undefined) throw new Error('a delay without a level');
  return last.now;
}

function lowerMaterial(
  parts: DelayParts,
  levels: number,
  share: number,
  start: number,
  input: () => number,
): number {
  const { emitter } = parts;
  const content = emitter.emit('multiply', start, share);
  const states = Array.from({ length: levels }, () => remember(parts, content));
  const given = states.map(({ now }) => emitter.emit('divide', now, share));
  parts.later(() => {
    const step = emitter.constant(parts.step);
    let coming = input();
    states.forEach((state, level) => {
      const out = given[level];
      if (out === undefined) throw new Error('a level that gives nothing');
      const change = emitter.emit('multiply', emitter.emit('subtract', coming, out), step);
      state.set(emitter.emit('add', state.now, change));
      coming = out;
    });
  });
  const last = given.at(-1);
  if (last === undefined) throw new Error('a delay without a level');
  return last;
}

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
import type { DelayKind } from '../model/check-call.ts';
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
  /** By cell, the delays of its equation in the order in which they are lowered. */
  readonly sites: Map<number, DelaySite[]>;
};

/** Where one delay keeps what it remembers. */
type DelaySite = {
  /** Registers of its length and of what it gives until something has come through, kept from the first instant on. */
  readonly length: number;
  readonly start: number;
  /** Registers of its levels at the instant and at the next; none for a pipeline. */
  readonly levels: readonly { readonly now: number; readonly next: number }[];
  /** Of a pipeline: the register that is kept for every instant, and the number of its history. */
  readonly kept: number;
  readonly history: number;
};

const LEVELS = { delay: 0, delay1: 1, delay3: 3, smooth: 1, smooth3: 3 } as const;

/**
 * Gives the delays of a cell's equation one by one. An equation that is lowered twice meets its delays in the same
 * order both times, and so the same memories: what only goes into a delay is lowered the second time alone, behind all else.
 */
export function delaysOf(parts: DelayParts, cell: number): (kind: DelayKind) => DelaySite {
  const { emitter, memories, histories } = parts;
  const known = parts.sites.get(cell) ?? [];
  parts.sites.set(cell, known);
  let met = 0;
  return (kind) => {
    const before = known[met++];
    if (before !== undefined) return before;
    const [length, start] = [emitter.register(), emitter.register()];
    memories.push({ held: length, next: length }, { held: start, next: start });
    const levels = Array.from({ length: LEVELS[kind] }, () => {
      const level = { now: emitter.register(), next: emitter.register() };
      memories.push({ held: level.now, next: level.next });
      return level;
    });
    const kept = kind === 'delay' ? emitter.register() : -1;
    const history = kind === 'delay' ? histories.push(kept) - 1 : -1;
    const site: DelaySite = { length, start, levels, kept, history };
    known.push(site);
    return site;
  };
}

type Delay = Expression & { kind: 'delay' };

/** What a delay gives, and the upkeep of what it remembers. */
export function lowerDelay(
  parts: DelayParts,
  site: DelaySite,
  expression: Delay,
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
  keepFirst(parts, site.length, orNothing(emitter.emit('maximum', asked, step)));
  const inputNow = expression.before === null ? lower(expression.input) : null;
  const first = inputNow ?? lower(expression.before ?? expression.input);
  keepFirst(parts, site.start, orNothing(first));
  // Emitted once even where the step is settled a second time: a delay within it has its state once.
  let emitted = inputNow;
  const input = (): number => {
    emitted ??= lower(expression.input);
    return emitted;
  };
  switch (expression.delay) {
    case 'delay':
      parts.later(() => emitter.emitTo(site.kept, 'copy', input()));
      return recalled(parts, site);
    case 'smooth':
    case 'smooth3':
      return lowerSmooth(parts, site, input);
    case 'delay1':
    case 'delay3':
      return lowerMaterial(parts, site, input);
  }
}

/**
 * What the same delay gives before anything is decided at the instant. It hangs on what has gone in before, but for the
 * first instant, at which it gives what it begins with.
 */
export function foreseeDelay(
  parts: DelayParts,
  site: DelaySite,
  expression: Delay,
  lower: (part: Expression) => number,
): number {
  const { emitter, firstRegister } = parts;
  lower(expression.length);
  const first = lower(expression.before ?? expression.input);
  const last = site.levels.at(-1)?.now;
  const given =
    last === undefined
      ? recalled(parts, site)
      : expression.delay === 'delay1' || expression.delay === 'delay3'
        ? emitter.emit('divide', last, shareOf(parts, site))
        : last;
  return emitter.emit('select', firstRegister, first, given);
}

/** The value that an expression has at the first instant, for the rest of the future. */
function keepFirst({ emitter, firstRegister }: DelayParts, kept: number, value: number): void {
  emitter.emitTo(kept, 'select', firstRegister, value, kept);
}

function recalled({ emitter, step }: DelayParts, { length, history, start }: DelaySite): number {
  const steps = emitter.emit('divide', length, emitter.constant(step));
  return emitter.emit('recall', steps, emitter.constant(history), start);
}

/** The share of the length that each level has, at least a step. */
function shareOf({ emitter, step }: DelayParts, { length, levels }: DelaySite): number {
  if (levels.length === 1) return length;
  const part = emitter.emit('divide', length, emitter.constant(levels.length));
  return emitter.emit('maximum', part, emitter.constant(step));
}

function lowerSmooth(parts: DelayParts, site: DelaySite, input: () => number): number {
  const { emitter } = parts;
  const share = shareOf(parts, site);
  for (const { now } of site.levels) keepFirst(parts, now, site.start);
  parts.later(() => {
    const part = emitter.emit('divide', emitter.constant(parts.step), share);
    let above = input();
    for (const { now, next } of site.levels) {
      const gap = emitter.emit('subtract', above, now);
      emitter.emitTo(next, 'copy', emitter.emit('add', now, emitter.emit('multiply', gap, part)));
      above = now;
    }
  });
  return lastOf(site).now;
}

function lowerMaterial(parts: DelayParts, site: DelaySite, input: () => number): number {
  const { emitter } = parts;
  const share = shareOf(parts, site);
  const content = emitter.emit('multiply', site.start, share);
  for (const { now } of site.levels) keepFirst(parts, now, content);
  const given = site.levels.map(({ now }) => emitter.emit('divide', now, share));
  parts.later(() => {
    const step = emitter.constant(parts.step);
    let coming = input();
    site.levels.forEach(({ now, next }, level) => {
      const out = given[level];
      if (out === undefined) throw new Error('a level that gives nothing');
      const change = emitter.emit('multiply', emitter.emit('subtract', coming, out), step);
      emitter.emitTo(next, 'copy', emitter.emit('add', now, change));
      coming = out;
    });
  });
  const last = given.at(-1);
  if (last === undefined) throw new Error('a delay without a level');
  return last;
}

function lastOf({ levels }: DelaySite): DelaySite['levels'][number] {
  const last = levels.at(-1);
  if (last === undefined) throw new Error('a delay without a level');
  return last;
}

/** An event that is held: it never happens, it is always active, or it happens on one date; from the beginning or a date on. */
import type { EventHeld, Expression } from '../language/tree.ts';
import { instantOnAxis, isBetweenSteps } from './check-time.ts';
import type { Force } from './model.ts';
import { HELD_EVENTS } from './settings.ts';
import { isBroken, report, type Workbench } from './workbench.ts';

/** What is held of each of its cells; nothing after a fault. */
export function holdEvent(
  bench: Workbench,
  cells: readonly number[],
  { how, instant }: EventHeld,
  from: Expression | null,
): readonly Force[] {
  const { time } = bench;
  if (time === null) return [];
  const on = (written: Expression | null): number | null => {
    if (written === null) return time.start;
    return isBroken(bench, written.span) ? null : instantOnAxis(bench, time, written);
  };
  const [since, day] = [on(from), on(instant)];
  if (since === null || day === null) return [];
  if (instant !== null && day < since) {
    report(bench, 'forcing-from', instant.span, { label: 'this lies before the date from which it is held' });
    return [];
  }
  if (instant !== null && isBetweenSteps(time, day))
    report(bench, 'event-between-steps', instant.span, {
      label: `the model's instants are those of ${time.text}`,
    });
  const steps = (day - time.start) / time.step;
  const number = isBetweenSteps(time, day) ? Math.ceil(steps) : Math.round(steps);
  return cells.flatMap((cell): readonly Force[] => [
    { cell, value: HELD_EVENTS.indexOf(how) + 1, role: 'event' },
    { cell, value: number, role: 'event on' },
    { cell, value: since, role: 'event from' },
  ]);
}

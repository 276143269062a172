/** Instants as a writer would put them: a date where the model has a calendar, else a length of time. */
import { formatDate } from '../base/calendar.ts';
import { formatNumber } from '../base/number-format.ts';
import type { TimeAxis } from './model.ts';

/** `days` on the model's own axis. */
export const showInstant = ({ epoch }: Pick<TimeAxis, 'epoch'>, days: number): string =>
  epoch === null ? `${formatNumber(days)} day` : formatDate(epoch + days);

/**
 * How the instants of a table are written: dates, with the time of day where some instants of the model lie within a day;
 * without a calendar the days themselves.
 */
export function instantWriter({
  epoch,
  start,
  step,
}: Pick<TimeAxis, 'epoch' | 'start' | 'step'>): (days: number) => string | number {
  if (epoch === null) return (days) => days;
  const isWhole = Number.isInteger(start) && Number.isInteger(step) && Number.isInteger(epoch);
  return (days) => {
    if (isWhole && Number.isInteger(days)) return formatDate(epoch + days);
    const seconds = Math.round((epoch + days) * 86_400);
    const day = Math.floor(seconds / 86_400);
    const rest = seconds - day * 86_400;
    const parts = [Math.floor(rest / 3600), Math.floor(rest / 60) % 60, rest % 60];
    return `${formatDate(day)}T${parts.map((part) => String(part).padStart(2, '0')).join(':')}`;
  };
}

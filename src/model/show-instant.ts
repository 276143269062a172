/** Instants as a writer would put them: a date where the model has a calendar, else a length of time. */
import { formatDate } from '../base/calendar.ts';
import { formatNumber } from '../base/number-format.ts';
import type { TimeAxis } from './model.ts';

/** `days` on the model's own axis. */
export const showInstant = ({ epoch }: Pick<TimeAxis, 'epoch'>, days: number): string =>
  epoch === null ? `${formatNumber(days)} day` : formatDate(epoch + days);

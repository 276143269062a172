/** Values with their units, for reading. */
import { formatNumber } from '../base/number-format.ts';

/** A number with its unit; a share in per cent. */
export function showIn(value: number, unit: string): string {
  if (unit === 'share') return `${formatNumber(value * 100)} %`;
  return unit === '' ? formatNumber(value) : `${formatNumber(value)} ${unit}`;
}

/** Chance in what decides, once for each occurrence. */
import { decay, lowerUniform } from './lower-draw.ts';
import type { Scope } from './lower-expression.ts';

/**
 * How much rate gathers before an occurrence: exponential with the mean 1, −ln(1 − u).
 * @param occurrence a register that counts from 0
 */
export function thresholdAt(scope: Scope, variable: number, site: string, occurrence: number): number {
  const { emitter } = scope;
  const below = lowerUniform(scope, variable, site, occurrence);
  const above = emitter.emit('subtract', emitter.constant(1), below);
  return decay({ operation: emitter.emit, constant: emitter.constant }, { below, above });
}

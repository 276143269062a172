/**
 * The standard normal's shares below and above a value: half the shares of z²/2 in the gamma distribution with shape
 * ½ (Abramowitz & Stegun 7.1.1 and 6.5.17), so that both tails keep their digits.
 */
import { gammaTails } from './incomplete-gamma.ts';
import type { Tails } from './tails.ts';

export function normalTails(z: number): Tails {
  const { below, above } = gammaTails(0.5, (z * z) / 2);
  const beyond = above / 2;
  const rest = 0.5 + below / 2;
  return z < 0 ? { below: beyond, above: rest } : { below: rest, above: beyond };
}

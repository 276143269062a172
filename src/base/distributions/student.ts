/**
 * Student's t distribution with location 0 and scale 1, through the beta distribution: ν/(ν + t²) has the shapes ν/2
 * and ½ (Abramowitz & Stegun 26.7.1). Degrees of freedom ν are meant to lie in 1 … 1,000,000.
 */
import { betaQuantile, betaTails } from './incomplete-beta.ts';
import type { Tails } from './tails.ts';

export function studentTails(degrees: number, t: number): Tails {
  const square = t * t;
  const beyond = betaTails(degrees / 2, 0.5, {
    x: degrees / (degrees + square),
    y: square / (degrees + square),
  });
  const outer = beyond.below / 2;
  // The share between 0 and |t| is added, not what is left of 1, so that the inner side keeps its digits too.
  const inner = 0.5 + beyond.above / 2;
  return t < 0 ? { below: outer, above: inner } : { below: inner, above: outer };
}

/** The t with these shares below and above it, both above 0. */
export function studentQuantile(degrees: number, { below, above }: Tails): number {
  if (below === above) return 0;
  const outer = Math.min(below, above);
  // Twice the outer share is the beta's share below; what is left of 1 is the difference of the two.
  const { x, y } = betaQuantile(degrees / 2, 0.5, { below: 2 * outer, above: Math.abs(above - below) });
  const size = Math.sqrt((degrees * y) / x);
  return below < above ? -size : size;
}

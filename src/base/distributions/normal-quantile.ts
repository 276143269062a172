/**
 * The standard normal's quantile. It stands apart from the normal's shares because the incomplete gamma function,
 * from which those are worked out, takes its first guesses from here.
 */
import { log } from '../exact-math.ts';
import type { Tails } from './tails.ts';

/** The standard normal's 95 % quantile: half the width of a 90 % interval. */
export const NORMAL_95 = 1.6448536269514722;

/**
 * The standard normal's quantile at 0 < u < 1: Wichura's AS 241, routine PPND16 (doi:10.2307/2347330), relative
 * error about 1e-16. Antisymmetric about ½, where it is exactly 0. Not below u = 1e-316 or so.
 */
export function normalQuantile(u: number): number {
  const q = u - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    const top =
      ((((((2509.0809287301227 * r + 33430.57558358813) * r + 67265.7709270087) * r + 45921.95393154987) * r +
        13731.69376550946) *
        r +
        1971.5909503065513) *
        r +
        133.14166789178438) *
        r +
      3.3871328727963665;
    const bottom =
      ((((((5226.495278852854 * r + 28729.085735721943) * r + 39307.89580009271) * r + 21213.794301586597) *
        r +
        5394.196021424751) *
        r +
        687.1870074920579) *
        r +
        42.31333070160091) *
        r +
      1;
    return (q * top) / bottom;
  }
  const tail = Math.sqrt(-log(q < 0 ? u : 1 - u));
  let size: number;
  if (tail <= 5) {
    const r = tail - 1.6;
    const top =
      ((((((7.745450142783414e-4 * r + 0.022723844989269184) * r + 0.2417807251774506) * r +
        1.2704582524523684) *
        r +
        3.6478483247632045) *
        r +
        5.769497221460691) *
        r +
        4.630337846156546) *
        r +
      1.4234371107496835;
    const bottom =
      ((((((1.0507500716444169e-9 * r + 5.475938084995345e-4) * r + 0.015198666563616457) * r +
        0.14810397642748008) *
        r +
        0.6897673349851) *
        r +
        1.6763848301838038) *
        r +
        2.053191626637759) *
        r +
      1;
    size = top / bottom;
  } else {
    const r = tail - 5;
    const top =
      ((((((2.0103343992922881e-7 * r + 2.7115555687434876e-5) * r + 0.0012426609473880784) * r +
        0.026532189526576124) *
        r +
        0.29656057182850487) *
        r +
        1.7848265399172913) *
        r +
        5.463784911164114) *
        r +
      6.657904643501103;
    const bottom =
      ((((((2.0442631033899397e-15 * r + 1.421511758316446e-7) * r + 1.8463183175100548e-5) * r +
        7.868691311456133e-4) *
        r +
        0.014875361290850615) *
        r +
        0.1369298809227358) *
        r +
        0.599832206555888) *
        r +
      1;
    size = top / bottom;
  }
  return q < 0 ? -size : size;
}

/** The same with both shares given, so that far upper tails keep their digits. */
export const normalQuantileOf = ({ below, above }: Tails): number =>
  below <= above ? normalQuantile(below) : -normalQuantile(above);

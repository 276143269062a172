/** The rule by which a claim is judged, in words, for whoever asks what a claim stands for. */
import type { ClaimForm } from '../model/model.ts';
import { stretchOf, textOf } from './likelihood-verdict.ts';

export function ruleOf(form: ClaimForm): readonly string[] {
  switch (form.kind) {
    case 'condition':
      return [
        'A condition: true or false in each future. It holds where it is true in 95 of 100 or more, mostly holds from 80 on, mostly fails up to 20, fails up to 5, and is contested between.',
        'The whole sampling interval must lie within one verdict; else it is said between which.',
      ];
    case 'likelihood': {
      const { low, high } = stretchOf(form.stated);
      const [from, to] = [low.at * 100, high.at * 100].map((edge) => Number(edge.toPrecision(12)));
      const stretch =
        low.at === 0 ? `up to ${to}` : high.at === 1 ? `from ${from} on` : `between ${from} and ${to}`;
      return [
        `A likelihood: "${textOf(form.stated)}" claims a share ${stretch} in 100 of the futures. It holds where the whole sampling interval lies there, and fails where it lies beside it.`,
      ];
    }
    case 'on record':
      return ['Held against what sources say for it, for a part of it, and against it; no future is run.'];
    case 'not testable':
    case 'context':
    case 'not yet modelled':
      return ['Not judged, for the reason given.'];
  }
}

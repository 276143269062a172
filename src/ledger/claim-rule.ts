/** The rule by which a claim is judged, in words, for whoever asks what a claim stands for. */
import { formatNumber } from '../base/number-format.ts';
import type { ClaimForm } from '../model/model.ts';
import type { EffectForm } from '../model/model-of-comparisons.ts';
import type { ImportanceForm } from '../model/model-of-importance.ts';
import { stretchOf, textOf } from './likelihood-verdict.ts';

const MOVED = {
  inputs: 'what is named is moved from the 5 % to the 95 % quantile of its figure under each viewpoint',
  states: 'what is named is held in each of its states',
} as const;

const percent = (share: number): string => `${formatNumber(share * 100)} %`;
const points = (share: number): string => `${formatNumber(share * 100)} points`;

function effectRule({ verb, amount, first, second }: EffectForm): readonly string[] {
  const part = percent(amount.value);
  const reaches =
    verb === 'carries'
      ? `what is missing under \`${first.text}\` makes up ${part} or more of the mean under \`${second.text}\``
      : amount.kind === 'relative'
        ? `it comes to ${part} or more of the mean under \`${second.text}\``
        : 'it is as large as claimed, or larger';
  return [
    `An effect: every future is run twice, with \`${first.text}\` and with \`${second.text}\`, and the same draws; what counts is the mean of the difference. It holds where ${reaches} by the whole of its 95 % interval, and fails where all of that falls short.`,
    'Where the interval spans that size the futures are doubled, twice at most. Beside it stands what half as much and twice as much would come to.',
  ];
}

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
    case 'effect':
      return effectRule(form);
    case 'irrelevance':
      return [
        `A claim that something does not matter: ${MOVED[form.moved.kind]}, with the same draws. For every measure the whole 95 % interval of the largest mean difference must lie within the margin: ${percent(form.margin)} of the measure's mean, or ${points(form.margin)} of a share and of how often something is so.`,
        'It holds by construction where no equation leads there; it fails where one difference lies wholly beyond the margin. Else the futures are doubled, twice at most, and it may stay between the two.',
      ];
    case 'uniqueness':
      return [
        `A claim on the only one: true in each future in which ${form.element} has it and no other of ${form.group} does. It is judged like a condition: it holds where it is true in 95 of 100 or more, mostly holds from 80 on, mostly fails up to 20, fails up to 5, and is contested between.`,
        'Beside it stands how often its one has it, how often another does, and how often all of them do, so that it sets nobody apart.',
      ];
    case 'importance':
      return importanceRule(form);
    case 'preference':
      return [
        `A preference: true in each future in which \`${form.option}\` is worth more to ${form.actor} than \`${form.over}\` at ${form.at}, leader and state weighed as the decision says, without costs and inertia. It is judged like a condition: it holds where it is true in 95 of 100 or more, mostly holds from 80 on, mostly fails up to 20, fails up to 5, and is contested between.`,
        'Beside it stands by how much more the one is worth than the other: an exchange as large turns the preference.',
      ];
    case 'on record':
      return ['Held against what sources say for it, for a part of it, and against it; no future is run.'];
    case 'not testable':
    case 'context':
    case 'not yet modelled':
      return ['Not judged, for the reason given.'];
  }
}

function importanceRule({ among, named, ranked }: ImportanceForm): readonly string[] {
  const names = ranked.map(({ name }) => name).join(', ');
  const interval =
    'told apart from the next by their 95 % intervals; where these leave it open the futures are doubled, twice at most.';
  if (among === 'levers')
    return [
      `A claim on what matters most among levers (${names}): each is moved from the least to the most that it can be set to. It holds where the ${named.length} named move the mean of every measure most, ${interval}`,
    ];
  return [
    `A claim on what matters most among the factors ${names}. They are ranked twice: by the share of the measure's variance that remains while all other factors are held (their total effect), and by how far the mean moves between two states in which a factor is held: inputs at their 5 % and 95 % quantiles, together and one by one.`,
    `It holds where the ${named.length} named stand at the top of both rankings for every measure, ${interval} Where they do in one ranking alone it is said so: on one ranking only.`,
  ];
}

/** What is told of a decision beside its text: who decides, how often, and between what. */
import { formatCount } from '../base/number-format.ts';
import type { Explanation } from './explanation.ts';
import type { DecisionVariable, Model } from './model.ts';
import type { Decider, MeetingPlan } from './model-of-decisions.ts';
import { showInstant } from './show-instant.ts';

export function decidedBy(model: Model, decision: DecisionVariable): Explanation['relations'] {
  const { options, meetings, meetingsText, worth } = decision;
  const consent = decision.with === null ? [] : [nameOf(model, decision, decision.with)];
  return [
    { word: 'decided by', names: [nameOf(model, decision, decision.by)] },
    ...(consent.length === 0 ? [] : [{ word: 'needs consent of', names: consent }]),
    { word: 'decided', names: [meetingsText] },
    ...meetingsOf(model, meetings),
    { word: 'options', names: options.map(({ name }) => name) },
    { word: 'at first', names: [options[0]?.name ?? ''] },
    { word: 'weighed in', names: [worth.text === '' ? 'plain numbers' : worth.text] },
  ];
}

const nameOf = (model: Model, { groups }: DecisionVariable, who: Decider): string =>
  who.kind === 'actor' ? who.name : `each of ${model.groups[groups[who.loop] ?? -1]?.name ?? ''}`;

function meetingsOf({ time }: Model, meetings: MeetingPlan): Explanation['relations'] {
  if (meetings.kind === 'when') return [];
  const instants =
    meetings.kind === 'on'
      ? meetings.instants
      : [
          meetings.first,
          meetings.first + meetings.steps * Math.floor((time.steps - meetings.first) / meetings.steps),
        ];
  const count =
    meetings.kind === 'on' ? instants.length : Math.floor((time.steps - meetings.first) / meetings.steps) + 1;
  const shown = (instant: number | undefined): string =>
    showInstant(time, time.start + time.step * (instant ?? 0));
  const ends = count === 1 ? shown(instants[0]) : `${shown(instants[0])} to ${shown(instants.at(-1))}`;
  return [{ word: 'meetings', names: [`${formatCount(count)}, ${ends}`] }];
}

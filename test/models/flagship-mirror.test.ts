/**
 * The mirror: with everything that the sides have exchanged, defeats and successes exchange to their sampling error. What only
 * one side has is away: North Korea, Iran, China, South Korea, stops of deliveries, nuclear use.
 */
import { expect, test } from 'vitest';
import { edited, flagshipText, worldOf } from '../support/flagship-world.ts';

const ALONE = [
  'delivered = 0',
  'korean_pace = 0',
  'output = 0',
  'korea_indirect = 0',
  'seoul = indirect',
  'china = trade',
  'pact never',
  'aid_pause never',
  'aid_pause_again never',
  'nuclear_use never',
];

/** Names of which the second takes the place of the first, and the other way round. */
const PAIRS = [
  ['home_store', 'ukrainian_store'],
  ['home_rate', 'western_rate'],
  ['fire_rate', 'need'],
  ['russian_force', 'ukrainian_force'],
  ['russian_recruits', 'ukrainian_recruits'],
  ['russian_losses', 'ukrainian_losses'],
  ['endurance_russia', 'endurance_ukraine'],
] as const;

/** The line is calibrated in the world as it is, so what only one side has must be away there too. */
const without = (text: string): string =>
  edited(text, [
    ['flow korean_sent: round/day = korean_arriving', 'flow korean_sent: round/day = 0 * korean_arriving'],
    [
      'flow iranian_received: round/day = output[Iran]',
      'flow iranian_received: round/day = 0 * output[Iran]',
    ],
    ['let paused: 1 = if', 'let paused: 1 = 0 * if'],
    [
      'flow southern_received: round/day = korea_indirect',
      'flow southern_received: round/day = 0 * korea_indirect',
    ],
  ]);

/** What equations read is exchanged, behind the `=`; the figures themselves stay where they are declared. */
function mirrored(text: string): string {
  const of = new Map<string, string>(PAIRS.flatMap(([a, b]) => [[a, b] as const, [b, a] as const]));
  const names = new RegExp(`\\b(${[...of.keys()].join('|')})\\b`, 'g');
  let isEquation = false;
  const exchanged = text.split('\n').map((line) => {
    const isHead = /^\S/.test(line);
    if (isHead) isEquation = /^(stock|flow|let) /.test(line);
    if (!isEquation) return line;
    const at = isHead ? line.indexOf('=') + 1 : 0;
    if (isHead && at === 0) return line;
    return line.slice(0, at) + line.slice(at).replace(names, (name) => of.get(name) ?? name);
  });
  return edited(exchanged.join('\n'), [
    ['stock held: km2 = area_held', 'stock held: km2 = area_before + area_claimed - area_held'],
    ['so that gain at 2024-06-02 = observed_gain', 'so that gain at 2024-06-02 = -observed_gain'],
    // What is given from abroad relieves: with the supplies, that is exchanged too.
    ['(korean_received + iranian_received + chinese_received) / need', 'home_made / need'],
    ['(western_received + southern_received) / fire_rate', 'southern_received / fire_rate'],
  ]);
}

test.each(['as_written', 'Ukraine', 'West', 'Moscow_Pyongyang'])(
  'what befalls one side befalls the other (%s)',
  async (viewpoint) => {
    const runs = 1000;
    const one = await worldOf({ viewpoint, runs, held: ALONE, text: without(flagshipText) });
    const other = await worldOf({ viewpoint, runs, held: ALONE, text: mirrored(without(flagshipText)) });
    for (const [mine, theirs] of [
      ['lost_10', 'won_10'],
      ['won_10', 'lost_10'],
      ['open_10', 'open_10'],
    ] as const) {
      const [p, q] = [one.mean(mine), other.mean(theirs)];
      // Four standard errors of the difference of two shares.
      const error = 4 * Math.sqrt((p * (1 - p) + q * (1 - q) + 1e-4) / Math.min(one.counted, other.counted));
      expect([mine, Math.abs(p - q) < error, p, q]).toEqual([mine, true, p, q]);
    }
  },
);

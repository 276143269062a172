/**
 * Ties, worked out by hand: what moves them and when, the ends that hold them, both ways of a symmetric tie, an actor with
 * itself, and what is decided from the level before.
 */
import { describe, expect, test } from 'vitest';
import { codesButUse, compileText, runText } from '../support/compile-text.ts';

const FRAME = `actor A
actor B
actor C
group Country = A, B, C
`;

/** What an expression comes to at each day from 0. */
function pathOf(text: string, reading: string, days: number, method = ''): readonly number[] {
  const measures = Array.from(
    { length: days + 1 },
    (_, day) => `measure m${day}: 1 = at ${day} day 1 * (${reading})`,
  );
  const whole = `model "Days"\ntime 0 day .. ${days} day by 1 day${method}\n${FRAME}${text}\n${measures.join('\n')}\n`;
  const { future, measures: values } = runText(whole);
  expect(future.failure).toBeNull();
  return Object.values(values).map((value) => Math.round(value * 1e12) / 1e12);
}

const codesOf = (text: string): readonly string[] =>
  codesButUse(compileText(`model "x"\ntime 0 day .. 4 day by 1 day\n${FRAME}${text}\n`));

describe('levels', () => {
  const moved = `event e
  on 1 day, 3 day
  adds 0.25 to trust[A, B]
`;

  test('an effect moves one way of a tie, once each time, and the level stays', () => {
    const text = `tie trust[Country, Country]: 1 = 0.5\n${moved}  for 2 day`;
    expect(pathOf(text, 'trust[A, B]', 5)).toEqual([0.5, 0.75, 0.75, 1, 1, 1]);
    expect(pathOf(text, 'trust[B, A]', 5)).toEqual([0.5, 0.5, 0.5, 0.5, 0.5, 0.5]);
  });

  test('of a symmetric tie both ways move, whichever is named', () => {
    const other = moved.replace('[A, B]', '[B, A]');
    for (const text of [moved, other]) {
      for (const way of ['trust[A, B]', 'trust[B, A]'])
        expect(pathOf(`tie trust[Country, Country] symmetric: 1 = 0.5\n${text}`, way, 4)).toEqual([
          0.5, 0.75, 0.75, 1, 1,
        ]);
      expect(
        pathOf(`tie trust[Country, Country] symmetric: 1 = 0.5\n${text}`, 'trust[A, C] + trust[C, B]', 4),
      ).toEqual([1, 1, 1, 1, 1]);
    }
  });

  test('within holds it after each effect, not only after the last one', () => {
    const text = `tie trust[Country, Country]: 1 within -1 .. 1 = 0.5
event up
  on 1 day
  adds 4 to trust[A, B]
event down
  on 1 day, 2 day, 3 day
  takes 0.75 from trust[A, B]`;
    expect(pathOf(text, 'trust[A, B]', 4)).toEqual([0.5, 0.25, -0.5, -1, -1]);
    const turned = text.replace(/(event up.*)(event down.*)/s, '$2\n$1');
    expect(pathOf(turned, 'trust[A, B]', 4)).toEqual([0.5, 1, 0.25, -0.5, -0.5]);
  });

  test('a start beyond an end is that end', () => {
    const text = `input begin: 1
  assumed 3 "far out"
tie trust[Country, Country]: 1 within -1 .. 1 = begin`;
    expect(pathOf(text, 'trust[A, B]', 1)).toEqual([1, 1]);
  });

  test('effects of one instant see what stood before it, and act in the order of the text', () => {
    const text = `tie trust[Country, Country]: 1 = 8
event half
  on 1 day
  takes trust[A, B] / 2 from trust[A, B]
event quarter
  on 1 day
  takes trust[A, B] / 4 from trust[A, B]
event again
  on 2 day
  sets trust[A, B] to 10 * trust[A, B]
event more
  on 2 day
  adds 1 to trust[A, B]`;
    expect(pathOf(text, 'trust[A, B]', 3)).toEqual([8, 2, 21, 21]);
  });

  test('what sets a level sets it once, also where the event lasts', () => {
    const text = `tie trust[Country, Country]: 1 = 0
event e
  on 1 day
  for 3 day
  sets trust[A, B] to 5
event f
  on 2 day
  adds 1 to trust[A, B]`;
    expect(pathOf(text, 'trust[A, B]', 4)).toEqual([0, 5, 6, 6, 6]);
  });

  test('an event over groups moves each pair, and nobody with itself', () => {
    const text = `tie trust[Country, Country]: 1 = 1
event e[a in Country, b in Country]
  on 1 day
  adds 1 to trust[a, b]`;
    expect(pathOf(text, 'sum(trust[a, b] for a in Country, b in Country)', 2)).toEqual([6, 12, 12]);
    // As a symmetric tie every pair is met both ways.
    const both = text.replace(']: 1', '] symmetric: 1');
    expect(pathOf(both, 'trust[A, B]', 2)).toEqual([1, 3, 3]);
  });
});

describe('readings', () => {
  test('an actor with itself is 0 in sums and left out of the least and the greatest', () => {
    const text = `input first[Country, Country]: 1
  assumed matrix A, B, C "by hand"
    [A]  9, 1, 2
    [B]  3, 9, 4
    [C]  5, 6, 9
tie trust[a in Country, b in Country]: 1 = first[a, b]
tie below[a in Country, b in Country]: 1 = -first[a, b]`;
    const of = (reading: string): number | undefined => pathOf(text, reading, 1)[0];
    expect(of('sum(trust[a, b] for a in Country, b in Country)')).toBe(21);
    expect(of('sum(trust[A, b] for b in Country)')).toBe(3);
    expect(of('min(trust[a, b] for a in Country, b in Country)')).toBe(1);
    expect(of('max(trust[C, b] for b in Country)')).toBe(6);
    expect(of('max(below[a, b] for a in Country, b in Country)')).toBe(-1);
  });

  test('of a symmetric tie the start is read with the actor first who stands first in the group', () => {
    const text = `input first[Country, Country]: 1
  assumed matrix A, B, C "by hand"
    [A]  0, uniform(1, 3), 0
    [B]  uniform(7, 9), 0, 0
    [C]  0, 0, 0
tie trust[a in Country, b in Country] symmetric: 1 = first[a, b]`;
    expect(pathOf(text, 'trust[B, A]', 1)).toEqual([2, 2]);
  });

  test('ties over two groups with members in common have no tie of one with itself', () => {
    const text = `group Ally = C, A
tie trust[Country, Ally]: 1 = 1`;
    expect(pathOf(text, 'sum(trust[a, b] for a in Country, b in Ally)', 1)).toEqual([4, 4]);
    expect(codesOf(`${text}\nmeasure m: 1 = final trust[A, A]`)).toContain('tie-with-itself');
    expect(codesOf(`${text}\nlet l[a in Country]: 1 = trust[a, A]`)).not.toContain('tie-with-itself');
  });

  test('a condition sees the level before, an equation the level now', () => {
    const text = `tie trust[Country, Country]: 1 = 0
event e
  on 1 day
  adds 1 to trust[A, B]
event seen
  when trust[A, B] > 0.5
let now = trust[A, B] > 0.5`;
    expect(pathOf(text, 'if seen is active then 1 else 0', 3)).toEqual([0, 0, 1, 0]);
    expect(pathOf(text, 'if now then 1 else 0', 3)).toEqual([0, 1, 1, 1]);
  });

  test('a utility and a condition of an option see the level before, whichever is declared first', () => {
    const moved = `event e
  on 1 day
  adds 1 to trust[A, B]`;
    const chosen = `decision d by A every 1 day
  option stay 0.5
  option go trust[A, B]
  scale 0
decision f by A every 1 day
  option stay 0
  option go 1
    closed unless trust[A, B] > 0.5
  scale 0`;
    const tie = 'tie trust[Country, Country]: 1 = 0';
    for (const text of [`${tie}\n${moved}\n${chosen}`, `${chosen}\n${moved}\n${tie}`]) {
      expect(pathOf(text, 'trust[A, B]', 3)).toEqual([0, 1, 1, 1]);
      expect(pathOf(text, 'if d is go then 1 else 0', 3)).toEqual([0, 0, 1, 1]);
      expect(pathOf(text, 'if f is go then 1 else 0', 3)).toEqual([0, 0, 1, 1]);
    }
  });

  test('what is foreseen through an equation sees the level before, too', () => {
    const text = `tie trust[Country, Country]: 1 = 0
event e
  on 1 day
  adds 1 to trust[A, B]
let twice = 2 * trust[A, B]
event seen
  when twice > 1.5
  adds twice to trust[B, C]`;
    expect(pathOf(text, 'trust[B, C]', 3)).toEqual([0, 0, 2, 2]);
  });

  test('a stock may start from where a tie starts, and flows read the level', () => {
    const text = `tie trust[Country, Country]: 1 = 3
stock s: 1 = trust[A, B]
  - used
flow used: 1/day = trust[A, B] / 3 day
event e
  on 1 day
  takes 3 from trust[A, B]`;
    expect(pathOf(text, 's', 3)).toEqual([3, 2, 2, 2]);
  });
});

describe('rk4', () => {
  test('the level of the beginning of the step holds in all stages', () => {
    const text = `tie trust[Country, Country]: 1 = 0
stock s: 1 = 1
  + grown
flow grown: 1/day = trust[A, B] / 1 day
event e
  on 1 day
  adds s to trust[A, B]
  adds s to trust[B, A]`;
    for (const method of ['', ' using rk4']) {
      expect(pathOf(text, 's', 3, method)).toEqual([1, 1, 2, 3]);
      expect(pathOf(text, 'trust[B, A]', 3, method)).toEqual([0, 1, 1, 1]);
    }
  });
});

describe('options', () => {
  test('an option moves a tie once, when it is newly taken, and what it sets stays', () => {
    const text = `input worth: 1
  assumed from 0 day 1 "by hand"
  assumed from 2 day -1 "by hand"
  assumed from 3 day 1 "by hand"
tie trust[Country, Country] symmetric: 1 within -2 .. 2 = 0
tie fear[Country, Country]: 1 = 3
decision join[m in Country] by m every 1 day
  option away 0
    sets fear[m, A] to trust[m, A]
  option inside worth
    adds 0.75 to trust[m, A]
  scale 0`;
    // B and C join on day 0, leave on day 2 and join again on day 3; A has no tie with itself.
    expect(pathOf(text, 'trust[A, B]', 4)).toEqual([0.75, 0.75, 0.75, 1.5, 1.5]);
    expect(pathOf(text, 'fear[C, A]', 4)).toEqual([3, 3, 0.75, 0.75, 0.75]);
    expect(pathOf(text, 'fear[A, C]', 4)).toEqual([3, 3, 3, 3, 3]);
  });
});

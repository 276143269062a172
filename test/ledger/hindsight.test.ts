/** What was stated after the cut-off stays out of every column but hindsight's; and what a scenario holds is held. */
import { describe, expect, test } from 'vitest';
import { soundText } from '../support/compile-text.ts';
import { claimOf, ledgerOf, measureOf } from '../support/ledger-of.ts';

const LATE = ['  late 100 to 200', '  late 50 to 60'];
const text = (withLate: boolean): string => `model "Hindsight"
time 0 day .. 1 day by 1 day
as of 2024-06-20
side East "East"
side West "West"
source early "Early" date 2024-06-20 side East url "https://example.org/early"
source late  "Late"  date 2024-06-21 side East url "https://example.org/late"
source west  "West"  date 2024-01-01 side West url "https://example.org/west"
input size: 1
  early 1 to 2
${withLate ? `${LATE[0]}\n` : ''}  west 3 to 4
  assumed 1 to 4 "test"
input pace: 1
${withLate ? `${LATE[1]}\n` : ''}  assumed 1 to 2 "test"
viewpoint E "East"
  use side East
viewpoint W "West"
  use side West
viewpoint later "In hindsight"
  hindsight
  use side East
let product: 1 = size * pace
measure m: 1 = final product
claim small "It is small"
  m < 50
claim known "It is large, as we know now"
  in hindsight
  m > 50
claim said "It was said"
  on record
  for     early "said"
  against late  "denied"
scenario held "Held"
  size = 7
`;

test('a late statement changes no other column', async () => {
  const [without, beside] = [await ledgerOf(text(false)), await ledgerOf(text(true), { hindsight: true })];
  for (const viewpoint of ['E', 'W']) {
    expect(measureOf(beside, 'm', viewpoint)).toEqual(measureOf(without, 'm', viewpoint));
    expect(claimOf(beside, 'small').viewpoints[viewpoint]).toEqual(
      claimOf(without, 'small').viewpoints[viewpoint],
    );
  }
  expect(claimOf(beside, 'small').pattern).toBe(claimOf(without, 'small').pattern);
});

test('no viewpoint but a hindsight one takes a late estimate', () => {
  const { model } = soundText(text(true));
  for (const { name, hindsight, choices } of model.viewpoints) {
    const late = choices.filter(({ cell, estimate }) => {
      const variable = model.variables[model.cells[cell]?.variable ?? -1];
      const source = variable?.kind === 'input' ? variable.estimates[estimate]?.source : null;
      return model.sources[source ?? -1]?.late === true;
    });
    expect([name, late.length]).toEqual([name, hindsight ? 2 : 0]);
  }
});

describe('without hindsight', () => {
  test('its column is not there, and its claims say how to ask for it', async () => {
    const ledger = await ledgerOf(text(true));
    expect(ledger.viewpoints.map(({ name }) => name)).toEqual(['E', 'W']);
    expect(ledger.measures.map(({ viewpoint }) => viewpoint)).toEqual(['E', 'W']);
    expect(claimOf(ledger, 'known')).toMatchObject({
      verdict: 'in hindsight only',
      pattern: 'in hindsight only: add --hindsight',
      viewpoints: {},
      basis: null,
      ownArithmetic: null,
    });
    expect(claimOf(ledger, 'said')).toMatchObject({
      verdict: 'as recorded',
      pattern: 'as recorded by 2024-06-20; later statements: --hindsight',
    });
    expect(claimOf(ledger, 'said').record).toHaveLength(1);
  });
});

describe('with hindsight', () => {
  test('its column stands beside the pattern, and the claims that ask for it are judged', async () => {
    const ledger = await ledgerOf(text(true), { hindsight: true });
    expect(ledger.viewpoints.map(({ name }) => name)).toEqual(['E', 'W', 'later']);
    const small = claimOf(ledger, 'small');
    expect(small.viewpoints.later?.verdict).toBe('fails');
    expect(small.pattern).toBe('holds under both');
    expect(claimOf(ledger, 'known')).toMatchObject({
      verdict: 'holds',
      pattern: 'holds under later',
      viewpoints: { later: { verdict: 'holds' } },
    });
    expect(claimOf(ledger, 'said')).toMatchObject({ verdict: 'disputed', pattern: 'disputed' });
    expect(claimOf(ledger, 'said').record).toHaveLength(2);
  });

  test('and named viewpoints, both are shown', async () => {
    const ledger = await ledgerOf(text(true), { hindsight: true, viewpoints: ['W'] });
    expect(ledger.viewpoints.map(({ name }) => name)).toEqual(['W', 'later']);
  });
});

test('later statements of record are shown with hindsight, also where no viewpoint has any', async () => {
  const none = text(true)
    .replace(/viewpoint later[\s\S]*?use side East\n/, '')
    .replace(/claim known[\s\S]*?m > 50\n/, '');
  expect(claimOf(await ledgerOf(none), 'said').verdict).toBe('as recorded');
  expect(claimOf(await ledgerOf(none, { hindsight: true }), 'said').verdict).toBe('disputed');
});

test('a hindsight viewpoint asked for by name is judged', async () => {
  const ledger = await ledgerOf(text(true), { viewpoints: ['later'] });
  expect(ledger.viewpoints.map(({ name }) => name)).toEqual(['later']);
  expect(claimOf(ledger, 'known').pattern).toBe('holds under later');
  expect(claimOf(ledger, 'small').pattern).toBe('fails under later');
  expect(claimOf(ledger, 'said').verdict).toBe('disputed');
});

describe('a scenario', () => {
  const asked = { scenario: 'held', runs: 100 } as const;

  test('holds what it names in every future and leaves every other draw as it is', async () => {
    const withPace = text(false).replace(
      'measure m',
      'measure p: 1 = final pace\nmeasure s: 1 = final size\nmeasure m',
    );
    const [held, free] = [await ledgerOf(withPace, asked), await ledgerOf(withPace)];
    expect(held.scenario).toBe('held');
    expect(measureOf(held, 's', 'E')).toMatchObject({ mean: 7, p5: 7, p50: 7, p95: 7 });
    expect(measureOf(held, 'p', 'E')).toEqual(measureOf(free, 'p', 'E'));
    expect(measureOf(held, 'm', 'E').p50).toBeCloseTo(7 * Number(measureOf(free, 'p', 'E').p50), 9);
  });

  test("counts what it holds as nobody's figure", async () => {
    const ledger = await ledgerOf(text(false), asked);
    expect(ledger.viewpoints[0]?.own).toMatchObject({ inputs: 0, of: 1 });
    const small = claimOf(ledger, 'small');
    expect(small.viewpoints.E?.own).toMatchObject({ inputs: 0, of: 1 });
    expect(small.basis).toBe('assumed');
    // All viewpoints assume the same pace, and nothing else is left to differ in.
    expect(small.pattern).toBe('one reading only: holds, as assumed');
  });

  test('silences nobody: who has figures on a claim is judged, whatever is held', async () => {
    // The pace is each viewpoint's own but for one, whose only figure is the size that the scenario holds.
    const paced = text(false)
      .replace('input pace: 1\n', 'input pace: 1\n  west 5 to 6\n')
      .replace('  assumed 1 to 2', '  assumed 2 to 3');
    const small = claimOf(await ledgerOf(paced, asked), 'small');
    expect(small.viewpoints.E).toMatchObject({ verdict: 'holds', own: { inputs: 0, of: 1 } });
    expect(small.viewpoints.W).toMatchObject({ own: { inputs: 1, of: 1 } });
  });

  test('that holds everything leaves arithmetic', async () => {
    const whole = `${text(false)}  pace = 2\n`;
    expect(claimOf(await ledgerOf(whole, asked), 'small')).toMatchObject({
      basis: 'arithmetic',
      pattern: 'holds: no input changes it',
    });
  });
});

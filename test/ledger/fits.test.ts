/**
 * What is left where futures are dropped: every share, measure, band and record is of those that fit what is known, with
 * intervals to match, in every world, and the ledger says how many were dropped and for what.
 */
import { describe, expect, it, test } from 'vitest';
import { weighted } from '../../src/analysis/replicate-interval.ts';
import { formatLedger } from '../../src/cli/format-ledger.ts';
import { formatPool } from '../../src/cli/format-pool.ts';
import { DESIGN_KINDS } from '../../src/engine/design.ts';
import { fittingRun } from '../../src/engine/fit.ts';
import { replayFuture } from '../../src/engine/replay.ts';
import { describeFuture } from '../../src/ledger/describe-future.ts';
import { explorePool } from '../../src/ledger/explore-pool.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { planRuns } from '../../src/ledger/plan.ts';
import { futureText } from '../../src/views/future-text.ts';
import { ledgerText } from '../../src/views/ledger-text.ts';
import { inputsOf } from '../support/both-engines.ts';
import { compileText, soundText } from '../support/compile-text.ts';
import { grown } from '../support/fitted-model.ts';
import {
  type Asked,
  claimOf,
  ledgerOf,
  measureOf,
  oracleRun,
  plainRun,
  questionOf,
} from '../support/ledger-of.ts';

const CLAIMS = `require kept > 20_000 t "on record"
claim much "Much is left"
  kept > 40_000 t
claim early "The heap crosses early"
  crossed < 20 day
claim thrifty "Little is lost"
  lost < 5%
scenario slow "Slow growth"
  rate = 0.05
`;

/** The futures of a viewpoint that fit, worked out from the closed form of growth. */
async function survivors(ledgerText_: string, asked: Asked, viewpoint: number) {
  const { model, program } = soundText(ledgerText_);
  const plan = planRuns(model, program, questionOf(model, asked))[viewpoint]!;
  const columns = inputsOf(plan.order);
  const columnOf = (name: string): Float64Array =>
    columns[program.inputs.findIndex((input) => input.name === name)]!;
  const drawn = ['first', 'seen', 'lost'].map(columnOf);
  return Array.from({ length: plan.order.design.futures }, (_, future) => {
    const [first, seen, lost] = drawn.map((column) => column[future]!) as [number, number, number];
    const rate = (seen / first) ** 0.1 - 1;
    const kept = first * (1 + rate) ** 60 * (1 - lost);
    const isFound = rate > 0 && rate < 0.2;
    return { isFound, fits: isFound && kept > 20_000, kept, lost, rate };
  });
}

describe.each(DESIGN_KINDS)('%s', (design) => {
  it('counts the futures that fit, and no others', async () => {
    const asked = { design, runs: 400 };
    const ledger = await ledgerOf(grown(CLAIMS), asked);
    for (const [number, name] of ['Army', 'Mayor'].entries()) {
      const viewpoint = ledger.viewpoints.find((one) => one.name === name)!;
      const all = await survivors(grown(CLAIMS), { ...asked, runs: viewpoint.futures }, number);
      const left = all.filter(({ fits }) => fits);
      expect(viewpoint.dropped.map(({ futures }) => futures)).toEqual([
        all.filter(({ isFound }) => !isFound).length,
        all.filter(({ isFound, fits }) => isFound && !fits).length,
      ]);
      expect(viewpoint.failed).toBe(0);
      const much = claimOf(ledger, 'much').viewpoints[name]!;
      expect(much.sampling!.futures).toBe(left.length);
      expect(much.dropped).toBe(all.length - left.length);
      expect(much.share).toBeCloseTo(left.filter(({ kept }) => kept > 40_000).length / left.length, 12);
      expect(much.sampling!.low).toBeLessThanOrEqual(much.share!);
      expect(much.sampling!.high).toBeGreaterThanOrEqual(much.share!);
      const kept = measureOf(ledger, 'kept', name);
      expect(kept.futures).toBe(left.length);
      const mean = left.reduce((sum, one) => sum + one.kept, 0) / left.length;
      expect(kept.mean! / mean).toBeCloseTo(1, 9);
      // Unequal replicates are weighted, so that the interval lies about the mean of all.
      const { low, high } = kept.interval.mean as { low: number; high: number };
      expect((low + high) / 2 / mean).toBeCloseTo(1, 9);
      const [calibrated] = viewpoint.calibrated;
      const rates = left.map(({ rate }) => rate).sort((a, b) => a - b);
      expect(calibrated!.p50).toBeGreaterThan(rates[Math.floor(rates.length / 2) - 2]!);
      expect(calibrated!.p50).toBeLessThan(rates[Math.floor(rates.length / 2) + 2]!);
    }
  });

  it('is the same by the oracle', async () => {
    const asked = { design, runs: 100 };
    expect(await ledgerOf(grown(CLAIMS), asked, oracleRun)).toEqual(
      await ledgerOf(grown(CLAIMS), asked, plainRun),
    );
  });
});

describe('worlds', () => {
  it('drops the same futures in a scenario', async () => {
    const text = grown('require kept > 20_000 t\nscenario slow "Slow growth"\n  rate = 0.05\n');
    const plain = await ledgerOf(text, { runs: 400 });
    const slow = await ledgerOf(text, { runs: 400, scenario: 'slow' });
    const dropped = ({ viewpoints }: Ledger) => viewpoints.map((one) => one.dropped);
    expect(dropped(plain)[0]![1]!.futures).toBeGreaterThan(20);
    expect(dropped(slow)).toEqual(dropped(plain));
    expect(measureOf(slow, 'kept', 'Army').p95).toBeLessThan(20_000);
    // What a scenario holds is not solved for there.
    expect(slow.viewpoints[0]!.calibrated).toEqual([]);
    expect(plain.viewpoints[0]!.calibrated).toHaveLength(1);
  });

  it('names the definitions of calibrations in the order of their lines, not of their inputs', async () => {
    const heap = (number: number): string => `input rate${number}: 1/day "how fast it grows"
  assumed uniform(0, 0.2) "nobody knows"
stock heap${number}: t = first
  + grown${number}
flow grown${number}: t/day = rate${number} * heap${number}
`;
    const ledger = await ledgerOf(
      `model "Two that meet a record"
time 0 day .. 20 day by 1 day
unit t
input first: t "what there was"
  assumed uniform(90, 110) "for the test"
input counted: t "counted"
  assumed uniform(200, 300) "for the test"
let twice: t = 2.5 * first
definition early: t "one" = counted | twice
definition late: t "another" = twice | counted
${heap(1)}${heap(2)}measure both: t = final (heap1 + heap2)
calibrate rate2 so that heap2 at 10 day = late "on record"
calibrate rate1 so that heap1 at 10 day = early "on record"
`,
      { runs: 20 },
    );
    expect(ledger.measures.map(({ definitions }) => Object.entries(definitions).flat())).toEqual([
      ['late', 'twice', 'early', 'counted'],
      ['late', 'twice', 'early', 'twice'],
      ['late', 'counted', 'early', 'counted'],
      ['late', 'counted', 'early', 'twice'],
    ]);
  });

  it('fits each meaning of a definition apart, for all that hangs on it', async () => {
    const text = grown(`definition loss = lost | twice
let twice = 2 * lost
measure net: t = final (heap * (1 - loss))
require net > 20_000 t
`);
    const ledger = await ledgerOf(text, { runs: 400, viewpoints: ['Army'] });
    const [once, twice] = ledger.measures.filter(({ name }) => name === 'kept');
    expect([once!.definitions, twice!.definitions]).toEqual([{ loss: 'lost' }, { loss: 'twice' }]);
    expect(twice!.futures).toBeLessThan(once!.futures);
  });
});

describe('what a claim hangs on', () => {
  const claim = (text: string, name: string) =>
    soundText(text).model.claims.find((one) => one.name === name)!;
  const namesOf = (text: string, cells: readonly number[]) =>
    cells.map((cell) => soundText(text).model.cells[cell]!.name);

  it('is what a calibrated input is solved by, and all that is dropped with it', () => {
    const text = grown(CLAIMS);
    expect(namesOf(text, claim(text, 'much').inputCells)).toEqual(['first', 'seen', 'lost']);
    expect(namesOf(text, claim(text, 'much').calibratedCells)).toEqual(['rate']);
    // It reads `lost` alone, but futures are dropped by what is kept.
    expect(namesOf(text, claim(text, 'thrifty').inputCells)).toEqual(['first', 'seen', 'lost']);
  });

  it('is itself alone where nothing is dropped by it', () => {
    const text = grown('claim thrifty "Little is lost"\n  lost < 5%\n');
    expect(namesOf(text, claim(text, 'thrifty').inputCells)).toEqual(['lost']);
    expect(claim(text, 'thrifty').calibratedCells).toEqual([]);
  });

  it('goes by way of a correlation with what is required too', () => {
    const thrifty = 'correlate lost, first 0.5\nclaim thrifty "Little is lost"\n  lost < 5%\n';
    const required = grown(`${thrifty}require first > 95 t\n`);
    expect(namesOf(required, claim(required, 'thrifty').inputCells)).toEqual(['first', 'lost']);
    // What a calibration reads has figures of its own, whoever else is solved by them.
    const calibrated = grown(thrifty);
    expect(namesOf(calibrated, claim(calibrated, 'thrifty').inputCells)).toEqual(['lost']);
  });

  it('leaves a calibrated input out of the basis and of own arithmetic', async () => {
    const text = grown(`source writer "The writer" author\n${CLAIMS}`);
    const ledger = await ledgerOf(text, { runs: 200 });
    const much = claimOf(ledger, 'much');
    expect(much.calibrated).toEqual(['rate']);
    expect(much.basis).toBe('sourced');
    expect(much.ownArithmetic!.verdict).toBe('none where an input is calibrated');
    // Three inputs, of which the two that are somebody's are its own.
    expect(much.viewpoints['Army']!.own).toEqual({ inputs: 2, partly: 0, read: 0, of: 3 });
  });
});

test('worlds are compared in the futures that fit, with what was found in the world as it is', async () => {
  const text = grown(`require kept > 20_000 t
claim careful "Losing nothing leaves more"
  lost = 0 against as it is raises kept by at least 1 t "for the test"
claim slower "Growth matters"
  slow against as it is lowers kept by at least 10_000 t "for the test"
scenario slow "Slow growth"
  rate = 0.05
`);
  const ledger = await ledgerOf(text, { runs: 200, viewpoints: ['Army'] });
  const left = 200 - ledger.viewpoints[0]!.dropped.reduce((sum, { futures }) => sum + futures, 0);
  expect(left).toBeLessThan(180);
  for (const name of ['careful', 'slower']) {
    const { effect, verdict, dropped } = claimOf(ledger, name).viewpoints['Army']!;
    expect([verdict, effect!.futures, dropped]).toEqual(['holds', left, 200 - left]);
  }
});

test('chance belongs to the world as it is, and holding an event changes neither what is found nor who is dropped', async () => {
  const text = `model "Aid that stops"
time 2024-01-01 .. 2024-12-30 by 1 week
unit t
input pace: 1/year
  assumed uniform(0.5, 3) "for the test"
input sent: t/day
  assumed uniform(0, 300) "for the test"
input counted: t
  assumed uniform(50_000, 100_000) "for the test"
event pause "Aid stops"
  rate pace
  once
  sets sent to 0
stock shed: t = 40_000
  + came
flow came: t/day = sent
measure stopped_by_may = ever pause has happened over 2024-01-01 .. 2024-05-06
measure at_count: t = at 2024-04-01 shed
measure left: t = final shed
calibrate sent so that shed at 2024-04-01 = counted
require stopped_by_may
claim matters "The pause matters"
  pause never against as it is raises left by at least 1_000 t "for the test"
scenario calm "No pause"
  pause never
`;
  const { model, program } = soundText(text);
  const run = fittingRun(plainRun);
  const orderIn = (scenario?: string) =>
    planRuns(
      model,
      program,
      questionOf(model, scenario === undefined ? { runs: 1000 } : { runs: 1000, scenario }),
    )[0]!.order;
  const [as_it_is, calm] = [await run(orderIn()), await run(orderIn('calm'))];
  expect(calm.dropped).toEqual(as_it_is.dropped);
  expect(calm.given).toEqual(as_it_is.given);
  expect(new Set(calm.dropped.map(({ cause }) => cause))).toEqual(new Set([0, 1]));
  const out = new Set(calm.dropped.map(({ future }) => future));
  const counted = inputsOf(orderIn())[program.inputs.findIndex(({ name }) => name === 'counted')]!;
  const [before, after] = [1, 2].map((measure) => as_it_is.measures[measure]!) as [
    Float64Array,
    Float64Array,
  ];
  counted.forEach((value, future) => {
    if (out.has(future)) return;
    // The draws of the event stood while the input was sought, so that the record is met with the pause in it.
    expect(before[future]! / value).toBeCloseTo(1, 9);
    expect(calm.measures[2]![future]!).toBeGreaterThanOrEqual(after[future]!);
  });
  const ledger = await ledgerOf(text, { runs: 1000 });
  const { effect, verdict } = Object.values(claimOf(ledger, 'matters').viewpoints)[0]!;
  expect([verdict, effect!.futures]).toEqual(['holds', 1000 - out.size]);
});

describe('what is said where little is left', () => {
  it('says so where nothing is', async () => {
    const text = grown(
      'require kept > 1_000_000_000 t\nclaim much "Much is left"\n  kept > 40_000 t\nclaim rare "It is likely"\n  kept > 40_000 t is likely\n',
    );
    const ledger = await ledgerOf(text, { runs: 100 });
    expect(claimOf(ledger, 'much').verdict).toBe('nothing left');
    expect(claimOf(ledger, 'much').pattern).toBe('nothing left under both');
    expect(claimOf(ledger, 'rare').verdict).toBe('nothing left');
    expect(ledger.measures).toEqual([]);
    expect(ledger.viewpoints[0]!.calibrated).toEqual([]);
    expect(ledgerText(ledger, { measures: true })).toContain('nothing left');
  });

  it('settles nothing by fewer than thirty', async () => {
    const text = grown('require lost < 2%\nclaim much "Much is left"\n  kept > 40_000 t\n');
    const few = await ledgerOf(text, { runs: 100, viewpoints: ['Army'] });
    expect(claimOf(few, 'much').viewpoints['Army']!.sampling!.futures).toBe(20);
    expect(claimOf(few, 'much').verdict).toBe('not settled');
  });

  it('says in every format how many were dropped, and for what', async () => {
    const ledger = await ledgerOf(grown(CLAIMS), { runs: 400 });
    const [, mayor] = ledger.viewpoints;
    const [calibrate, require] = mayor!.dropped;
    expect([calibrate!.text, require!.text]).toEqual([
      'calibrate rate so that heap at 10 day = seen',
      'require kept > 20_000 t',
    ]);
    const all = calibrate!.futures + require!.futures;
    const table = ledgerText(ledger).replaceAll(/\s+/g, ' ');
    expect(table).toContain(
      `Under Mayor ${all} of ${mayor!.futures} futures were dropped: in ${calibrate!.futures} rate could not be calibrated, ${require!.futures} contradict \`require kept > 20_000 t\`. All shares are of the ${mayor!.futures - all} that are left.`,
    );
    expect(table).toMatch(
      /Futures dropped, as they contradict what is known: \d+ of \d+ under Army, \d+ of \d+ under Mayor\. /,
    );
    const full = ledgerText(ledger, { full: true }).replaceAll(/\s+/g, ' ');
    expect(full).toContain('Under Mayor rate is calibrated so that heap at 10 day = seen: ');
    // In the short table each answer has a line, and the sentence stands once.
    expect(table).toMatch(
      /rate calibrated so that heap at 10 day = seen: median \(5th to 95th percentile\) Army [\d.]+ 1\/day \([\d.]+ 1\/day to [\d.]+ 1\/day\) Mayor [\d.]+ 1\/day/,
    );
    expect(table).toContain('; rate calibrated)');
    const [head, first] = formatLedger(ledger, 'csv', { measures: false, full: false })
      .split('\r\n')
      .map((row) => row.split(','));
    expect(first![head!.indexOf('calibrated')]).toBe('rate');
    expect(first![head!.indexOf('dropped')]).toBe(
      String(claimOf(ledger, 'much').viewpoints['Army']!.dropped),
    );
    expect(
      JSON.parse(formatLedger(ledger, 'json', { measures: false, full: false })).viewpoints[1].dropped,
    ).toEqual(mayor!.dropped);
  });
});

test('bands and records are of the futures that are left', async () => {
  const files = { 'counts.csv': 'date,heap\n2024-01-06,150\n2024-01-21,900\n' };
  const dated = grown(CLAIMS)
    .replace('time 0 day .. 60 day', 'time 2024-01-01 .. 2024-03-01')
    .replaceAll('at 10 day', 'at 2024-01-11')
    .concat('observed heap from "counts.csv"\n  by mayor\n');
  const { model, program } = soundText(dated, files);
  const heap = program.variables.findIndex(({ name }) => name === 'heap');
  const { makeLedger } = await import('../../src/ledger/make-ledger.ts');
  const question = questionOf(model, { runs: 200, bands: [{ variable: heap, definitions: [] }] });
  const ledger = await makeLedger(model, program, question, plainRun);
  const mayor = ledger.viewpoints.find(({ name }) => name === 'Mayor')!;
  const left = mayor.futures - mayor.dropped.reduce((sum, { futures }) => sum + futures, 0);
  expect(ledger.bands.find(({ viewpoint }) => viewpoint === 'Mayor')!.futures).toBe(left);
  expect(ledger.bands.find(({ viewpoint }) => viewpoint === 'Mayor')!.points[60]!.p5).toBeGreaterThan(20_000);
  expect(ledger.observed.find(({ viewpoint }) => viewpoint === 'Mayor')!.futures).toBe(left);
});

test('a dropped future says so where it is shown alone', () => {
  const { model, program } = soundText(grown(CLAIMS));
  const question = questionOf(model, { viewpoints: ['Mayor'] });
  const [plan] = planRuns(model, program, question);
  const told = Array.from({ length: 100 }, (_, number) =>
    describeFuture(model, program, question, plan!, number, replayFuture(plan!.order, number)),
  );
  const missed = told.find(({ dropped }) => dropped?.kind === 'calibrate');
  expect(futureText(missed!).replaceAll(/\s+/g, ' ')).toContain(
    'It is dropped and counts nowhere: rate could not be calibrated, and stands at its lower end here.',
  );
  const contradicts = told.find(({ dropped }) => dropped?.kind === 'require');
  expect(futureText(contradicts!)).toContain('it contradicts `require kept > 20_000 t`');
  const fine = told.find(({ dropped }) => dropped === null)!;
  expect(fine.inputs.find(({ name }) => name === 'rate')).toMatchObject({ by: 'calibrated', drawn: true });
  expect(futureText(fine)).toMatch(/rate +0\.\d+ 1\/day +calibrated\n/);
});

test('a pool marks the futures that are dropped, and shows what was found', async () => {
  const text = grown(`${CLAIMS}explore Army 1, Mayor 2\n`);
  const { model, program } = soundText(text);
  const question = questionOf(model, { runs: 200 });
  const { finished } = await import('../../src/engine/host.ts');
  const { slotColumns } = await import('../../src/engine/input-columns.ts');
  const pool = await explorePool(model, program, question, plainRun, async (order, slots) =>
    finished(slotColumns(order, slots)),
  );
  const rows = [...formatPool(pool, 'csv')]
    .join('')
    .trim()
    .split('\r\n')
    .map((row) => row.split(','));
  const [head, ...futures] = rows;
  const at = (name: string): number => head!.findIndex((cell) => cell.startsWith(name));
  const plans = planRuns(model, program, { ...question, viewpoints: ['Army', 'Mayor'] });
  const run = fittingRun(plainRun);
  const ensembles = new Map<string, Awaited<ReturnType<typeof run>>>();
  for (const plan of plans) ensembles.set(plan.viewpoint.name, await run(plan.order));
  let dropped = 0;
  for (const row of futures) {
    const ensemble = ensembles.get(row[1]!)!;
    const number = Number(row[0]);
    const cause = ensemble.dropped.find(({ future }) => future === number)?.cause;
    expect(row[at('dropped')]).toBe(
      cause === undefined
        ? ''
        : ['calibrate rate so that heap at 10 day = seen', 'require kept > 20_000 t'][cause],
    );
    if (cause !== undefined) dropped++;
    expect(row[at('kept')] === '').toBe(cause !== undefined);
    expect(Number(row[at('rate')])).toBeCloseTo(ensemble.given[0]!.values[number]!, 12);
  }
  expect(dropped).toBe(pool.dropped.reduce((sum, line) => sum + line.futures, 0));
  expect(dropped).toBeGreaterThan(10);
});

test('replicates of unequal size are weighted', () => {
  expect(weighted([1, 2], [5, 5], 1.5)).toEqual([1, 2]);
  const found = weighted([1, 2, 3], [1, 1, 4], 15 / 6);
  expect(found.reduce((sum, one) => sum + one, 0) / 3).toBeCloseTo(2.5, 12);
});

test('what is not solved for is refused once', () => {
  const codes = (more: string, rate?: string): readonly string[] =>
    compileText(grown(more, rate))
      .diagnostics.map(({ code }) => code)
      .filter((code) => code !== 'brief-missing');
  const again = (line: string): string => grown(line).replace(/^calibrate rate.*$/m, '');
  const only = (line: string): readonly string[] =>
    compileText(again(line)).diagnostics.map(({ code }) => code);
  expect(codes('')).toEqual([]);
  expect(only('calibrate rat so that heap at 10 day = seen')).toEqual(['name-unknown']);
  expect(only('calibrate rate so that heep at 10 day = seen')).toEqual(['name-unknown']);
  expect(only('calibrate rate so that heap at 100 day = seen')).toEqual(['instant-outside-time']);
  expect(only('calibrate rate so that heap at 2024-01-01 = seen')).toEqual(['date-without-calendar']);
  expect(only('calibrate rate so that heap at 10 day = 5 day')).toEqual(['unit-mismatch']);
  expect(only('calibrate rate so that heap at 10 day = 300')).toEqual(['unit-mismatch']);
  expect(only('calibrate rate so that heap at 10 day = kept')).toEqual(['name-not-readable']);
  expect(only('calibrate rate so that heap at 10 day = heap / 2')).toEqual(['calibrated-to-course']);
  expect(only('calibrate rate so that heap at 10 day = draw uniform(1 t, 2 t)')).toEqual([
    'draw-outside-equation',
  ]);
  expect(
    only('let seen_anew = draw uniform(0 t, first)\ncalibrate rate so that heap at 10 day = seen_anew'),
  ).toEqual(['calibrated-to-course']);
  expect(only('calibrate heap so that heap at 10 day = seen')).toEqual(['calibrated-not-input']);
  expect(only('calibrate rate so that seen at 10 day = first')).toEqual(['calibrated-to-nothing']);
  expect(only('let is_large = heap > first\ncalibrate rate so that is_large at 10 day = seen')).toEqual([
    'calibrated-to-nothing',
  ]);
  expect(codes('', '5% to 10%')).toEqual(['unit-mismatch']);
  expect(codes('', '0.1')).toEqual(['calibrated-without-ends']);
  expect(codes('', '0.05 to 0.1')).toEqual(['calibrated-without-ends']);
  expect(codes('', 'normal(0.1, 0.01)')).toEqual(['calibrated-without-ends']);
  expect(codes('', 'normal(0.1, 0.01) within 0 .. 0.2')).toEqual([]);
  expect(codes('', 'discrete(0.05: 50%, 0.1: 50%)')).toEqual(['calibrated-without-ends']);
  expect(codes('require heap > 5 t')).toEqual(['claim-reads-variable']);
  expect(codes('require kept')).toEqual(['condition-expected']);
  expect(codes('require kept > 5 day')).toEqual(['unit-mismatch']);
  expect(codes('require crossed + 1 day < 20 day')).toEqual(['never-in-arithmetic']);
  expect(codes('correlate rate, first 0.5')).toEqual(['correlation-without-draws']);
});

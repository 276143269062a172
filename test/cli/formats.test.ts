/** What `casus run` writes in every format, on a small argument that has every form of claim. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { casus } from '../support/casus.ts';

const STORES = 'test/cli/fixtures/stores';

const QUESTIONS: readonly (readonly [string, readonly string[]])[] = [
  ['plain', ['--runs', '50']],
  ['hindsight', ['--runs', '50', '--hindsight', '--measures']],
  [
    'thrift',
    ['--scenario', 'thrift', '--viewpoint', 'Army', 'Town', '--design', 'monte-carlo', '--runs', '73'],
  ],
];

describe.each(['table', 'json', 'ndjson', 'csv'])('--format %s', (format) => {
  test.concurrent.for(QUESTIONS)('%s', async ([name, options], { expect: expectHere }) => {
    const { code, stdout } = await casus(['run', STORES, '--format', format, ...options]);
    expectHere(code).toBe(0);
    await expectHere(stdout).toMatchFileSnapshot(`./golden/stores-${name}.${format}.txt`);
  });
});

test('--full tells every claim at length', async () => {
  const { stdout } = await casus([
    'run',
    STORES,
    '--format',
    'table',
    '--runs',
    '50',
    '--full',
    '--hindsight',
  ]);
  await expect(stdout).toMatchFileSnapshot('./golden/stores-full.table.txt');
});

type Json = Record<string, unknown>;

const isNumberOr = (value: unknown, ...words: readonly unknown[]): boolean =>
  (typeof value === 'number' && Number.isFinite(value)) || words.includes(value);

test.each([
  [STORES, ['--hindsight', '--runs', '50']],
  ['models/everything-depends-on-ourselves', ['--runs', '20', '--viewpoint', 'as_written', 'Seoul']],
])('the JSON of %s has the promised shape', async (path, options) => {
  const { stdout } = await casus(['run', path, ...options]);
  const ledger = JSON.parse(stdout) as Json;
  expect(ledger).toMatchObject({
    model: expect.any(String),
    asOf: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/),
    runs: expect.any(Number),
    seed: 1,
    failed: 0,
  });
  const measures = ledger.measures as readonly Json[];
  expect(measures.length).toBeGreaterThan(0);
  for (const measure of measures) {
    expect(measure).toMatchObject({
      name: expect.any(String),
      unit: expect.any(String),
      viewpoint: expect.any(String),
      method: expect.any(String),
      never: expect.any(Number),
    });
    expect(isNumberOr(measure.mean, null)).toBe(true);
    expect(measure.mean === null).toBe(measure.never !== 0);
    for (const end of ['p5', 'p50', 'p95']) {
      expect(isNumberOr(measure[end], 'never')).toBe(true);
      const bounds = (measure.interval as Json)[end] as Json;
      // What never comes about is above every number, and JSON has no word for that but this.
      for (const side of ['low', 'high']) expect(isNumberOr(bounds[side], 'never', null)).toBe(true);
    }
  }
  const claims = ledger.claims as readonly Json[];
  expect(claims.length).toBeGreaterThan(0);
  for (const claim of claims) {
    expect(claim).toMatchObject({
      id: expect.any(String),
      statement: expect.any(String),
      form: expect.stringMatching(
        /^(condition|likelihood|effect|share of an effect|irrelevance|uniqueness|preference|importance|on record|not testable|context|not yet modelled)$/,
      ),
      verdict: expect.any(String),
      pattern: expect.any(String),
    });
    for (const key of ['row', 'basis', 'restates'])
      expect(claim[key] === null || typeof claim[key] === 'string').toBe(true);
    expect('ownArithmetic' in claim).toBe(true);
    for (const result of Object.values(claim.viewpoints as Record<string, Json>)) {
      expect(result).toMatchObject({
        verdict: expect.any(String),
        own: { inputs: expect.any(Number), of: expect.any(Number) },
      });
      const { share, sampling } = result;
      expect(isNumberOr(share, null)).toBe(true);
      if (share === null) expect(sampling).toBeNull();
      else
        expect(sampling).toMatchObject({
          low: expect.any(Number),
          high: expect.any(Number),
          method: expect.any(String),
        });
    }
  }
});

test('every line of ndjson is an object of a kind, and together they are the JSON', async () => {
  const [lines, whole] = await Promise.all([
    casus(['run', STORES, '--runs', '50', '--format', 'ndjson']),
    casus(['run', STORES, '--runs', '50', '--format', 'json']),
  ]);
  const rows = lines.stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Json);
  const of = (kind: string): readonly Json[] =>
    rows.filter((row) => row.kind === kind).map(({ kind: _, ...rest }) => rest);
  const [run] = of('run');
  const parts = {
    viewpoints: of('viewpoint'),
    measures: of('measure'),
    observed: of('observed'),
    bands: of('band'),
    passages: of('passage'),
    claims: of('claim'),
    pairs: of('pair'),
  };
  expect({ ...run, ...parts }).toEqual(JSON.parse(whole.stdout));
});

test('every row of csv has as many cells as its head', async () => {
  for (const options of [[], ['--measures']]) {
    const { stdout } = await casus(['run', STORES, '--runs', '10', '--format', 'csv', ...options]);
    const rows = stdout
      .trimEnd()
      .split('\r\n')
      .map((line) => [...line.matchAll(/(?:^|,)("(?:[^"]|"")*"|[^,]*)/g)].length);
    expect(rows.length).toBeGreaterThan(10);
    expect(new Set(rows).size).toBe(1);
  }
});

test('csv says all that JSON says of a claim', async () => {
  const [table, whole] = await Promise.all([
    casus(['run', STORES, '--runs', '50', '--format', 'csv']),
    casus(['run', STORES, '--runs', '50', '--format', 'json']),
  ]);
  const rows = table.stdout
    .trimEnd()
    .split('\r\n')
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
        ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
      ),
    );
  const [head = [], ...body] = rows;
  const records = body.map((row) => Object.fromEntries(head.map((name, at) => [name, row[at]])));
  // One premise a claim, so that its cells hold one value each.
  const text = (value: unknown): string => (value === null || value === undefined ? '' : String(value));
  let premises = 0;
  for (const claim of (JSON.parse(whole.stdout) as { claims: readonly Json[] }).claims) {
    const under = Object.entries(claim.viewpoints as Record<string, Json>);
    const own = records.filter((record) => record.claim === claim.id);
    expect(own.map(({ viewpoint }) => viewpoint)).toEqual(
      under.length === 0 ? [''] : under.map(([name]) => name),
    );
    for (const key of ['row', 'statement', 'form', 'verdict', 'pattern', 'basis', 'restates', 'reason'])
      for (const record of own) expect(record[key]).toBe(text(claim[key]));
    under.forEach(([, result], at) => {
      const record = own[at] ?? {};
      const sampling = result.sampling as Json | null;
      const figures = result.own as Json;
      expect(record).toMatchObject({
        viewpoint_verdict: result.verdict,
        viewpoint_basis: result.basis,
        share: text(result.share),
        low: text(sampling?.low),
        high: text(sampling?.high),
        own_inputs: text(figures.inputs),
        own_partly: text(figures.partly),
        own_read: text(figures.read),
        inputs: text(figures.of),
      });
      for (const premise of result.because as readonly Json[]) {
        premises++;
        expect(record).toMatchObject({
          because: premise.claim,
          share_if_true: text((premise.given as Json | null)?.share),
          share_if_false: text((premise.without as Json | null)?.share),
        });
        expect(record.because_verdict).toContain(premise.verdict);
      }
    });
  }
  expect(premises).toBeGreaterThan(0);
});

test('the reference names every column of csv', async () => {
  const { stdout } = await casus(['run', STORES, '--runs', '10', '--format', 'csv']);
  const [head = ''] = stdout.split('\r\n');
  const rows = /\| columns of `csv` \|[\s\S]*?\n\n/.exec(readFileSync('docs/language.md', 'utf8'))?.[0] ?? '';
  const named = rows
    .split('\n')
    .flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => name));
  expect(named.filter((name) => name !== 'csv').toSorted()).toEqual(head.split(',').toSorted());
});

test('the same question has the same bytes, another seed others', async () => {
  const ask = (seed: string) => casus(['run', STORES, '--runs', '50', '--seed', seed, '--format', 'json']);
  const [one, again, other] = await Promise.all([ask('5'), ask('5'), ask('6')]);
  expect(again.stdout).toBe(one.stdout);
  expect(JSON.parse(other.stdout).measures).not.toEqual(JSON.parse(one.stdout).measures);
});

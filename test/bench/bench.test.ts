/** The benchmark at sizes that show only whether it works: what its JSON holds, and that all who run a model agree. Never a time. */
import { execFileSync, spawnSync } from 'node:child_process';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../bench/report.ts';

const bench = (options: readonly string[], environment: Readonly<Record<string, string>> = {}) =>
  spawnSync(process.execPath, ['dist/bench/bench/main.js', '--tiny', ...options], {
    encoding: 'utf8',
    env: { ...process.env, ...environment },
  });
const reportOf = (...asked: Parameters<typeof bench>): Report => {
  const { status, stdout, stderr } = bench(...asked);
  if (status !== 0) throw new Error(`the benchmark ended with ${status}:\n${stderr}${stdout}`);
  return JSON.parse(stdout) as Report;
};
const hasCompiler = ['gcc', 'cc', 'clang'].some((name) => spawnSync(name, ['--version']).status === 0);

describe('npm run bench', () => {
  beforeAll(() => {
    // What `npm run bench` does first.
    execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '--project', 'tsconfig.bench.json']);
    execFileSync(process.execPath, [
      ...['node_modules/vite/bin/vite.js', 'build', '--config', 'scripts/bundle.config.mjs'],
      ...['--mode', 'first-calls'],
    ]);
  });

  it('gives every figure without a C compiler, but for those of C', () => {
    const { stderr, stdout, status } = bench(['--format', 'json'], { CC: '' });
    expect([status, stderr]).toEqual([0, expect.stringContaining('There is no C compiler here')]);
    const report = JSON.parse(stdout) as Report;
    expect(report).toMatchObject({
      ratios: {
        wasm_vs_c_scalar: null,
        wasm_vs_c_vector: null,
        wasm_vs_js: expect.any(Number),
        two_workers_vs_one: expect.any(Number),
      },
      microseconds_per_future_overhead: expect.any(Number),
      nanoseconds_per_lognormal_draw: expect.any(Number),
      milliseconds_text_to_first_result: expect.any(Number),
      milliseconds_at_first: Object.fromEntries(
        ['flagship', 'thousand', 'check', 'nothing'].map((what) => [
          what,
          { median: expect.any(Number), least: expect.any(Number) },
        ]),
      ),
      milliseconds_to_format: {
        near: { wall: expect.any(Number), times_reading: expect.any(Number) },
        dense: { processors: expect.any(Number), least_wall: expect.any(Number) },
      },
    });
    expect(report.models.map(({ name, agree, equalBits }) => ({ name, agree, equalBits }))).toEqual(
      ['sixty', 'flagship', 'teacup', 'epidemic', 'draws'].map((name) => ({
        name,
        agree: true,
        equalBits: null,
      })),
    );
    expect(new Set(report.growth.map(({ what }) => what))).toEqual(
      new Set(['the smallest', 'futures', 'steps', 'equations']),
    );
  });

  it.runIf(hasCompiler).each(['sixty', 'flagship', 'teacup', 'draws'])(
    'gets the same bits from C in lanes: %s',
    (model) => {
      const { models, ratios } = reportOf(['--format', 'json', '--model', model]);
      expect(models).toMatchObject([{ name: model, agree: true, equalBits: true }]);
      if (model === 'sixty') expect(ratios.wasm_vs_c_scalar).toEqual(expect.any(Number));
    },
  );

  it('tells what there is where a model or a format is not', () => {
    expect(bench(['--model', 'coffee'])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('there are sixty'),
    });
    expect(bench(['--format', 'xml'])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('text and json'),
    });
  });
});

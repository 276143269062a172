/**
 * The house's plan, held by a test: which folder of src may import what. Data flows one way, so that a stage can be
 * read, tested and replaced without those after it. The table is that of ARCHITECTURE.md; imports are read from the
 * files by their form, since the compiler offers no stable way to ask for them.
 */
import { readdirSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sourceFiles, textOf } from '../support/source-files.ts';
import { stripSource } from '../support/strip-source.ts';

type Rule = {
  /** Folders or single files that may be imported. */
  readonly all: readonly string[];
  /** Folders or single files of which types alone may be imported. */
  readonly types?: readonly string[];
  /** npm packages; a `*` at the end stands for the rest of a name. */
  readonly packages?: readonly string[];
  /** Whether Node's own modules may be imported. */
  readonly node?: boolean;
};

const STAGES = ['base', 'language', 'brief', 'model', 'program', 'wasm', 'engine', 'analysis', 'ledger'];
const CHARTS = ['@observablehq/plot', 'd3-*', 'topojson-client', 'world-atlas', 'linkedom', 'uplot'];

const TABLE: Readonly<Record<string, Rule>> = {
  base: { all: [] },
  language: { all: ['base'] },
  brief: { all: ['base'], packages: ['micromark', 'micromark-*', 'mdast', 'mdast-*'] },
  model: {
    all: ['base'],
    types: ['language/tree.ts', 'language/parser.ts', 'brief'],
    packages: ['csv-parse'],
  },
  program: { all: ['base', 'model'] },
  wasm: { all: ['base', 'program'] },
  engine: { all: ['base', 'program', 'wasm'] },
  analysis: { all: ['base'], types: ['engine'] },
  // The number of replicates is a constant of the design, which the plan of runs needs as it is; what is calibrated is solved
  // for around whatever engine the ledger is given; which inputs are worth a world, and where to look for a best case, is
  // read off what a run was given.
  ledger: {
    all: [
      'base',
      'model',
      'program',
      'analysis',
      'engine/design.ts',
      'engine/fit.ts',
      'engine/host.ts',
      'engine/input-columns.ts',
    ],
    types: ['engine'],
  },
  views: { all: ['base'], types: ['model', 'program', 'engine', 'analysis', 'ledger'], packages: CHARTS },
  service: { all: ['base', 'language', 'model'] },
  'compile.ts': { all: ['base', 'language', 'brief', 'model', 'program', 'wasm'] },
  store: {
    all: ['base'],
    types: ['engine', 'analysis', 'ledger'],
    packages: ['hyparquet', 'hyparquet-*'],
    node: true,
  },
  server: {
    all: [...STAGES, 'views', 'service', 'compile.ts', 'store'],
    packages: ['hono', '@hono/*'],
    node: true,
  },
  cli: {
    all: [...STAGES, 'views', 'service', 'compile.ts', 'store', 'server'],
    packages: ['commander', 'picocolors'],
    node: true,
  },
  studio: {
    all: [...STAGES, 'views', 'service', 'compile.ts'],
    packages: ['codemirror', '@codemirror/*', '@lezer/*', 'preact', '@preact/*', ...CHARTS],
  },
};

type Import = { readonly from: string; readonly typeOnly: boolean };

/** `import … from`, `export … from`, `import '…'`, `import('…')` and types by `import('…').Name`. */
function importsOf(source: string): readonly Import[] {
  const code = stripSource(source, { strings: 'keep' });
  const statements = [
    ...code.matchAll(
      /(?:^|[;}\n])\s*(?:import|export)\s+(type\s+(?!from\b|,))?(?:[\w$*\s{},]*?\bfrom\s*)?(['"])([^'"\n]+)\2/g,
    ),
  ].map((match) => ({ from: match[3]!, typeOnly: match[1] !== undefined }));
  const calls = [...code.matchAll(/\b(?:import|require)\s*\(\s*(['"`])([^'"`\n]+)\1/g)].map((match) => ({
    from: match[2]!,
    typeOnly: false,
  }));
  return [...statements, ...calls];
}

/** The folder of src that a file belongs to; a file directly in src stands for itself. */
function folderOf(file: string): string {
  return file.split('/')[1]!;
}

const matches = (pattern: string, name: string): boolean =>
  pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
const covers = (places: readonly string[], target: string): boolean =>
  places.some((place) => target === place || target.startsWith(`${place}/`));

/** What is wrong with an import, or null. */
function faultOf(file: string, { from, typeOnly }: Import): string | null {
  const folder = folderOf(file);
  const rule = TABLE[folder];
  if (rule === undefined) return `src/${folder} is not in the table`;
  if (from.startsWith('.')) {
    const target = posix.relative('src', posix.join(posix.dirname(file), from));
    if (target.startsWith('..')) return `${from} leads out of src`;
    if (!/\.(ts|tsx|json|css)$/.test(from)) return `${from} has no extension`;
    if (folderOf(`src/${target}`) === folder || covers(rule.all, target)) return null;
    if (!covers(rule.types ?? [], target)) return `${folder} may not import ${target}`;
    return typeOnly ? null : `${folder} may import types alone from ${target}`;
  }
  if (from.startsWith('node:')) return rule.node === true ? null : `${folder} may not import ${from}`;
  if (builtinModules.includes(from)) return `${from} is written node:${from}`;
  const name = from
    .split('/')
    .slice(0, from.startsWith('@') ? 2 : 1)
    .join('/');
  return (rule.packages ?? []).some((pattern) => matches(pattern, name))
    ? null
    : `${folder} may not import ${from}`;
}

describe('imports', () => {
  it('has every folder of src in the table', () => {
    const folders = readdirSync('src').filter((name) => !name.startsWith('.'));
    expect(folders.filter((name) => TABLE[name] === undefined)).toEqual([]);
  });

  it('keeps to the table', () => {
    const faults = sourceFiles().flatMap((file) =>
      importsOf(textOf(file)).flatMap((found) => {
        const fault = faultOf(file, found);
        return fault === null ? [] : [`${file}: ${fault}`];
      }),
    );
    expect(faults).toEqual([]);
  });

  it('lets no path through the table lead back', () => {
    const reached = (folder: string, seen: readonly string[]): readonly string[] =>
      [...TABLE[folder]!.all, ...(TABLE[folder]!.types ?? [])]
        .map((place) => place.split('/')[0]!)
        .filter((place) => place !== folder)
        .flatMap((place) =>
          seen.includes(place) ? [[...seen, place].join(' → ')] : reached(place, [...seen, place]),
        );
    expect(Object.keys(TABLE).flatMap((folder) => reached(folder, [folder]))).toEqual([]);
  });
});

describe('the reading of imports', () => {
  it('finds every form, and none in comments', () => {
    const source = [
      "import a from './a.ts';",
      "import type { B,\n  C } from './b.ts';",
      "import { type D, e } from './d.ts'; import './f.ts';",
      "export * as g from './g.ts';",
      "export type { H } from './h.ts'",
      "// import x from './x.ts';\n/* import y from './y.ts'; */",
      "const k = await import('./k.ts');\ntype L = import('./l.ts').L;",
      "import type from './type.ts';",
      'export const m = "import z from nowhere";',
    ].join('\n');
    expect(importsOf(source).map(({ from, typeOnly }) => `${from}${typeOnly ? ' (types)' : ''}`)).toEqual([
      './a.ts',
      './b.ts (types)',
      './d.ts',
      './f.ts',
      './g.ts',
      './h.ts (types)',
      './type.ts',
      './k.ts',
      './l.ts',
    ]);
  });

  it.each([
    ['src/base/a.ts', { from: '../model/model.ts', typeOnly: true }, 'base may not import model/model.ts'],
    [
      'src/model/a.ts',
      { from: '../language/tree.ts', typeOnly: false },
      'model may import types alone from language/tree.ts',
    ],
    [
      'src/model/a.ts',
      { from: '../language/lexer.ts', typeOnly: true },
      'model may not import language/lexer.ts',
    ],
    ['src/model/a.ts', { from: '../language/tree.ts', typeOnly: true }, null],
    ['src/model/a.ts', { from: './b.ts', typeOnly: false }, null],
    ['src/model/a.ts', { from: './b', typeOnly: false }, './b has no extension'],
    ['src/model/a.ts', { from: '../../test/x.ts', typeOnly: true }, '../../test/x.ts leads out of src'],
    ['src/engine/a.ts', { from: 'node:fs', typeOnly: false }, 'engine may not import node:fs'],
    ['src/cli/a.ts', { from: 'node:fs', typeOnly: false }, null],
    ['src/cli/a.ts', { from: 'fs', typeOnly: false }, 'fs is written node:fs'],
    ['src/studio/a.ts', { from: '../store/runs.ts', typeOnly: true }, 'studio may not import store/runs.ts'],
    ['src/studio/a.ts', { from: '@codemirror/view', typeOnly: false }, null],
    ['src/brief/a.ts', { from: 'mdast-util-from-markdown', typeOnly: false }, null],
    ['src/language/a.ts', { from: 'micromark', typeOnly: false }, 'language may not import micromark'],
    ['src/compile.ts', { from: './brief/read-brief.ts', typeOnly: false }, null],
    ['src/other/a.ts', { from: './b.ts', typeOnly: false }, 'src/other is not in the table'],
  ])('%s, %j: %s', (file, found, fault) => {
    expect(faultOf(file, found)).toBe(fault);
  });
});

/**
 * What keeps the house tidy without anybody's memory: small files with a heading and plain names, nothing put off in
 * a comment, links that lead somewhere, a first page that names the two commands, a lock file that installs anywhere.
 */
import { existsSync } from 'node:fs';
import { posix } from 'node:path';
import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { describe, expect, it } from 'vitest';
import { filesBelow, textOf } from '../support/source-files.ts';

const MOST_LINES = 500;
/** One table of all messages, in one place on purpose. */
const LONG_TABLES = ['src/base/codes.ts'];

const sources = filesBelow('src');
const code = [...sources, ...filesBelow('test'), ...filesBelow('bench'), ...filesBelow('scripts')].filter(
  (file) => /\.(ts|tsx|mjs)$/.test(file),
);
const written = code.filter((file) => /^(src|bench)\//.test(file));
const pages = [
  ...['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'bench/README.md'].filter((file) =>
    existsSync(file),
  ),
  ...filesBelow('docs').filter((file) => file.endsWith('.md')),
];

describe('files', () => {
  it(`have at most ${MOST_LINES} lines`, () => {
    const long = written.filter((file) => textOf(file).trimEnd().split('\n').length > MOST_LINES);
    expect(long.filter((file) => !LONG_TABLES.includes(file))).toEqual([]);
  });

  it('have names of plain words with hyphens', () => {
    const plain = /^[a-z0-9]+(-[a-z0-9]+)*(\.(test|d|worker))?(\.[a-z]+)?$/;
    expect(sources.filter((file) => !file.split('/').every((part) => plain.test(part)))).toEqual([]);
  });

  it('are named for what they hold', () => {
    const vague = /^(util|utils|utilities|helper|helpers|misc|common)(\.|$)|-(utils?|helpers?)\./;
    expect(code.filter((file) => file.split('/').some((part) => vague.test(part)))).toEqual([]);
  });

  // A unit test lies beside what it tests and has its name; nothing more need be said.
  it('open with what they are', () => {
    const own = code.filter((file) => !/^src\/.*\.test\.tsx?$/.test(file));
    expect(own.filter((file) => !/^(#!.*\n)?\/\*\*/.test(textOf(file)))).toEqual([]);
  });

  it('put nothing off', () => {
    // Written in two pieces, so that this file does not find itself.
    const putOff = new RegExp(
      `\\b(${['TO', 'FIX', 'X'].map((head, index) => head + ['DO', 'ME', 'XX'][index]).join('|')})\\b`,
    );
    expect(code.filter((file) => putOff.test(textOf(file)))).toEqual([]);
  });
});

describe('package.json and package-lock.json', () => {
  it('have the two commands, each prepared first', () => {
    const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };
    for (const name of ['start', 'test']) {
      expect(scripts[name]).toBeTruthy();
      expect(scripts[`pre${name}`]).toBe('node scripts/prepare.mjs');
    }
  });

  // A lock file made beside an old node_modules, or while a package could not be found, lacks the packages of other
  // systems; npm 11 then refuses it, and npm 10 leaves those systems without a compiler.
  it('lock every package for every system, and name no place to fetch from', () => {
    type Entry = { version?: string; resolved?: string; optionalDependencies?: Record<string, string> };
    const { packages } = JSON.parse(textOf('package-lock.json')) as { packages: Record<string, Entry> };
    const optional = Object.values(packages).flatMap((entry) =>
      Object.keys(entry.optionalDependencies ?? {}),
    );
    const locked = Object.keys(packages).map((place) => place.replace(/^.*node_modules\//, ''));
    expect(optional.filter((name) => !locked.includes(name))).toEqual([]);
    expect(Object.keys(packages).filter((place) => packages[place]!.resolved !== undefined)).toEqual([]);
  });
});

describe('pages', () => {
  it.runIf(existsSync('README.md'))('name the two commands before any other', () => {
    const commands = blocksOf(textOf('README.md')).flatMap((block) =>
      block
        .split('\n')
        .map((line) =>
          line
            .replace(/^\$\s*/, '')
            .replace(/\s+#.*$/, '')
            .trim(),
        )
        .filter((line) => /^(npm|npx|node|casus|yarn|pnpm)\b/.test(line)),
    );
    expect(commands.slice(0, 2).toSorted()).toEqual(['npm start', 'npm test']);
  });

  it.each(pages)('%s has links that lead somewhere', (page) => {
    const broken = linksOf(textOf(page)).filter((link) => !leadsSomewhere(page, link));
    expect(broken).toEqual([]);
  });
});

function nodesOf(markdown: string): readonly Nodes[] {
  const nodes: Nodes[] = [fromMarkdown(markdown)];
  for (const node of nodes) if ('children' in node) nodes.push(...node.children);
  return nodes;
}

function blocksOf(markdown: string): readonly string[] {
  return nodesOf(markdown).flatMap((node) => (node.type === 'code' ? [node.value] : []));
}

function linksOf(markdown: string): readonly string[] {
  return nodesOf(markdown).flatMap((node) =>
    node.type === 'link' || node.type === 'image' || node.type === 'definition' ? [node.url] : [],
  );
}

const headingsByFile = new Map<string, readonly string[]>();

/** Whether a relative link has its file, and the file the heading; other links are not tried. */
function leadsSomewhere(page: string, link: string): boolean {
  if (/^([a-z][a-z0-9+.-]*:|\/\/)/i.test(link)) return true;
  const [path, heading] = link.split('#') as [string, string | undefined];
  const file = path === '' ? page : posix.join(posix.dirname(page), decodeURIComponent(path));
  if (!existsSync(file)) return false;
  if (heading === undefined || heading === '' || !file.endsWith('.md')) return true;
  // A page of messages links to itself a hundred times and takes a second to read.
  const headings = headingsByFile.get(file) ?? headingsOf(textOf(file));
  headingsByFile.set(file, headings);
  return headings.includes(decodeURIComponent(heading));
}

/** The anchors of a page's headings as GitHub makes them: lower case, hyphens for spaces, a number for a repetition. */
function headingsOf(markdown: string): readonly string[] {
  const seen = new Map<string, number>();
  return nodesOf(markdown)
    .filter((node) => node.type === 'heading')
    .map((heading) => {
      const words = textIn(heading).toLowerCase();
      const anchor = words.replace(/[^\p{L}\p{N}\p{M}_\- ]/gu, '').replaceAll(' ', '-');
      const before = seen.get(anchor) ?? 0;
      seen.set(anchor, before + 1);
      return before === 0 ? anchor : `${anchor}-${before}`;
    });
}

function textIn(node: Nodes): string {
  if ('value' in node) return node.value;
  return 'children' in node ? node.children.map(textIn).join('') : '';
}

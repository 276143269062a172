/**
 * The same model, seed and version give the same bytes on every machine: so nothing in the pure folders may ask for
 * the time, for chance, or for a function of Math that hosts may round differently. (sqrt, floor and their like are
 * exact by IEEE 754 and allowed; the rest is in base/exact-math.ts.)
 */
import { describe, expect, it } from 'vitest';
import { sourceFiles, textOf } from '../support/source-files.ts';
import { stripSource } from '../support/strip-source.ts';

const PURE = [
  ...[
    'base',
    'language',
    'brief',
    'model',
    'program',
    'wasm',
    'engine',
    'analysis',
    'ledger',
    'views',
    'service',
  ],
  'compile.ts',
];

/** Whole powers of whole numbers of any size are exact; `**` stands there for nothing else. */
const WITH_POWERS = ['src/base/rational.ts'];

const BANNED =
  /\bMath\s*(?:\.|\?\.)\s*(?:random|exp|expm1|log|log10|log2|log1p|pow|a?sinh?|a?cosh?|a?tanh?|atan2|cbrt|hypot)\b|\bMath\s*\[|=\s*Math\b(?!\s*[.?])|\bDate\b|\bperformance\b|\bcrypto\b/g;

function impuritiesOf(file: string, source: string): readonly string[] {
  const code = stripSource(source, { strings: 'blank' });
  const found = [...code.matchAll(BANNED), ...(WITH_POWERS.includes(file) ? [] : code.matchAll(/\*\*=?/g))];
  return found.map((match) => {
    const line = code.slice(0, match.index).split('\n').length;
    return `${file}:${line}: ${match[0]}`;
  });
}

describe('purity', () => {
  it('finds nothing that differs between hosts or runs', () => {
    const pure = sourceFiles().filter((file) => PURE.includes(file.split('/')[1]!));
    expect(pure.length).toBeGreaterThan(0);
    expect(pure.flatMap((file) => impuritiesOf(file, textOf(file)))).toEqual([]);
  });
});

describe('the search for impurities', () => {
  it.each([
    'Math.random()',
    'Math.exp(1)',
    'Math . log1p(x)',
    'Math.atan2(y, x)',
    'Math.acosh(x)',
    'Math["sin"](x)',
    'const { sin } = Math;',
    'Date.now()',
    'new Date(0)',
    'performance.now()',
    'x ** 2',
    'x **= 2',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the code under test is a template itself
    'f(`${Math.tan(x)}`)',
    'a / Math.cos(x) / b',
  ])('finds %s', (source) => {
    expect(impuritiesOf('src/base/a.ts', source)).toHaveLength(1);
  });

  it.each([
    'Math.sqrt(x) + Math.floor(x) + Math.LOG2E',
    '// Math.random()',
    '/** x ** 2, new Date() */',
    "'Math.exp'",
    '`a ** b`',
    '/Date|a**/.test(x)',
    'formatDate(day); type Dated = 1; x.dateOf()',
  ])('leaves %s', (source) => {
    expect(impuritiesOf('src/base/a.ts', source)).toEqual([]);
  });

  it('allows powers of whole numbers in fractions', () => {
    expect(impuritiesOf('src/base/rational.ts', 'a ** 2n; Math.pow(1, 2)')).toEqual([
      'src/base/rational.ts:1: Math.pow',
    ]);
  });
});

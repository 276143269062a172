/** The pictures of messages, as a writer sees them. */
import { describe, expect, it } from 'vitest';
import type { Diagnostic } from './diagnostic.ts';
import { drawAll, drawDiagnostic, PLAIN_STYLE } from './draw-diagnostic.ts';

type Place = { readonly file?: string; readonly of: string; readonly nth?: number; readonly label?: string };

/** A diagnostic about the words `of` in a text; `nth` chooses among equal words. */
function about(texts: ReadonlyMap<string, string>, place: Place, more: Partial<Diagnostic> = {}): Diagnostic {
  return {
    code: 'unit-mismatch',
    severity: 'error',
    title: 'These two sides have different units',
    span: spanOf(texts, place),
    label: place.label ?? '',
    related: [],
    reason: '',
    hint: '',
    ...more,
  };
}

function spanOf(texts: ReadonlyMap<string, string>, place: Place) {
  const file = place.file ?? [...texts.keys()][0]!;
  let start = -1;
  for (let found = 0; found <= (place.nth ?? 0); found++)
    start = texts.get(file)!.indexOf(place.of, start + 1);
  if (start < 0) throw new Error(`no ${place.of} in ${file}`);
  return { file, start, end: start + place.of.length };
}

const oneText = (text: string, file = 'model.casus'): ReadonlyMap<string, string> => new Map([[file, text]]);
const drawn = (diagnostic: Diagnostic, texts: ReadonlyMap<string, string>): string =>
  `\n${drawDiagnostic(diagnostic, texts, PLAIN_STYLE)}\n`;

describe('drawDiagnostic', () => {
  // The place in the head is that of the carets; the rest is the picture in the design, sign by sign.
  it('draws the picture of the design', () => {
    const file = 'models/strait/strait.casus';
    const texts = oneText(
      `${'\n'.repeat(11)}stock stores: t = 90_000\n\nflow drain: t/day = stores - convoy_rate\n`,
      file,
    );
    const diagnostic = about(
      texts,
      { of: 'convoy_rate', label: 'this is in t/day' },
      {
        related: [{ span: spanOf(texts, { of: 't', nth: 2 }), label: '`stores` is in t' }],
        reason: 'Subtraction needs equal units: t and t/day.',
        hint: 'multiply by a time, for example `convoy_rate * 1 day`.',
      },
    );
    expect(drawn(diagnostic, texts)).toBe(`
error[unit-mismatch]: These two sides have different units
  models/strait/strait.casus:14:30
   |
12 | stock stores: t = 90_000
   |               - \`stores\` is in t
14 | flow drain: t/day = stores - convoy_rate
   |                              ^^^^^^^^^^^ this is in t/day
   |
Subtraction needs equal units: t and t/day.
Hint: multiply by a time, for example \`convoy_rate * 1 day\`.
`);
  });

  it('shows that lines are left out, and keeps the numbers in one column', () => {
    const texts = oneText(`unit t\n${'#\n'.repeat(8)}unit t\n`);
    const related = [{ span: spanOf(texts, { of: 't', nth: 1 }), label: 'first here' }];
    expect(drawn(about(texts, { of: 't', nth: 3, label: 'again' }, { related }), texts)).toBe(`
error[unit-mismatch]: These two sides have different units
  model.casus:10:6
   |
 1 | unit t
   |      - first here
...
10 | unit t
   |      ^ again
   |
`);
  });

  it('puts several marks of a line under each other, its own first', () => {
    const texts = oneText('let a = stores - rate\n');
    const related = [{ span: spanOf(texts, { of: 'stores' }), label: 'this is in t' }];
    expect(drawn(about(texts, { of: 'rate', label: 'this is in t/day' }, { related }), texts)).toBe(`
error[unit-mismatch]: These two sides have different units
  model.casus:1:18
  |
1 | let a = stores - rate
  |                  ^^^^ this is in t/day
  |         ------ this is in t
  |
`);
  });

  it('gives places in other files their own block', () => {
    const texts = new Map([
      ['model.casus', `${'\n'.repeat(99)}claim six "x"\n`],
      ['brief.md', 'At [last](#seven).\n'],
    ]);
    const related = [
      { span: spanOf(texts, { file: 'brief.md', of: '[last](#seven)' }), label: 'no such claim' },
    ];
    expect(drawn(about(texts, { of: 'six', label: 'perhaps this' }, { related }), texts)).toBe(`
error[unit-mismatch]: These two sides have different units
  model.casus:100:7
    |
100 | claim six "x"
    |       ^^^ perhaps this
    |
  brief.md:1:4
    |
  1 | At [last](#seven).
    |    -------------- no such claim
    |
`);
  });

  it('draws the first line of a span over several', () => {
    const texts = oneText('claim a "b"\n  x <\n  y\n');
    expect(drawn(about(texts, { of: 'x <\n  y', label: 'all of this' }), texts)).toContain(
      '2 |   x <\n  |   ^^^ all of this\n',
    );
  });

  it('marks an empty place, also at the end of the text', () => {
    const texts = oneText('unit t\nlet a =\n');
    const at = (offset: number) => ({ file: 'model.casus', start: offset, end: offset });
    expect(drawn(about(texts, { of: 't' }, { span: at(14), label: 'a value is missing' }), texts)).toContain(
      '2 | let a =\n  |        ^ a value is missing\n',
    );
    expect(drawn(about(texts, { of: 't' }, { span: at(15) }), texts)).toContain(
      'model.casus:3:1\n  |\n3 |\n  | ^\n  |\n',
    );
    expect(drawn(about(texts, { of: 't' }, { span: at(99) }), texts)).toContain('model.casus:3:1\n');
  });

  it('draws no line for a file as a whole', () => {
    const span = { file: 'models/strat', start: 0, end: 0 };
    const diagnostic = about(
      oneText('t'),
      { of: 't' },
      { span, label: 'nothing here', hint: 'look elsewhere.' },
    );
    const expected =
      '\nerror[unit-mismatch]: These two sides have different units\n  models/strat\nNothing here.\nHint: look elsewhere.\n';
    expect(drawn(diagnostic, new Map())).toBe(expected);
    expect(drawn(diagnostic, oneText('text', 'models/strat'))).toBe(expected);
  });

  it('cuts a long line around the mark', () => {
    const texts = oneText(`let a = ${'x + '.repeat(100)}stores${' + y'.repeat(100)}\n`);
    const lines = drawn(about(texts, { of: 'stores', label: 'here' }), texts).split('\n');
    expect(lines[4]).toBe(`1 | …${'x + '.repeat(5)}stores${' + y'.repeat(18)} +…`);
    expect(lines[5]).toBe(`  | ${' '.repeat(21)}^^^^^^ here`);
  });

  it('cuts at the ends of a line only where something is left out', () => {
    const texts = oneText(`start${'-'.repeat(200)}finish\n`);
    expect(drawn(about(texts, { of: 'start' }), texts)).toContain(`1 | start${'-'.repeat(95)}…\n  | ^^^^^\n`);
    expect(drawn(about(texts, { of: 'finish' }), texts)).toContain(
      `1 | …${'-'.repeat(94)}finish\n  | ${' '.repeat(95)}^^^^^^\n`,
    );
  });

  it('draws a long line again for marks that lie far apart, and cuts marks that are too long', () => {
    const texts = oneText(`near${'.'.repeat(300)}far\n`);
    const related = [{ span: spanOf(texts, { of: 'far' }), label: 'and this' }];
    expect(drawn(about(texts, { of: 'near', label: 'this' }, { related }), texts)).toContain(
      `1 | near${'.'.repeat(96)}…\n  | ^^^^ this\n1 | …${'.'.repeat(97)}far\n  | ${' '.repeat(98)}--- and this\n`,
    );
    const all = about(texts, { of: texts.get('model.casus')!.trim(), label: 'all' });
    expect(drawn(all, texts)).toContain(`  | ${'^'.repeat(100)} all\n`);
  });

  it('takes little time for a line as long as a text', () => {
    const texts = oneText(`${'x '.repeat(500_000)}`);
    const diagnostics = Array.from({ length: 100 }, (_, index) =>
      about(
        texts,
        { of: 'x' },
        { span: { file: 'model.casus', start: index * 9_000, end: index * 9_000 + 1 } },
      ),
    );
    const start = performance.now();
    drawAll(diagnostics, texts, PLAIN_STYLE);
    expect(performance.now() - start).toBeLessThan(1000);
  });

  it('draws tabs as spaces', () => {
    const texts = oneText('a\tb\n\tc\n');
    expect(drawn(about(texts, { of: 'b' }), texts)).toContain('1 | a   b\n  |     ^\n');
    expect(drawn(about(texts, { of: 'c' }), texts)).toContain('2 |     c\n  |     ^\n');
  });

  it('shows signs harmlessly that a terminal would obey', () => {
    const texts = oneText('a\u001b[31m\u0000\u007f\u009b\u202e b\ud800 c\n');
    const diagnostic = about(texts, { of: ' c', label: 'a\u001b[2J\nb' }, { reason: 'x\u202e\ny\u0007' });
    expect(drawn(diagnostic, texts)).toContain(
      '1 | a␛[31m␀␡<U+009B><U+202E> b<U+D800> c\n' +
        '  |                                   ^^ a␛[2J␊b\n  |\nx<U+202E>\ny␇\n',
    );
  });

  it('counts wide signs as two columns and combining ones as none', () => {
    const texts = oneText('漢字 e\u0301 😀 x\n');
    expect(drawn(about(texts, { of: 'x' }), texts)).toContain(`  | ${' '.repeat(10)}^\n`);
    expect(drawn(about(texts, { of: '😀' }), texts)).toContain(`  | ${' '.repeat(7)}^^\n`);
  });

  it('reads lines that end by CRLF', () => {
    const texts = oneText('unit t\r\nunit s\r\n');
    expect(drawn(about(texts, { of: 's', label: 'x' }), texts)).toContain('2 | unit s\n  |      ^ x\n');
  });

  it('leaves colour to the host', () => {
    const tag = (name: string) => (text: string) => `<${name}>${text}</${name}>`;
    const style = { bold: tag('b'), red: tag('r'), yellow: tag('y'), dim: tag('d'), cyan: tag('c') };
    const texts = oneText('t s\n');
    const related = [{ span: spanOf(texts, { of: 's' }), label: 'y' }];
    const diagnostic = about(texts, { of: 't', label: 'x' }, { related, hint: 'z' });
    expect(drawDiagnostic(diagnostic, texts, style)).toBe(
      '<b><r>error[unit-mismatch]</r>: These two sides have different units</b>\n  model.casus:1:1\n<d>  |</d>\n' +
        '<d>1 |</d> t s\n<d>  |</d> <r>^ x</r>\n<d>  |</d>   <c>- y</c>\n<d>  |</d>\n<b>Hint:</b> z',
    );
    expect(drawDiagnostic({ ...diagnostic, severity: 'warning' }, texts, style)).toContain('<y>^ x</y>');
  });
});

describe('drawAll', () => {
  const texts = new Map([
    ['model.casus', 'a b c\n'],
    ['brief.md', 'a b c\n'],
  ]);
  const warning = { severity: 'warning' } as const;

  it('puts errors first, each kind in the order of files and places, and counts them', () => {
    const all = [
      about(texts, { of: 'a' }, warning),
      about(texts, { file: 'brief.md', of: 'a' }),
      about(texts, { of: 'c' }),
      about(texts, { of: 'b' }),
    ];
    const lines = drawAll(all, texts, PLAIN_STYLE).split('\n');
    expect(lines.filter((line) => /:\d+:\d+$/.test(line))).toEqual([
      '  model.casus:1:3',
      '  model.casus:1:5',
      '  brief.md:1:1',
      '  model.casus:1:1',
    ]);
    expect(lines.slice(-2)).toEqual(['', '3 errors, 1 warning']);
    expect(lines.filter((line) => line === '')).toHaveLength(4);
  });

  it.each([
    [[], ''],
    [[warning, warning], '2 warnings'],
    [[{}], '1 error'],
  ])('ends with the count of %j', (kinds, last) => {
    const all = kinds.map((kind) => about(texts, { of: 'a' }, kind));
    expect(drawAll(all, texts, PLAIN_STYLE).split('\n').at(-1)).toBe(last);
  });
});

/** What a brief gives: paragraphs as a reader sees them, claim links and casus blocks at their exact places. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBrief } from './read-brief.ts';

const read = (text: string) => readBrief('brief.md', text);
const links = (text: string) =>
  read(text).brief.paragraphs.flatMap((paragraph) =>
    paragraph.links.map((link) => [link.claim, link.text, text.slice(link.span.start, link.span.end)]),
  );
const blocks = (text: string) =>
  read(text).brief.blocks.map((block) => [text.slice(block.start, block.end), block.indent]);

describe('paragraphs', () => {
  it('gives headings, paragraphs, list items and quotations as a reader sees them, in order', () => {
    const text =
      '# The *title*\n\nFirst   line\nand `code` \\* on.\n\n- an item\n\n> a **quotation**\n\nUnder\n=====\n';
    expect(read(text).brief.paragraphs.map(({ kind, text }) => [kind, text])).toEqual([
      ['heading', 'The title'],
      ['paragraph', 'First line and code * on.'],
      ['paragraph', 'an item'],
      ['paragraph', 'a quotation'],
      ['heading', 'Under'],
    ]);
  });

  it('has exact spans, also with CRLF and signs outside the first plane', () => {
    const text = 'A 😀 b.\r\n\r\nSecond\r\nline.\r\n';
    const spans = read(text).brief.paragraphs.map(({ span }) => [
      span.file,
      text.slice(span.start, span.end),
    ]);
    expect(spans).toEqual([
      ['brief.md', 'A 😀 b.'],
      ['brief.md', 'Second\r\nline.'],
    ]);
  });

  it('keeps raw HTML as text', () => {
    const text = '<script>alert(1)</script>\n\n<!-- a [note](#kept) -->\n\nwords <b>bold</b>\n';
    expect(read(text).brief.paragraphs.map((paragraph) => paragraph.text)).toEqual([
      '<script>alert(1)</script>',
      '<!-- a note -->',
      'words <b>bold</b>',
    ]);
    expect(links(text)).toEqual([['kept', 'note', '[note](#kept)']]);
  });

  it('leaves out what would move a cursor or turn the direction of writing, however it is written', () => {
    const text = 'It \u001b[31mis \u009b1m \u0007 \u202ehere\u202c&#x2067; [and\u0001 \u001b there](#a).\n';
    const [found] = read(text).brief.paragraphs;
    expect(found?.text).toBe('It [31mis 1m here and there.');
    expect(
      found?.links.map(({ sentence, at, text: words }) => sentence.slice(at, at + words.length)),
    ).toEqual(['and there']);
  });

  it('takes a break for a space and an image for its words', () => {
    expect(read('one\\\ntwo ![a map](m.png)\n').brief.paragraphs[0]?.text).toBe('one two a map');
  });
});

describe('claim links', () => {
  it('finds them in paragraphs, headings, list items and quotations', () => {
    expect(
      links('# [A](#a)\n\nAt [last\n  barely](#b) x.\n\n1. [C **d**](#c "why")\n\n> [E](<#e>)\n'),
    ).toEqual([
      ['a', 'A', '[A](#a)'],
      ['b', 'last barely', '[last\n  barely](#b)'],
      ['c', 'C d', '[C **d**](#c "why")'],
      ['e', 'E', '[E](<#e>)'],
    ]);
  });

  it('gives exact offsets', () => {
    const text = 'At 30,000 a day the deliveries [last barely six\nmonths](#six_months).\n';
    expect(read(text).brief.paragraphs[0]?.links).toEqual([
      {
        claim: 'six_months',
        text: 'last barely six months',
        sentence: 'At 30,000 a day the deliveries last barely six months.',
        at: 31,
        span: { file: 'brief.md', start: 31, end: 68 },
      },
    ]);
  });

  it('quotes the sentence of each, with its words at their place', () => {
    const text = 'It is here. And *in* [ two\nwords ](#a)  and [two words](#b).  [Next](#c) comes.\n';
    const found = read(text).brief.paragraphs.flatMap(({ links }) => links);
    expect(found.map(({ sentence, at, text: words }) => [sentence, at, words])).toEqual([
      ['And in two words and two words.', 7, 'two words'],
      ['And in two words and two words.', 21, 'two words'],
      ['Next comes.', 0, 'Next'],
    ]);
  });

  it('leaves other links alone, and code and escapes', () => {
    expect(
      links('[a](https://x.y/#z) [b](c.md) [d](#) `[e](#f)` \\[g](#h) ![i](#j)\n\n    [k](#l)\n'),
    ).toEqual([]);
  });

  it('counts a byte order mark', () => {
    expect(links('\ufeff[a](#b)\n')).toEqual([['b', 'a', '[a](#b)']]);
  });

  it('keeps a name that is no percent encoding', () => {
    expect(links('[a](#b%20c) [d](#50%)').map(([claim]) => claim)).toEqual(['b c', '50%']);
  });
});

describe('casus blocks', () => {
  it('gives the text between the fences', () => {
    expect(
      blocks('Text.\n\n```casus\nmodel "A"\n\nunit t\n```\n\nMore.\n\n~~~ casus of time\nx\n~~~\n'),
    ).toEqual([
      ['model "A"\n\nunit t\n', 0],
      ['x\n', 0],
    ]);
  });

  it('gives exact offsets with CRLF', () => {
    const text = 'a\r\n\r\n```casus\r\nunit t\r\n```\r\n';
    expect(read(text).brief.blocks).toEqual([{ start: 15, end: 23, indent: 0 }]);
    expect(text.slice(15, 23)).toBe('unit t\r\n');
  });

  it("takes the fence's own indent, also in list items", () => {
    expect(blocks('  ```casus\n  unit t\n  ```\n')).toEqual([['  unit t\n', 2]]);
    expect(blocks('1. An item:\n\n   ```casus\n   unit t\n   ```\n')).toEqual([['   unit t\n', 3]]);
    expect(blocks('- ```casus\n  unit t\n  ```\n')).toEqual([['  unit t\n', 2]]);
    expect(blocks('-\t```casus\n\tunit t\n\t```\n')).toEqual([['\tunit t\n', 4]]);
  });

  it('ends where the fence really closes', () => {
    expect(blocks('````casus\n```\nx\n````\n')).toEqual([['```\nx\n', 0]]);
    expect(blocks('```casus\nx\n    ```\n')).toEqual([['x\n    ```\n', 0]]);
    expect(blocks('```casus\nx\n``` y\n```\n')).toEqual([['x\n``` y\n', 0]]);
  });

  it('runs to the end where nobody closes it', () => {
    expect(blocks('```casus\nx\ny')).toEqual([['x\ny', 0]]);
    expect(blocks('```casus\nx\n```y\n')).toEqual([['x\n```y\n', 0]]);
    expect(blocks('- ```casus\n  x\n\nafter\n')).toEqual([['  x\n', 2]]);
    expect(blocks('```casus')).toEqual([['', 0]]);
    expect(blocks('```casus\n')).toEqual([['', 0]]);
    expect(blocks('```casus\n```')).toEqual([['', 0]]);
  });

  it('passes over blocks of other languages, with their fences', () => {
    expect(
      blocks('```js\n```\n\n```\ncasus\n```\n\n    ```casus\n\n``` casus\nx\n```\n\n```Casus\ny\n```\n'),
    ).toEqual([
      ['x\n', 0],
      ['y\n', 0],
    ]);
  });

  it('counts a byte order mark', () => {
    expect(blocks('\ufeff```casus\nx\n```\n')).toEqual([['x\n', 0]]);
  });

  it('refuses a block in a quotation', () => {
    const { brief, diagnostics } = read('> - ```casus\n>   x\n>   ```\n');
    expect(brief.blocks).toEqual([]);
    expect(diagnostics.map(({ code, span }) => [code, span.start, span.end])).toEqual([
      ['casus-block-in-quotation', 4, 12],
    ]);
  });
});

describe('strange and hostile texts', () => {
  it.each([
    ['>'.repeat(10_000), 'brief-nested-too-deep'],
    ['- '.repeat(10_000), 'brief-nested-too-deep'],
    ['['.repeat(10_000), 'brief-nested-too-deep'],
    [`${'!['.repeat(10_000)}a${'](#b)'.repeat(10_000)}`, 'brief-nested-too-deep'],
    ['a\n-\n'.repeat(10_000), 'brief-too-much-markup'],
    ['*'.repeat(10_000), 'brief-too-much-markup'],
    ['[a] '.repeat(10_000), 'brief-too-much-markup'],
    [`a${'`'.repeat(10_000)}`, 'brief-too-much-markup'],
    ['- a\n\n'.repeat(10_000), 'brief-too-much-markup'],
    ['\n'.repeat(500_000), 'brief-too-much-markup'],
    [` ~~~\n${'a\n'.repeat(10_000)}`, 'brief-too-much-markup'],
  ])('refuses text %# before it parses', (text, code) => {
    const start = performance.now();
    const { brief, diagnostics } = read(text);
    expect(performance.now() - start).toBeLessThan(1000);
    expect(diagnostics.map((diagnostic) => diagnostic.code)).toEqual([code]);
    expect(brief.paragraphs).toEqual([]);
  });

  it('reads a long casus block whatever is in it', () => {
    const model = '  - fired[a][b] * [c] _ * x\n'.repeat(20_000);
    expect(blocks(`Text.\n\n\`\`\`casus\n${model}\`\`\`\n`)).toEqual([[model, 0]]);
  });

  it('reads a long brief', () => {
    const text = 'The deliveries [last barely](#six_months) and *more* prose follows.\n\n'.repeat(2_000);
    expect(links(text)).toHaveLength(2_000);
  });

  it('has every span inside the text, and every link at its bracket', () => {
    const piece = fc.constantFrom(
      ...[
        '[a](#b)',
        '[',
        ']',
        '(#c)',
        '```',
        '```casus',
        '~~~casus',
        '\n',
        '\r\n',
        '\r',
        '\n\n',
        '  ',
        '\t',
        '> ',
        '- ',
        '1. ',
      ],
      ...[
        '# ',
        '*',
        '**',
        '`',
        '\\',
        '<b>',
        '&amp;',
        '\ufeff',
        '\0',
        '😀',
        '\ud800',
        'word',
        '---',
        '===',
        '!',
      ],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join('');
        const { brief } = read(text);
        const spans = [...brief.blocks, ...brief.paragraphs.map((paragraph) => paragraph.span)];
        for (const { start, end } of spans) {
          expect(0 <= start && start <= end && end <= text.length).toBe(true);
        }
        for (const { start } of brief.blocks) {
          expect(start === text.length || /[\n\r]/.test(text[start - 1]!)).toBe(true);
        }
        for (const { links } of brief.paragraphs) {
          for (const { span } of links) expect(text.slice(span.start, span.end)).toMatch(/^\[[\s\S]*\)$/);
        }
      }),
      { numRuns: 3_000 },
    );
  });
});

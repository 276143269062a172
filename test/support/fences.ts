/** The fenced blocks of a page of the documentation, which the tests run as examples. */

export type Fence = {
  /** The first word behind the opening fence, such as `casus`. */
  readonly language: string;
  /** The words behind it. */
  readonly words: readonly string[];
  /** What stands between the fences, with its last line break. */
  readonly text: string;
  /** Line of the page on which the block opens. */
  readonly line: number;
};

const FENCE = /^```(\w+)(?: ([^\n`]*))?\n([\s\S]*?)^```$/gm;

export function fencesOf(page: string): readonly Fence[] {
  const found: Fence[] = [];
  replaceFences(page, (fence) => {
    found.push(fence);
    return fence.text;
  });
  return found;
}

/** The page with the text of each block, in order, made anew. */
export function replaceFences(page: string, make: (fence: Fence) => string): string {
  return page.replace(
    FENCE,
    (block, language: string, rest: string | undefined, text: string, at: number) => {
      const line = page.slice(0, at).split('\n').length;
      const words = (rest ?? '').split(' ').filter((word) => word !== '');
      const made = make({ language, words, text, line });
      // Cut by place, since a replacement could hold what stands for something in a pattern.
      const head = block.slice(0, block.indexOf('\n') + 1);
      return `${head}${made}\`\`\``;
    },
  );
}

export type Table = readonly Readonly<Record<string, string>>[];

/** The rows of the first table below a heading, by column; cells without the marks of code. */
export function tableBelow(page: string, heading: string): Table {
  const lines = page.split('\n');
  const title = lines.findIndex((line) => /^#+ /.test(line) && line.replace(/^#+ /, '') === heading);
  if (title < 0) throw new Error(`no heading \`${heading}\``);
  const head = lines.findIndex((line, at) => at > title && line.startsWith('|'));
  const cells = (line: string): readonly string[] =>
    line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll('\\|', '|').replaceAll('`', ''));
  const columns = cells(lines[head] ?? '');
  const rows: Record<string, string>[] = [];
  for (let at = head + 2; lines[at]?.startsWith('|'); at++) {
    const row = cells(lines[at] ?? '');
    rows.push(Object.fromEntries(columns.map((column, number) => [column, row[number] ?? ''])));
  }
  return rows;
}

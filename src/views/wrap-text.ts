/**
 * Breaks text into lines of a given width without breaking words, for terminals and reports.
 */

/**
 * Lines of at most `width` characters; a longer word stands on a line of its own. The first line is shorter by `used`, and
 * empty where the first word does not fit behind what stands there.
 */
export function wrapText(text: string, width: number, used = 0): readonly string[] {
  const lines: string[] = [];
  let line = '';
  let room = width - used;
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
    const isFull = line === '' ? room < width && word.length > room : line.length + 1 + word.length > room;
    if (isFull) {
      lines.push(line);
      line = word;
      room = width;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return line === '' ? lines : [...lines, line];
}

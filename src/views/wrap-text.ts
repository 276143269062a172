/**
 * Breaks text into lines of a given width without breaking words, for terminals and reports.
 */

/** Lines of at most `width` characters; a longer word stands on a line of its own. The first line may be shorter by `used`. */
export function wrapText(text: string, width: number, used = 0): readonly string[] {
  const lines: string[] = [];
  let line = '';
  let room = width - used;
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
    if (line !== '' && line.length + 1 + word.length > room) {
      lines.push(line);
      line = word;
      room = width;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return line === '' ? lines : [...lines, line];
}

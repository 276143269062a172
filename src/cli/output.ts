/**
 * All that the command line writes: data to stdout, progress and notes to stderr. Colours only on a terminal that
 * wants them (NO_COLOR is kept), and a closed pipe is no error.
 */
import { basename, relative } from 'node:path';
import picocolors from 'picocolors';
import type { Diagnostic } from '../base/diagnostic.ts';
import { drawAll } from '../base/draw-diagnostic.ts';
import type { Style } from '../views/style.ts';

/** Exit codes: fine, faults in the model, wrong usage, a fault of Casus, stopped by Ctrl-C. */
export const EXIT = { fine: 0, faults: 1, usage: 2, bug: 3, stopped: 130 } as const;

const coloursFor = (stream: NodeJS.WriteStream) =>
  picocolors.createColors(stream.isTTY === true && picocolors.isColorSupported);

export function ledgerStyle(): Style {
  const colours = coloursFor(process.stdout);
  return { bold: colours.bold, dim: colours.dim, good: colours.blue, bad: colours.yellow };
}

export function writeData(text: string): void {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
}

/** How this command was called, so that the next one that is named works as it stands: from a checkout by its file. */
export function commandName(): string {
  const script = process.argv[1] ?? 'casus';
  return basename(script) === 'casus.js' ? `node ${asTyped(relative(process.cwd(), script))}` : 'casus';
}

/** A word as a shell takes it for one: in quotes where it has a space or anything else that shells read. */
export const asTyped = (word: string): string =>
  /^[\p{L}\p{N}_@%+=:,./\\-]+$/u.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

export function writeNote(text: string): void {
  process.stderr.write(text.endsWith('\n') ? text : `${text}\n`);
}

/** Draws diagnostics: as data where they are the answer, as notes where something else is. */
export function writeDiagnostics(
  diagnostics: readonly Diagnostic[],
  texts: ReadonlyMap<string, string>,
  as: 'data' | 'note',
): void {
  if (diagnostics.length === 0) return;
  const colours = coloursFor(as === 'data' ? process.stdout : process.stderr);
  const { bold, dim, red, yellow, cyan } = colours;
  const drawn = drawAll(diagnostics, texts, { bold, dim, red, yellow, cyan });
  if (as === 'data') writeData(drawn);
  else writeNote(drawn);
}

/** A bar on a terminal's stderr; silent elsewhere. */
export type Progress = { readonly add: (futures: number) => void; readonly end: () => void };

const BAR_WIDTH = 30;

export function progressBar(total: number): Progress {
  if (process.stderr.isTTY !== true) return { add: () => {}, end: () => {} };
  let done = 0;
  return {
    add: (futures) => {
      done += futures;
      // Doubled ensembles come on top of what was planned: the bar then stays full and the count goes on.
      const filled = Math.min(BAR_WIDTH, Math.round((BAR_WIDTH * done) / Math.max(total, 1)));
      process.stderr.write(
        `\r${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)} ${Math.round(done)} futures`,
      );
    },
    end: () => {
      process.stderr.write('\r\u001b[K');
    },
  };
}

/**
 * `casus … | head` closes the pipe early; the rest is simply not wanted. Where the answer cannot be written, say on a full
 * disk, what is there is not the whole of it.
 */
export function endWhereOutputEnds(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(EXIT.fine);
      if (stream === process.stdout) writeNote(`error: the answer could not be written: ${error.message}`);
      process.exit(EXIT.usage);
    });
  }
}

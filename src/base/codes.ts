/**
 * Every message of Casus about a writer's text, in one place: code, sentence, why it matters, how it is mended.
 * `docs/diagnostics.md` is generated from this table and from the cases in `test/bad/`; a test holds the three
 * lists equal. A code is a promise: once published it keeps its meaning.
 */
import type { Severity } from './diagnostic.ts';

export type CodeEntry = {
  readonly severity: Severity;
  /** The sentence after `error[code]:`; no full stop, no particulars. */
  readonly title: string;
  /** Why it matters, for `casus explain CODE` and the docs. */
  readonly meaning: string;
  /** What to do; also the hint where a place has none of its own. */
  readonly mend: string;
};

const error = (title: string, meaning: string, mend: string): CodeEntry => ({ severity: 'error', title, meaning, mend });
const warning = (title: string, meaning: string, mend: string): CodeEntry => ({
  severity: 'warning',
  title,
  meaning,
  mend,
});

export const CODES = {
  // --- reading the argument's files -------------------------------------------------------------------------
  'text-empty': error(
    'There is no model in this text',
    'A model needs at least a title, a time axis and something that happens; an empty text has none of them.',
    'Start with `model "Title"` and `time 2024-01-01 .. 2024-12-30 by 1 week`, or let `casus new` write a first model.',
  ),
} as const satisfies Record<string, CodeEntry>;

export type DiagnosticCode = keyof typeof CODES;
export { warning as _warning };

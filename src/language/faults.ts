/**
 * Where the lexer and the parser put what they find wrong. It keeps at most 200 messages per text: a text with more
 * is usually no model at all, and nobody reads the rest. It must never decide what a fault is, only gather.
 */

import type { DiagnosticCode } from '../base/codes.ts';
import { type Diagnostic, diagnose, MOST_FAULTS, type Particulars } from '../base/diagnostic.ts';

export { MOST_FAULTS };

export type Faults = {
  readonly file: string;
  report(code: DiagnosticCode, start: number, end: number, particulars?: Particulars): void;
  /** True once no more is kept: reading on would be work for nothing. */
  isFull(): boolean;
  /** All that was kept, in the order of the text; the notice that more was left out stands last. */
  all(): readonly Diagnostic[];
};

export function gatherFaults(file: string): Faults {
  const kept: Diagnostic[] = [];
  let surplus: Diagnostic | null = null;
  return {
    file,
    report(code, start, end, particulars) {
      if (surplus !== null) return;
      if (kept.length < MOST_FAULTS) {
        kept.push(diagnose(code, { file, start, end }, particulars));
        return;
      }
      surplus = diagnose(
        'too-many-faults',
        { file, start, end },
        {
          label: `the ${MOST_FAULTS + 1}st fault; no more are listed`,
        },
      );
    },
    isFull: () => surplus !== null,
    all() {
      const ordered = kept.toSorted((one, other) => one.span.start - other.span.start);
      return surplus === null ? ordered : [...ordered, surplus];
    },
  };
}

/**
 * One shape for everything that Casus has to say about a text: what is wrong, where, why it matters, what to do.
 * Stages make diagnostics and never print; `draw-diagnostic.ts` draws them and only a host shows them.
 */
import { CODES, type DiagnosticCode, type Severity } from './codes.ts';
import type { Span } from './span.ts';

export type { Severity } from './codes.ts';

/** A second place that a message points at, with its own label. */
export type Related = { readonly span: Span; readonly label: string };

export type Diagnostic = {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  /** The catalogue's sentence for the code. */
  readonly title: string;
  /** The place; a zero-length span at 0 stands for the file as a whole. */
  readonly span: Span;
  /** What stands under the carets: the particulars of this place. Markdown's backticks mark code. */
  readonly label: string;
  readonly related: readonly Related[];
  /** Why it matters here, in one or two sentences; empty where the label says all. */
  readonly reason: string;
  /** What to do; empty only where the reason already says it. */
  readonly hint: string;
};

/** Errors that a stage tells of one text: with more it is usually no model at all, and nobody reads the rest. */
export const MOST_FAULTS = 200;

/** The parts of a message that differ from place to place. */
export type Particulars = {
  readonly label?: string;
  readonly related?: readonly Related[];
  readonly reason?: string;
  readonly hint?: string;
};

/** Makes a diagnostic; severity and title come from the catalogue of codes. */
export function diagnose(code: DiagnosticCode, span: Span, particulars: Particulars = {}): Diagnostic {
  const entry = CODES[code];
  return {
    code,
    severity: entry.severity,
    title: entry.title,
    span,
    label: particulars.label ?? '',
    related: particulars.related ?? [],
    reason: particulars.reason ?? '',
    hint: particulars.hint ?? entry.mend,
  };
}

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === 'error');
}

/**
 * What a stage gives back. A stage that found errors still reports everything it saw; the value is there only where
 * the next stage can rely on it.
 */
import type { Diagnostic } from './diagnostic.ts';

export type Result<Value> =
  | { readonly ok: true; readonly value: Value; readonly diagnostics: readonly Diagnostic[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

export function success<Value>(value: Value, diagnostics: readonly Diagnostic[] = []): Result<Value> {
  return { ok: true, value, diagnostics };
}

export function failure<Value>(diagnostics: readonly Diagnostic[]): Result<Value> {
  return { ok: false, diagnostics };
}

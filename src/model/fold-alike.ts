/**
 * One missing declaration is one mistake, however often its name is read: messages that say the same of the same name
 * become one, which points at the first places and counts the others.
 */
import type { DiagnosticCode } from '../base/codes.ts';
import type { Diagnostic } from '../base/diagnostic.ts';

const ABOUT_NAMES: readonly DiagnosticCode[] = [
  'name-unknown',
  'unit-unknown',
  'group-unknown',
  'source-unknown',
  'side-unknown',
  'element-unknown',
];

/** Further places that are marked. */
const MOST_MARKED = 2;

export function foldAlike(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const alike = new Map<string, Diagnostic[]>();
  for (const diagnostic of diagnostics) {
    if (!ABOUT_NAMES.includes(diagnostic.code)) continue;
    const key = `${diagnostic.code} ${diagnostic.label}`;
    const before = alike.get(key);
    if (before === undefined) alike.set(key, [diagnostic]);
    else before.push(diagnostic);
  }
  return diagnostics.flatMap((diagnostic) => {
    const places = alike.get(`${diagnostic.code} ${diagnostic.label}`);
    if (places === undefined || places.length === 1) return [diagnostic];
    if (places[0] !== diagnostic) return [];
    const [first, ...others] = places.toSorted((a, b) => a.span.start - b.span.start);
    if (first === undefined) return [];
    const marked = others.slice(0, MOST_MARKED).map(({ span }) => ({ span, label: 'here too' }));
    const left = others.length - marked.length;
    const reason = left === 0 ? '' : `So it is at ${left} more ${left === 1 ? 'place' : 'places'}.`;
    return [{ ...first, related: [...first.related, ...marked], reason }];
  });
}

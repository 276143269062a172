/**
 * What stands: `china is arms`, `chance of china is arms`. The word behind `is` belongs to what is named before it, and is
 * looked up nowhere else.
 */
import type { Span } from '../base/span.ts';
import { suggest } from '../base/suggest.ts';
import type { ChanceReading, EventReading, Name } from '../language/tree.ts';
import { BOOLEAN, PLAIN } from './check-types.ts';
import type { Expression } from './expression.ts';
import { stateNumber } from './model-of-decisions.ts';
import { readIndices } from './read-indices.ts';
import type { Place } from './read-name.ts';
import {
  describeEntity,
  quote,
  report,
  reportUnknown,
  UNKNOWN,
  type VariableHeader,
  type Workbench,
} from './workbench.ts';

/** What asks after a decision. */
type DecisionReading = ChanceReading | (EventReading & { readonly kind: 'is' });

/** Whether a name is a decision's. */
export function isDecision(bench: Workbench, { text }: Name): boolean {
  const entity = bench.names.get(text);
  return entity?.kind === 'variable' && bench.variables[entity.variable]?.kind === 'decision';
}

export function readDecision(bench: Workbench, reading: DecisionReading, place: Place): Expression {
  const { span } = reading;
  const test = reading.kind === 'chance' ? reading.of : reading;
  const { name } = test.subject;
  const fault: Expression = { kind: 'constant', value: 0, type: UNKNOWN, span };
  const entity = bench.names.get(name.text);
  if (entity === undefined) {
    const decisions = bench.variables.filter(({ kind }) => kind === 'decision');
    reportUnknown(
      bench,
      'name-unknown',
      name,
      decisions.map((header) => header.name),
      'decision',
    );
    return fault;
  }
  const header = entity.kind === 'variable' ? bench.variables[entity.variable] : undefined;
  if (entity.kind !== 'variable' || header?.kind !== 'decision') {
    report(bench, 'decision-expected', name.span, {
      label: `\`${name.text}\` is ${describeEntity(bench, entity)}`,
    });
    return fault;
  }
  const option = optionNumber(bench, header, test.state);
  if (option === null || refusedHere(bench, header, quote(bench, span), reading, place)) return fault;
  if (header.isShapeless) return fault;
  const indices = test.subject.kind === 'index' ? test.subject.indices : [];
  const isCondition = reading.kind === 'is';
  const found = readIndices(bench, { name, axes: header.axes, indices, isCondition }, place.loops);
  if (found === null) return fault;
  const type = isCondition ? BOOLEAN : PLAIN;
  return {
    kind: 'state',
    variable: entity.variable,
    indices: found,
    state: stateNumber(header.options?.length ?? 0, isCondition ? 'stands' : 'chance', option),
    type,
    span,
  };
}

/** The number of an option among those of its decision; null after a fault. */
export function optionNumber(
  bench: Workbench,
  { name, options = [], span }: VariableHeader,
  option: { readonly text: string; readonly span: Span },
): number | null {
  const names = options.map(({ text }) => text);
  const found = names.indexOf(option.text);
  // With fewer than two, options could not be read or are missing, which is reported.
  if (found >= 0 || names.length < 2) return found < 0 ? null : found;
  const nearest = suggest(option.text, names);
  const home = bench.variables.find((other) => other.options?.some(({ text }) => text === option.text));
  report(bench, 'option-unknown', option.span, {
    label:
      home === undefined
        ? `\`${name}\` has no option \`${option.text}\``
        : `\`${option.text}\` is an option of \`${home.name}\`, not of \`${name}\``,
    related: [{ span, label: 'declared here' }],
    hint:
      nearest === null ? `The options of \`${name}\` are ${listed(names)}.` : `Did you mean \`${nearest}\`?`,
  });
  return null;
}

const listed = (names: readonly string[]): string =>
  `${names
    .slice(0, -1)
    .map((one) => `\`${one}\``)
    .join(', ')} and \`${names.at(-1)}\``;

/** Claims look at what came of a future, and starts at what was before anything was decided. */
function refusedHere(
  bench: Workbench,
  { name }: VariableHeader,
  written: string,
  { kind, span }: DecisionReading,
  { purpose }: Place,
): boolean {
  if (purpose === 'start') {
    report(bench, 'start-reads-flow', span, {
      label: `\`${name}\` is decided within a future, and a stock has its first value before`,
    });
    return true;
  }
  if (purpose !== 'claim') return false;
  report(bench, 'claim-reads-variable', span, {
    label: `\`${name}\` is a decision, which changes within a future`,
    hint:
      kind === 'is'
        ? `Measure it first, for example \`measure ever_${name} = ever ${written}\`, and let the claim speak of that.`
        : `Measure it first, for example \`measure final_${name} = final ${written}\`, and let the claim speak of that.`,
  });
  return true;
}

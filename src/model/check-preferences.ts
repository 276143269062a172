/**
 * Claims of preference: what one option is worth to an actor beside another, read off a measure that nobody declared, the
 * difference of the two at its date. It stands behind the model's own measures, so that whatever follows a claim through
 * its measures needs to know nothing of preferences.
 */
import type { ClaimForm as WrittenForm } from '../language/tree.ts';
import { quoted } from './as-written.ts';
import { checkActor } from './check-decisions.ts';
import { instantOnAxis } from './check-time.ts';
import { BOOLEAN } from './check-types.ts';
import type { CheckedVariable } from './check-variables.ts';
import type { Expression, Index } from './expression.ts';
import type { Measure, TimeAxis } from './model.ts';
import { type DecisionBody, type PreferenceForm, stateNumber } from './model-of-decisions.ts';
import { optionNumber } from './read-decision.ts';
import { readIndices } from './read-indices.ts';
import { showInstant } from './show-instant.ts';
import {
  declarationsOf,
  describeEntity,
  isBroken,
  report,
  reportUnknown,
  type VariableHeader,
  type Workbench,
} from './workbench.ts';

type Written = WrittenForm & { readonly kind: 'preference' };

/** The claims of preference by their forms as written, and the measures that they read, which begin at number `first`. */
export type Preferences = {
  readonly forms: ReadonlyMap<Written, PreferenceForm>;
  readonly measures: readonly Measure[];
};

export function checkPreferences(
  bench: Workbench,
  variables: readonly CheckedVariable[],
  first: number,
): Preferences {
  const forms = new Map<Written, PreferenceForm>();
  const measures: Measure[] = [];
  const { time } = bench;
  for (const { form } of declarationsOf(bench, 'claim')) {
    if (form?.kind !== 'preference' || time === null) continue;
    const found = checkPreference(bench, time, variables, form);
    if (found === null) continue;
    const number = first + measures.length;
    measures.push(found.measure);
    const { type, span } = found.measure.body;
    const condition: Expression = {
      kind: 'less',
      left: { kind: 'constant', value: 0, type, span },
      right: { kind: 'measure', measure: number, indices: [], type, span },
      type: BOOLEAN,
      span,
    };
    forms.set(form, { ...found.form, condition, measure: number });
  }
  return { forms, measures };
}

type Found = {
  readonly form: Omit<PreferenceForm, 'condition' | 'measure'>;
  readonly measure: Measure;
};

function checkPreference(
  bench: Workbench,
  time: TimeAxis,
  variables: readonly CheckedVariable[],
  form: Written,
): Found | null {
  const { decision, span } = form;
  const { name } = decision;
  const entity = bench.names.get(name.text);
  if (entity === undefined) {
    const names = bench.variables.filter(({ kind }) => kind === 'decision').map((one) => one.name);
    reportUnknown(bench, 'name-unknown', name, names, 'decision');
    return null;
  }
  const checked = entity.kind === 'variable' ? variables[entity.variable] : undefined;
  if (entity.kind !== 'variable' || checked?.body.kind !== 'decision') {
    report(bench, 'decision-expected', name.span, {
      label: `\`${name.text}\` is ${describeEntity(bench, entity)}`,
      hint: 'Behind `in` stands the name of a decision.',
    });
    return null;
  }
  const { header, body, unit } = { ...checked, body: checked.body, unit: checked.body.worth };
  const [option, over] = [form.option, form.over].map((one) => optionNumber(bench, header, one));
  if (form.option.text === form.over.text) {
    report(bench, 'given-twice', form.over.span, { label: 'nothing is preferred over itself' });
    return null;
  }
  const indices = indicesOf(bench, header, body, form);
  const kind = indices === null ? null : roleOf(bench, header, body, form, indices);
  const at = dateOf(bench, time, body, form);
  if (option == null || over == null || indices === null || kind === null || at === null) return null;
  const worth = (number: number): Expression => ({
    kind: 'state',
    variable: entity.variable,
    indices,
    state: stateNumber(body.options.length, kind, number),
    type: body.options[number]?.utility.type ?? { kind: 'unknown' },
    span,
  });
  const [left, right] = [worth(option), worth(over)];
  const { type } = left.type.kind === 'unknown' ? right : left;
  const difference: Expression = { kind: 'subtract', left, right, type, span };
  const text = quoted(bench.text, span);
  return {
    form: {
      kind: 'preference',
      actor: form.actor.text,
      decision: quoted(bench.text, decision.span),
      option: form.option.text,
      over: form.over.text,
      at: showInstant(time, at),
      text,
    },
    measure: {
      name: `worth of ${form.option.text} beside ${form.over.text} in ${quoted(bench.text, decision.span)}`,
      declared: { name: text, label: text },
      groups: [],
      elements: [],
      label: text,
      type,
      unit,
      reducer: 'at',
      body: difference,
      window: { from: at, to: at },
      countFrom: at,
      definitions: [],
      implied: true,
      span,
    },
  };
}

/** The element that is meant; where none is written, that of the actor who decides. */
function indicesOf(
  bench: Workbench,
  header: VariableHeader,
  body: DecisionBody,
  { decision, actor }: Written,
): readonly Index[] | null {
  if (header.isShapeless) return null;
  const [only, more] = header.axes;
  const written = decision.kind === 'index' ? decision.indices : [];
  const isHis = [body.by, body.with].some((who) => who?.kind === 'each' && who.loop === 0);
  if (only !== undefined && more === undefined && written.length === 0 && isHis) {
    const members = bench.groups[only.group ?? -1]?.members ?? [];
    const element = members.findIndex((member) => member.name === actor.text);
    if (element >= 0) return [{ kind: 'element', element }];
  }
  return readIndices(bench, { name: decision.name, axes: header.axes, indices: written }, []);
}

/** Whether the actor decides, or consents; reports one who does neither. */
function roleOf(
  bench: Workbench,
  header: VariableHeader,
  body: DecisionBody,
  { actor }: Written,
  indices: readonly Index[],
): 'worth' | 'partner' | null {
  if (!checkActor(bench, actor)) return null;
  const nameOf = (who: DecisionBody['with']): string | null => {
    if (who === null) return null;
    if (who.kind === 'actor') return who.name;
    const index = indices[who.loop];
    const group = bench.groups[header.axes[who.loop]?.group ?? -1];
    return index?.kind === 'element' ? (group?.members[index.element]?.name ?? null) : null;
  };
  const [decider, partner] = [nameOf(body.by), nameOf(body.with)];
  if (decider === actor.text) return 'worth';
  if (partner === actor.text) return 'partner';
  report(bench, 'preference-of-another', actor.span, {
    label: `\`${actor.text}\` neither decides \`${header.name}\` nor consents to it`,
    related: [{ span: header.span, label: 'declared here' }],
    hint:
      partner === null
        ? `\`${decider}\` decides it.`
        : `\`${decider}\` decides it, with the consent of \`${partner}\`.`,
  });
  return null;
}

/** In days on the model's axis: the date that is written, else that of the first meeting. */
function dateOf(
  bench: Workbench,
  time: TimeAxis,
  { meetings }: DecisionBody,
  { at, decision, span }: Written,
): number | null {
  if (at !== null) return isBroken(bench, at.span) ? null : instantOnAxis(bench, time, at);
  const instant =
    meetings.kind === 'every' ? meetings.first : meetings.kind === 'on' ? meetings.instants[0] : null;
  if (instant === null) {
    report(bench, 'preference-without-date', span, {
      label: `when \`${decision.name.text}\` is first decided differs between futures`,
    });
    return null;
  }
  return instant === undefined ? null : time.start + time.step * instant;
}

/**
 * Decisions: who decides, when, among which options, and that all that is weighed against each other is in one unit.
 * Everything here is worked out before anything is decided at an instant, so it reads what stood before.
 */
import { formatNumber } from '../base/number-format.ts';
import * as rational from '../base/rational.ts';
import type {
  DecisionDeclaration,
  DecisionLine,
  Name,
  OptionText,
  Expression as WrittenExpression,
} from '../language/tree.ts';
import { nearestLength } from './check-draw.ts';
import { checkEffects } from './check-effects.ts';
import { checkExpression } from './check-expression.ts';
import { readableLoops } from './check-loops.ts';
import { daysOf, instantOnAxis, isBetweenSteps } from './check-time.ts';
import { alike, asQuantity, expectBoolean, inWords, isZero, unitOfType } from './check-types.ts';
import type { Expression } from './expression.ts';
import type { TimeAxis } from './model.ts';
import type { Decider, DecisionBody, MeetingPlan, Option } from './model-of-decisions.ts';
import type { Place } from './read-name.ts';
import { unitShown } from './unit-shown.ts';
import { isNumber, type Unit } from './units.ts';
import {
  declarationsOf,
  describeEntity,
  isBroken,
  quote,
  report,
  reportUnknown,
  type VariableHeader,
  type Workbench,
} from './workbench.ts';

/** What stands for parts that are at fault: nobody runs a model that has one. */
const NOBODY: Decider = { kind: 'actor', name: '' };

export function checkDecision(
  bench: Workbench,
  declaration: DecisionDeclaration,
  header: VariableHeader,
): DecisionBody {
  const place: Place = { purpose: 'deciding', loops: readableLoops(header.axes), lintNumbers: true };
  const by = checkDecider(bench, declaration.by, header);
  const partner = declaration.with === null ? null : checkDecider(bench, declaration.with, header);
  if (declaration.with !== null && declaration.by?.text === declaration.with.text)
    report(bench, 'decision-consent', declaration.with.span, {
      label: `\`${declaration.with.text}\` decides already`,
      hint: 'Behind `with` stands another actor, or nothing.',
    });
  checkOptionNames(bench, declaration);
  const common = commonUnit(bench);
  const options = declaration.options.map((option) => checkOption(bench, declaration, option, place, common));
  const scale = checkScale(bench, declaration, place, common);
  checkLeader(bench, declaration);
  return {
    by: by ?? NOBODY,
    with: partner,
    meetings: checkMeetings(bench, declaration, place),
    meetingsText: declaration.meetings === null ? '' : quote(bench, declaration.meetings.span),
    options,
    reason: checkShare(bench, declaration.reason, place),
    scale,
    inertia: checkShare(bench, declaration.inertia, place),
    worth: common.unit(),
  };
}

// --- actors -----------------------------------------------------------------------------------------------------

function checkDecider(bench: Workbench, name: Name | null, header: VariableHeader): Decider | null {
  if (name === null) return null;
  const loop = header.axes.findIndex(
    ({ index, group }) => index === name.text || (group !== null && bench.groups[group]?.name === name.text),
  );
  const actors = declarationsOf(bench, 'actor').map((actor) => actor.name.text);
  if (loop >= 0) {
    const group = bench.groups[header.axes[loop]?.group ?? -1];
    const other = group?.members.find((member) => !actors.includes(member.name));
    if (other !== undefined)
      report(bench, 'actor-unknown', name.span, {
        label: `\`${other.name}\` of ${group?.name} is an element of a group, not an actor`,
        hint: `Declare it with a line \`actor ${other.name}\`.`,
      });
    return { kind: 'each', loop };
  }
  const entity = bench.names.get(name.text);
  if (entity?.kind === 'actor') return { kind: 'actor', name: name.text };
  if (entity === undefined)
    reportUnknown(
      bench,
      'actor-unknown',
      name,
      actors,
      'actor',
      `Declare it with a line \`actor ${name.text}\`.`,
    );
  else
    report(bench, 'actor-unknown', name.span, {
      label: `\`${name.text}\` is ${describeEntity(bench, entity)}, not an actor`,
      ...(entity.kind === 'group'
        ? {
            hint: `Let the decision go over the group: \`decision ${header.name}[m in ${name.text}] by m …\`.`,
          }
        : {}),
    });
  return null;
}

/** Whether a name is an actor's, who may speak in a claim; else it is reported. */
export function checkActor(bench: Workbench, name: Name): boolean {
  const actors = declarationsOf(bench, 'actor').map((actor) => actor.name.text);
  const entity = bench.names.get(name.text);
  if (entity?.kind === 'actor') return true;
  if (entity === undefined) reportUnknown(bench, 'actor-unknown', name, actors, 'actor');
  else
    report(bench, 'actor-unknown', name.span, {
      label: `\`${name.text}\` is ${describeEntity(bench, entity)}, not an actor`,
    });
  return false;
}

// --- options ----------------------------------------------------------------------------------------------------

function checkOptionNames(bench: Workbench, { name, options, span }: DecisionDeclaration): void {
  if (options.length < 2 && !isBroken(bench, span))
    report(bench, 'decision-options', name.span, {
      label:
        options.length === 0
          ? `\`${name.text}\` has no options`
          : `\`${name.text}\` has one option, \`${options[0]?.name.text}\``,
    });
  options.forEach((option, at) => {
    const before = options.slice(0, at).find((other) => other.name.text === option.name.text);
    if (before === undefined) return;
    report(bench, 'option-twice', option.name.span, {
      label: `\`${option.name.text}\` is an option of \`${name.text}\` already`,
      related: [{ span: before.name.span, label: 'the first one' }],
    });
  });
}

/** The unit that all of a decision's worths share: that of the first part that has one, as 0 fits every unit. */
type Common = {
  readonly expect: (part: Expression) => void;
  readonly unit: () => Unit;
};

function commonUnit(bench: Workbench): Common {
  let first: Expression | null = null;
  return {
    expect: (part) => {
      if (asQuantity(bench, part).kind !== 'quantity' || isZero(part)) return;
      if (first === null) first = part;
      else alike(bench, first, part, 'What is weighed in one decision needs one unit');
    },
    unit: () => (first === null ? unitOfType({ kind: 'unknown' }) : unitShown(bench, first)),
  };
}

function checkOption(
  bench: Workbench,
  declaration: DecisionDeclaration,
  option: OptionText,
  place: Place,
  common: Common,
): Option {
  const worth = (written: WrittenExpression): Expression => {
    const part = checkExpression(bench, written, place);
    common.expect(part);
    return part;
  };
  const { name, utility, leader, partner, closedUnless, cost } = option;
  const wanted = declaration.with;
  if (partner !== null && wanted === null)
    report(bench, 'decision-consent', partner.actor.span, {
      label: `nobody asks \`${partner.actor.text}\``,
      hint: `Write \`with ${partner.actor.text}\` behind the one who decides, or take this line away.`,
    });
  else if (partner !== null && wanted !== null && partner.actor.text !== wanted.text)
    report(bench, 'decision-consent', partner.actor.span, {
      label: `\`${declaration.name.text}\` asks \`${wanted.text}\``,
      related: [{ span: wanted.span, label: 'here' }],
      hint: `Write \`for ${wanted.text}\`.`,
    });
  else if (partner === null && wanted !== null && !isBroken(bench, declaration.span))
    report(bench, 'decision-consent', name.span, {
      label: `what is \`${name.text}\` worth to \`${wanted.text}\`?`,
      related: [{ span: wanted.span, label: 'the consent is asked for here' }],
      hint: `Write below it \`for ${wanted.text} UTILITY\`; \`for ${wanted.text} 0\` where it gains and loses nothing.`,
    });
  const values = { utility: worth(utility), leader: leader === null ? null : worth(leader.value) };
  const consent = partner === null ? null : worth(partner.value);
  const open = closedUnless === null ? null : checkExpression(bench, closedUnless.value, place);
  if (open !== null) expectBoolean(bench, open);
  const costs = cost === null ? null : worth(cost.value);
  if (costs !== null) expectNotBelowZero(bench, costs, 'what it costs to change');
  return {
    name: name.text,
    ...values,
    effects: checkEffects(bench, option.effects, place),
    partner: consent,
    open,
    cost: costs,
  };
}

function checkLeader(bench: Workbench, { name, options, reason, span }: DecisionDeclaration): void {
  const leader = options.find((option) => option.leader !== null)?.leader;
  if (isBroken(bench, span)) return;
  if (leader !== null && leader !== undefined && reason === null)
    report(bench, 'decision-leader', leader.span, {
      label: `\`${name.text}\` does not say how far the leader's own view counts`,
      hint: "Add a line `reason SHARE`: 100 % is the state's view alone, 0 % the leader's.",
    });
  if (leader === undefined && reason !== null)
    report(bench, 'decision-leader', reason.span, {
      label: 'nothing is worth more or less to the leader than to the state, so `reason` weighs nothing',
      hint: 'Say below an option what it is worth to the leader, `for the leader UTILITY`, or take this line away.',
    });
}

// --- lines of the whole -----------------------------------------------------------------------------------------

function checkScale(
  bench: Workbench,
  { name, scale, span }: DecisionDeclaration,
  place: Place,
  common: Common,
): Expression {
  if (scale === null) {
    if (!isBroken(bench, span))
      report(bench, 'scale-missing', name.span, { label: `\`${name.text}\` has none` });
    return { kind: 'constant', value: 0, type: { kind: 'unknown' }, span: name.span };
  }
  const checked = checkExpression(bench, scale.value, place);
  common.expect(checked);
  expectNotBelowZero(bench, checked, 'a scale');
  return checked;
}

function expectNotBelowZero(bench: Workbench, part: Expression, what: string): void {
  const value = writtenNumber(part);
  if (value !== null && value < 0)
    report(bench, 'decision-below-zero', part.span, { label: `${what} is not below zero` });
}

/** A share that is written as a number must be one; others are watched while a future runs. */
function checkShare(bench: Workbench, line: DecisionLine | null, place: Place): Expression | null {
  if (line === null) return null;
  const share = checkExpression(bench, line.value, place);
  const type = asQuantity(bench, share);
  if (type.kind === 'quantity' && !isNumber(type.dimension) && !isZero(share))
    report(bench, 'share-expected', share.span, { label: `this is ${inWords(type)}` });
  const value = writtenNumber(share);
  if (value !== null && (value < 0 || value > 1))
    report(bench, 'share-out-of-range', share.span, { label: 'this is not between 0 % and 100 %' });
  return share;
}

function writtenNumber(part: Expression): number | null {
  if (part.kind === 'constant') return part.value;
  if (part.kind !== 'negate') return null;
  const operand = writtenNumber(part.operand);
  return operand === null ? null : -operand;
}

// --- meetings ---------------------------------------------------------------------------------------------------

const NEAR = 1e-9;

function checkMeetings(bench: Workbench, { meetings }: DecisionDeclaration, place: Place): MeetingPlan {
  const never: MeetingPlan = { kind: 'on', instants: [] };
  const { time } = bench;
  if (meetings === null || time === null) return never;
  switch (meetings.kind) {
    case 'when': {
      const condition = checkExpression(bench, meetings.condition, place);
      expectBoolean(bench, condition);
      return { kind: 'when', condition };
    }
    case 'every': {
      const steps = stepsOf(bench, time, meetings.length);
      const first = meetings.from === null ? 0 : meetingAt(bench, time, meetings.from);
      return steps === null || first === null ? never : { kind: 'every', first, steps };
    }
    case 'on': {
      const instants = meetings.instants.map((instant) => meetingAt(bench, time, instant));
      meetings.instants.forEach((written, at) => {
        const [before, here] = [instants[at - 1], instants[at]];
        if (before === undefined || before === null || here === null || here === undefined) return;
        if (here <= before)
          report(bench, 'dates-not-rising', written.span, {
            label: `this is not after \`${quote(bench, meetings.instants[at - 1]?.span ?? written.span)}\``,
            hint: 'Name the meetings in their order, each once.',
          });
      });
      return { kind: 'on', instants: instants.flatMap((instant) => instant ?? []) };
    }
  }
}

/** The number of the instant of a meeting; one between two steps is held at the later one. */
function meetingAt(bench: Workbench, time: TimeAxis, written: WrittenExpression): number | null {
  // What stands for a date that there is not means nothing.
  const days = isBroken(bench, written.span) ? null : instantOnAxis(bench, time, written);
  if (days === null) return null;
  if (isBetweenSteps(time, days))
    report(bench, 'meeting-between-steps', written.span, {
      label: `the model's instants are those of ${time.text}`,
    });
  return Math.max(0, Math.ceil((days - time.start) / time.step - NEAR));
}

function stepsOf(bench: Workbench, time: TimeAxis, length: WrittenExpression): number | null {
  const days = daysOf(bench, length);
  if (days === null) return null;
  const steps = rational.toNumber(days) / time.step;
  const whole = Math.max(1, Math.round(steps));
  if (Math.abs(steps - whole) <= NEAR * whole) return whole;
  const step = time.text.split(' by ').at(-1) ?? '';
  report(bench, 'meetings-not-whole', length.span, {
    label:
      steps > 0 ? `this is ${formatNumber(steps)} steps of ${step}` : 'this is no length of time that passes',
    hint: `The nearest length is \`${nearestLength(bench, time.step * whole, [quote(bench, length.span), step])}\`.`,
  });
  return null;
}

/**
 * Ties: two groups of actors, the ends between which a level may lie, and where it starts. A symmetric tie goes over one
 * group twice, and starts alike both ways.
 */
import * as rational from '../base/rational.ts';
import type { TieDeclaration, Expression as WrittenExpression } from '../language/tree.ts';
import { constantIn, namesIn } from './check-constant.ts';
import { checkExpression } from './check-expression.ts';
import { isBeyondWhole } from './check-levers.ts';
import { readableLoops, requireNames } from './check-loops.ts';
import { expectDeclared, isLiteral } from './expect-declared.ts';
import type { Expression } from './expression.ts';
import type { TieBody } from './model-of-ties.ts';
import { groupOf } from './read-indices.ts';
import type { Unit } from './units.ts';
import {
  declarationsOf,
  describeEntity,
  groupsOf,
  isBroken,
  quote,
  report,
  UNKNOWN,
  type VariableHeader,
  type Workbench,
} from './workbench.ts';

export function checkTie(
  bench: Workbench,
  declaration: TieDeclaration,
  header: VariableHeader,
  unit: Unit,
): TieBody {
  const isSound = isShape(bench, declaration, header);
  const within = isBroken(bench, declaration.span) ? null : checkEnds(bench, declaration, unit);
  const start = checkStart(bench, declaration, header, unit, within);
  return {
    // What does not go over one group twice cannot be mirrored.
    symmetric: declaration.symmetric !== null && isSound,
    within:
      within === null ? null : { low: rational.toNumber(within.low), high: rational.toNumber(within.high) },
    start,
  };
}

/** Reports groups that no tie goes over; true where there was nothing to report. */
function isShape(
  bench: Workbench,
  { name, axes, symmetric }: TieDeclaration,
  header: VariableHeader,
): boolean {
  if (header.isShapeless) return false;
  if (axes.length !== 2) {
    const [first, third] = [axes[0], axes[2]];
    report(bench, 'tie-groups', third?.span ?? first?.span ?? name.span, {
      label: axes.length === 0 ? 'between whom?' : axes.length === 1 ? 'and with whom?' : 'a third group',
      ...(axes.length === 1
        ? {
            hint: `Between the members of one group write \`${name.text}[${quote(bench, first!.span)}, …]\`, the group twice.`,
          }
        : {}),
    });
    return false;
  }
  const actors = new Set(declarationsOf(bench, 'actor').map((one) => one.name.text));
  let fine = true;
  const seen = new Set<number | null>();
  header.axes.forEach(({ group, span }) => {
    const { name: groupName, members } = groupOf(bench, group);
    const other = members.find((member) => !actors.has(member.name));
    if (other === undefined || seen.has(group)) return;
    seen.add(group);
    const entity = bench.names.get(other.name);
    report(bench, 'tie-actors', span, {
      label: `\`${other.name}\` of ${groupName} is no actor`,
      ...(entity?.span == null
        ? {}
        : { related: [{ span: entity.span, label: describeEntity(bench, entity) }] }),
      hint: `Declare it, \`actor ${other.name}\`; between other things a table of figures or a \`let\` says how they stand.`,
    });
    fine = false;
  });
  const [one, two] = groupsOf(header);
  if (symmetric !== null && one !== two) {
    report(bench, 'tie-symmetric', symmetric, {
      label: `${groupOf(bench, one ?? null).name} and ${groupOf(bench, two ?? null).name} are two groups`,
    });
    fine = false;
  }
  if (fine && !hasPair(bench, header)) {
    report(bench, 'tie-groups', name.span, { label: 'there is nobody here but one actor' });
    fine = false;
  }
  return fine;
}

function hasPair(bench: Workbench, header: VariableHeader): boolean {
  const [first, second] = header.axes.map(({ group }) => groupOf(bench, group).members);
  const names = new Set([...(first ?? []), ...(second ?? [])].map(({ name }) => name));
  return names.size > 1 && (first?.length ?? 0) > 0 && (second?.length ?? 0) > 0;
}

/** A written level; null after a fault. */
function levelIn(bench: Workbench, written: WrittenExpression, unit: Unit): rational.Rational | null {
  const level = constantIn(bench, written, unit);
  if (level === null || unit.text !== 'share' || !isBeyondWhole(level)) return level;
  report(bench, 'share-out-of-range', written.span, { label: 'this is not between 0 % and 100 %' });
  return null;
}

type Ends = { readonly low: rational.Rational; readonly high: rational.Rational };

function checkEnds(bench: Workbench, { within }: TieDeclaration, unit: Unit): Ends | null {
  if (within === null) return null;
  const [low, high] = [within.low, within.high].map((end) => levelIn(bench, end, unit));
  if (low == null || high == null) return null;
  if (rational.compare(low, high) < 0) return { low, high };
  report(bench, 'tie-range', within.high.span, {
    label: `this is not above \`${quote(bench, within.low.span)}\``,
    hint: 'Write the lower end first.',
  });
  return null;
}

function checkStart(
  bench: Workbench,
  declaration: TieDeclaration,
  header: VariableHeader,
  unit: Unit,
  ends: Ends | null,
): Expression {
  const { start: written, name } = declaration;
  const { span } = written;
  if (isLiteral(written)) {
    const value = levelIn(bench, written, unit);
    const isBeyond =
      value !== null &&
      ends !== null &&
      (rational.compare(value, ends.low) < 0 || rational.compare(value, ends.high) > 0);
    if (isBeyond && !isBroken(bench, declaration.span))
      report(bench, 'tie-range', span, {
        label: `this lies outside \`${quote(bench, declaration.within?.span ?? span)}\``,
        hint: 'Start within the ends, or widen them.',
      });
    return {
      kind: 'constant',
      value: value === null ? 0 : rational.toNumber(value),
      type: header.type ?? UNKNOWN,
      span,
    };
  }
  if (readsArray(bench, written)) requireNames(bench, header.axes);
  const loops = readsArray(bench, written) ? readableLoops(header.axes) : header.axes;
  const start = checkExpression(bench, written, { purpose: 'start', loops, lintNumbers: true });
  expectDeclared(bench, start, name, declaration.unit, header.type);
  return start;
}

/** Only what is an array asks which of the two elements is meant. */
const readsArray = (bench: Workbench, written: WrittenExpression): boolean =>
  namesIn(written).some((name) => {
    const entity = bench.names.get(name);
    return entity?.kind === 'variable' && (bench.variables[entity.variable]?.axes.length ?? 0) > 0;
  });

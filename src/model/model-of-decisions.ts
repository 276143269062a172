/** The part of a checked model that chooses. Every value is in base units, every instant a number of the time axis. */
import type { Expression } from './expression.ts';
import { type Effect, type InputSetting, keptOf, partsOfEffects, setsOf } from './model-of-effects.ts';
import type { Unit } from './units.ts';

/** Who decides, or whose consent is asked: one actor, or the current element of one of the decision's groups. */
export type Decider =
  | { readonly kind: 'actor'; readonly name: string }
  | { readonly kind: 'each'; readonly loop: number };

export type Option = {
  readonly name: string;
  /** Its worth to the state. */
  readonly utility: Expression;
  /** Its worth to the leader; null where he sees it as the state does. */
  readonly leader: Expression | null;
  /** Its worth to the one whose consent is asked; null where nobody's is. */
  readonly partner: Expression | null;
  /** While false it cannot be chosen; null where it always can. */
  readonly open: Expression | null;
  /** What it costs to change to it from another; null for nothing. */
  readonly cost: Expression | null;
  /** Moves are made once when it is newly taken, inputs are set while it stands. */
  readonly effects: readonly Effect[];
};

/** The instants at which it is decided. */
export type MeetingPlan =
  /** At instant `first` and every `steps` from there. */
  | { readonly kind: 'every'; readonly first: number; readonly steps: number }
  /** Rising. */
  | { readonly kind: 'on'; readonly instants: readonly number[] }
  /** Each at which this turns true; at the first instant if it is true there. */
  | { readonly kind: 'when'; readonly condition: Expression };

export type DecisionBody = {
  readonly by: Decider;
  readonly with: Decider | null;
  readonly meetings: MeetingPlan;
  /** When it is decided, as written. */
  readonly meetingsText: string;
  /** At least two; the first stands until the first meeting. */
  readonly options: readonly Option[];
  /** The weight of the state's view against the leader's; null where the two never differ. */
  readonly reason: Expression | null;
  /** In the unit of the utilities; 0 always takes the best. */
  readonly scale: Expression;
  /** The chance that a meeting changes nothing; null for none. */
  readonly inertia: Expression | null;
  /** That of utilities, costs and scale, for showing. */
  readonly worth: Unit;
};

/**
 * What a decision keeps or works out at every instant: which option stands, by number; for each option whether it stands,
 * how likely it was made at the last meeting, what it is worth to the one who decides and to the other, and what it
 * costs; and the three that hold for all options.
 */
export type DecisionState =
  | { readonly kind: 'option' | 'reason' | 'scale' | 'inertia' }
  | { readonly kind: 'stands' | 'chance' | 'worth' | 'partner' | 'cost'; readonly option: number }
  /** How much the move of an option with this number moves at the instant. */
  | { readonly kind: 'moved'; readonly option: number; readonly move: number };

/** In the order in which they are numbered; the first is the decision's value. */
export function decisionStates({
  options,
  reason,
  inertia,
}: Pick<DecisionBody, 'options' | 'reason' | 'inertia'>): readonly DecisionState[] {
  const each = (
    kind: 'stands' | 'chance' | 'worth' | 'partner' | 'cost',
    has: (option: Option) => boolean = () => true,
  ): readonly DecisionState[] =>
    options.flatMap((option, number) => (has(option) ? [{ kind, option: number }] : []));
  return [
    { kind: 'option' },
    ...each('stands'),
    ...each('chance'),
    ...each('worth'),
    ...each('partner', ({ partner }) => partner !== null),
    ...each('cost', ({ cost }) => cost !== null),
    ...(reason === null ? [] : [{ kind: 'reason' } as const]),
    { kind: 'scale' },
    ...(inertia === null ? [] : [{ kind: 'inertia' } as const]),
    ...options.flatMap(({ effects }, option) =>
      keptOf(effects).map((_, move): DecisionState => ({ kind: 'moved', option, move })),
    ),
  ];
}

/** The number of a state that stands before all that only some decisions have. */
export function stateNumber(
  options: number,
  kind: 'stands' | 'chance' | 'worth' | 'partner',
  option: number,
): number {
  return 1 + ['stands', 'chance', 'worth', 'partner'].indexOf(kind) * options + option;
}

/** `chance of china is arms`; `cell` is the name of the decision with its element. */
export function stateName(
  state: DecisionState,
  { options }: Pick<DecisionBody, 'options'>,
  cell: string,
): string {
  const name = 'option' in state ? (options[state.option]?.name ?? '') : '';
  switch (state.kind) {
    case 'option':
      return cell;
    case 'reason':
    case 'scale':
    case 'inertia':
      return `${state.kind} of ${cell}`;
    case 'stands':
      return `${cell} is ${name}`;
    case 'chance':
      return `chance of ${cell} is ${name}`;
    case 'worth':
      return `utility of ${name} in ${cell}`;
    case 'partner':
      return `utility of ${name} in ${cell} to the other`;
    case 'cost':
      return `cost of ${name} in ${cell}`;
    case 'moved':
      return `what ${name} moves in ${cell}`;
  }
}

/** Whether a state is what it was until a meeting changes it. */
export const isKept = ({ kind }: DecisionState): boolean =>
  kind === 'option' || kind === 'stands' || kind === 'chance' || kind === 'moved';

/** What a state is before anything was decided. */
export const firstValue = (state: DecisionState): number =>
  (state.kind === 'stands' || state.kind === 'chance') && state.option === 0 ? 1 : 0;

/** `A prefers x over y in d`: true in each future in which x is worth more to A than y at a date. */
export type PreferenceForm = {
  readonly kind: 'preference';
  readonly condition: Expression;
  /** Number of the measure that holds by how much more. */
  readonly measure: number;
  /** Names and the date, for showing. */
  readonly actor: string;
  readonly decision: string;
  readonly option: string;
  readonly over: string;
  readonly at: string;
  readonly text: string;
};

/** Every expression of a decision, with what it is for. */
export function partsOfDecision(body: DecisionBody): readonly Expression[] {
  const { options, reason, scale, inertia, meetings } = body;
  const parts = [
    ...options.flatMap(({ utility, leader, partner, open, cost, effects }) => [
      utility,
      leader,
      partner,
      open,
      cost,
      ...partsOfEffects(effects),
    ]),
    reason,
    scale,
    inertia,
    meetings.kind === 'when' ? meetings.condition : null,
  ];
  return parts.flatMap((part) => part ?? []);
}

/** The inputs that options set while they stand; `decider` is the decision's number, `axes` how many groups it goes over. */
export const settingsByDecision = (
  { options }: Pick<DecisionBody, 'options'>,
  decider: number,
  axes: number,
): readonly InputSetting[] =>
  options.flatMap(({ effects }, option) =>
    setsOf(effects).map((set): InputSetting => {
      const condition: Expression = {
        kind: 'state',
        variable: decider,
        indices: Array.from({ length: axes }, (_, loop) => ({ kind: 'each', loop })),
        state: stateNumber(options.length, 'stands', option),
        type: { kind: 'boolean' },
        span: set.span,
      };
      return { decider, condition, set };
    }),
  );

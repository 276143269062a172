/**
 * The tree of a model text: what was written, where, and nothing yet about what it means. Names are unresolved and
 * units unchecked. The parser builds it whole even from a faulty text, so that later stages report all they can.
 */
import type { Rational } from '../base/rational.ts';
import type { Span } from '../base/span.ts';
import type { ClaimDeclaration } from './tree-of-claims.ts';
import type { ObservedDeclaration, SeriesDeclaration, TableDeclaration } from './tree-of-data.ts';
import type { ChanceReading, DecisionDeclaration } from './tree-of-decisions.ts';
import type { DrawnFigure, Estimate } from './tree-of-estimates.ts';
import type { EventDeclaration, EventHeld, EventReading } from './tree-of-events.ts';
import type { FitDeclaration } from './tree-of-fits.ts';
import type { FactorDeclaration } from './tree-of-importance.ts';
import type { TieDeclaration } from './tree-of-ties.ts';

export type {
  ClaimDeclaration,
  ClaimForm,
  EffectVerb,
  LikelihoodWord,
  RecordLine,
  Reference,
  StatedLikelihood,
  WrittenAmount,
  WrittenForcing,
} from './tree-of-claims.ts';
export { EFFECT_VERBS, LIKELIHOOD_WORDS } from './tree-of-claims.ts';
export type * from './tree-of-data.ts';
export * from './tree-of-decisions.ts';
export * from './tree-of-effects.ts';
export * from './tree-of-estimates.ts';
export * from './tree-of-events.ts';
export type * from './tree-of-fits.ts';
export type { FactorDeclaration, ImportanceText } from './tree-of-importance.ts';
export type { TieDeclaration } from './tree-of-ties.ts';

export type Name = { readonly text: string; readonly span: Span };
/** A quoted text; `value` is without its quotes. */
export type Text = { readonly value: string; readonly span: Span };
export type Comment = { readonly text: string; readonly span: Span };

/** The text of a model: all of a `.casus` file, or the ```casus blocks of a Markdown file. */
export type ModelText = {
  readonly file: string;
  /** The whole file, so that offsets and lines are the file's own. */
  readonly text: string;
  /** Which stretches of it are model text; `indent` is how many columns of white space are column 0 there. */
  readonly blocks: readonly { readonly start: number; readonly end: number; readonly indent: number }[];
};

export type Tree = {
  readonly file: string;
  readonly declarations: readonly Declaration[];
  readonly comments: readonly Comment[];
};

// --- expressions ------------------------------------------------------------------------------------------------

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '^';
export const COMPARISON_OPERATORS = ['<', '<=', '>', '>='] as const;
export type ComparisonOperator = (typeof COMPARISON_OPERATORS)[number];

export type Expression =
  /** `30_000`, `6M`, `50%`: `value` is exact and has suffix and per cent already worked in. */
  | { readonly kind: 'number'; readonly value: Rational; readonly percent: boolean; readonly span: Span }
  /** A number directly before a unit's name: `10 km`. Binds tightest. */
  | {
      readonly kind: 'quantity';
      readonly number: Expression & { kind: 'number' };
      readonly unit: Name;
      readonly span: Span;
    }
  /** Days since 1970-01-01. */
  | { readonly kind: 'date'; readonly days: number; readonly span: Span }
  | { readonly kind: 'name'; readonly name: Name; readonly span: Span }
  /** `arsenal[Russia]`. */
  | { readonly kind: 'index'; readonly name: Name; readonly indices: readonly Name[]; readonly span: Span }
  | {
      readonly kind: 'call';
      readonly name: Name;
      readonly arguments: readonly Expression[];
      readonly span: Span;
    }
  /** `sum(x over Supplier)`, `sum(contact[a, b] * ill[b] for b in Age)`; there is at least one axis. */
  | {
      readonly kind: 'reduce';
      readonly reducer: GroupReducer;
      readonly body: Expression;
      readonly axes: readonly Axis[];
      readonly span: Span;
    }
  /** `asked fired` or `asked fired[Russia]`. */
  | { readonly kind: 'asked'; readonly flow: Expression & { kind: 'name' | 'index' }; readonly span: Span }
  | ChanceReading
  /** `draw uniform(low, high) every 4 week`: chance within an equation; `every` is null for a new number at every instant. */
  | {
      readonly kind: 'draw';
      readonly figure: DrawnFigure;
      readonly every: Expression | null;
      readonly span: Span;
    }
  | { readonly kind: 'negate'; readonly operand: Expression; readonly span: Span }
  | { readonly kind: 'not'; readonly operand: Expression; readonly span: Span }
  | {
      readonly kind: 'arithmetic';
      readonly operator: ArithmeticOperator;
      readonly left: Expression;
      readonly right: Expression;
      readonly operatorSpan: Span;
      readonly span: Span;
    }
  | {
      readonly kind: 'logic';
      readonly operator: 'and' | 'or';
      readonly left: Expression;
      readonly right: Expression;
      readonly span: Span;
    }
  /** `a < b <= c`: n operands, n - 1 operators, read as `a < b and b <= c`. */
  | {
      readonly kind: 'compare';
      readonly operands: readonly Expression[];
      readonly operators: readonly ComparisonOperator[];
      readonly span: Span;
    }
  | {
      readonly kind: 'if';
      readonly condition: Expression;
      readonly then: Expression;
      readonly else: Expression;
      readonly span: Span;
    }
  | EventReading;

export const GROUP_REDUCERS = ['sum', 'min', 'max'] as const;
export type GroupReducer = (typeof GROUP_REDUCERS)[number];

/** A group whose elements are gone through, and the name of the current one: `Age`, or `a in Age`. */
export type Axis = { readonly index: Name | null; readonly group: Name; readonly span: Span };

/** A written unit such as `round/day` or `USD/(person*year)`, flattened; `share`, `%` and `1` are no factors. */
export type UnitText = {
  readonly factors: readonly { readonly name: Name; readonly power: Rational }[];
  readonly span: Span;
};

// --- declarations -----------------------------------------------------------------------------------------------

export type Declared<Kind extends string> = {
  readonly kind: Kind;
  readonly span: Span;
  readonly keyword: Span;
};
/** `KIND NAME[Group]: UNIT "label"`. */
type Headed<Kind extends string> = Declared<Kind> & {
  readonly name: Name;
  readonly axes: readonly Axis[];
  readonly unit: UnitText | null;
  readonly label: Text | null;
};

export type ModelDeclaration = Declared<'model'> & { readonly title: Text };
/** `time A .. B by STEP [using rk4]`; the ends are dates or quantities of time. */
export type TimeDeclaration = Declared<'time'> & {
  readonly from: Expression;
  readonly to: Expression;
  readonly step: Expression;
  readonly method: IntegrationMethod;
};

export const INTEGRATION_METHODS = ['euler', 'rk4'] as const;
/** `euler` is what stands without a word (and may be written). */
export type IntegrationMethod = (typeof INTEGRATION_METHODS)[number];

export type AsOfDeclaration = Declared<'as of'> & { readonly date: Expression & { kind: 'date' } };
export type SideDeclaration = Declared<'side'> & { readonly name: Name; readonly label: Text | null };
/** `source seoul "Ministry" date 2024-06-14 side West url "https://…" author`; attributes in any order. */
export type SourceDeclaration = Declared<'source'> & {
  readonly name: Name;
  readonly title: Text | null;
  readonly date: (Expression & { kind: 'date' }) | null;
  readonly side: Name | null;
  readonly url: Text | null;
  /** The place of the word `author`: this source is the writer of the argument. */
  readonly author: Span | null;
};
/** `unit round` (base) or `unit container = 480 round` (derived). */
export type UnitDeclaration = Declared<'unit'> & {
  readonly name: Name;
  readonly definition: Expression | null;
};
export type ActorDeclaration = Declared<'actor'> & {
  readonly name: Name;
  readonly code: Name | null;
  readonly label: Text | null;
};
export type GroupDeclaration = Declared<'group'> & { readonly name: Name; readonly members: readonly Name[] };

export type InputDeclaration = Headed<'input'> & {
  readonly counts: Text | null;
  readonly estimates: readonly Estimate[];
};

/** `correlate A, B 0.6 "reason"`; whether the two are inputs is for the model to say. */
export type CorrelateDeclaration = Declared<'correlate'> & {
  readonly inputs: readonly [
    Expression & { kind: 'name' | 'index' },
    Expression & { kind: 'name' | 'index' },
  ];
  readonly coefficient: Expression;
  readonly reason: Text | null;
};

/** `lever aid: round/day 0 .. 5_000 = 1_000 "label"`: what a decision maker can set, and how it stands. */
export type LeverDeclaration = Declared<'lever'> & {
  readonly name: Name;
  readonly axes: readonly Axis[];
  readonly unit: UnitText | null;
  readonly low: Expression;
  readonly high: Expression;
  readonly default: Expression;
  readonly label: Text | null;
};

/** `definition defeat: day "label" = by_stores | by_fire`: rival meanings of one name, each a variable of its own. */
export type DefinitionDeclaration = Headed<'definition'> & {
  /** At least two; none where they could not be read. */
  readonly meanings: readonly Name[];
};

/** Lines `use NAME` (a source), `use side NAME`, and `hindsight`. */
export type ViewpointDeclaration = Declared<'viewpoint'> & {
  readonly name: Name;
  readonly label: Text | null;
  readonly uses: readonly { readonly kind: 'source' | 'side'; readonly name: Name; readonly span: Span }[];
  /** The place of the line `hindsight`: this column may use what was stated after `as of`. */
  readonly hindsight: Span | null;
};

/** `explore West 1, Ukraine 1`: a pool of viewpoints with their weights; there is at least one. */
export type ExploreDeclaration = Declared<'explore'> & {
  readonly entries: readonly { readonly name: Name; readonly weight: Expression }[];
};

export type StockDeclaration = Headed<'stock'> & {
  /** The place of the word `signed`: this stock may fall below nothing. */
  readonly signed: Span | null;
  readonly start: Expression;
  readonly flows: readonly {
    readonly sign: '+' | '-';
    readonly flow: Expression & { kind: 'name' | 'index' };
    /** `for d in Region`: the flows of all elements of these groups. */
    readonly axes: readonly Axis[];
    readonly span: Span;
  }[];
};
export type EquationDeclaration<Kind extends 'flow' | 'let'> = Headed<Kind> & {
  /** The place of the words `two-way`, which only a flow may have: it may run backwards. */
  readonly twoWay: Span | null;
  readonly value: Expression;
};
export type FlowDeclaration = EquationDeclaration<'flow'>;
export type LetDeclaration = EquationDeclaration<'let'>;

export const MEASURE_REDUCERS = [
  'final',
  'at',
  'highest',
  'lowest',
  'average',
  'total',
  'ever',
  'always',
  'time until',
  'time of highest',
  'time of lowest',
] as const;
export type MeasureReducer = (typeof MEASURE_REDUCERS)[number];

/** Reducers that give a length of time, counted from the beginning of their window. */
export const TIMES: readonly MeasureReducer[] = ['time until', 'time of highest', 'time of lowest'];

/** `measure paper: day = at 2024-06-20 paper_runway`, `… = total (asked f - f) over A .. B`. */
export type MeasureDeclaration = Headed<'measure'> & {
  readonly reducer: MeasureReducer;
  readonly reducerSpan: Span;
  /** The instant of `at`; null for the other reducers. */
  readonly at: Expression | null;
  /** What is reduced; a condition for `ever`, `always` and `time until`. */
  readonly body: Expression;
  /** `from DATE` of those in `TIMES`. */
  readonly from: Expression | null;
  readonly window: { readonly from: Expression; readonly to: Expression; readonly span: Span } | null;
};

export type ScenarioDeclaration = Declared<'scenario'> & {
  readonly name: Name;
  readonly label: Text | null;
  readonly forces: readonly {
    readonly name: Name;
    /** As in an estimate's line. */
    readonly elements: readonly Name[];
    readonly value: Expression | EventHeld;
    /** `from INSTANT`: from when a decision or an event is held. */
    readonly from: Expression | null;
    readonly span: Span;
  }[];
};

export type Declaration =
  | ModelDeclaration
  | TimeDeclaration
  | AsOfDeclaration
  | SideDeclaration
  | SourceDeclaration
  | UnitDeclaration
  | ActorDeclaration
  | GroupDeclaration
  | InputDeclaration
  | LeverDeclaration
  | CorrelateDeclaration
  | TableDeclaration
  | SeriesDeclaration
  | ViewpointDeclaration
  | ExploreDeclaration
  | StockDeclaration
  | FlowDeclaration
  | LetDeclaration
  | DefinitionDeclaration
  | FactorDeclaration
  | EventDeclaration
  | DecisionDeclaration
  | TieDeclaration
  | MeasureDeclaration
  | ObservedDeclaration
  | FitDeclaration
  | ClaimDeclaration
  | ScenarioDeclaration;

export type DeclarationKind = Declaration['kind'];

/** A declaration that is not in the tree, as far as it could be read. */
export type Unread = {
  /** Null where the line opens with no known word. */
  readonly kind: DeclarationKind | null;
  /** The word that stands where a declaration has its name; null if none does. */
  readonly name: string | null;
};

/** Every keyword that opens a declaration, in the order in which a model usually has them. */
export const DECLARATION_KINDS = [
  'model',
  'time',
  'as of',
  'side',
  'source',
  'unit',
  'actor',
  'group',
  'input',
  'lever',
  'correlate',
  'table',
  'series',
  'viewpoint',
  'explore',
  'stock',
  'flow',
  'let',
  'definition',
  'factor',
  'event',
  'decision',
  'tie',
  'measure',
  'observed',
  'calibrate',
  'require',
  'claim',
  'scenario',
] as const satisfies readonly DeclarationKind[];

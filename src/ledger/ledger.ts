/**
 * The answer: of every claim whether it holds, under whose numbers, and on what basis. Plain data, the same for the
 * terminal, for JSON and for pictures. Every share carries its method, sample size and interval.
 */
import type { DesignKind } from '../engine/design.ts';
import type { ClaimForm, LikelihoodWord } from '../model/model.ts';
import type { BestCase } from './ledger-of-best-case.ts';
import type {
  EffectFound,
  Estimated,
  ImportanceFound,
  IrrelevanceFound,
  PreferenceFound,
  UniquenessFound,
} from './ledger-of-comparisons.ts';

/** Verdicts on a condition, from the best to the worst. */
export const CONDITION_VERDICTS = ['holds', 'mostly holds', 'contested', 'mostly fails', 'fails'] as const;
export type ConditionVerdict = (typeof CONDITION_VERDICTS)[number];

export const RECORD_VERDICTS = [
  'as recorded',
  'goes beyond the record',
  'disputed',
  'against the record',
  'nothing found',
] as const;
export type RecordVerdict = (typeof RECORD_VERDICTS)[number];

export type Basis = 'arithmetic' | 'recorded' | 'sourced' | 'mixed' | 'assumed';

export type Sampling = {
  readonly low: number;
  readonly high: number;
  readonly method: string;
  readonly futures: number;
};

/** Verdicts on a likelihood. */
export const LIKELIHOOD_VERDICTS = ['holds', 'between fails and holds', 'not settled', 'fails'] as const;
export type LikelihoodVerdict = (typeof LIKELIHOOD_VERDICTS)[number];

/** What a claim has to do with its premise, by the futures in which that is true and those in which it is false. */
export const PREMISE_VERDICTS = [
  'rests on it',
  'stands without it',
  'stands only without it',
  'does not follow from it',
  'not settled',
  'not tested',
] as const;
export type PremiseVerdict = (typeof PREMISE_VERDICTS)[number];

/** Two claims that are true or false in each future: whether there is one in which both are true. */
const COUNTED_PAIRS = ['together', 'never together', 'not settled'] as const;
/** Any others: what their two verdicts under one viewpoint come to. */
export const VERDICT_PAIRS = [
  'both hold',
  'only this one holds',
  'only the other holds',
  'neither holds',
  /** One does not hold, and the other is open. */
  'at most one holds',
  'open',
] as const;
export type VerdictPair = (typeof VERDICT_PAIRS)[number];
export const COMPANION_VERDICTS = [...COUNTED_PAIRS, ...VERDICT_PAIRS, 'not tested'] as const;
export type CompanionVerdict = (typeof COMPANION_VERDICTS)[number];

/** A share of some futures, with its interval. */
export type ShareShown = { readonly share: number; readonly sampling: Sampling };

/** A line `because CLAIM`, under one viewpoint. */
export type Premise = {
  readonly claim: string;
  readonly verdict: PremiseVerdict;
  /** Why it is not tested: `the premise is never true`; empty otherwise. */
  readonly reason: string;
  /** How often this claim is true where the premise is true, and where it is false; null where it never is. */
  readonly given: ShareShown | null;
  readonly without: ShareShown | null;
  /** For a claim on an effect, how large that is in the two parts. */
  readonly differences?: { readonly given: Estimated; readonly without: Estimated; readonly unit: string };
};

/** A line `with CLAIM`, under one viewpoint. */
export type Companion = {
  readonly claim: string;
  readonly verdict: CompanionVerdict;
  /** Why it is not tested or open: `the other is never true`, `this one is between fails and holds`; empty otherwise. */
  readonly reason: string;
  /** In how many futures both are true; null where verdicts are paired. */
  readonly both: ShareShown | null;
  /** Where verdicts are paired: what the other alone hangs on, if anything. There is then one for each of its columns. */
  readonly definitions?: NamedMeanings;
};

/** Over the viewpoints, from the best to the worst. */
export const PAIR_VERDICTS = [
  'together',
  'depends on whose numbers',
  'open',
  /** Under nobody's numbers, as one of them holds under nobody's. */
  'never together',
  /** Under nobody's numbers, though each holds under somebody's. */
  'at odds',
  'not tested',
  'in hindsight only',
] as const;
export type PairVerdict = (typeof PAIR_VERDICTS)[number];

/** Two claims of which one names the other by `with`, over the viewpoints. */
export type LedgerPair = {
  /** The one that names the other, and the other. */
  readonly claims: readonly [string, string];
  /** Whether futures were counted in which both are true, or their verdicts paired. */
  readonly by: 'futures' | 'verdicts';
  readonly verdict: PairVerdict;
  /** The headline: `both hold under West; never together elsewhere`. */
  readonly pattern: string;
};

/** How often a thing comes about, in words and counted; for claims that say how likely it is. */
export type LikelihoodFound = {
  /** ICD 203's word for the share. */
  readonly word: LikelihoodWord;
  readonly occurrences: number;
  /** Where too few futures go one way to settle anything: what they show all the same. */
  readonly bound: { readonly side: 'at most' | 'at least'; readonly share: number } | null;
};

/** How well founded an answer is, which is another question than how likely the thing is. */
export type Confidence = {
  readonly basis: Basis;
  /** Independent sources behind the figures that the claim hangs on: an echo counts with what it repeats. */
  readonly sources: number;
};

/** Whose figures stand behind something; inputs are counted, an array as one. */
export type OwnFigures = {
  /** With the viewpoint's own figure at every element in question. */
  readonly inputs: number;
  /** With its own figure at some of these elements and not at others. */
  readonly partly: number;
  /** Among these two, the ones that enter as the model reads them. */
  readonly read: number;
  readonly of: number;
};

/** What definitions mean in a column, by name: `{ defeat: 'by_fire' }`; empty where nothing hangs on one. */
export type NamedMeanings = Readonly<Record<string, string>>;

/** A future that failed: the first variable without a possible value, and what was given to the future. */
export type LedgerFailure = {
  /** Its number, from 0, as `--only` takes it. */
  readonly future: number;
  readonly variable: string;
  /** What may be wrong with it, where its name alone does not say: an event's chance. */
  readonly hint?: string;
  readonly instant: string;
  /** In declared units, by name; of an input with dates `army at 2024-04-01`. */
  readonly inputs: Readonly<Record<string, number>>;
  /** Those among them that were drawn and that the variable hangs on. */
  readonly behind: readonly { readonly name: string; readonly value: number; readonly unit: string }[];
};

/** How a variable runs through the valid futures of one viewpoint. */
export type LedgerBand = {
  /** `stores[North]`, or `asked leaving`. */
  readonly variable: string;
  readonly label: string;
  readonly unit: string;
  readonly viewpoint: string;
  readonly definitions: NamedMeanings;
  /** Those that did not fail. */
  readonly futures: number;
  /** At most 200 instants, the first and the last among them. */
  readonly points: readonly BandPoint[];
};

/** Quantiles over the futures, in the variable's unit; `at` is a date, or days where there is no calendar. */
export type BandPoint = {
  readonly at: string | number;
  readonly p5: number;
  readonly p25: number;
  readonly p50: number;
  readonly p75: number;
  readonly p95: number;
};

export type Carrier = { readonly name: string; readonly share: number };

/** How a claim fares under one viewpoint, and under one meaning of each definition that it hangs on. */
export type ViewpointVerdict = {
  readonly viewpoint: string;
  readonly definitions: NamedMeanings;
  /** A condition's or a likelihood's verdict, `between X and Y`, `not settled`, `nothing left`, or `no figures found`. */
  readonly verdict: string;
  /** Share of the valid futures in which it is true; null where the viewpoint has no figures on it. */
  readonly share: number | null;
  readonly sampling: Sampling | null;
  /** Of the inputs that the claim hangs on. */
  readonly own: OwnFigures;
  readonly basis: Basis;
  /**
   * What carries the claim's measures, by share of the total effect, the most first; chance under that name. Missing where
   * nothing varies.
   */
  readonly carriers?: readonly Carrier[];
  /** How many of the futures do not fit what is known of the past, and are left out. */
  readonly dropped: number;
  /** For a likelihood only. */
  readonly likelihood: LikelihoodFound | null;
  readonly confidence: Confidence | null;
  /** What a claim of this form came to; where nothing was run for it, nothing stands here. */
  readonly effect?: EffectFound;
  readonly irrelevance?: IrrelevanceFound;
  readonly uniqueness?: UniquenessFound;
  readonly preference?: PreferenceFound;
  readonly importance?: ImportanceFound;
  /** Under the author's viewpoint, of a claim that does not hold there; missing where it is not asked. */
  readonly bestCase?: BestCase;
  readonly because: readonly Premise[];
  readonly with: readonly Companion[];
};

export type OwnArithmetic = OwnAnswer & {
  /** One for each combination of meanings, where they differ; `verdict` then only says that they do. */
  readonly byMeaning: readonly (OwnAnswer & { readonly definitions: NamedMeanings })[];
};

export type OwnAnswer = {
  readonly verdict:
    | 'holds'
    | 'holds at the figures themselves'
    | 'fails at the figures themselves'
    | 'fails'
    /** With his figures the model cannot be worked out. */
    | 'not settled'
    | 'no own figures'
    /** A likelihood speaks of many futures, own arithmetic is one. */
    | 'none for a likelihood'
    /** What is compared are worlds that the author did not work out: he gave figures for his own. */
    | 'none for a comparison'
    /** The claim hangs on chance, and one working out would show one throw of it. */
    | 'none where the model draws'
    /** An input that the claim hangs on is solved for in every future, and is nobody's figure. */
    | 'none where an input is calibrated'
    | 'depends on the meaning';
  /** What the author's own figures give; `bound` says which way his floors and ceilings leave it open. */
  readonly values: readonly {
    readonly measure: string;
    readonly value: number | 'never';
    readonly unit: string;
    readonly bound: 'exact' | 'at least' | 'at most' | 'open';
  }[];
  /** Inputs that the claim hangs on and the author gives no figure for. */
  readonly missing: readonly string[];
  /** Inputs whose figure is a single `about`, which is worked out as it stands and never moved. */
  readonly unmoved: readonly string[];
};

export type RecordShown = {
  readonly stance: 'for' | 'partly' | 'against';
  readonly source: string;
  readonly date: string | null;
  readonly note: string | null;
};

export type LedgerClaim = {
  readonly id: string;
  readonly row: string | null;
  readonly statement: string;
  readonly form: ClaimForm['kind'];
  /** What a likelihood says, and between which shares that lies. */
  readonly stated: { readonly text: string; readonly low: number; readonly high: number } | null;
  /** What is compared, as written, and the reason of its amount; for claims on comparisons only. */
  readonly compared?: { readonly text: string; readonly reason: string | null };
  readonly hindsight: boolean;
  /** Inputs that it hangs on and that are solved for in every future: nobody's figures, and no part of its basis. */
  readonly calibrated: readonly string[];
  /** The common verdict where all columns agree, else on what it depends: `depends on whose numbers`. */
  readonly verdict: string;
  /** The headline: the pattern over the viewpoints, and over what the definitions mean. */
  readonly pattern: string;
  readonly basis: Basis | null;
  /** The one assumed input that carries more than nine tenths of the claim, if there is one. */
  readonly restates: string | null;
  readonly ownArithmetic: OwnArithmetic | null;
  /** By column: `West`, or `West, defeat: by_fire` where the claim hangs on a definition. */
  readonly viewpoints: Readonly<Record<string, ViewpointVerdict>>;
  readonly record: readonly RecordShown[];
  /** Why it is not tested, where it is not. */
  readonly reason: string | null;
};

/** An end is null where the sample does not bound it. */
export type Bounds = { readonly low: number | 'never' | null; readonly high: number | 'never' | null };

export type LedgerMeasure = {
  readonly name: string;
  readonly label: string;
  /** As declared; empty for a plain number or a yes or no. Numbers below are in it. */
  readonly unit: string;
  readonly viewpoint: string;
  readonly definitions: NamedMeanings;
  /** Null where it is `never` in some future. */
  readonly mean: number | null;
  readonly p5: number | 'never';
  readonly p50: number | 'never';
  readonly p95: number | 'never';
  /** Share of the valid futures in which it does not come about. */
  readonly never: number;
  readonly method: string;
  readonly futures: number;
  /** 95 % sampling intervals; an end is null where the sample does not bound it. */
  readonly interval: {
    readonly mean: Bounds | null;
    readonly p5: Bounds;
    readonly p50: Bounds;
    readonly p95: Bounds;
  };
};

/** A variable beside what was recorded of it, under one viewpoint. It says how a model fits, and gives no verdict. */
export type LedgerObserved = {
  readonly variable: string;
  readonly label: string;
  /** As declared; empty for a plain number. Numbers below are in it. */
  readonly unit: string;
  readonly file: string;
  /** The source's title; null where the records are assumed. */
  readonly source: string | null;
  readonly viewpoint: string;
  /** Records within the model's time, and how many lie outside and are left out. */
  readonly points: number;
  readonly outside: number;
  readonly from: string;
  readonly to: string;
  /** Mean over the records of the median of the futures less the record. */
  readonly bias: number;
  /** The same as a share of the records' mean size; null where that is 0. */
  readonly biasShare: number | null;
  /** How many records lie between the 5th and the 95th percentile of the futures, ends included. */
  readonly covered: number;
  /** The same as a share; null where all futures agree at every record, so that there is no band. */
  readonly coverage: number | null;
  /** Valid ones. */
  readonly futures: number;
};

/** A line of the model for which futures are dropped, and how many were. */
export type LedgerDropped = {
  readonly kind: 'calibrate' | 'require';
  /** Which input could not be calibrated; null for a requirement. */
  readonly input: string | null;
  /** The line as written: `require stores_then > 0`. */
  readonly text: string;
  readonly futures: number;
};

/** What an input was found to be over the futures that count, in its unit. */
export type LedgerCalibrated = {
  readonly input: string;
  /** `gain at 2024-06-05 = observed_gain`. */
  readonly text: string;
  readonly note: string | null;
  readonly unit: string;
  readonly p5: number;
  readonly p50: number;
  readonly p95: number;
};

export type LedgerViewpoint = {
  readonly name: string;
  readonly label: string;
  readonly hindsight: boolean;
  /** Of the run in which most futures failed or were dropped, where there is a run for each of several meanings. */
  readonly futures: number;
  readonly failed: number;
  /** One for each line of the model for which futures are dropped. Dropped futures have not failed. */
  readonly dropped: readonly LedgerDropped[];
  readonly calibrated: readonly LedgerCalibrated[];
  /** What the definitions mean in that run; empty where no future failed or was dropped. */
  readonly definitions: NamedMeanings;
  /** The first twenty of them. */
  readonly failures: readonly LedgerFailure[];
  /**
   * One-way flows that were asked for less than zero and so for nothing, the one in most futures first; `first` is the
   * first instant of all of them.
   */
  readonly clipped: readonly { readonly flow: string; readonly futures: number; readonly first: string }[];
  readonly own: OwnFigures;
};

export type LedgerDefinition = {
  readonly name: string;
  readonly label: string;
  readonly meanings: readonly { readonly name: string; readonly label: string }[];
  /** Names of the meanings that were asked for. */
  readonly asked: readonly string[];
};

/** A paragraph of the brief and the claims that stand in it: each claim once, in the first that links to it. */
export type LedgerPassage = {
  /** The nearest heading above it, its own words if it is one; null where there is none but the title of the brief. */
  readonly heading: string | null;
  /** As a reader sees it, without markup. */
  readonly text: string;
  /** Ids, in the order of the text. */
  readonly claims: readonly string[];
};

export type Ledger = {
  readonly model: string;
  readonly asOf: string | null;
  readonly runs: number;
  readonly seed: number;
  readonly design: DesignKind;
  readonly scenario: string | null;
  /** Pairs of inputs that are drawn together, under every viewpoint alike; Spearman's rank correlation. */
  readonly correlations: readonly {
    readonly inputs: readonly [string, string];
    readonly coefficient: number;
    readonly reason: string | null;
  }[];
  /** Every definition of the model with its meanings, and which of them were asked for. */
  readonly definitions: readonly LedgerDefinition[];
  /** Failed futures over all runs. */
  readonly failed: number;
  /** The largest imbalance of any stock in any future, as a share of its turnover. */
  readonly imbalance: number;
  readonly viewpoints: readonly LedgerViewpoint[];
  readonly measures: readonly LedgerMeasure[];
  readonly observed: readonly LedgerObserved[];
  /** Those that were asked for. */
  readonly bands: readonly LedgerBand[];
  /** In the order of the brief; none where there is no brief. */
  readonly passages: readonly LedgerPassage[];
  /** In the order of the model. */
  readonly claims: readonly LedgerClaim[];
  /** In the order of the claims that name another; each once, and only where both are judged. */
  readonly pairs: readonly LedgerPair[];
};

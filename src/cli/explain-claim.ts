/**
 * The reasoning of one claim: its sentences in the brief, its rule, and what `casus run` with the same options finds of it.
 * The futures are those of the whole run, so that no number differs from the ledger's.
 */
import { availableParallelism } from 'node:os';
import { lineStarts, positionAt } from '../base/span.ts';
import type { Compiled } from '../compile.ts';
import { soloCrew } from '../engine/crew.ts';
import { moduleRun } from '../engine/module-run.ts';
import { ruleOf } from '../ledger/claim-rule.ts';
import { expectedWork } from '../ledger/expected-work.ts';
import { judgeUncounted } from '../ledger/judge-uncounted.ts';
import type { LedgerClaim } from '../ledger/ledger.ts';
import { makeLedger } from '../ledger/make-ledger.ts';
import { planRuns, type Question } from '../ledger/plan.ts';
import { explainName } from '../model/explain-name.ts';
import { type Claim, isCountedPair, type Model } from '../model/model.ts';
import { type Inserted, sectionText } from '../views/explanation-text.ts';
import { answerText, type Quote, quotesText } from '../views/reasoning-text.ts';
import { hindsightFault } from './hindsight-fault.ts';
import { EXIT, ledgerStyle, writeData } from './output.ts';
import {
  DEFAULT_DESIGN,
  DEFAULT_RUNS,
  DEFAULT_SEED,
  designFault,
  type QuestionOptions,
  questionOf,
  refuse,
  runFault,
} from './run.ts';
import { createThreadCrew } from './thread-crew.ts';
import { untilStopped } from './until-stopped.ts';

export type ClaimOptions = Partial<QuestionOptions>;

type Loaded = { readonly compiled: Compiled; readonly texts: ReadonlyMap<string, string> };

/** Threads beyond these cost more to start than they bring for one claim. */
const MOST_WORKERS = 8;

/**
 * @param number of the claim; what is no claim is only written
 * @param tell the whole text, given what belongs to the claim
 */
export async function explainClaim(
  { compiled, texts }: Loaded,
  number: number,
  options: ClaimOptions,
  tell: (inserted: Inserted) => string,
): Promise<number> {
  const { model, program } = compiled;
  const claim = model.claims[number];
  if (claim === undefined) {
    writeData(tell({ atTop: [], inBetween: [] }));
    return EXIT.fine;
  }
  const asked = {
    ...options,
    runs: options.runs ?? DEFAULT_RUNS,
    seed: options.seed ?? DEFAULT_SEED,
    design: options.design ?? DEFAULT_DESIGN,
    // A claim that asks for hindsight has no other answer.
    hindsight: options.hindsight === true || claim.hindsight,
  };
  const misuse =
    designFault(asked) ?? hindsightFault(model, options.hindsight) ?? runFault(program, asked.runs);
  if (misuse !== null) return refuse(misuse);
  const question = questionOf(compiled, asked);
  if (typeof question === 'string') return refuse(question);
  const wanted: Question = { ...question, claim: number };

  const write = (answered: Pick<Parameters<typeof answerText>[0], 'claim' | 'ledger'>): string => {
    const measures = claim.measures.flatMap((measure) => {
      const found = model.measures[measure];
      return found === undefined || found.implied === true
        ? []
        : [{ name: found.name, isYesNo: found.type.kind === 'boolean' }];
    });
    const held = heldBy(compiled, texts, question);
    const paired = pairedElsewhere(model, number);
    return tell({
      atTop: quotesOf(model, number, texts),
      inBetween: [ruleText(claim), answerText({ ...answered, measures, held, paired }, ledgerStyle())],
    });
  };
  if (isUncounted(claim)) {
    writeData(write({ claim: judgeUncounted(model, claim, asked.hindsight), ledger: null }));
    return EXIT.fine;
  }
  const workers = Math.min(availableParallelism(), MOST_WORKERS);
  const crew = workers > 1 ? createThreadCrew(workers) : soloCrew;
  const planned = expectedWork(model, planRuns(model, program, wanted), wanted);
  return untilStopped(planned, async (host) => {
    const ledger = await makeLedger(model, program, wanted, moduleRun(crew, host));
    const [found] = ledger.claims;
    if (found === undefined) throw new Error('a claim without its answer');
    return [[write({ claim: found, ledger })], null];
  });
}

const ruleText = ({ form }: Claim): string =>
  sectionText({ title: 'RULE', rows: [{ head: '', lines: ruleOf(form) }] }, ledgerStyle());

const UNCOUNTED: readonly LedgerClaim['form'][] = [
  'on record',
  'not testable',
  'context',
  'not yet modelled',
];
const isUncounted = ({ form }: Claim): boolean => UNCOUNTED.includes(form.kind);

/** Those beside which it is not counted here: what it names is, where both are conditions, and what names it never is. */
function pairedElsewhere({ claims }: Model, number: number): readonly string[] {
  const own = claims[number];
  return claims.flatMap((other, at) => {
    const isNamed = own?.with.includes(at) === true;
    if (own === undefined || (!isNamed && !other.with.includes(number))) return [];
    return isNamed && isCountedPair(own.form, other.form) ? [] : [other.name];
  });
}

/** Every sentence once, in the order of the brief. */
function quotesOf(model: Model, number: number, texts: ReadonlyMap<string, string>): readonly string[] {
  const quotes = model.passages.flatMap(({ links, span }) => {
    const text = texts.get(span.file) ?? '';
    const place = `${span.file}, line ${positionAt(lineStarts(text), span.start).line}`;
    return links
      .filter(({ claim }) => claim === number)
      .map(({ sentence, at, words }): Quote => ({ sentence, at, words, place }));
  });
  return quotes.length === 0 ? [] : [quotesText(quotes, ledgerStyle())];
}

/** What the scenario holds, as it is explained itself. */
function heldBy(
  { model, tree }: Compiled,
  texts: ReadonlyMap<string, string>,
  { scenario }: Question,
): string {
  if (scenario === null) return '';
  const told = explainName(model, tree, texts.get(tree.file) ?? '', scenario.name);
  const relations = told.find(({ kind }) => kind === 'scenario')?.relations ?? [];
  return relations.find(({ word }) => word === 'holds')?.names.join(', ') ?? '';
}

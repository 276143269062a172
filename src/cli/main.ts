/**
 * The command line: verbs, options, help. Each verb is a file of its own that answers with an exit code; whatever
 * else goes wrong is a fault of Casus and says so.
 */
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { DESIGN_KINDS } from '../engine/design.ts';
import { check } from './check.ts';
import { type ExplainOptions, explain } from './explain.ts';
import { type FormatOptions, format } from './format.ts';
import { LEDGER_FORMATS } from './format-ledger.ts';
import { GRAPH_FORMATS, type GraphOptions, graph } from './graph.ts';
import { create } from './new.ts';
import { EXIT, endWhereOutputEnds, writeNote } from './output.ts';
import { DEFAULT_DESIGN, DEFAULT_RUNS, DEFAULT_SEED, type RunOptions, run } from './run.ts';
import { endWhereInterrupted } from './until-stopped.ts';

/** The most futures that one order may ask for; the columns of a larger one would not fit. */
const MOST_RUNS = 1_000_000;
/** Beyond this, starting threads costs more than they bring. */
const MOST_WORKERS = 64;

const EXAMPLES = `
Examples:
  casus new my-argument                        write a first argument of ten lines
  casus check my-argument                      say everything that is wrong with it
  casus run my-argument                        say of every claim whether it holds
  casus run my-argument --viewpoint West       under one viewpoint only
  casus run my-argument --format json > a.json everything, for another program
  casus format my-argument                     write its model in the one form
  casus explain unit-mismatch                  what a message means
  casus explain fire_rate --in my-argument     what a name stands for, and who says what of it
  casus explain lasts --in my-argument         how a claim came to its verdicts
  casus graph my-argument > map.mmd            what hangs on what, for Mermaid`;

export async function main(argv: readonly string[]): Promise<void> {
  endWhereOutputEnds();
  endWhereInterrupted();
  let code: number = EXIT.fine;
  const program = buildCommand((exit) => {
    code = exit;
  });
  try {
    if (argv.length <= 2) {
      program.outputHelp();
      return;
    }
    await program.parseAsync([...argv]);
  } catch (error) {
    // Commander has already written its message; only what it was about is left to say.
    if (!(error instanceof CommanderError)) code = reportBug(error);
    else {
      code = error.exitCode === 0 ? EXIT.fine : EXIT.usage;
      // The names of viewpoints go on to the next option, and take the argument with them.
      if (error.code === 'commander.missingArgument' && argv.includes('--viewpoint'))
        writeNote('Give the argument before --viewpoint: casus run my-argument --viewpoint West');
      else if (error.code === 'commander.missingArgument' && argv.includes('--bands'))
        writeNote('Give the argument before --bands: casus run my-argument --bands stores');
    }
  }
  process.exitCode = code;
}

function buildCommand(exit: (code: number) => void): Command {
  const program = new Command('casus')
    .description('Executable arguments: which claims of a text hold, and under whose numbers.')
    .version(version(), '--version', 'print the version')
    .addHelpText('after', EXAMPLES)
    .exitOverride()
    .showHelpAfterError('(casus --help lists everything)');
  program
    .command('check')
    .description('check an argument and report everything that is wrong with it')
    .argument('<argument>', 'a folder with model.casus and brief.md, or one Markdown file')
    .addHelpText('after', '\nExample:\n  casus check models/everything-depends-on-ourselves')
    .action((path: string) => exit(check(path)));
  program
    .command('run')
    .description("run an argument's futures and judge its claims")
    .argument('<argument>', 'a folder with model.casus and brief.md, or one Markdown file')
    .option('--runs <number>', 'futures under each viewpoint', wholeNumber(1, MOST_RUNS), DEFAULT_RUNS)
    .option('--seed <number>', 'seed of all draws', wholeNumber(0, Number.MAX_SAFE_INTEGER), DEFAULT_SEED)
    .addOption(
      new Option('--design <name>', 'how inputs are sampled').choices(DESIGN_KINDS).default(DEFAULT_DESIGN),
    )
    .option(
      '--workers <number>',
      'threads that run futures; the answer is the same for any number',
      wholeNumber(1, MOST_WORKERS),
      Math.min(availableParallelism(), MOST_WORKERS),
    )
    .option('--scenario <name>', 'hold the inputs that this scenario of the model names')
    .option('--viewpoint <name...>', 'judge under these viewpoints only')
    .option('--definition <name=meaning>', 'only this meaning of a definition; may be repeated', collect)
    .option('--hindsight', 'add the columns that use what was stated after `as of`')
    .option('--full', 'tell every claim at length: shares, own figures, own arithmetic, premises')
    .option('--measures', 'show the measures behind the verdicts')
    .option('--explore', 'draw a viewpoint for each future from the pool of the model; no verdicts')
    .option(
      '--bands <name...>',
      'how these variables run over time: quantiles of the futures, at 200 instants at most',
    )
    .option(
      '--only <number>',
      'replay this one future, counted from 0: its inputs, measures and claims',
      wholeNumber(0, 4 * MOST_RUNS - 1),
    )
    .option('--trace <file>', 'with --only: write its whole path there as CSV, a row for each instant')
    .addOption(new Option('--format <name>', 'table on a terminal, json elsewhere').choices(LEDGER_FORMATS))
    .addHelpText(
      'after',
      '\nExamples:\n  casus run my-argument --runs 2000 --seed 7\n  casus run my-argument --viewpoint West Ukraine --measures\n  casus run my-argument --format csv > claims.csv\n  casus run my-argument --explore --format csv > futures.csv\n  casus run my-argument --viewpoint West --only 1234 --trace path.csv\n  casus run my-argument --bands stores --format csv > bands.csv',
    )
    .action(async (path: string, options: RunOptions) => exit(await run(path, options)));
  program
    .command('new')
    .description('write a first argument into a new folder')
    .argument('<folder>', 'where to write it')
    .addHelpText('after', '\nExample:\n  casus new my-argument')
    .action((path: string) => exit(create(path)));
  program
    .command('format')
    .description('rewrite models in their one form; comments stay where they are')
    .argument('<argument...>', 'folders with model.casus, or Markdown files')
    .option('--check', 'change nothing, list the files that would change, and fail if there are any')
    .addHelpText(
      'after',
      '\nExamples:\n  casus format my-argument\n  casus format --check models/*\n  casus format essay.md                        the ```casus blocks inside it',
    )
    .action((paths: string[], options: FormatOptions) => exit(format(paths, options)));
  program
    .command('explain')
    .description('say what a message means, or what a name of an argument stands for')
    .argument('<word>', 'the word in brackets, such as unit-mismatch; with --in a name such as fire_rate')
    .option(
      '--in <argument>',
      'explain a name of this argument: a quantity, a claim, a viewpoint, a source, a unit …',
    )
    .option(
      '--runs <number>',
      'of a claim: futures under each viewpoint, as in run',
      wholeNumber(1, MOST_RUNS),
    )
    .option('--seed <number>', 'of a claim: as in run', wholeNumber(0, Number.MAX_SAFE_INTEGER))
    .addOption(new Option('--design <name>', 'of a claim: as in run').choices(DESIGN_KINDS))
    .option('--scenario <name>', 'of a claim: as in run')
    .option('--viewpoint <name...>', 'of a claim: as in run')
    .option('--definition <name=meaning>', 'of a claim: as in run', collect)
    .option('--hindsight', 'of a claim: as in run')
    .addHelpText(
      'after',
      '\nExamples:\n  casus explain estimates-not-alike\n  casus explain fire_rate --in my-argument\n  casus explain lasts --in my-argument           the reasoning of a claim, with its numbers\n  casus explain lasts --in my-argument --runs 500 --seed 7',
    )
    .action(async (word: string, options: ExplainOptions) => exit(await explain(word, options)));
  program
    .command('graph')
    .description('write the causal map of an argument: what reads, fills and drains what')
    .argument('<argument>', 'a folder with model.casus and brief.md, or one Markdown file')
    .option('--of <name>', 'only what this variable, measure or claim hangs on')
    .addOption(
      new Option('--format <name>', 'for drawing or as data').choices(GRAPH_FORMATS).default('mermaid'),
    )
    .addHelpText(
      'after',
      '\nExamples:\n  casus graph my-argument > map.mmd\n  casus graph my-argument --of runway --format json',
    )
    .action((path: string, options: GraphOptions) => exit(graph(path, options)));
  for (const command of program.commands) command.copyInheritedSettings(program);
  return program;
}

function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  const found =
    typeof manifest === 'object' && manifest !== null && 'version' in manifest ? manifest.version : null;
  return typeof found === 'string' ? found : 'unknown';
}

/** An option that may be given several times. */
const collect = (one: string, before: readonly string[] = []): readonly string[] => [...before, one];

function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^[0-9][0-9_]*$/.test(text) ? Number(text.replaceAll('_', '')) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  };
}

/** Something that no input should bring about: one clear sentence, and the trace only for those who ask for it. */
function reportBug(error: unknown): number {
  const message = error instanceof Error ? error.message : String(error);
  writeNote(`casus: this is a fault of Casus, not of your argument: ${message}`);
  writeNote(
    'Please report it with the argument that brought it about; CASUS_TRACE=1 shows where it happened.',
  );
  if (process.env['CASUS_TRACE'] === '1' && error instanceof Error && error.stack !== undefined)
    writeNote(error.stack);
  return EXIT.bug;
}

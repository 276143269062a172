/** `casus new DIR`: a first argument of ten lines that checks and runs, to be changed into the writer's own. */
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandName, EXIT, writeData, writeNote } from './output.ts';

const BRIEF = `# How long the stores last

Stores of 90,000 t last [at least five months](#lasts), since what leaves them
is less than what the road can carry.
`;

const MODEL = `model "How long the stores last (illustrative)"
time 2024-01-01 .. 2024-12-30 by 1 week
unit t

input drawn: t/day "what is drawn from the stores"
  assumed 400 to 700 "an example: put your own figure and its source here"

stock stores: t = 90_000
  - leaving
flow leaving: t/day = drawn

measure runway: day = time until stores <= 0
claim lasts "The stores last at least five months"
  runway >= 5 month
`;

export function create(path: string): number {
  if (existsSync(path) && (!statSync(path).isDirectory() || readdirSync(path).length > 0)) {
    writeNote(`error: \`${path}\` is there already and not empty; nothing was written. Name a new folder.`);
    return EXIT.usage;
  }
  try {
    mkdirSync(path, { recursive: true });
    writeFileSync(join(path, 'brief.md'), BRIEF, { flag: 'wx' });
    writeFileSync(join(path, 'model.casus'), MODEL, { flag: 'wx' });
  } catch (error) {
    writeNote(
      `error: \`${path}\` could not be written: ${error instanceof Error ? error.message : String(error)}`,
    );
    return EXIT.usage;
  }
  writeData(`${path}/brief.md    the prose, with a link for every claim\n${path}/model.casus  the model`);
  writeNote(`Next: ${commandName()} run ${path}`);
  return EXIT.fine;
}

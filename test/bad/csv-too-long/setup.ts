/** A file of more rows than are read: a number a line, since a file has limited bytes too. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const MODEL = `model "Too much of it"
time 0 day .. 10 day by 1 day
series x: 1 from "long.csv"
  at in day
  assumed "for the example"
measure m = final x
`;

export function setup(directory: string): string {
  writeFileSync(join(directory, 'model.casus'), MODEL);
  writeFileSync(join(directory, 'long.csv'), `t,x\n${'1,1\n'.repeat(100_001)}`);
  return directory;
}

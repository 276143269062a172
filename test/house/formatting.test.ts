/** Biome has nothing to say: no format of somebody's own, no import unused. `npm run fix` mends most of it. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

it('is clean by `biome check`', () => {
  const biome = join('node_modules', '@biomejs', 'biome', 'bin', 'biome');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [biome, 'check', '--error-on-warnings', '--colors=off', '--max-diagnostics=20', '.'],
    { encoding: 'utf8' },
  );
  // Failed by hand: comparing pages of output with nothing would take longer than making them.
  if (status !== 0) expect.fail(`${stdout}${stderr}`);
});

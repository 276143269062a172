#!/usr/bin/env node
// The command's door: everything behind it is built from src/ into dist/ by `npm run build`.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadBundle } from './load-bundle.js';

const main = fileURLToPath(new URL('../dist/bundle/main.cjs', import.meta.url));
if (existsSync(main)) await loadBundle(main).exports.main(process.argv);
else {
  process.stderr.write('casus is not built yet: run `npm run build` in its folder first.\n');
  process.exitCode = 2;
}

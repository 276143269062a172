#!/usr/bin/env node
// The command's door: everything behind it is built from src/ into dist/ by `npm run build`.
import { existsSync } from 'node:fs';

const main = new URL('../dist/bundle/main.js', import.meta.url);
if (existsSync(main)) await (await import(main)).main(process.argv);
else {
  process.stderr.write('casus is not built yet: run `npm run build` in its folder first.\n');
  process.exitCode = 2;
}

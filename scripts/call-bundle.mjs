/**
 * Calls one function of a bundled script in a process of its own and prints what it returns, if anything:
 * `call-bundle.mjs FILE FUNCTION [WORD ...]`; it gets the words as
 * one list. With `--keep` before the file, what V8 has compiled by then is kept
 * beside the script for the processes that come after.
 */
import { resolve } from 'node:path';
import { loadBundle } from '../bin/load-bundle.js';

const words = process.argv.slice(2);
const isKept = words[0] === '--keep';
const [file = '', name = '', ...given] = isKept ? words.slice(1) : words;
const { exports, keep } = loadBundle(resolve(file));
const answer = await exports[name](given);
// Early, since V8 forgets what has not been called for some collections of garbage.
if (isKept) keep();
if (answer !== undefined) process.stdout.write(`${JSON.stringify(answer)}\n`);

/**
 * Runs a bundled script with the machine's own compiled form of it beside it, where there is one: V8 otherwise compiles
 * every function when it is first called, which takes longer than what most commands do. What another version of V8, or
 * one with other settings, has kept is refused by V8, and what was kept of another text by us, since of the text V8
 * compares the length alone; then the script is compiled as usual.
 */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { Script } from 'node:vm';
import zlib from 'node:zlib';
import { optimizeLate } from './optimize-late.js';

/** Where the compiled form of a script is kept. */
const keptBeside = (file) => file.replace(/\.cjs$/, '.v8-cache');

/** A bundle ends on a hash of itself (`scripts/bundle.config.mjs`), and what is kept of it begins with that and a sum of the rest. */
const HASH_LENGTH = 64;
const HEAD_LENGTH = HASH_LENGTH + 8;

/**
 * V8 believes what it is given, and a byte that was lost on the disk would end the process without a word. Null where Node has
 * no such sum, as 21 and the first of 22: there nothing is kept.
 */
const headOf = (hash, bytes) =>
  zlib.crc32 === undefined ? null : `${hash}${zlib.crc32(bytes).toString(16).padStart(8, '0')}`;

/** What was kept of the script with this hash; nothing where there is none, or none that is whole. */
function keptOf(file, hash) {
  let bytes;
  try {
    bytes = readFileSync(file);
  } catch {
    return undefined;
  }
  const compiled = bytes.subarray(HEAD_LENGTH);
  return bytes.toString('latin1', 0, HEAD_LENGTH) === headOf(hash, compiled) ? compiled : undefined;
}

/**
 * @param {string} file a CommonJS script, whole in one file
 * @returns what it exports, whether V8 took what was kept of it, and how to keep what V8 has compiled of it up to then
 */
export function loadBundle(file) {
  optimizeLate();
  const kept = keptBeside(file);
  // Bundles are ASCII, which is read quickest so.
  const text = readFileSync(file, 'latin1');
  const hash = text.slice(-HASH_LENGTH);
  const script = new Script(`(function (exports, require, module, __filename, __dirname) {${text}\n})`, {
    filename: file,
    cachedData: keptOf(kept, hash),
  });
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(file), module, file, dirname(file));
  const keep = () => {
    const compiled = script.createCachedData();
    const head = headOf(hash, compiled);
    if (head === null) return;
    // All or nothing, for commands that start meanwhile.
    writeFileSync(`${kept}.new`, Buffer.concat([Buffer.from(head, 'latin1'), compiled]));
    renameSync(`${kept}.new`, kept);
  };
  return { exports: module.exports, wasKept: script.cachedDataRejected === false, keep };
}

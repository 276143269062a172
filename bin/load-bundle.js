/**
 * Runs a bundled script with the machine's own compiled form of it beside it, where there is one: V8 otherwise compiles
 * every function when it is first called, which takes longer than what most commands do. What another version of V8
 * has kept is refused by V8, and the script is compiled as usual.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { Script } from 'node:vm';

/** Where the compiled form of a script is kept. */
const keptBeside = (file) => file.replace(/\.cjs$/, '.v8-cache');

/**
 * @param {string} file a CommonJS script, whole in one file
 * @returns what it exports, whether V8 took what was kept of it, and how to keep what V8 has compiled of it up to then
 */
export function loadBundle(file) {
  const kept = keptBeside(file);
  const cachedData = existsSync(kept) ? readFileSync(kept) : undefined;
  // Bundles are ASCII, which is read quickest so.
  const text = readFileSync(file, 'latin1');
  const script = new Script(`(function (exports, require, module, __filename, __dirname) {${text}\n})`, {
    filename: file,
    cachedData,
  });
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(file), module, file, dirname(file));
  const keep = () => {
    // All or nothing: V8 would believe half a file.
    writeFileSync(`${kept}.new`, script.createCachedData());
    renameSync(`${kept}.new`, kept);
  };
  return { exports: module.exports, wasKept: script.cachedDataRejected === false, keep };
}

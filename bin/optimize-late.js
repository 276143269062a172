/**
 * V8 translates a function into quick machine code once it has run for a while. Most commands are over before that pays: for
 * reading, checking and first running a large argument it took as much of the processors as all else together. So V8 is
 * told to wait longer. By what it counts differs from one version to another; one that is not listed keeps its own measure.
 * These settings are looked at whenever a count is full, so that they can be made while a process runs, and before code is
 * loaded, since compiled code that is kept belongs to the settings it was made under.
 */
import { setFlagsFromString } from 'node:v8';

/** By V8's version. Each waits some four times as long as V8 does by itself. */
const SETTINGS = {
  // Node 20: bytes of bytecode that a function runs through.
  11.3: ['--interrupt-budget=300000'],
  // Node 22 and 24: calls of a function.
  12.4: ['--invocation-count-for-maglev=1600', '--invocation-count-for-turbofan=12000'],
  13.6: ['--invocation-count-for-maglev=1600', '--invocation-count-for-turbofan=12000'],
};

export function optimizeLate() {
  const version = process.versions.v8.split('.').slice(0, 2).join('.');
  for (const setting of SETTINGS[version] ?? []) setFlagsFromString(setting);
}

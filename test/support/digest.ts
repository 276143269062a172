/**
 * All that an ensemble says, column by column as SHA-256, so that two hosts can compare every bit of it and a difference
 * names its column. It runs in Node and in browsers.
 */
import type { Ensemble } from '../../src/engine/ensemble.ts';
import type { Program } from '../../src/program/program.ts';

/** By the name of a column. */
export type Digest = Readonly<Record<string, string>>;

export async function digestOf(program: Program, ensemble: Ensemble): Promise<Digest> {
  const { measures, claims, kept, failed, failedInputs, clipped, imbalance, futures } = ensemble;
  const columns: Record<string, string> = {};
  for (const [number, column] of measures.entries())
    columns[`measure ${number} ${program.measures[number]?.name}`] = await sha256(column);
  for (const [number, column] of claims.entries()) columns[`claim ${number}`] = await sha256(column);
  for (const [number, column] of kept.entries()) columns[`kept ${number}`] = await sha256(column);
  for (const [number, inputs] of failedInputs.entries())
    columns[`inputs of failure ${number}`] = await sha256(inputs);
  columns['imbalance'] = await sha256(Float64Array.of(imbalance));
  columns['all else'] = await sha256(new TextEncoder().encode(JSON.stringify({ futures, failed, clipped })));
  return columns;
}

/** Of a column's bytes; the machines that run this all put the lowest byte first. */
async function sha256(column: Float64Array | Uint8Array): Promise<string> {
  // A copy, as columns may lie in shared memory.
  const bytes = Uint8Array.from(new Uint8Array(column.buffer, column.byteOffset, column.byteLength));
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

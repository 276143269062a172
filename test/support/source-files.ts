/** The files that house rules are about, by their path from the repository's root, with slashes on every system. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The files below a folder, in a fixed order; none where there is no such folder. */
export function filesBelow(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).replaceAll('\\', '/'))
    .toSorted();
}

/** The TypeScript of src without its tests. */
export function sourceFiles(): readonly string[] {
  return filesBelow('src').filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file));
}

export function textOf(file: string): string {
  return readFileSync(file, 'utf8');
}

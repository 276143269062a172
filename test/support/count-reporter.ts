/**
 * Ends every test run with one line, `12 passed, 1 failed` (and `, 2 skipped` if any), whatever has happened: also
 * when a file of tests cannot be loaded, which counts as one failed test, since none of its own were ever counted.
 * It must stay the last reporter in the list, so that nothing is printed after it.
 */
import type { Reporter, TestModule } from 'vitest/node';

export type Counts = { readonly passed: number; readonly failed: number; readonly skipped: number };

/** `write` takes the line; to stdout unless told otherwise. */
export function countReporter(
  write: (line: string) => void = (line) => void process.stdout.write(line),
): Reporter {
  return {
    onTestRunEnd(modules, unhandledErrors): void {
      const counts = countTests(modules);
      // An error outside of every test fails the run; the line must not say that all is well.
      write(`${countLine({ ...counts, failed: counts.failed + unhandledErrors.length })}\n`);
    },
  };
}

export function countLine({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`;
}

function countTests(modules: readonly TestModule[]): Counts {
  let [passed, failed, skipped] = [0, 0, 0];
  for (const module of modules) {
    let failedHere = 0;
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      if (state === 'passed') passed++;
      else if (state === 'skipped') skipped++;
      // A test that was never finished has not passed.
      else failedHere++;
    }
    // A file that did not load, or whose hooks failed, has no failed test to show for it.
    if (failedHere === 0 && !module.ok()) failedHere = 1;
    failed += failedHere;
  }
  return { passed, failed, skipped };
}

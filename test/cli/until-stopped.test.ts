/** Ctrl-C during work too short to look for it. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import { EXIT } from '../../src/cli/output.ts';
import { endWhereInterrupted, untilStopped } from '../../src/cli/until-stopped.ts';

afterEach(() => vi.restoreAllMocks());

describe('work that ends before it looks whether it was stopped', () => {
  const written = vi.fn(() => true);
  const run = (before: () => void): Promise<number> => {
    vi.spyOn(process.stdout, 'write').mockImplementation(written);
    vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
    endWhereInterrupted();
    return untilStopped(1, async () => {
      before();
      return [['the answer\n'], null];
    });
  };

  test('is stopped all the same', async () => {
    expect(await run(() => void process.emit('SIGINT'))).toBe(EXIT.stopped);
    expect(written).not.toHaveBeenCalled();
  });

  test('tells its answer where nobody stopped it', async () => {
    const listeners = process.listenerCount('SIGINT');
    expect(await run(() => {})).toBe(EXIT.fine);
    expect(process.listenerCount('SIGINT')).toBe(listeners);
  });
});

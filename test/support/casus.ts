/** Runs `casus` as its users do: a process of its own, with what it writes and its exit code. */
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

export const BIN = resolve('bin/casus.js');

export type Ended = {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly milliseconds: number;
};

export type How = {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Another copy of the command. */
  readonly bin?: string;
  /** Sent once this many milliseconds have passed. */
  readonly interruptAfter?: number;
};

export function casus(
  args: readonly string[],
  { cwd, env, bin = BIN, interruptAfter }: How = {},
): Promise<Ended> {
  return new Promise((done, fail) => {
    const { NO_COLOR: _, FORCE_COLOR: __, ...inherited } = process.env;
    const child = spawn(process.execPath, [bin, ...args], {
      cwd: cwd ?? process.cwd(),
      env: { ...inherited, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const started = performance.now();
    let interrupted = started;
    if (interruptAfter !== undefined)
      setTimeout(() => {
        interrupted = performance.now();
        child.kill('SIGINT');
      }, interruptAfter);
    const [out, err]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on('data', (part: Buffer) => out.push(part));
    child.stderr.on('data', (part: Buffer) => err.push(part));
    child.on('error', fail);
    child.on('close', (code) =>
      done({
        code,
        stdout: Buffer.concat(out).toString('utf8'),
        stderr: Buffer.concat(err).toString('utf8'),
        milliseconds: performance.now() - interrupted,
      }),
    );
  });
}

/** What no user should ever see: the trace of a fault. */
export const STACK_TRACE = /^\s+at .*(\.js|\.ts|node:)/m;

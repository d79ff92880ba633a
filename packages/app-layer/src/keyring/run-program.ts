/** Runs a program of the system. What it is told in secret goes to its standard input: others see its command line. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';

export interface Run {
  input?: string;
  /** ms */
  limit: number;
  /** Of its output; more than any secret has by default. */
  mostBytes?: number;
}

export interface Outcome {
  /** Null: it did not end by itself. */
  code: number | null;
  output: string;
  /** It wrote to its standard error. */
  complained: boolean;
}

const usualBytes = 16_384;

const failed: Outcome = { code: null, output: '', complained: true };

/** One that takes too long or says too much is killed, and has failed like one that is not there. Does not reject. */
export function runProgram(program: string, argv: readonly string[], run: Run): Promise<Outcome> {
  const { input = '', limit, mostBytes = usualBytes } = run;
  return new Promise((resolve) => {
    // A language of its own would not change what is read of it, but the encoding might.
    const env = { ...process.env, LC_ALL: 'C.UTF-8' };
    let child: ChildProcessWithoutNullStreams;
    try {
      child = spawn(program, argv, { env, stdio: 'pipe', windowsHide: true });
    } catch {
      // Some errors are thrown at once: EPERM, ENOMEM, E2BIG.
      resolve(failed);
      return;
    }
    const chunks: Buffer[] = [];
    let bytes = 0;
    let complained = false;
    const settle = (outcome: Outcome): void => {
      clearTimeout(timer);
      resolve(outcome);
    };
    const giveUp = (): void => {
      child.kill('SIGKILL');
      // A child of its own may hold its pipes open.
      for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy();
      settle(failed);
    };
    const timer = setTimeout(giveUp, limit);
    child.on('error', () => settle(failed));
    child.stdout.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > mostBytes) giveUp();
      else chunks.push(chunk);
    });
    child.stderr.on('data', () => {
      complained = true;
    });
    child.on('close', (code) => settle({ code, output: Buffer.concat(chunks).toString(), complained }));
    // It may end without reading.
    child.stdin.on('error', () => {}).end(input);
  });
}

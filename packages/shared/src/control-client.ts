/** Asks a running program of Thinline over its control socket, as `thinline ctl` and `thinline-adapter ctl` do. */
import { request } from 'node:http';
import type { Socket } from 'node:net';
import type { Failure } from './contract/types.ts';
import { FailureError } from './failures.ts';
import { connectOwn } from './own-socket.ts';

/** An answer that is a failure. */
export class Refused extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

/** body: posted as JSON where there is one. Rejects with FailureError notRunning, or Refused with what the program said. */
export async function askAt<T>(socketPath: string, path: string, body?: unknown): Promise<T> {
  const answer: unknown = JSON.parse(await exchange(await reach(socketPath), path, body));
  if (answer && typeof answer === 'object' && 'failure' in answer && answer.failure) {
    throw new Refused(answer.failure as Failure);
  }
  return answer as T;
}

async function reach(socketPath: string): Promise<Socket> {
  try {
    return await connectOwn(socketPath);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code !== 'ENOENT' && code !== 'ECONNREFUSED') throw error;
    throw new FailureError('notRunning', { address: socketPath });
  }
}

function exchange(socket: Socket, path: string, body: unknown): Promise<string> {
  return new Promise((resolve, reject) => {
    const options =
      body === undefined ? { method: 'GET' } : { method: 'POST', headers: { 'Content-Type': 'application/json' } };
    const call = request({ createConnection: () => socket, path, host: 'localhost', ...options }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      response.once('end', () => resolve(text)).once('error', reject);
    });
    call.once('error', reject);
    call.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

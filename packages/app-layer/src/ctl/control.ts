/** Talks to a running app layer over its control socket. */
import { request } from 'node:http';
import type { Failure } from '@thinline/shared/contract/types.ts';
import { FailureError } from '@thinline/shared/failures.ts';
import { controlSocket } from '@thinline/shared/paths.ts';

/** An answer of the app layer that is a failure. */
export class Refused extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

/** Rejects with FailureError notRunning, or Refused with what the phone said. */
export async function ask<T>(path: string, body?: unknown): Promise<T> {
  const socketPath = controlSocket();
  const text = await exchange(socketPath, path, body).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED') {
      throw new FailureError('notRunning', { address: socketPath });
    }
    throw error;
  });
  const answer: unknown = JSON.parse(text);
  if (answer && typeof answer === 'object' && 'failure' in answer && answer.failure) {
    throw new Refused(answer.failure as Failure);
  }
  return answer as T;
}

function exchange(socketPath: string, path: string, body: unknown): Promise<string> {
  return new Promise((resolve, reject) => {
    const options =
      body === undefined ? { method: 'GET' } : { method: 'POST', headers: { 'Content-Type': 'application/json' } };
    const call = request({ socketPath, path, host: 'localhost', ...options }, (response) => {
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

/** What page and control socket may tell the phone: { verb, callId }. */
import { FailureError } from '@thinline/shared/failures.ts';
import { readJson, sendJson, type Visit } from './http-door.ts';
import type { LocalPhone } from './local-phone.ts';
import { isVerb, type VerbName } from './verbs.ts';

const longestCallId = 128;

export interface LocalCommand {
  verb: VerbName;
  /** Empty for the only call in question. */
  callId: string;
}

/** Throws FailureError malformedRequest. */
export function readCommand(body: unknown): LocalCommand {
  const fields: Record<string, unknown> = Object(body);
  const { verb, callId = '' } = fields;
  if (!isVerb(verb)) throw new FailureError('malformedRequest', { detail: 'It names nothing that can be done here' });
  if (typeof callId !== 'string' || callId.length > longestCallId) {
    throw new FailureError('malformedRequest', { detail: 'It names no call' });
  }
  return { verb, callId };
}

export async function command(phone: LocalPhone, visit: Visit): Promise<void> {
  const { verb, callId } = readCommand(await readJson(visit));
  await phone.execute(verb, callId);
  sendJson(visit, 200, {});
}

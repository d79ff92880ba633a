/** Which agent sits at the phone (BroadWorks' x-broadworks-hoteling). */
import { createHash } from 'node:crypto';
import { readNumber } from '../headers/values.ts';
import { bodyOf, type EventPackage, isEmpty } from './event-package.ts';
import { childOf, element, readXml, textAt, writeXml } from './xml.ts';

export type Hoteling = { event: 'x-broadworks-hoteling' } & (
  | { kind: 'challenge'; nonce: string; algorithm: string }
  /** expires: s; null: not said. */
  | { kind: 'guest'; agentId: string; expires: number | null }
  /** Nobody sits there; after a request of ours: it was refused, or has ended the agent's stay. */
  | { kind: 'nobody' }
  | { kind: 'unsaid' }
);

export const hotelingType = 'application/x-broadworks-hoteling+xml';
const namespace = 'http://schema.broadsoft.com/hoteling';
const MAX_TEXT = 256;

/** agentId: '' to leave. proof: of the password, for a challenge. */
export function writeHoteling(agentId: string, proof: { nonce: string; response: string } | null): string {
  const data = proof && [
    element('nonce', proof.nonce),
    element('algorithm', 'MD5'),
    element('response', proof.response),
  ];
  return writeXml(
    element('SetHoteling', [element('guestAddress', agentId), ...(data ? [element('authenticationData', data)] : [])], {
      xmlns: namespace,
    }),
  );
}

export const proveHoteling = (nonce: string, password: string): string =>
  createHash('md5').update(`${nonce}:${password}`).digest('hex');

export function readHoteling(body: string): Hoteling | null {
  const root = readXml(body);
  if (root?.name !== 'HotelingEvent') return null;
  const event = 'x-broadworks-hoteling';
  const nonce = textAt(root, 'authenticationData', 'nonce');
  if (nonce !== '') {
    const algorithm = textAt(root, 'authenticationData', 'algorithm').toUpperCase() || 'MD5';
    return nonce.length > MAX_TEXT ? null : { event, kind: 'challenge', nonce, algorithm };
  }
  if (!childOf(root, 'guestAddress')) return { event, kind: 'unsaid' };
  const agentId = textAt(root, 'guestAddress').slice(0, MAX_TEXT);
  if (agentId === '') return { event, kind: 'nobody' };
  return { event, kind: 'guest', agentId, expires: readNumber(textAt(root, 'expires')) };
}

export const hoteling: EventPackage<Hoteling> = {
  event: 'x-broadworks-hoteling',
  accept: [hotelingType],
  expires: 3_600,
  read(type, body) {
    if (isEmpty(body)) return { event: 'x-broadworks-hoteling', kind: 'unsaid' };
    return readHoteling(bodyOf(hotelingType, type, body) ?? '');
  },
};

/** Which agent sits at the phone (BroadWorks' x-broadworks-hoteling). */
import { createHash } from 'node:crypto';
import { bodyOf, type EventPackage, isEmpty } from './event-package.ts';
import { childOf, element, readXml, textAt, writeXml } from './xml.ts';

export type Hoteling =
  | { kind: 'challenge'; nonce: string; algorithm: string }
  | { kind: 'guest'; agentId: string }
  /** Nobody sits there; after a request of ours: it was refused, or has ended the agent's stay. */
  | { kind: 'nobody' }
  | { kind: 'unsaid' };

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
  const nonce = textAt(root, 'authenticationData', 'nonce');
  if (nonce !== '') {
    const algorithm = textAt(root, 'authenticationData', 'algorithm').toUpperCase() || 'MD5';
    return nonce.length > MAX_TEXT ? null : { kind: 'challenge', nonce, algorithm };
  }
  if (!childOf(root, 'guestAddress')) return { kind: 'unsaid' };
  const agentId = textAt(root, 'guestAddress').slice(0, MAX_TEXT);
  return agentId === '' ? { kind: 'nobody' } : { kind: 'guest', agentId };
}

export const hoteling: EventPackage<Hoteling> = {
  event: 'x-broadworks-hoteling',
  accept: [hotelingType],
  expires: 3_600,
  read(type, body) {
    if (isEmpty(body)) return { kind: 'unsaid' };
    return readHoteling(bodyOf(hotelingType, type, body) ?? '');
  },
};

/** Small readings and writings of the messages inside an INVITE dialog. */
import type { Body, Dialog, IncomingMessage, OutgoingRequestMessage, URI } from 'sip.js/lib/core/index.js';
import { localFailureDetail } from './transaction/layer.ts';

export const sdpBody = (content: string): Body => ({
  contentDisposition: 'session',
  contentType: 'application/sdp',
  content,
});

/** Null where the message has no SDP. */
export function sdpOf(message: IncomingMessage): string | null {
  const type = message.getHeader('content-type') ?? '';
  return message.body && /^application\/sdp\b/i.test(type) ? message.body : null;
}

/** A body that isn't SDP, in a request where it should be. */
export const foreignBody = (message: IncomingMessage): boolean => Boolean(message.body) && sdpOf(message) === null;

/** RFC 3261 §13.2.2.4: an ACK carries the credentials of its INVITE. */
export function credentialFields(invite: OutgoingRequestMessage): string[] {
  const fields: string[] = [];
  for (const name of ['Authorization', 'Proxy-Authorization'])
    for (const value of invite.getHeaders(name)) fields.push(`${name}: ${value}`);
  return fields;
}

/** RFC 3261 §12.2.1.2: a 2xx to a target refresh request moves the remote target, which sip.js leaves where it was. */
export function refreshTarget(dialog: Pick<Dialog, 'remoteTarget'>, contact: URI): void {
  const target = dialog.remoteTarget;
  if (target === contact) return;
  target.scheme = contact.scheme;
  target.user = contact.user;
  target.host = contact.host;
  target.port = contact.port;
  target.clearParams();
  for (const [name, value] of Object.entries(contact.parameters)) target.setParam(name, value);
}

/** No server said so: a timeout, a broken connection. Messages of sip.js's own making have no text. */
export const isLocal = (message: IncomingMessage): boolean =>
  !message.data || localFailureDetail(message.getHeader('warning')) !== null;

export const callUuidOf = (message: IncomingMessage): string =>
  (message.getHeader('x-genesys-calluuid') ?? '').slice(0, 128);

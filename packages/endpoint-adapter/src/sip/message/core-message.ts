/** From our reading of a message to sip.js's: the text that its parser takes, and what that parser gets wrong. */

import { IncomingRequestMessage, IncomingResponseMessage, type Logger, Parser } from 'sip.js/lib/core/index.js';
import { NameAddrHeader } from 'sip.js/lib/grammar/index.js';
import { readSipUri } from '../address.ts';
import { chooseChallenge } from '../digest.ts';
import { fieldOf, fieldsOf, readMessage, type SipMessage, splitList, tagOf, writeMessage } from './message.ts';
import { allowedMethods } from './response.ts';

const challengeFields = [
  ['www-authenticate', 'WWW-Authenticate', 'authorization'],
  ['proxy-authenticate', 'Proxy-Authenticate', 'proxy-authorization'],
] as const;

/** Its parser keeps the last challenge only and knows few algorithms: we choose (RFC 8760 §2.4) and hand it the choice. */
function addChallenge(message: IncomingResponseMessage, head: SipMessage): void {
  for (const [name, key, answer] of challengeFields) {
    const values = fieldsOf(head, name);
    const challenge = chooseChallenge(values, answer);
    if (challenge) message.headers[key] = [{ raw: values[0] ?? '', parsed: challenge }];
  }
}

/** It drops responses to an INVITE that have no Contact; plenty of servers send such 18x. The To stands in. */
function addContact(message: IncomingResponseMessage): void {
  if (message.hasHeader('contact')) return;
  const uri = message.to.uri.clone();
  message.headers.Contact = [{ raw: `<${uri}>`, parsed: new NameAddrHeader(uri, '', {}) }];
}

function parse(head: SipMessage, logger: Logger): IncomingRequestMessage | IncomingResponseMessage | null {
  const fields = head.fields.filter(
    (field) => field.name !== 'www-authenticate' && field.name !== 'proxy-authenticate',
  );
  return Parser.parseMessage(writeMessage({ ...head, fields }), logger) ?? null;
}

/** A message of sip.js's on its way out: it announces methods that we don't have, and writes an empty Supported. */
export function coreOutgoing(text: string): SipMessage | null {
  const head = readMessage(text);
  if (!head) return null;
  const fields = head.fields
    .filter((field) => field.name !== 'supported' || field.value !== '')
    .map((field) => (field.name === 'allow' ? { name: 'allow', value: allowedMethods.join(', ') } : field));
  return { ...head, fields };
}

/** Null where sip.js can't make sense of it. key: see LayerPorts.receiveRequest. */
export function coreRequest(head: SipMessage, key: string, logger: Logger): IncomingRequestMessage | null {
  const message = parse(head, logger);
  if (!(message instanceof IncomingRequestMessage) || !message.ruri) return null;
  // It tells server transactions apart by the branch alone; RFC 3261 §17.2.3 asks for sent-by and method too.
  message.viaBranch = key;
  return message;
}

/**
 * What keeps a 2xx from being a dialog that requests can be sent in (RFC 3261 §12.1.2); null: nothing. The last
 * Record-Route, or without one the Contact, is where they would go.
 */
export function dialogFault(head: SipMessage): string | null {
  if (tagOf(fieldOf(head, 'to')) === '') return 'Missing To Tag';
  const route = fieldsOf(head, 'record-route').flatMap(splitList).at(-1);
  if (route !== undefined) return readSipUri(route) ? null : 'Malformed Record-Route';
  const contact = fieldOf(head, 'contact');
  return contact === '' || readSipUri(splitList(contact)[0] ?? '') ? null : 'Malformed Contact';
}

/**
 * Null where sip.js can't make sense of it. beginning: of a dialog, which needs a Contact that it can read; elsewhere it
 * does without one.
 */
export function coreResponse(head: SipMessage, logger: Logger, beginning: boolean): IncomingResponseMessage | null {
  let message = parse(head, logger);
  if (!message && !beginning)
    message = parse({ ...head, fields: head.fields.filter((field) => field.name !== 'contact') }, logger);
  if (!(message instanceof IncomingResponseMessage)) return null;
  addChallenge(message, head);
  if (!beginning) return message;
  addContact(message);
  return message.parseHeader('contact') instanceof NameAddrHeader ? message : null;
}

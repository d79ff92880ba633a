/**
 * What is wrong with a message that could be read (RFC 3261 §8.2, §18.3), and what its sender is owed. Left to those who
 * know what we can do: methods (501, 405), extensions (420), types of body (415), users and dialogs (404, 481).
 */
import { magicCookie } from '../ids.ts';
import { isDigits } from './lexical.ts';
import { fieldOf, fieldsOf, type SipMessage, sequenceMethodOf, sequenceOf, splitList, tagOf } from './message.ts';
import { readNameAddr } from './name-addr.ts';
import { readUri } from './uri.ts';
import { readVia } from './via.ts';

export interface Fault {
  /** 0: nobody is told, since it's a response or an ACK. */
  status: number;
  /** For the status line (RFC 3261 §21.4.1) and the log. */
  reason: string;
}

/** Longer than anything that is dialled, and still worth an answer. */
const MAX_URI = 2_048;
const MAX_BODY = 65_535;

/** Those of IANA's registry. A method of another name gets 501, one of these that we don't have 405 (RFC 3261 §8.2.1). */
const registeredMethods: ReadonlySet<string> = new Set([
  ...['ACK', 'BYE', 'CANCEL', 'INFO', 'INVITE', 'MESSAGE', 'NOTIFY', 'OPTIONS'],
  ...['PRACK', 'PUBLISH', 'REFER', 'REGISTER', 'SUBSCRIBE', 'UPDATE'],
]);

export const isRegisteredMethod = (method: string): boolean => registeredMethods.has(method);

type Check = (message: SipMessage) => Fault | null;

const bad = (reason: string): Fault => ({ status: 400, reason });

/** Header fields that each message has, once (RFC 3261 §8.1.1 and table 2); their names as people write them. */
const single = [
  ['from', 'From'],
  ['to', 'To'],
  ['call-id', 'Call-ID'],
  ['cseq', 'CSeq'],
] as const;

const checkVersion: Check = ({ version }) =>
  version === undefined ? null : { status: 505, reason: 'Version Not Supported' };

function checkSingle(message: SipMessage): Fault | null {
  for (const [name, title] of single) {
    const values = fieldsOf(message, name);
    if (values.length > 1) return bad(`Several ${title}`);
    if (!values[0]) return bad(`Missing ${title}`);
  }
  return null;
}

/** RFC 4475 §3.1.2.17 and §3.1.2.18: of a method that nobody knows it isn't certain that the two have to be the same. */
function checkSequence(message: SipMessage): Fault | null {
  if (sequenceOf(message) < 0) return bad('Malformed CSeq');
  if (message.status > 0 || sequenceMethodOf(message) === message.method) return null;
  return isRegisteredMethod(message.method)
    ? bad('CSeq Of Another Method')
    : { status: 501, reason: 'Not Implemented' };
}

/** RFC 4475 §3.2.1: a bare cookie is the same for all its requests, so that none could be told from another. */
function isVia(value: string): boolean {
  const via = readVia(value);
  return via !== null && via.version === '2.0' && via.parameters !== null && via.branch !== magicCookie;
}

const checkVias: Check = (message) => (fieldsOf(message, 'via').every(isVia) ? null : bad('Malformed Via'));

const checkParties: Check = (message) => {
  if (!readNameAddr(fieldOf(message, 'from'))) return bad('Malformed From');
  return readNameAddr(fieldOf(message, 'to')) ? null : bad('Malformed To');
};

const checkLines: Check = (message) =>
  message.fields.some((field) => field.name === '') ? bad('Malformed Header Field') : null;

function checkTarget(message: SipMessage): Fault | null {
  if (message.uri.length > MAX_URI) return { status: 414, reason: 'Request-URI Too Long' };
  const uri = readUri(message.uri);
  // RFC 3261 §19.1.1: header fields have no place in a Request-URI.
  if (uri?.headers !== '') return bad('Malformed Request-URI');
  return ['sip', 'sips', 'tel'].includes(uri.scheme) ? null : { status: 416, reason: 'Unsupported URI Scheme' };
}

/** RFC 3261 §18.3. The body of a message that is shorter than it says is left away by then. */
function checkLength(message: SipMessage): Fault | null {
  const [first, ...others] = fieldsOf(message, 'content-length');
  if (first === undefined) return null;
  if (others.some((other) => other !== first)) return bad('Several Content-Length');
  if (!isDigits(first)) return bad('Malformed Content-Length');
  if (Number(first) > MAX_BODY) return { status: 413, reason: 'Request Entity Too Large' };
  return Number(first) > Buffer.byteLength(message.body) ? bad('Content-Length Exceeds The Message') : null;
}

/** More than 255 counts as not said (RFC 4475 §3.1.2.4), and none left doesn't matter at the end of the way (§3.3.11). */
const checkMaxForwards: Check = (message) =>
  fieldsOf(message, 'max-forwards').every(isDigits) ? null : bad('Malformed Max-Forwards');

const isAddress = (value: string): boolean => readNameAddr(value) !== null;

function checkAddresses(message: SipMessage): Fault | null {
  for (const [name, title] of [
    ['route', 'Route'],
    ['record-route', 'Record-Route'],
  ] as const)
    if (!fieldsOf(message, name).flatMap(splitList).every(isAddress)) return bad(`Malformed ${title}`);
  const contacts = fieldsOf(message, 'contact').flatMap(splitList);
  const every = message.method === 'REGISTER' && contacts.length === 1 && contacts[0] === '*';
  if (!every && !contacts.every(isAddress)) return bad('Malformed Contact');
  // RFC 3261 §8.1.1.8; without it nothing could ever be sent to the caller.
  const needed = message.method === 'INVITE' && tagOf(fieldOf(message, 'to')) === '';
  return needed && contacts.length !== 1 ? bad(contacts.length === 0 ? 'Missing Contact' : 'Several Contact') : null;
}

const sessionTypes: ReadonlySet<string> = new Set(['application/sdp', 'application/*', '*/*']);

/** RFC 4475 §3.3.15: the answer to an INVITE is SDP; who doesn't take that can't be answered. */
function checkAccept(message: SipMessage): Fault | null {
  if (message.method !== 'INVITE') return null;
  const types = fieldsOf(message, 'accept').flatMap(splitList);
  const taken = types.some((type) => sessionTypes.has((type.split(';', 1)[0] ?? '').trim().toLowerCase()));
  return types.length === 0 || taken ? null : { status: 406, reason: 'Not Acceptable' };
}

/** What a message is told by and answered to. */
const identity: readonly Check[] = [checkVersion, checkSingle, checkSequence, checkVias, checkParties];
const ofRequests: readonly Check[] = [
  ...identity,
  ...[checkLines, checkTarget, checkLength, checkMaxForwards, checkAddresses, checkAccept],
];

/** RFC 3261 §8.1.3.3: a response with a second Via was meant for somebody else. */
const checkOnlyVia: Check = (message) => (fieldsOf(message, 'via').length === 1 ? null : bad('Several Via'));

const checkStatus: Check = ({ status }) => (status >= 100 && status <= 699 ? null : bad('Malformed Status'));

/** A response ends what its request began, so only what can't be told to belong to one is dropped. */
const ofResponses: readonly Check[] = [
  ...[checkVersion, checkStatus, checkSingle, checkSequence, checkVias, checkOnlyVia, checkLength],
];

function firstFault(message: SipMessage, checks: readonly Check[]): Fault | null {
  for (const check of checks) {
    const fault = check(message);
    if (fault) return fault;
  }
  return null;
}

/** Null for a message that may be acted on. Each Via has to have a field of its own. */
export function validate(message: SipMessage): Fault | null {
  if (message.status > 0) {
    const fault = firstFault(message, ofResponses);
    return fault && { ...fault, status: 0 };
  }
  // Nobody would repeat a dropped ACK in better form, so it is looked at no closer than needed.
  if (message.method !== 'ACK') return firstFault(message, ofRequests);
  const fault = firstFault(message, identity);
  return fault && { ...fault, status: 0 };
}

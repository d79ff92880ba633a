/** Everything that reads something of a message, once. */
import { readDescription } from '@thinline/endpoint-adapter/call/sdp.ts';
import { chooseChallenge } from '@thinline/endpoint-adapter/sip/digest.ts';
import { readDtmfBody } from '@thinline/endpoint-adapter/sip/events/dtmf-body.ts';
import { readSipfrag } from '@thinline/endpoint-adapter/sip/events/sipfrag.ts';
import { readAlertInfo } from '@thinline/endpoint-adapter/sip/headers/alert-info.ts';
import { readAutoAnswer } from '@thinline/endpoint-adapter/sip/headers/auto-answer.ts';
import { readAppearances } from '@thinline/endpoint-adapter/sip/headers/call-info.ts';
import { readDiversions } from '@thinline/endpoint-adapter/sip/headers/diversion.ts';
import { readEvent } from '@thinline/endpoint-adapter/sip/headers/event-header.ts';
import { readRAck, readRSeq } from '@thinline/endpoint-adapter/sip/headers/rack.ts';
import { readReasons } from '@thinline/endpoint-adapter/sip/headers/reason.ts';
import { readReferTo } from '@thinline/endpoint-adapter/sip/headers/refer-to.ts';
import { readReferredBy } from '@thinline/endpoint-adapter/sip/headers/referred-by.ts';
import { readReplaces } from '@thinline/endpoint-adapter/sip/headers/replaces.ts';
import { readRetryAfter } from '@thinline/endpoint-adapter/sip/headers/retry-after.ts';
import { readMinSe, readSessionExpires } from '@thinline/endpoint-adapter/sip/headers/session-expires.ts';
import { readSubscriptionState } from '@thinline/endpoint-adapter/sip/headers/subscription-state.ts';
import { readUriHeaders } from '@thinline/endpoint-adapter/sip/headers/uri-headers.ts';
import {
  fieldOf,
  fieldsOf,
  type SipMessage,
  sequenceOf,
  splitList,
  tagOf,
  writeMessage,
} from '@thinline/endpoint-adapter/sip/message/message.ts';
import { readBodies } from '@thinline/endpoint-adapter/sip/message/multipart.ts';
import { readNameAddr, writeNameAddr } from '@thinline/endpoint-adapter/sip/message/name-addr.ts';
import { readParameters, writeParameters } from '@thinline/endpoint-adapter/sip/message/parameters.ts';
import { makeResponse } from '@thinline/endpoint-adapter/sip/message/response.ts';
import { readUri, sameUri, writeUri } from '@thinline/endpoint-adapter/sip/message/uri.ts';
import { readVia, stampVia } from '@thinline/endpoint-adapter/sip/message/via.ts';
import { eventPackages } from '@thinline/endpoint-adapter/sip/testing/event-packages.ts';

/** What was read is written and read again: both have to say the same. Throws where they don't. */
function readAddress(value: string): void {
  const address = readNameAddr(value);
  if (!address) return;
  readUriHeaders(address.uri);
  const again = readNameAddr(writeNameAddr(address));
  if (!again || !sameUri(again.uri, address.uri) || again.displayName !== address.displayName)
    throw new Error(`${JSON.stringify(value)} was written as ${writeNameAddr(address)}`);
}

function readUriTwice(text: string): void {
  const uri = readUri(text);
  const again = uri && readUri(writeUri(uri));
  if (uri && !(again && sameUri(uri, again)))
    throw new Error(`${JSON.stringify(text)} was written as ${writeUri(uri)}`);
}

function readValue(value: string): void {
  readUriTwice(value);
  readAddress(value);
  readVia(value);
  const parameters = readParameters(value.slice(Math.max(value.indexOf(';'), 0)));
  if (parameters) writeParameters(parameters);
}

/** Header fields that have a reading of their own. */
const readings: ReadonlyMap<string, (value: string) => unknown> = new Map<string, (value: string) => unknown>([
  ['event', readEvent],
  ['rack', readRAck],
  ['rseq', readRSeq],
  ['refer-to', readReferTo],
  ['referred-by', readReferredBy],
  ['replaces', readReplaces],
  ['retry-after', readRetryAfter],
  ['min-se', readMinSe],
  ['session-expires', readSessionExpires],
  ['subscription-state', readSubscriptionState],
]);

export function readEverything(message: SipMessage, seed: number): void {
  readUriTwice(message.uri);
  sequenceOf(message);
  for (const { name, value } of message.fields) {
    for (const item of splitList(value).slice(0, 16)) readValue(item);
    readValue(value);
    tagOf(value);
    readings.get(name)?.(value);
  }
  const values = (name: string): string[] => fieldsOf(message, name);
  readAlertInfo(values('alert-info'));
  readAppearances(values('call-info'));
  readReasons(values('reason'));
  readAutoAnswer(message);
  readDiversions(message);
  chooseChallenge(values('www-authenticate'), 'authorization');
  chooseChallenge(values('proxy-authenticate'), 'proxy-authorization');
  const type = fieldOf(message, 'content-type');
  for (const { content } of readBodies(type, message.body)) readDescription(content);
  readDtmfBody(type, message.body);
  readSipfrag(message.body);
  // One package a message: the time that is measured is to be that of one NOTIFY.
  const events = eventPackages[seed % eventPackages.length];
  if (events) for (const accepted of [type, ...events.accept]) events.read(accepted, message.body, message);
  stampVia(message, { address: '192.0.2.1', port: 5060 });
  if (message.status === 0) writeMessage(makeResponse(message, 486));
  writeMessage(message);
}

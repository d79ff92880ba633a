/** Every reader of this folder, with values as long as a header may be. */
import { describe, expect, it } from 'vitest';
import type { SipMessage } from '../message/message.ts';
import { cpuTime } from '../testing/cpu-time.ts';
import { readAlertInfo } from './alert-info.ts';
import { readAutoAnswer } from './auto-answer.ts';
import { readAppearances } from './call-info.ts';
import { readDiversions } from './diversion.ts';
import { readEvent } from './event-header.ts';
import { readRAck, readRSeq } from './rack.ts';
import { readReasons } from './reason.ts';
import { readReferTo } from './refer-to.ts';
import { readReferredBy } from './referred-by.ts';
import { readReplaces } from './replaces.ts';
import { readRetryAfter } from './retry-after.ts';
import { readMinSe, readSessionExpires } from './session-expires.ts';
import { readSubscriptionState } from './subscription-state.ts';

const length = 16_000;
const fill = (piece: string): string => piece.repeat(Math.ceil(length / piece.length)).slice(0, length);

const names = [
  'from',
  'privacy',
  'p-asserted-identity',
  'alert-info',
  'call-info',
  'answer-mode',
  'diversion',
  'history-info',
];
const messageOf = (value: string): SipMessage => ({
  method: 'INVITE',
  uri: '',
  status: 0,
  reason: '',
  fields: names.map((name) => ({ name, value })),
  body: '',
});

const readers: Readonly<Record<string, (value: string) => unknown>> = {
  readAlertInfo: (value) => readAlertInfo([value]),
  readAppearances: (value) => readAppearances([value]),
  readAutoAnswer: (value) => readAutoAnswer(messageOf(value)),
  readDiversions: (value) => readDiversions(messageOf(value)),
  readEvent,
  readMinSe,
  readRAck,
  readRSeq,
  readReasons: (value) => readReasons([value]),
  readReferTo,
  readReferredBy,
  readReplaces,
  readRetryAfter,
  readSessionExpires,
  readSubscriptionState,
};

const pieces = [
  'a',
  '1',
  ' ',
  '\t',
  '\n',
  ';',
  ',',
  '<',
  '>',
  '"',
  '\\',
  '\\"',
  '=',
  '&',
  '?',
  '%',
  '%0',
  '%ff',
  ':',
  '@',
  '(',
  ';a',
  ';a=',
  '; a = b ',
  '<sip:a@b>,',
  '<sip:a@b?Reason=SIP%3Bcause%3D302>;index=1,',
  '<sip:a@b;cause=302>;mp=1,',
  'sip:',
  'urn:',
  'info=',
  '\u0000',
  '\ud800',
  'é',
];
const starts = ['', 'SIP', '<sip:a@b', '<sip:a@b>', '"', 'a;to-tag=1;from-tag=', '1 1 ', 'sip:a@b?'];

describe('values of 16 kB', () => {
  it.each(Object.entries(readers))('%s bears them', (_, read) => {
    for (const start of starts)
      for (const piece of pieces) {
        const before = cpuTime();
        read(start + fill(piece));
        expect(cpuTime() - before, `${start}${piece}`).toBeLessThan(300);
      }
  });
});

import { describe, expect, it } from 'vitest';
import type { SipMessage } from '../message/message.ts';
import { messageWith } from '../testing/message-with.ts';
import { isForeignBody, sdpOf } from './body.ts';

const withBody = (body: string, ...lines: string[]): SipMessage => ({ ...messageWith(...lines), body });

const mixed = [
  '--next',
  'Content-Type: application/xml',
  '',
  '<x/>',
  '--next',
  'Content-Type: application/sdp',
  '',
  'v=0',
  '--next--',
  '',
].join('\r\n');

describe('sdpOf', () => {
  it.each([
    ['alone', withBody('v=0', 'Content-Type: application/sdp'), 'v=0'],
    ['in whatever case, with parameters', withBody('v=0', 'c: Application/SDP;charset=utf-8'), 'v=0'],
    ['among others (RFC 5621)', withBody(mixed, 'Content-Type: multipart/mixed;boundary=next'), 'v=0'],
    ['of another type', withBody('v=0', 'Content-Type: application/sdp-extended'), null],
    ['without type', withBody('v=0'), null],
    ['not at all', withBody('', 'Content-Type: application/sdp'), null],
  ])('%s', (_, message, expected) => {
    expect(sdpOf(message)).toBe(expected);
  });
});

describe('isForeignBody', () => {
  it.each([
    ['none', withBody(''), false],
    ['a session description', withBody('v=0', 'Content-Type: application/sdp'), false],
    ['one among others', withBody(mixed, 'Content-Type: multipart/mixed;boundary=next'), false],
    ['text', withBody('hello', 'Content-Type: text/plain'), true],
    ['without type', withBody('hello'), true],
    [
      'text that may be ignored',
      withBody('hello', 'Content-Type: text/plain', 'Content-Disposition: render; handling = Optional'),
      false,
    ],
    [
      'text that may not',
      withBody('hello', 'Content-Type: text/plain', 'Content-Disposition: render;handling=required'),
      true,
    ],
  ])('%s', (_, message, expected) => {
    expect(isForeignBody(message)).toBe(expected);
  });
});

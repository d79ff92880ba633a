import { describe, expect, it } from 'vitest';
import { readDtmfBody, writeDtmfRelay } from './dtmf-body.ts';

describe('digits', () => {
  it.each([
    ['application/dtmf-relay', 'Signal=5\r\nDuration=160\r\n', '5', 160],
    ['application/dtmf-relay', 'signal = a\nduration = 100', 'A', 100],
    ['Application/DTMF-Relay; charset=utf-8', 'SIGNAL=12#*d', '12#*D', null],
    ['', 'Signal=1\r\nSignal=2\r\n', '12', null],
    ['text/plain', 'Signal=0', '0', null],
    ['application/dtmf', '7', '7', null],
    ['application/dtmf', ' 123 \r\n', '123', null],
    ['text/plain', 'Signal=1\r\nDuration=soon\r\nX=y', '1', null],
    ['text/plain', 'Signal=1\r\nDuration=0', '1', null],
    ['text/plain', 'Signal=1\r\nDuration=60000', '1', null],
  ])('%s %j', (type, body, digits, durationMs) => {
    expect(readDtmfBody(type, body)).toEqual({ digits, durationMs });
  });

  it.each([
    ['application/sdp', 'Signal=1'],
    ['text/plain', ''],
    ['text/plain', 'Signal='],
    ['text/plain', 'Signal=1E'],
    ['text/plain', 'Duration=100'],
    ['text/plain', 'hello'],
    ['text/plain', `Signal=${'1'.repeat(65)}`],
    ['text/plain', `Signal=1${' '.repeat(2_000)}`],
  ])('are not read from %s %j', (type, body) => {
    expect(readDtmfBody(type, body)).toBeNull();
  });

  it('are sent one at a time', () => {
    expect(writeDtmfRelay('#', 160)).toBe('Signal=#\r\nDuration=160\r\n');
  });
});

import { describe, expect, it } from 'vitest';
import { hideDtmf } from './dtmf-filter.ts';

const info = (type: string, body: string, eol = '\r\n') =>
  ['to udp 192.0.2.1:5060\nINFO sip:602@192.0.2.1 SIP/2.0', 'CSeq: 102 INFO', `Content-Type: ${type}`, '', body].join(
    eol,
  );
const headOf = (text: string) => text.slice(0, text.search(/\r?\n\r?\n/));

describe('digits', () => {
  it.each([
    ['application/dtmf-relay', 'Signal=5\r\nDuration=160\r\n', 'Signal=x\r\nDuration=160\r\n'],
    ['application/dtmf-relay', 'signal = 12#A\r\nduration = 250', 'signal = xxxx\r\nduration = 250'],
    ['Application/DTMF', '1', 'x'],
    ['application/dtmf', '*', 'x'],
    ['application/dtmf;charset=utf-8', '0*#dD9\r\n', 'xxxxxx\r\n'],
    ['text/plain', 'Signal=7', 'Signal=x'],
  ])('in the body of an INFO with %s', (type, body, hidden) => {
    const text = info(type, body);
    expect(hideDtmf(text)).toBe(`${headOf(text)}\r\n\r\n${hidden}`);
  });

  it.each(['Event: dtmf', 'o:dtmf', 'event : DTMF;id=1'])('in the body of a NOTIFY with %s', (event) => {
    for (const body of ['Signal=1234', '1234', 'S i g n a l=1234']) {
      const text = `from tcp 192.0.2.1:5060\nNOTIFY sip:701@192.0.2.2:5061 SIP/2.0\r\n${event}\r\nCSeq: 12 NOTIFY\r\n\r\n${body}`;
      expect(hideDtmf(text)).toBe(text.replace('1234', 'xxxx'));
    }
  });

  it('with lines that end otherwise, and a compact name of the type', () => {
    expect(hideDtmf('INFO sip:a SIP/2.0\nc: application/dtmf\n\n42')).toBe(
      'INFO sip:a SIP/2.0\nc: application/dtmf\n\nxx',
    );
  });

  it.each([
    ['{"digits":"12#"}', '{"digits":"xxx"}'],
    [JSON.stringify(JSON.stringify({ dtmfReceived: '12' })), JSON.stringify(JSON.stringify({ dtmfReceived: 'xx' }))],
    ["{ dtmfSent: '5*' }", "{ dtmfSent: 'xx' }"],
    ['digit: 5', 'digit: x'],
  ])('in words of ours: %s', (text, hidden) => {
    expect(hideDtmf(text)).toBe(hidden);
  });

  it.each([
    'from udp 192.0.2.1:5060\nINVITE sip:5551234@192.0.2.1 SIP/2.0\r\nContent-Type: application/sdp\r\n\r\nv=0\r\na=fmtp:101 0-15\r\n',
    'from udp 192.0.2.1:5060\nNOTIFY sip:7@h SIP/2.0\r\nEvent: talk\r\n\r\n123',
    'from udp 192.0.2.1:5060\nINFO sip:7@h SIP/2.0\r\nSubject: Content-Type: application/dtmf\r\n\r\n123',
    'the digits were refused (SIP 415)',
    'dtmf_method: Rfc2833, signal: 2.5 dB, digits: abcdef',
    'call 7 to 5551234 ended after 12 s',
  ])('are not: %s', (text) => {
    expect(hideDtmf(text)).toBe(text);
  });

  it('are found in no time, whatever the text', () => {
    const texts = ['Signal=', 'signal   ', '\r\n', 'Content-Type: ', '1'].map((it) => it.repeat(200_000 / it.length));
    const before = performance.now();
    for (const text of texts) hideDtmf(`INFO sip:a SIP/2.0\r\nEvent: dtmf\r\n\r\n${text}`);
    for (const text of texts) hideDtmf(text);
    expect(performance.now() - before).toBeLessThan(1500);
  });
});

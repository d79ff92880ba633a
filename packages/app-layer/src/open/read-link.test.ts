import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readLink } from './read-link.ts';

test.each([
  // RFC 3966 §6.
  ['tel:+1-201-555-0123', '+12015550123'],
  ['tel:7042;phone-context=example.com', '7042'],
  ['tel:863-1234;phone-context=+1-914-555', '8631234'],
  ['TEL:+358-(0)555.1234567', '+35805551234567'],
  ['tel:+49%2030%20123456', '+4930123456'],
  ['tel:%2B4930123456', '+4930123456'],
  ['tel://+4930123456', '+4930123456'],
  ['tel:+4930123456/', '+4930123456'],
  ['tel:+49\u00a030\u2011123', '+4930123'],
  ['tel:*31%23601', '*31#601'],
  ['tel:601;isub=12;rn=+4930', '601'],
  ['  tel:601\n', '601'],
  ['sip:602@example.org', 'sip:602@example.org'],
  ['sip:602@Example.ORG:5070', 'sip:602@example.org:5070'],
  ['sips:alice@example.org', 'sips:alice@example.org'],
  ['sip:602:secret@example.org', 'sip:602@example.org'],
  ['sip:+1-212-555-1212:1234@gateway.com;user=phone', 'sip:+1-212-555-1212@gateway.com'],
  ['sip:602;day=tuesday@example.org', 'sip:602@example.org'],
  ['sip:602@example.org;method=REFER;transport=tcp;maddr=192.0.2.9', 'sip:602@example.org'],
  ['sip:602@example.org?Replaces=1&Route=%3Csip:evil.example%3E', 'sip:602@example.org'],
  ['sip:j%40s0n@example.org', 'sip:j%40s0n@example.org'],
  ['sip:602@[2001:db8::1]:5060', 'sip:602@[2001:db8::1]:5060'],
  ['sip://602@example.org', 'sip:602@example.org'],
  ['callto:+4930123456', '+4930123456'],
  ['callto://601', '601'],
  ['callto:tel:+4930123456', '+4930123456'],
  ['callto:sip:602@example.org', 'sip:602@example.org'],
  ['callto:alice@example.org', 'sip:alice@example.org'],
  ['callto:601?call', '601'],
])('%j is %s', (link, target) => {
  expect(readLink(link)).toEqual({ target, extension: '' });
});

test.each([
  ['tel:+1-201-555-0123;ext=1234', '1234'],
  ['tel:+12015550123;EXT=12-34', '1234'],
  ['tel:+12015550123;ext=1;ext=2', '1'],
])('the extension of %s is %s', (link, extension) => {
  expect(readLink(link)).toEqual({ target: '+12015550123', extension });
});

test.each([
  ['', 'It begins with none of tel:'],
  ['601', 'It begins with none of tel:'],
  ['javascript:alert(1)', 'It begins with none of tel:'],
  ['--help', 'It begins with none of tel:'],
  ['tel:', 'is not a telephone number'],
  ['tel:+', 'is not a telephone number'],
  ['tel:+*21', 'is not a telephone number'],
  ['tel:1-800-FLOWERS', 'is not a telephone number'],
  ['tel:601,,,123', 'is not a telephone number'],
  ['tel:601%00', 'is not a telephone number'],
  ['tel:601%0d%0aVia:x', 'is not a telephone number'],
  ['tel:%zz', 'is not a telephone number'],
  ['tel:601;ext=x', 'extension is not a number'],
  [`tel:601;ext=${'1'.repeat(33)}`, 'extension is too long'],
  [`tel:601${';a=b'.repeat(17)}`, 'too many parameters'],
  [`tel:${'1'.repeat(257)}`, 'longer than 256'],
  [`tel:${'1'.repeat(1100)}`, 'longer than 1024'],
  ['sip:example.org', 'is not user@host'],
  ['sip:@example.org', 'is not user@host'],
  ['sip:60 2@example.org', 'none that can be called'],
  ['sip:602%0d%0a@example.org', 'none that can be called'],
  ['sip:<602>@example.org', 'none that can be called'],
  ['sip:602@', 'is not a host'],
  ['sip:602@example.org:99999', 'is not a host'],
  ['sip:602@exa mple.org', 'is not a host'],
  ['callto:callto:601', 'is not a telephone number'],
])('%j holds nothing to call', (link, why) => {
  expect(readLink(link)).toEqual({ problem: expect.stringContaining(why) });
});

test('whatever the link, a target is bounded, and nothing in it ends or begins anything', () => {
  const piece = fc.constantFrom(
    'tel:',
    'sip:',
    'callto:',
    '//',
    '+',
    '6',
    '%',
    '%0a',
    '%20',
    '@',
    'a.b',
    ':',
    ';ext=',
    '\n',
    '?',
    '<',
    '"',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(piece, { maxLength: 24 }).map((it) => it.join('')),
        fc.string(),
      ),
      (link) => {
        const read = readLink(link);
        if (!('target' in read)) return;
        expect(read.target).toMatch(/^[\x21\x23-\x3b\x3d\x3f-\x7e]{1,256}$/);
        expect(read.extension).toMatch(/^[0-9A-D*#]{0,32}$/);
      },
    ),
  );
});

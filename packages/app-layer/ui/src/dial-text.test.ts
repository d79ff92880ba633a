import { expect, test } from 'vitest';
import { dialText } from './dial-text.ts';

test.each([
  ['602', '602'],
  ['  602 ', '602'],
  ['030 / 123 456-78', '03012345678'],
  ['+49 (0)30 123456', '+4930123456'],
  ['+49 30 123456', '+4930123456'],
  ['(030) 123.456', '030123456'],
  ['tel:+49-30-123456', '+4930123456'],
  ['TEL:7042;phone-context=example.com', '7042'],
  ['callto://+4930123456', '+4930123456'],
  ['\u202a+4930123456\u202c', '+4930123456'],
  ['+49\u00a030\u2009123\u2011456', '+4930123456'],
  ['*21*602#', '*21*602#'],
  ['bob@example.org', 'bob@example.org'],
  ['sip:602@example.org;transport=tcp', 'sip:602@example.org;transport=tcp'],
  [' Ada   Lovelace\n', 'Ada Lovelace'],
  ['a-b', 'a-b'],
  ['', ''],
  ['tel:', ''],
])('%j is dialled as %j', (text, dialled) => {
  expect(dialText(text)).toBe(dialled);
});

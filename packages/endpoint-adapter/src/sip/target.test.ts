import { FailureError } from '@thinline/shared/failures.ts';
import { describe, expect, it } from 'vitest';
import { readTarget } from './target.ts';

const server = { host: 'sip.example.org', port: 5070 };

describe('readTarget', () => {
  it.each([
    ['602', 'sip:602@sip.example.org:5070'],
    ['+4930123', 'sip:+4930123@sip.example.org:5070'],
    ['*21#', 'sip:*21%23@sip.example.org:5070'],
    ['bob@far.example', 'sip:bob@far.example'],
    ['bob@[2001:db8::1]:5080', 'sip:bob@[2001:db8::1]:5080'],
    ['sip:bob@far.example:5080;transport=tcp', 'sip:bob@far.example:5080;transport=tcp'],
    ['sip:bob@far.example?Subject=x', 'sip:bob@far.example'],
  ])('reads %s', (text, expected) => {
    expect(readTarget(text, server).toString()).toBe(expected);
  });

  it.each([
    '',
    ' ',
    '60 2',
    'a@b@c',
    '@host',
    'bob@',
    'sip:',
    'sips:bob@x',
    'tel:1',
    '<sip:a@b>',
    'a"b',
    '602\r\nX: y',
    '%ff',
    'x'.repeat(600),
  ])('refuses %j', (text) => {
    expect(() => readTarget(text, server)).toThrow(FailureError);
  });
});

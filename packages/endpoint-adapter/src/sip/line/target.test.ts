import { FailureError } from '@thinline/shared/failures.ts';
import { describe, expect, it } from 'vitest';
import { makeUri, writeUri } from '../message/uri.ts';
import { readTarget } from './target.ts';

const server = makeUri({ host: 'sip.example.org', port: 5070 });

describe('readTarget', () => {
  it.each([
    ['602', 'sip:602@sip.example.org:5070'],
    ['+4930123', 'sip:+4930123@sip.example.org:5070'],
    ['*21#', 'sip:*21%23@sip.example.org:5070'],
    ['bob@far.example', 'sip:bob@far.example'],
    ['bob@[2001:db8::1]:5080', 'sip:bob@[2001:db8::1]:5080'],
    ['sip:bob@far.example:5080;transport=tcp', 'sip:bob@far.example:5080;transport=tcp'],
    ['sip:bob@far.example?Subject=x', 'sip:bob@far.example'],
    ['sips:bob@far.example', 'sips:bob@far.example'],
    ['sip:*21#@far.example', 'sip:*21%23@far.example'],
    ['tel:+49-30-123;phone-context=x', 'sip:+49-30-123@sip.example.org:5070'],
    ['%ff', 'sip:%ff@sip.example.org:5070'],
    ['50%', 'sip:50%25@sip.example.org:5070'],
    ['a%20b', 'sip:a%20b@sip.example.org:5070'],
  ])('reads %s', (text, expected) => {
    expect(writeUri(readTarget(text, server))).toBe(expected);
  });

  it('stays with the scheme and parameters of the server', () => {
    const secure = { ...server, scheme: 'sips', parameters: new Map([['transport', 'tcp']]) };
    expect(readTarget('602', secure).scheme).toBe('sips');
    expect(writeUri(readTarget('tel:602', secure))).toBe('sips:602@sip.example.org:5070;transport=tcp');
  });

  it.each([
    '',
    ' ',
    '60 2',
    'a@b@c',
    '@host',
    'bob@',
    'sip:',
    'tel:',
    'http://far.example/',
    '<sip:a@b>',
    'a"b',
    '602\r\nX: y',
    'x'.repeat(600),
  ])('refuses %j', (text) => {
    expect(() => readTarget(text, server)).toThrow(FailureError);
  });
});

import { describe, expect, it } from 'vitest';
import { makeUri, writeUri } from '../message/uri.ts';
import { readReferTo, writeReferTo } from './refer-to.ts';
import { readReferredBy } from './referred-by.ts';
import { readReplaces, writeReplaces } from './replaces.ts';

describe('Replaces', () => {
  it.each([
    ['98732@host;from-tag=r33th4x0r;to-tag=ff87ff', '98732@host', 'ff87ff', 'r33th4x0r', false],
    ['a(b)c ; to-tag=0 ;from-tag=1;early-only', 'a(b)c', '0', '1', true],
  ])('reads %s', (value, callId, toTag, fromTag, earlyOnly) => {
    expect(readReplaces(value)).toEqual({ callId, toTag, fromTag, earlyOnly });
  });

  it.each([
    '',
    'a',
    'a;to-tag=1',
    'a;from-tag=1',
    ';to-tag=1;from-tag=2',
    'a;to-tag=;from-tag=2',
    'a b;to-tag=1;from-tag=2',
    'a;to-tag="x y";from-tag=2',
  ])('refuses %j', (value) => {
    expect(readReplaces(value)).toBeNull();
  });

  it('writes what it reads', () => {
    const value = 'a@b;to-tag=1;from-tag=2;early-only';
    const read = readReplaces(value);
    expect(read && writeReplaces(read)).toBe(value);
  });
});

describe('Refer-To', () => {
  it.each([
    ['<sip:bob@example.com>', 'sip:bob@example.com', 'INVITE'],
    ['sip:bob@example.com', 'sip:bob@example.com', 'INVITE'],
    ['"Bob, B." <sip:bob@example.com;transport=tcp;method=BYE>', 'sip:bob@example.com;transport=tcp', 'BYE'],
    ['<tel:+49301234>', 'tel:+49301234', 'INVITE'],
    ['<sip:b@x?Subject=hello&Via=evil>', 'sip:b@x', 'INVITE'],
  ])('reads %s', (value, uri, method) => {
    const read = readReferTo(value);
    expect(read).toMatchObject({ method, replaces: null });
    expect(read && writeUri(read.uri)).toBe(uri);
  });

  it.each([
    '<sip:bob@b.example?Replaces=12%40a.example%3Bto-tag%3D7%3Bfrom-tag%3D8>',
    '<sip:bob@b.example?Require=replaces&replaces=12%40a.example%3bfrom-tag=8%3Bto-tag=7>',
    'sip:bob@b.example?Replaces=12%40a.example%3Bto-tag%3D7%3Bfrom-tag%3D8',
  ])('finds whom the call is to replace in %s', (value) => {
    const read = readReferTo(value);
    expect(read?.replaces).toEqual({ callId: '12@a.example', toTag: '7', fromTag: '8', earlyOnly: false });
    expect(read?.uri.headers).toBe('');
  });

  it.each([
    '',
    'bob',
    '<sip:bob@',
    '<sip:b@x?Replaces=nonsense>',
    '<sip:b@x?Replaces=>',
    '<sip:b@x?Replaces=nonsense&Replaces=a%3Bto-tag%3D1%3Bfrom-tag%3D2>',
    '<sip:b@x?Replaces=%>',
  ])('refuses %j', (value) => {
    expect(readReferTo(value)).toBeNull();
  });

  it('writes what it reads', () => {
    const uri = makeUri({ user: 'bob', host: 'b.example', parameters: new Map([['transport', 'tcp']]) });
    const replaces = { callId: 'a;b?c&d=e@[::1]', toTag: '1', fromTag: '2', earlyOnly: true };
    expect(writeReferTo(uri, null)).toBe('<sip:bob@b.example;transport=tcp>');
    const plain = { ...replaces, callId: 'a"b&c=d@[::1]' };
    const text = writeReferTo(uri, plain);
    expect(text).not.toMatch(/[&"]/);
    expect(readReferTo(text)).toEqual({ uri, displayName: '', method: 'INVITE', replaces: plain });
  });
});

describe('Referred-By', () => {
  it('is kept as it came', () => {
    const value = '"Alice A." <sip:alice@example.com;x=y>;cid="2UWQFN309shb3@example.com"';
    expect(readReferredBy(value)).toEqual({
      value,
      identity: { uri: 'sip:alice@example.com', user: 'alice', displayName: 'Alice A.' },
    });
  });

  it('never passes on a password', () => {
    const read = readReferredBy('<sip:alice:secret@example.com>;a=b');
    expect(read?.value).toBe('<sip:alice@example.com>;a=b');
    expect(JSON.stringify(read)).not.toContain('secret');
    expect(readReferredBy('nobody')).toBeNull();
  });
});

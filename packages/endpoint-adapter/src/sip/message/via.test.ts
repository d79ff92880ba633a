import { describe, expect, it } from 'vitest';
import { fieldsOf, readMessage, type SipMessage, sequenceOf, splitList, tagOf } from './message.ts';
import { readVia, separateVias, stampVia, topVia, withBranch } from './via.ts';

const message = (...vias: string[]): SipMessage => {
  const head = readMessage(`OPTIONS sip:a SIP/2.0\r\n${vias.map((via) => `v: ${via}\r\n`).join('')}\r\n`);
  if (!head) throw new Error('no message');
  return head;
};

describe('Via', () => {
  it.each([
    [
      'SIP/2.0/UDP host:5070;branch=z9hG4bKa;rport',
      { transport: 'UDP', host: 'host', port: 5070, branch: 'z9hG4bKa', rport: '' },
    ],
    [
      'SIP / 2.0 / tcp [2001:db8::1] ; branch = b',
      { transport: 'TCP', host: '[2001:db8::1]', port: 0, branch: 'b', rport: null },
    ],
    ['SIP/2.0/UDP h;received=2001:db8::2;rport=9;branch=c', { received: '2001:db8::2', rport: '9' }],
  ])('reads %s', (value, expected) => {
    expect(readVia(value)).toMatchObject(expected);
  });

  it.each(['', 'SIP/3.0/UDP h', 'SIP/2.0/UDP', 'nonsense'])('refuses %j', (value) => {
    expect(readVia(value)).toBeNull();
  });

  it.each([
    ['white space in a parameter', `SIP/2.0/UDP h;rport${' '.repeat(16_000)}x`],
    ['white space before a value', `SIP/2.0/UDP h;rport=${' '.repeat(16_000)}x y`],
    ['a line feed after the host', `SIP/2.0/UDP ${'h'.repeat(16_000)}\nx`],
  ])('is not held up by %s', (_, value) => {
    const before = performance.now();
    readVia(value);
    expect(performance.now() - before).toBeLessThan(100);
  });

  it('separates a list, and the top one is the first', () => {
    const head = message('SIP/2.0/UDP one;branch=1, SIP/2.0/UDP two;branch=2', 'SIP/2.0/UDP three;branch=3');
    separateVias(head);
    expect(fieldsOf(head, 'via')).toHaveLength(3);
    expect(topVia(head)?.host).toBe('one');
    expect(fieldsOf(withBranch(head, 'new'), 'via').map((via) => readVia(via)?.branch)).toEqual(['new', '2', '3']);
  });

  it.each([
    ['SIP/2.0/UDP 192.0.2.1;branch=b', 'SIP/2.0/UDP 192.0.2.1;branch=b'],
    ['SIP/2.0/UDP host;branch=b', 'SIP/2.0/UDP host;branch=b;received=192.0.2.1'],
    ['SIP/2.0/UDP 192.0.2.1;rport;branch=b', 'SIP/2.0/UDP 192.0.2.1;rport=7;branch=b;received=192.0.2.1'],
    ['SIP/2.0/UDP h;received=6.6.6.6;branch=b', 'SIP/2.0/UDP h;branch=b;received=192.0.2.1'],
  ])('stamps %s', (value, expected) => {
    const head = message(value);
    stampVia(head, { address: '192.0.2.1', port: 7 });
    expect(fieldsOf(head, 'via')).toEqual([expected]);
  });
});

describe('head', () => {
  it('reads folded lines, compact names and lists', () => {
    const head = readMessage(
      'SIP/2.0 200 Fine\r\nCSeq:\r\n 7\r\n INVITE\r\nM: <sip:a,b@c>, "x,\\"y" <sip:d>\r\n\r\nbody',
    );
    expect(head).toMatchObject({ status: 200, reason: 'Fine', method: 'INVITE', body: 'body' });
    if (!head) return;
    expect(sequenceOf(head)).toBe(7);
    expect(splitList(fieldsOf(head, 'contact')[0] ?? '')).toEqual(['<sip:a,b@c>', '"x,\\"y" <sip:d>']);
  });

  it('finds the tag, and not what looks like it in a name', () => {
    expect(tagOf('";tag=no" <sip:a;tag=no@x> ; tag = yes ;x')).toBe('yes');
    expect(tagOf('<sip:a;tag=no@x>')).toBe('');
    expect(tagOf('sip:a@x;tag=t')).toBe('t');
  });

  it('refuses what is no message', () => {
    for (const text of ['', 'x', 'OPTIONS sip:a SIP/2.0\r\n', 'OPTIONS sip:a SIP/2.0\r\nno colon\r\n\r\n'])
      expect(readMessage(text)).toBeNull();
    expect(readMessage(`OPTIONS sip:a SIP/2.0\r\n${'a: b\r\n'.repeat(257)}\r\n`)).toBeNull();
  });
});

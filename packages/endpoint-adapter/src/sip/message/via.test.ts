import { describe, expect, it } from 'vitest';
import { cpuTime } from '../testing/cpu-time.ts';
import { fieldsOf, readMessage, type SipMessage } from './message.ts';
import { readVia, separateVias, stampVia, topVia } from './via.ts';

const message = (...vias: string[]): SipMessage => {
  const read = readMessage(`OPTIONS sip:a SIP/2.0\r\n${vias.map((via) => `v: ${via}\r\n`).join('')}\r\n`);
  if (!read) throw new Error('no message');
  return read;
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
    ['sip/2.0/udp H;received=[2001:db8::2]', { transport: 'UDP', host: 'h', received: '2001:db8::2', rport: null }],
    ['SIP/2.0/UDP [::1] : 5070;a="branch=x;";branch=y', { host: '[::1]', port: 5070, branch: 'y' }],
    ['SIP/7.0/UDP h;branch=b', { version: '7.0', branch: 'b' }],
    ['SIP/2.0/UDP h;;,;,,', { host: 'h', branch: '', parameters: null }],
  ])('reads %s', (value, expected) => {
    expect(readVia(value)).toMatchObject(expected);
  });

  it.each([
    '',
    'SIP/2.0/UDP',
    'nonsense',
    'SIP 2.0/UDP h',
    'SIP/2.0/UDP a b',
    'SIP/2.0/UDP 2001:db8::1',
    'SIP/2.0/UDP h:x',
  ])('refuses %j', (value) => {
    expect(readVia(value)).toBeNull();
  });

  it.each([
    ['white space in a parameter', `SIP/2.0/UDP h;rport${' '.repeat(16_000)}x`],
    ['white space before a value', `SIP/2.0/UDP h;rport=${' '.repeat(16_000)}x y`],
    ['a line feed after the host', `SIP/2.0/UDP ${'h'.repeat(16_000)}\nx`],
  ])('is not held up by %s', (_, value) => {
    const before = cpuTime();
    readVia(value);
    expect(cpuTime() - before).toBeLessThan(300);
  });

  it('separates a list, and the top one is the first', () => {
    const read = message('SIP/2.0/UDP one;branch=1, SIP/2.0/UDP two;branch=2', 'SIP/2.0/UDP three;branch=3');
    separateVias(read);
    expect(fieldsOf(read, 'via')).toHaveLength(3);
    expect(topVia(read)?.host).toBe('one');
    expect(fieldsOf(read, 'via').map((via) => readVia(via)?.branch)).toEqual(['1', '2', '3']);
  });

  it.each([
    ['SIP/2.0/UDP 192.0.2.1;branch=b', 'SIP/2.0/UDP 192.0.2.1;branch=b'],
    ['SIP/2.0/UDP host;branch=b', 'SIP/2.0/UDP host;branch=b;received=192.0.2.1'],
    ['SIP/2.0/UDP 192.0.2.1;rport;branch=b', 'SIP/2.0/UDP 192.0.2.1;rport=7;branch=b;received=192.0.2.1'],
    ['SIP/2.0/UDP h;received=6.6.6.6;branch=b', 'SIP/2.0/UDP h;branch=b;received=192.0.2.1'],
  ])('stamps %s', (value, expected) => {
    const read = message(value);
    stampVia(read, { address: '192.0.2.1', port: 7 });
    expect(fieldsOf(read, 'via')).toEqual([expected]);
  });
});

import { describe, expect, it } from 'vitest';
import { iceAttributes, readIce, withRole } from './ice.ts';
import { readText } from './text.ts';

const credentials = ['a=ice-ufrag:8hhY', 'a=ice-pwd:asd88fgpdd777uzjYhagZg'];
const host = '1 1 UDP 2130706431 192.0.2.2 5004 typ host';
const relayed = '2 1 UDP 100 203.0.113.9 7000 typ relay raddr 192.0.2.2 rport 5004';

function read(session: string[], media: string[], port = 5004) {
  const read = readText(['c=IN IP4 192.0.2.2', ...session, `m=audio ${port} RTP/AVP 0`, ...media].join('\n'));
  const [first] = read?.media ?? [];
  return read && first ? readIce(first, read) : null;
}

describe('readIce (RFC 8839)', () => {
  it('reads credentials of the m-line or of the session, and the candidates as they are written', () => {
    const expected = { ufrag: '8hhY', password: 'asd88fgpdd777uzjYhagZg', candidates: [host, relayed], lite: false };
    const candidates = [`a=candidate:${host}`, `a=candidate:${relayed}`];
    expect(read([], [...credentials, ...candidates])).toEqual(expected);
    expect(read([...credentials, 'a=ice-lite'], candidates)).toEqual({ ...expected, lite: true });
  });

  it.each([
    ['no password', ['a=ice-ufrag:8hhY']],
    ['too short a password', ['a=ice-ufrag:8hhY', 'a=ice-pwd:short']],
    ['a name that is none', ['a=ice-ufrag:8 Y', 'a=ice-pwd:asd88fgpdd777uzjYhagZg']],
  ])('finds nothing with %s', (_, lines) => {
    expect(read([], lines)).toBeNull();
  });

  it('leaves out what is no candidate, and has an end', () => {
    const lines = [
      '',
      'x',
      `${host} ${'x'.repeat(300)}`,
      '1 0 UDP 1 192.0.2.2 5004 typ host',
      ...Array(100).fill(host),
    ];
    expect(
      read(
        credentials,
        lines.map((it) => `a=candidate:${it}`),
      ),
    ).toMatchObject({ candidates: Array(32).fill(host) });
  });

  it('sees that somebody on the way has changed the address alone', () => {
    expect(read(credentials, [`a=candidate:${relayed}`])).toBe('mismatch');
    expect(read(credentials, [`a=candidate:${host}`], 6000)).toBe('mismatch');
  });

  it.each([
    ['candidates that are still to come', [], 5004],
    ['candidates beside the port that stands for none', [relayed], 9],
    ['names instead of addresses', ['1 1 UDP 1 a1b2.local 5004 typ host'], 5004],
  ])('does not with %s', (_, candidates, port) => {
    expect(
      read(
        credentials,
        candidates.map((it) => `a=candidate:${it}`),
        port,
      ),
    ).toMatchObject({ candidates });
  });
});

describe('iceAttributes', () => {
  it('are read as they were meant', () => {
    const ice = { ufrag: 'abcd', password: 'abcdefghijklmnopqrstuv', candidates: [host] };
    const lines = iceAttributes(ice).map(({ name, value }) => (value ? `a=${name}:${value}` : `a=${name}`));
    expect(lines.at(-1)).toBe('a=end-of-candidates');
    expect(read([], lines)).toEqual({ ...ice, lite: false });
  });
});

describe('withRole (RFC 8445 §6.1.1)', () => {
  const theirs = { ufrag: 'abcd', password: 'abcdefghijklmnopqrstuv', candidates: [], lite: false };

  it('lets the one decide that has offered, and go on so', () => {
    const ours = withRole(theirs, true, null);
    expect(ours.controlling).toBe(true);
    expect(withRole(theirs, false, null).controlling).toBe(false);
    expect(withRole(theirs, false, ours).controlling).toBe(true);
  });

  it('asks anew where ICE begins anew, and decides where the far end can not', () => {
    const before = withRole(theirs, true, null);
    expect(withRole({ ...theirs, ufrag: 'efgh' }, false, before).controlling).toBe(false);
    expect(withRole({ ...theirs, lite: true }, false, null).controlling).toBe(true);
  });
});

import { describe, expect, it } from 'vitest';
import type { Hop } from '../address.ts';
import { readServers, type ServerSettings } from './servers.ts';

const read = (settings: Partial<ServerSettings>) =>
  readServers({ server: '', protocol: 'udp', domain: '', outboundProxy: '', ...settings });
const hop = (host: string, port = 0, transport: Hop['transport'] = 'udp', secure = false): Hop => ({
  host,
  port,
  transport,
  secure,
});

describe('readServers', () => {
  it.each([
    ['sip.test', [hop('sip.test')]],
    [' sip.test:5070 ', [hop('sip.test', 5070)]],
    ['[2001:db8::1]:5070', [hop('2001:db8::1', 5070)]],
    ['2001:db8::1', [hop('2001:db8::1')]],
    ['a.test:5060;b.test', [hop('a.test', 5060), hop('b.test')]],
    ['a.test;transport=TCP;b.test;', [hop('a.test', 0, 'tcp'), hop('b.test')]],
    ['sips:a.test;lr ; sip:b.test', [hop('a.test', 0, 'udp', true), hop('b.test')]],
  ])('server %j', (server, hops) => {
    expect(read({ server })).toMatchObject({ hops, unread: [] });
  });

  it('leaves the transport to DNS where there is no protocol', () => {
    expect(read({ server: 'sip.test', protocol: '' }).hops).toEqual([hop('sip.test', 0, null)]);
  });

  it.each([
    [{ server: 'a.test:5070;b.test' }, 'a.test', 5070, ''],
    [{ server: 'a.test:5070', domain: 'home.test' }, 'home.test', 0, ''],
    [{ server: 'a.test', domain: 'home.test:5080;user=phone' }, 'home.test', 5080, ';user=phone'],
    [{ server: 'a.test', domain: '[2001:db8::1]' }, '2001:db8::1', 0, ''],
    [{ server: 'a.test', outboundProxy: 'edge.test' }, 'a.test', 0, ''],
    [{}, '', 0, ''],
  ])('the domain of %j', (settings, domain, port, parameters) => {
    expect(read(settings)).toMatchObject({ domain, port, parameters, unread: [] });
  });

  it('sends to the outbound proxies alone where there are any', () => {
    const { hops } = read({ server: 'a.test', outboundProxy: 'edge1.test;transport=tls;edge2.test:5070' });
    expect(hops).toEqual([hop('edge1.test', 0, 'tls'), hop('edge2.test', 5070)]);
  });

  it('says what it can not read, and uses the rest', () => {
    const { hops, parameters, unread } = read({
      server: 'a b;a.test:99999;b.test;transport=smoke',
      domain: 'home.test;x=<sip:evil>',
      outboundProxy: '"',
    });
    expect(hops).toEqual([hop('b.test')]);
    expect(parameters).toBe('');
    expect(unread).toEqual([';x=<sip:evil>', '"', 'a b', 'a.test:99999', 'transport=smoke']);
  });

  it('takes 8 servers', () => {
    const { hops, unread } = read({ server: Array.from({ length: 10 }, (_, n) => `s${n}.test`).join(';') });
    expect(hops).toHaveLength(8);
    expect(unread).toEqual(['s8.test', 's9.test']);
  });
});

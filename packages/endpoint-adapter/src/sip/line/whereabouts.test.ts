import { describe, expect, it } from 'vitest';
import type { TransportName } from '../address.ts';
import { writeUri } from '../message/uri.ts';
import { openWire, placeAt } from '../testing/wire.ts';
import { Whereabouts, type WhereaboutsOptions } from './whereabouts.ts';

const NAT = '203.0.113.7';
const own = (address: string, contactHost = address) => ({ address, contactHost });

function open(more: Partial<WhereaboutsOptions> = {}) {
  const options = { user: '701', secure: false, port: 5_060, tlsPort: 0, fixed: false, isOurs: () => false, ...more };
  const whereabouts = new Whereabouts(options);
  return {
    whereabouts,
    at: (transport: TransportName, address = '192.0.2.9', registered = false) =>
      whereabouts.place(own(address), transport, registered),
    contact: () => writeUri(whereabouts.contact),
    outdated: () => whereabouts.outdated && writeUri(whereabouts.outdated),
    via: (transport: TransportName) => whereabouts.sentBy(openWire().flowTo(placeAt('192.0.2.1', transport))),
  };
}

describe('a Contact', () => {
  it.each([
    ['udp', 0, 'sip:701@192.0.2.9:5060'],
    ['tcp', 0, 'sip:701@192.0.2.9:5060;transport=tcp'],
    ['tls', 5_061, 'sip:701@192.0.2.9:5061;transport=tls'],
    // Nothing listens there: the connection that we make is used both routing.
    ['tls', 0, 'sip:701@192.0.2.9:5060;transport=tls'],
  ] as const)('over %s, with TLS on port %i, is %s', (transport, tlsPort, expected) => {
    const { at, contact } = open({ tlsPort });
    at(transport);
    expect(contact()).toBe(expected);
  });

  it('over WebSocket has a name that is nowhere (RFC 7118 §5), each line its own', () => {
    const [a, b] = [open(), open()];
    for (const { at } of [a, b]) at('wss');
    expect(a.contact()).toMatch(/^sip:701@[0-9a-f]{12}\.invalid;transport=ws$/);
    expect(a.contact()).not.toBe(b.contact());
    expect(a.via('wss')).toBe(a.whereabouts.contact.host);
  });

  it('is sips: where the server is, and brackets IPv6', () => {
    const { at, contact } = open({ secure: true, tlsPort: 5_061 });
    at('tls', '2001:db8::9');
    expect(contact()).toBe('sips:701@[2001:db8::9]:5061;transport=tls');
  });

  it('says what the configuration says, media what the machine has', () => {
    const { whereabouts, contact } = open({ fixed: true });
    whereabouts.place(own('192.0.2.9', 'phone.example'), 'udp', false);
    expect(contact()).toBe('sip:701@phone.example:5060');
    expect(whereabouts.mediaAddress).toBe('192.0.2.9');
  });
});

describe('a new place', () => {
  it('outdates a Contact that the server has', () => {
    const { whereabouts, at, outdated, contact } = open();
    at('udp', '192.0.2.9');
    at('udp', '192.0.2.10');
    expect(outdated()).toBeNull();
    at('udp', '192.0.2.11', true);
    expect(outdated()).toBe('sip:701@192.0.2.10:5060');
    expect(contact()).toBe('sip:701@192.0.2.11:5060');
    whereabouts.registered();
    expect(outdated()).toBeNull();
  });

  it('that is the old one changes nothing, not even what the server saw', () => {
    const { whereabouts, at, contact } = open();
    at('udp');
    whereabouts.repair({ address: NAT, port: 40_000 });
    whereabouts.registered();
    at('udp', '192.0.2.9', true);
    expect(contact()).toBe(`sip:701@${NAT}:40000`);
    at('tcp', '192.0.2.9', true);
    expect(contact()).toBe('sip:701@192.0.2.9:5060;transport=tcp');
  });
});

describe('what the server saw (RFC 3581 §4)', () => {
  it('moves the Contact, and outdates the old one', () => {
    const { whereabouts, at, contact, outdated, via } = open();
    at('udp');
    expect(whereabouts.repair({ address: NAT, port: 40_000 })).toBe(true);
    expect(contact()).toBe(`sip:701@${NAT}:40000`);
    expect(outdated()).toBe('sip:701@192.0.2.9:5060');
    expect(via('udp')).toBe(`${NAT}:40000`);
    expect(whereabouts.repair({ address: NAT, port: 40_000 })).toBe(false);
    expect(whereabouts.mediaAddress).toBe('192.0.2.9');
  });

  it('moves nothing where it agrees', () => {
    const { whereabouts, at, outdated } = open();
    at('udp');
    expect(whereabouts.repair({ address: '192.0.2.9', port: 5_060 })).toBe(false);
    expect(whereabouts.repair({ address: '192.0.2.9', port: 0 })).toBe(false);
    expect(outdated()).toBeNull();
  });

  it('moves media only to an address of this machine', () => {
    const { whereabouts, at } = open({ isOurs: (address) => address === '10.8.0.2' });
    at('udp');
    whereabouts.repair({ address: NAT, port: 0 });
    expect(whereabouts.mediaAddress).toBe('192.0.2.9');
    whereabouts.repair({ address: '10.8.0.2', port: 0 });
    expect(whereabouts.mediaAddress).toBe('10.8.0.2');
  });

  it.each([
    ['tcp', 0, `sip:701@${NAT}:5060;transport=tcp`],
    ['tls', 5_061, `sip:701@${NAT}:5061;transport=tls`],
    ['tls', 0, `sip:701@${NAT}:40000;transport=tls`],
  ] as const)('gives a port to call back where nothing of ours listens (%s %i)', (transport, tlsPort, expected) => {
    const { whereabouts, at, contact } = open({ tlsPort });
    at(transport);
    expect(whereabouts.repair({ address: NAT, port: 40_000 })).toBe(true);
    expect(contact()).toBe(expected);
  });

  it('means nothing where the address is configured, is none, or over WebSocket', () => {
    const fixed = open({ fixed: true });
    fixed.at('udp');
    expect(fixed.whereabouts.repair({ address: NAT, port: 1 })).toBe(false);
    const named = open();
    named.at('udp');
    expect(named.whereabouts.repair({ address: 'nat.example', port: 1 })).toBe(false);
    const web = open();
    web.at('wss');
    expect(web.whereabouts.repair({ address: NAT, port: 1 })).toBe(false);
  });
});

describe('Via', () => {
  it('names the port of its transport', () => {
    const { whereabouts, at, via } = open({ tlsPort: 5_061 });
    at('udp');
    whereabouts.repair({ address: NAT, port: 40_000 });
    // A long request of a line over UDP.
    expect([via('udp'), via('tcp'), via('tls')]).toEqual([`${NAT}:40000`, `${NAT}:5060`, `${NAT}:5061`]);
    at('tcp', '2001:db8::9');
    expect([via('tcp'), via('tls')]).toEqual(['[2001:db8::9]:5060', '[2001:db8::9]:5061']);
  });

  it('names the port of the connection where TLS is not listened to', () => {
    const { at, via } = open();
    at('tls');
    expect(via('tls')).toBe('192.0.2.9:5060');
  });
});

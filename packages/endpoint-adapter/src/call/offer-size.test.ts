/** RFC 3261 §18.1.1: a longer INVITE would go over TCP, which many servers don't have and a lossy link brings to a halt. */
import { expect, it, onTestFinished } from 'vitest';
import { codecs, registryName } from '../media/codecs/registry.ts';
import { fieldOf, writeMessage } from '../sip/message/message.ts';
import { field } from '../sip/message/response.ts';
import { openStandalone } from '../sip/testing/standalone-line.ts';
import { mediaPolicy } from './media-policy.ts';
import { Negotiation } from './negotiation.ts';

const address = '192.168.100.100';
const realm = 'sip.example.com';
const challenge = `Digest realm="${realm}", nonce="5d3f0a1c9b7e4826a0c15f3b8d2e6974", algorithm=MD5, qop="auth"`;
const maxDatagram = 1_300;
/** That of an IPv6 address too. */
const via = 120;

it.each([
  ['www-authenticate', 401, 'authorization'],
  ['proxy-authenticate', 407, 'proxy-authorization'],
])(
  'an INVITE that nobody has configured fits into a datagram, with the answer to %s too',
  async (asks, status, says) => {
    const { peer, line, close } = await openStandalone({ user: '7001', displayName: 'Agent 7001', domain: realm });
    onTestFinished(close);
    const policy = mediaPolicy(null, line.configuration, codecs.map(registryName));
    line.invite('004930901820', new Negotiation({ address, rtpPort: 10_000, rtcpPort: 10_001 }, policy));
    peer.respond(await peer.request('INVITE'), status, { extra: [field(asks, challenge)] });
    await peer.request('ACK');
    const invite = await peer.request('INVITE');
    expect(fieldOf(invite, says)).toContain(`realm="${realm}"`);
    expect(invite.body).toMatch(/^m=audio 10000 RTP\/AVP 110 9 8 0 18 111 101\r$/m);
    const fields = invite.fields.filter(({ name }) => name !== 'via');
    const text = writeMessage({ ...invite, fields }).replace(/127\.0\.0\.1:\d+/, `${address}:5060`);
    expect(Buffer.byteLength(text) + via).toBeLessThanOrEqual(maxDatagram);
  },
);

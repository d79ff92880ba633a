/** Calls that we make, against a far end that follows a script. */
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fieldOf, type SipMessage, tagOf } from '../message/message.ts';
import { fakeMedia, sdp } from '../testing/fake-media.ts';
import { field, openPeer } from '../testing/scripted-peer.ts';
import { openStandalone, type Standalone } from '../testing/standalone-line.ts';

let it0: Standalone;
beforeEach(async () => {
  it0 = await openStandalone();
});
afterEach(() => it0.close());

describe('an outgoing session', () => {
  it('sends a whole INVITE, and its ACK to the Contact of the 200', async () => {
    const { line, peer, stack } = it0;
    const session = line.invite('+49 30'.replace(' ', ''), fakeMedia('us'));
    const invite = await peer.request('INVITE');
    expect(invite.uri).toBe(`sip:+4930@127.0.0.1:${peer.port}`);
    expect(fieldOf(invite, 'contact')).toBe(`<sip:alice@127.0.0.1:${stack.port}>`);
    expect(fieldOf(invite, 'via')).toMatch(
      new RegExp(`^SIP/2.0/UDP 127.0.0.1:${stack.port};branch=z9hG4bK[0-9a-f]{32};rport$`),
    );
    expect(fieldOf(invite, 'from')).toMatch(/^"Alice" <sip:alice@127.0.0.1>;tag=[0-9a-f]{16}$/);
    expect(fieldOf(invite, 'call-id')).toBe(session.callId);
    peer.respond(invite, 200, { body: sdp('them') });
    const ack = await peer.request('ACK');
    expect(ack.uri).toBe(`sip:peer@127.0.0.1:${peer.port}`);
    expect(session.state).toBe('confirmed');
    // A repeated 200 gets the ACK again (RFC 3261 §13.2.2.4).
    peer.respond(invite, 200, { body: sdp('them') });
    const again = await peer.request('ACK');
    expect(fieldOf(again, 'via')).toBe(fieldOf(ack, 'via'));
  });

  it('is made again with the Min-SE of a 422 (RFC 4028 §7.4)', async () => {
    const { line, peer } = it0;
    line.invite('602', fakeMedia('us'));
    const invite = await peer.request('INVITE');
    expect(fieldOf(invite, 'min-se')).toBe('90');
    peer.respond(invite, 422, { extra: [field('min-se', '3600')] });
    await peer.request('ACK');
    const again = await peer.request('INVITE');
    expect([fieldOf(again, 'session-expires'), fieldOf(again, 'min-se')]).toEqual(['3600', '3600']);
  });

  it('lets early media through, also of 18x without Contact, and takes the first 2xx of a fork', async () => {
    const { line, peer } = it0;
    const media = fakeMedia('us');
    const session = line.invite('602', media);
    const invite = await peer.request('INVITE');
    const progress: number[] = [];
    session.on('progress', (status) => progress.push(status));
    const early = once(session, 'earlyMedia');
    peer.respond(invite, 180, { tag: 'one', contact: false });
    peer.respond(invite, 183, { tag: 'two', body: sdp('two') });
    await early;
    expect(session.state).toBe('early');
    const confirmed = once(session, 'confirmed');
    peer.respond(invite, 200, { tag: 'one', body: sdp('one') });
    await confirmed;
    peer.respond(invite, 200, { tag: 'two', body: sdp('two') });
    const bye = await peer.request('BYE');
    expect(tagOf(fieldOf(bye, 'to'))).toBe('two');
    expect(progress).toEqual([180, 183]);
    expect(media.asked).toEqual(['offer', 'accept two', 'accept one']);
    expect(peer.received.filter((message) => message.method === 'ACK')).toHaveLength(2);
    expect(session.state).toBe('confirmed');
  });

  it('waits for a provisional response before its CANCEL, and sends ACK and BYE to a 200 that crosses it', async () => {
    const { line, peer } = it0;
    const session = line.invite('602', fakeMedia('us'));
    const invite = await peer.request('INVITE');
    session.hangUp();
    expect(session.state).toBe('ended');
    peer.respond(invite, 180, { tag: 'one' });
    const cancel = await peer.request('CANCEL');
    expect(fieldOf(cancel, 'via')).toBe(fieldOf(invite, 'via'));
    expect(fieldOf(cancel, 'cseq')).toBe(fieldOf(invite, 'cseq').replace('INVITE', 'CANCEL'));
    peer.respond(cancel, 200, {});
    peer.respond(invite, 200, { tag: 'one', body: sdp('one') });
    await peer.request('ACK');
    const bye = await peer.request('BYE');
    peer.respond(bye, 200, {});
  });

  it('acknowledges a refusal, and says who refused', async () => {
    const { line, peer } = it0;
    const session = line.invite('602', fakeMedia('us'));
    const invite = await peer.request('INVITE');
    const ended = once(session, 'ended');
    peer.respond(invite, 486, {});
    const ack = await peer.request('ACK');
    expect(fieldOf(ack, 'via')).toBe(fieldOf(invite, 'via'));
    expect(await ended).toEqual([{ by: 'remote', status: 486, reason: 'Busy Here' }]);
    // The refusal again: the transaction says ACK again, and nobody else hears of it.
    peer.respond(invite, 486, {});
    await peer.request('ACK');
    expect(peer.received.map((message) => message.method)).toEqual(['INVITE', 'ACK', 'ACK']);
  });

  it('answers challenges of proxy and server, and keeps Call-ID and From tag', async () => {
    const { line, peer } = it0;
    const session = line.invite('602', fakeMedia('us'));
    const first = await peer.request('INVITE');
    peer.respond(first, 407, {
      extra: [field('proxy-authenticate', 'Digest realm="proxy", nonce="p1", algorithm=SHA-256, qop="auth"')],
    });
    const second = await peer.request('INVITE');
    expect(fieldOf(second, 'proxy-authorization')).toContain('nonce="p1"');
    peer.respond(second, 401, { extra: [field('www-authenticate', 'Digest realm="server", nonce="s1"')] });
    const third = await peer.request('INVITE');
    expect(fieldOf(third, 'authorization')).toContain('nonce="s1"');
    expect(fieldOf(third, 'proxy-authorization')).toMatch(/nc=0000000[23]/);
    expect([first, second, third].map((message) => fieldOf(message, 'cseq'))).toEqual([
      '1 INVITE',
      '2 INVITE',
      '3 INVITE',
    ]);
    expect(new Set([first, second, third].map((message) => fieldOf(message, 'from'))).size).toBe(1);
    const confirmed = once(session, 'confirmed');
    peer.respond(third, 200, { body: sdp('them') });
    await confirmed;
    const ack = await peer.next((message) => message.method === 'ACK' && fieldOf(message, 'cseq') === '3 ACK');
    expect(fieldOf(ack, 'authorization')).toBe(fieldOf(third, 'authorization'));
    // Later requests in the realm carry credentials at once (RFC 3261 §22.2).
    session.hangUp();
    const bye = await peer.request('BYE');
    expect(fieldOf(bye, 'authorization')).toContain('nonce="s1"');
  });

  it('gives up on a password that was refused, without a second try', async () => {
    const { line, peer } = it0;
    const session = line.invite('602', fakeMedia('us'));
    const ended = once(session, 'ended');
    const challenge = (nonce: string) => ({ extra: [field('www-authenticate', `Digest realm="r", nonce="${nonce}"`)] });
    peer.respond(await peer.request('INVITE'), 401, challenge('a'));
    peer.respond(await peer.request('INVITE'), 401, challenge('b'));
    expect((await ended)[0]).toMatchObject({ by: 'remote', status: 401 });
    expect(peer.received.filter((message) => message.method === 'INVITE')).toHaveLength(2);
  });

  it('follows redirections, but not in circles', async () => {
    const { line, peer } = it0;
    const session = line.invite('606', fakeMedia('us'));
    const ended = once(session, 'ended');
    const redirected = once(session, 'redirected');
    const to = (user: string) => ({
      contact: false,
      extra: [field('contact', `<sip:${user}@127.0.0.1:${peer.port}>`)],
    });
    peer.respond(await peer.request('INVITE'), 302, to('601'));
    expect(await redirected).toEqual([`sip:601@127.0.0.1:${peer.port}`, 302]);
    const second = await peer.request('INVITE');
    expect(second.uri).toBe(`sip:601@127.0.0.1:${peer.port}`);
    expect(fieldOf(second, 'call-id')).toBe(session.callId);
    peer.respond(second, 302, to('606'));
    expect((await ended)[0]).toMatchObject({ by: 'failure', status: 302, failure: { code: 'TL3015' } });
  });

  it('stops after five redirections', async () => {
    const { line, peer } = it0;
    const session = line.invite('900', fakeMedia('us'));
    const ended = once(session, 'ended');
    for (let i = 1; i <= 6; i++)
      peer.respond(await peer.request('INVITE'), 302, {
        contact: false,
        extra: [field('contact', `<sip:90${i}@127.0.0.1:${peer.port}>`)],
      });
    expect((await ended)[0]).toMatchObject({ failure: { code: 'TL3015' } });
  });

  it('ends with 488 when the answer is of no use, and leaves nothing behind', async () => {
    const { line, peer } = it0;
    const media = fakeMedia('us');
    media.refuse = true;
    const session = line.invite('602', media);
    const ended = once(session, 'ended');
    peer.respond(await peer.request('INVITE'), 200, { body: sdp('them') });
    await peer.request('ACK');
    await peer.request('BYE');
    expect((await ended)[0]).toMatchObject({ by: 'failure', status: 488 });
  });

  it.each([
    ['Malformed Contact', [field('contact', '???')]],
    ['Malformed Contact', [field('contact', '*')]],
    ['Malformed Contact', [field('contact', '<tel:+4930>')]],
    ['Malformed Record-Route', [field('contact', '<sip:them@127.0.0.1>'), field('record-route', '<tel:1>')]],
    [
      'Malformed Record-Route',
      [field('contact', '<sip:them@127.0.0.1>'), field('record-route', '???, <sip:127.0.0.1>')],
    ],
  ])('ends where a 2xx can not make a dialog (%s), with ACK and BYE', async (reason, extra) => {
    const { line, peer } = it0;
    const session = line.invite('602', fakeMedia('us'));
    const invite = await peer.request('INVITE');
    peer.respond(invite, 180, {});
    const ended = once(session, 'ended');
    peer.respond(invite, 200, { contact: false, extra, body: sdp('them') });
    expect(await ended).toEqual([{ by: 'failure', status: 500, reason }]);
    const ack = await peer.request('ACK');
    expect([ack.uri, fieldOf(ack, 'cseq'), tagOf(fieldOf(ack, 'to'))]).toEqual([
      `sip:peer@127.0.0.1:${peer.port}`,
      '1 ACK',
      peer.tag,
    ]);
    expect(fieldOf(ack, 'via')).not.toBe(fieldOf(invite, 'via'));
    const bye = await peer.request('BYE');
    expect([fieldOf(bye, 'cseq'), tagOf(fieldOf(bye, 'to'))]).toEqual(['2 BYE', peer.tag]);
    peer.respond(bye, 200, {});
    peer.respond(invite, 200, { contact: false, extra, body: sdp('them') });
    const again = await peer.request('ACK');
    expect(fieldOf(again, 'via')).toBe(fieldOf(ack, 'via'));
    expect(peer.received.filter((message) => message.method === 'BYE')).toHaveLength(1);
  });

  it('has 16 early dialogs at most', async () => {
    const { line, peer } = it0;
    const session = line.invite('602', fakeMedia('us'));
    const invite = await peer.request('INVITE');
    let rang = 0;
    session.on('progress', () => rang++);
    for (let i = 0; i < 40; i++) peer.respond(invite, 180, { tag: `fork${i}` });
    // One that is known still counts, and the answer may come from anywhere.
    const last = new Promise((resolve) => session.on('progress', (status) => status === 183 && resolve(status)));
    peer.respond(invite, 183, { tag: 'fork0' });
    await last;
    expect(rang).toBe(17);
    const confirmed = once(session, 'confirmed');
    peer.respond(invite, 200, { tag: 'fork39', body: sdp('them') });
    await confirmed;
    expect(tagOf(fieldOf(await peer.request('ACK'), 'to'))).toBe('fork39');
  });
});

describe('credentials', () => {
  const proxy = { extra: [field('proxy-authenticate', 'Digest realm="proxy", nonce="p1"')] };
  const stranger = { extra: [field('www-authenticate', 'Digest realm="x", nonce="x1"')] };
  const shown = (message: SipMessage): string =>
    fieldOf(message, 'authorization') + fieldOf(message, 'proxy-authorization');

  it('do not go to where a 3xx sends the call', async () => {
    const { line, peer, stack } = it0;
    const other = await openPeer('127.0.0.2');
    other.target = stack.port;
    const session = line.invite('602', fakeMedia('us'));
    const ended = once(session, 'ended');
    peer.respond(await peer.request('INVITE'), 407, proxy);
    const signed = await peer.request('INVITE');
    expect(shown(signed)).toContain('nonce="p1"');
    const contact = [field('contact', `<sip:602@127.0.0.2:${other.port}>`)];
    peer.respond(signed, 302, { contact: false, extra: contact });
    const invite = await other.request('INVITE');
    other.respond(invite, 401, stranger);
    expect((await ended)[0]).toMatchObject({ by: 'remote', status: 401 });
    await other.request('ACK');
    expect(other.received.map((message) => [message.method, shown(message)])).toEqual([
      ['INVITE', ''],
      ['ACK', ''],
    ]);
    await other.close();
  });

  it.each([
    ['do not go to a far end that is reached without the server', false],
    ['go with what is routed through the server', true],
  ])('%s', async (_, routed) => {
    const { line, peer, stack } = it0;
    const other = await openPeer();
    other.target = stack.port;
    const session = line.invite('602', fakeMedia('us'));
    peer.respond(await peer.request('INVITE'), 407, proxy);
    const contact = field('contact', `<sip:602@127.0.0.1:${other.port}>`);
    const route = field('record-route', `<sip:127.0.0.1:${peer.port};lr>`);
    const extra = routed ? [contact, route] : [contact];
    const confirmed = once(session, 'confirmed');
    const invite = await peer.next((message) => message.method === 'INVITE' && shown(message) !== '');
    peer.respond(invite, 200, { contact: false, extra, body: sdp('them') });
    await confirmed;
    const at = routed ? peer : other;
    const ack = await at.next((message) => message.method === 'ACK' && fieldOf(message, 'cseq') === '2 ACK');
    const outcome = session.renegotiate();
    const again = await at.request('INVITE');
    at.respond(again, 401, stranger);
    if (routed) {
      const signed = await at.request('INVITE');
      expect(fieldOf(signed, 'authorization')).toContain('nonce="x1"');
      at.respond(signed, 488, {});
    }
    expect((await outcome).status).toBe(routed ? 488 : 401);
    session.hangUp();
    const bye = await at.request('BYE');
    at.respond(bye, 200, {});
    expect([ack, again, bye].map((message) => shown(message) !== '')).toEqual([routed, routed, routed]);
    expect(other.received.some((message) => shown(message) !== '')).toBe(false);
    await other.close();
  });
});

/** What strangers send: each gets the answer that the RFC owes it, and none does harm. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { makeLog } from '@thinline/shared/log/log.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeFaultLog } from './fault-log.ts';
import { fieldOf, writeMessage } from './message/message.ts';
import { field, makeResponse } from './message/response.ts';
import { fakeMedia, sdp } from './testing/fake-media.ts';
import { openStandalone, type Standalone } from './testing/standalone-line.ts';

let it0: Standalone;
beforeEach(async () => {
  it0 = await openStandalone();
});
afterEach(() => it0.close());

/** Whatever was sent before has been dealt with once this is answered. */
async function alive(): Promise<void> {
  it0.peer.ask({ method: 'OPTIONS', cseq: 99 });
  await it0.peer.response(200, 'OPTIONS');
}

describe('a request outside any dialog', () => {
  it('OPTIONS gets 200 with Allow, to whatever user', async () => {
    it0.peer.ask({ method: 'OPTIONS', uri: `sip:127.0.0.1:${it0.stack.port}` });
    const ok = await it0.peer.response(200, 'OPTIONS');
    expect(fieldOf(ok, 'allow')).toContain('INVITE');
    expect(fieldOf(ok, 'to')).toMatch(/;tag=[0-9a-f]{16}$/);
    expect(fieldOf(ok, 'via')).toContain(`;rport=${it0.peer.port}`);
  });

  it.each([
    ['an unknown method', { method: 'FROBNICATE' }, 501],
    ['a method that we lack', { method: 'PUBLISH' }, 405],
    ['an unknown user', { method: 'INVITE', uri: 'sip:nobody@127.0.0.1' }, 404],
    ['BYE', { method: 'BYE' }, 481],
    ['BYE of an unknown dialog', { method: 'BYE', toTag: 'x' }, 481],
    ['OPTIONS of an unknown dialog', { method: 'OPTIONS', toTag: 'x' }, 481],
    ['re-INVITE of an unknown dialog', { method: 'INVITE', toTag: 'x' }, 481],
    ['CANCEL of nothing', { method: 'CANCEL' }, 481],
    ['NOTIFY', { method: 'NOTIFY', extra: [field('Event', 'talk')] }, 481],
    ['MESSAGE', { method: 'MESSAGE' }, 200],
    ['an INVITE that nobody listens for', { method: 'INVITE' }, 480],
    ['an extension that we lack', { method: 'INVITE', extra: [field('Require', 'timer, precondition')] }, 420],
    ['PRACK', { method: 'PRACK' }, 481],
    ['UPDATE', { method: 'UPDATE' }, 481],
    ['INFO of an unknown dialog', { method: 'INFO', toTag: 'x' }, 481],
    ['REFER without target', { method: 'REFER' }, 400],
    ['REFER that nobody listens for', { method: 'REFER', extra: [field('Refer-To', '<sip:bob@example.org>')] }, 603],
    ['a Replaces of nothing', { method: 'INVITE', extra: [field('Replaces', 'x;to-tag=1;from-tag=2')] }, 481],
    ['a body that is no SDP', { method: 'INVITE', body: 'x', extra: [field('Content-Type', 'text/plain')] }, 415],
  ])('%s', async (_, parts, status) => {
    it0.peer.ask(parts);
    const response = await it0.peer.response(status, parts.method);
    expect(response.status).toBe(status);
  });
});

/** The same numbers each time. */
function randomFrom(start: number): (below: number) => number {
  let seed = start;
  return (below) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % below;
  };
}

describe('malformed messages', () => {
  const invite = (change: (text: string) => string): string => {
    const { target, port } = it0.peer;
    return change(
      [
        `INVITE sip:alice@127.0.0.1:${target} SIP/2.0`,
        `Via: SIP/2.0/UDP 127.0.0.1:${port};branch=z9hG4bKx${Math.random()};rport`,
        'From: <sip:x@y>;tag=1',
        'To: <sip:alice@z>',
        'Call-ID: 1',
        'CSeq: 1 INVITE',
        `Contact: <sip:x@127.0.0.1:${port}>`,
        'Content-Length: 0',
        '',
        '',
      ].join('\r\n'),
    );
  };

  it.each([
    ['a CSeq of another method', (text: string) => text.replace('1 INVITE', '1 BYE')],
    ['a Content-Length beyond the datagram', (text: string) => text.replace('Length: 0', 'Length: 10')],
    ['no Contact', (text: string) => text.replace(/Contact:.*\r\n/, '')],
    ['a Contact that is none', (text: string) => text.replace(/Contact:.*\r\n/, 'Contact: ???\r\n')],
    ['a To that is none', (text: string) => text.replace('<sip:alice@z>', 'alice')],
    ['a body without type', (text: string) => text.replace('Length: 0\r\n\r\n', 'Length: 1\r\n\r\nx')],
  ])('%s gets a 4xx', async (_, change) => {
    it0.line.on('incoming', (incoming) => incoming.refuse(486));
    it0.peer.send(invite(change));
    const response = await it0.peer.next((message) => message.status > 100 && fieldOf(message, 'call-id') === '1');
    expect([400, 415]).toContain(response.status);
  });

  it('without a tag in From are those of an old peer (RFC 3261 §12.1.1)', async () => {
    it0.line.on('incoming', (incoming) => incoming.refuse(486));
    it0.peer.send(invite((text) => text.replace(';tag=1', '')));
    expect(fieldOf(await it0.peer.response(486), 'from')).toBe('<sip:x@y>');
  });

  it('are dropped where nothing can be answered, cut anywhere, with any byte changed', async () => {
    const whole = Buffer.from(invite((text) => text));
    const random = randomFrom(1);
    it0.line.on('incoming', (incoming) => incoming.refuse(486));
    for (let i = 0; i < 300; i++) {
      const bytes = Buffer.from(whole.subarray(0, Math.min(i, whole.length)));
      for (let k = 0; k < 3 && bytes.length > 0; k++) bytes[random(bytes.length)] = random(256);
      it0.peer.send(bytes.toString('latin1'));
      // No more at a time than the socket's buffer holds.
      if (i % 20 === 0) await alive();
    }
    const strange = ['', '\r\n', 'SIP/2.0', 'SIP/2.0 200 OK\r\n\r\n', '\0'.repeat(60_000), ':\r\n'.repeat(20_000)];
    for (const text of [...strange, invite((it) => it.replace('1 INVITE', 'one INVITE'))]) {
      it0.peer.send(text);
      await alive();
    }
  });

  it('as responses to nothing are dropped', async () => {
    const request = it0.peer.ask({ method: 'OPTIONS', cseq: 5 });
    await it0.peer.response(200, 'OPTIONS');
    it0.peer.respond(request, 200, {});
    it0.peer.send(writeMessage({ ...request, status: 999, reason: 'x' }));
    await alive();
  });

  it('as responses to a call of ours do it no harm', async () => {
    const session = it0.line.invite('bob', fakeMedia('a'));
    const request = await it0.peer.request('INVITE');
    const message = makeResponse(request, 183, {
      tag: 'far',
      fields: [
        field('contact', '<sip:bob@127.0.0.1:9>'),
        field('record-route', '<sip:127.0.0.1:9;lr>, <sip:127.0.0.1:9>'),
        field('p-asserted-identity', '"Bob" <sip:bob@127.0.0.1>'),
        field('require', '100rel'),
        field('rseq', '1'),
      ],
      body: { type: 'application/sdp', content: sdp('far') },
    });
    const whole = Buffer.from(writeMessage(message));
    const random = randomFrom(2);
    const start = whole.indexOf('\r\n');
    for (let i = 0; i < 300; i++) {
      const bytes = Buffer.from(whole);
      for (let k = 0; k < 3; k++) bytes[start + random(bytes.length - start)] = random(256);
      it0.peer.send(bytes.toString('latin1'));
      if (i % 20 === 0) await alive();
    }
    it0.peer.send(whole.toString());
    await alive();
    expect(session.state).toBe('early');
    it0.peer.respond(request, 486);
    await once(session, 'ended');
  });

  it('are logged once a kind', () => {
    const lines: string[] = [];
    const fault = makeFaultLog(makeLog({ write: (line) => lines.push(line) }));
    for (let i = 0; i < 1_000; i++) fault('same', 'here');
    for (let i = 0; i < 1_000; i++) fault(`kind ${i}`, 'here');
    expect(lines).toHaveLength(64);
  });
});

describe('a TCP peer', () => {
  it('that talks HTTP is shown the door, one that pings gets a pong', async () => {
    const http = connect(it0.stack.port, '127.0.0.1');
    http.write('GET / HTTP/1.1\r\n\r\n');
    http.resume();
    await once(http, 'close');
    const sip = connect(it0.stack.port, '127.0.0.1');
    sip.write('\r\n\r\n');
    expect(String((await once(sip, 'data'))[0])).toBe('\r\n');
    sip.destroy();
  });

  it('gets its response on its own connection', async () => {
    const sip = connect(it0.stack.port, '127.0.0.1');
    sip.write(
      'OPTIONS sip:alice@x SIP/2.0\r\nv: SIP/2.0/TCP nowhere.invalid;branch=z9hG4bK1\r\nf: <sip:x@y>;tag=1\r\n' +
        't: <sip:alice@z>\r\ni: 1\r\nCSeq: 1 OPTIONS\r\nl: 0\r\n\r\n',
    );
    const answer = String((await once(sip, 'data'))[0]);
    expect(answer).toMatch(/^SIP\/2\.0 200 OK\r\n/);
    expect(answer).toContain('nowhere.invalid;branch=z9hG4bK1;received=127.0.0.1');
    sip.destroy();
  });
});

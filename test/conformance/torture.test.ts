/** RFC 4475 and RFC 5118: messages that are hard to read, and what becomes of them. */
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { type Inbound, readInbound } from '@thinline/endpoint-adapter/sip/message/inbound.ts';
import { fieldOf, readMessage, type SipMessage } from '@thinline/endpoint-adapter/sip/message/message.ts';
import { openSipStack, type SipStack } from '@thinline/endpoint-adapter/sip/stack.ts';
import { makeLine } from '@thinline/endpoint-adapter/sip/testing/make-line.ts';
import { silent } from '@thinline/shared/log/log.ts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { hasTorture, notTested, readTorture, type TortureMessage, tortureMessages } from './torture.ts';
import { factsOf } from './torture-facts.ts';
import { ipv6Messages } from './torture-ipv6.ts';

if (!hasTorture()) console.error(`\nNOT TESTED: ${notTested}`);

function readingOf(inbound: Inbound): TortureMessage['reading'] {
  if (inbound.kind === 'message') return 'understood';
  return inbound.kind === 'garbage' ? 'dropped' : inbound.status;
}

/** Whether what has been read is what is expected, where anything is. */
function check(inbound: Inbound, expected: Pick<TortureMessage, 'reading' | 'facts'>): void {
  expect(readingOf(inbound)).toBe(expected.reading);
  if (expected.facts && inbound.kind === 'message') expect(factsOf(inbound.message)).toMatchObject(expected.facts);
}

describe.skipIf(!hasTorture())('RFC 4475', () => {
  test.each(tortureMessages)('§$section $title ($file)', (message) => {
    check(readInbound(readTorture(message.file)), message);
  });

  test('each understood message says what was to be understood', () => {
    expect(tortureMessages).toHaveLength(50);
    for (const { file, reading, facts } of tortureMessages)
      expect(facts !== undefined, file).toBe(reading === 'understood');
  });

  test('a part with null bytes is there to its last byte', () => {
    const inbound = readInbound(readTorture('mpart01.dat'));
    const part = inbound.kind === 'message' ? factsOf(inbound.message).bodies[1]?.content : undefined;
    const bytes = readTorture('mpart01.dat');
    const start = bytes.lastIndexOf('\r\n\r\n') + 4;
    const end = bytes.lastIndexOf('\r\n--7a9cbec02ceef655--');
    expect(part).toBe(bytes.toString('latin1', start, end));
    expect(part).toContain('\0');
  });
});

describe('RFC 5118', () => {
  test.each(ipv6Messages)('§$section $title', ({ text, ...expected }) => {
    check(readInbound(Buffer.from(text)), expected);
  });
});

/** Of this machine, and nobody else's. Most messages want their answers at 5060 (RFC 3261 §18.2.2), one at 5050. */
const sender = '127.44.75.1';
const senderPorts = [5060, 5050];

describe.skipIf(!hasTorture() || process.platform !== 'linux')('RFC 4475 to a phone, over UDP', () => {
  let stack: SipStack;
  let sockets: Socket[] = [];
  const answers: SipMessage[] = [];
  let heard: () => void = () => {};

  const receive = (bytes: Buffer): void => {
    const answer = readMessage(bytes.toString());
    if (!answer || answer.status < 200) return;
    answers.push(answer);
    heard();
  };

  /** The final response to the request of that Call-ID and CSeq. */
  async function answerTo(callId: string, sequence: string): Promise<SipMessage> {
    const fits = (it: SipMessage): boolean => fieldOf(it, 'call-id') === callId && fieldOf(it, 'cseq') === sequence;
    for (;;) {
      const answer = answers.find(fits);
      if (answer) return answer;
      await new Promise<void>((resolve) => {
        heard = resolve;
      });
    }
  }

  const send = (bytes: Buffer): void => void sockets[0]?.send(bytes, stack.port, '127.0.0.1');

  /** Whatever was sent before has been dealt with once this is answered. */
  async function alive(callId: string): Promise<void> {
    const lines = [
      'Via: SIP/2.0/UDP alive;branch=z9hG4bK',
      'From: <sip:a@b>;tag=1',
      'To: <sip:user@b>',
      'CSeq: 1 OPTIONS',
    ];
    const text = ['OPTIONS sip:user@b SIP/2.0', ...lines, `Call-ID: ${callId}`, 'Content-Length: 0', '', ''].join(
      '\r\n',
    );
    send(Buffer.from(text.replace('z9hG4bK', `z9hG4bK${callId}`)));
    expect((await answerTo(callId, '1 OPTIONS')).status).toBe(200);
  }

  beforeAll(async () => {
    sockets = senderPorts.map(() => createSocket('udp4').on('message', receive));
    for (const [i, socket] of sockets.entries()) await once(socket.bind(senderPorts[i], sender), 'listening');
  });
  afterAll(() => {
    for (const socket of sockets) socket.close();
  });

  /** One for each message, as several have the same branch. */
  beforeEach(async () => {
    stack = await openSipStack({
      ports: { min: 0, max: 0 },
      addresses: ['127.0.0.1'],
      userAgent: 'Thinline/test',
      log: silent,
    });
    const line = stack.addLine(makeLine({ user: 'user', server: sender }));
    line.on('incoming', (incoming) => incoming.refuse(486));
    await line.start();
  });
  afterEach(() => stack.close());

  test.each(tortureMessages)('§$section $title ($file) is answered with $answer', async ({ file, answer }) => {
    const bytes = readTorture(file);
    const inbound = readInbound(bytes);
    const before = answers.length;
    send(bytes);
    if (answer === 0 || inbound.kind === 'garbage') {
      await alive(`alive-${file}`);
      expect(answers.slice(before).filter((it) => !fieldOf(it, 'call-id').startsWith('alive-'))).toEqual([]);
      expect(answer).toBe(0);
      return;
    }
    const got = await answerTo(fieldOf(inbound.message, 'call-id'), fieldOf(inbound.message, 'cseq'));
    expect(got.status).toBe(answer);
    if (answer === 420) expect(fieldOf(got, 'unsupported')).toBe(fieldOf(inbound.message, 'require'));
    // RFC 3261 §21.4.6: what would have been allowed.
    if (answer === 405) expect(fieldOf(got, 'allow')).toContain('INVITE');
  });
});

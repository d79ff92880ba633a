/**
 * A far end as a program of its own, for hosts that the test's process is not on: phones that are registered at a server,
 * take every call, any number at once, and call the caller back when it is over. Its one argument is AnswererOptions as
 * JSON. It prints:
 *
 *   registered USER
 *   confirmed CALL-ID              200 and ACK have passed
 *   ended CALL-ID BY STATUS        as SessionEnd has them
 */
import { offeredCodecs } from '@thinline/endpoint-adapter/call/codecs.ts';
import { plainPolicy } from '@thinline/endpoint-adapter/call/media-policy.ts';
import { Negotiation } from '@thinline/endpoint-adapter/call/negotiation.ts';
import { openRtpSockets } from '@thinline/endpoint-adapter/media/ports.ts';
import type { Session } from '@thinline/endpoint-adapter/sip/session/session.ts';
import { openSipStack, type SipStack } from '@thinline/endpoint-adapter/sip/stack.ts';
import { makeLine } from '@thinline/endpoint-adapter/sip/testing/make-line.ts';
import { silent } from '@thinline/shared/log/log.ts';
import { type Peer, startPeer } from '../peers/process.ts';

export interface Answerer {
  user: string;
  password: string;
  /** It hangs up as soon as it has answered; else that is left to the caller. */
  hangsUp: boolean;
}

export interface AnswererOptions {
  /** Its own. */
  address: string;
  /** host:port of its server. */
  server: string;
  answerers: readonly Answerer[];
}

/** Starts the program; settles when all of them are registered. start: on which host. */
export async function startAnswerers(options: AnswererOptions, start: typeof startPeer = startPeer): Promise<Peer> {
  const peer = await start(process.execPath, [import.meta.filename, JSON.stringify(options)]);
  for (const { user } of options.answerers) await peer.waitForLine(new RegExp(`^registered ${user}$`));
  return peer;
}

async function main(options: AnswererOptions): Promise<void> {
  const { address } = options;
  const stack = await openSipStack({
    ports: { min: 0, max: 0 },
    log: silent,
    userAgent: 'far end',
    addresses: [address],
  });
  // It listens to nobody: what arrives at its one pair of ports is dropped.
  const sockets = await openRtpSockets({ address, portMin: 0, portMax: 0 });
  if (!sockets) throw new Error('no free pair of ports');
  const media = () => new Negotiation(sockets.local, plainPolicy(offeredCodecs(['PCMU'])));
  for (const it of options.answerers) await open(stack, it, options.server, media);
}

async function open(stack: SipStack, it: Answerer, server: string, media: () => Negotiation): Promise<void> {
  const { user, password, hangsUp } = it;
  const line = stack.addLine(
    makeLine({
      id: user,
      user,
      server,
      displayName: `Far End ${user}`,
      password,
      registerTimeoutS: 300,
      registerIntervalS: 1,
    }),
  );
  line.on('changed', ({ state }) => state === 'REGISTERED' && console.log(`registered ${user}`));
  line.on('incoming', (invite) => {
    const session = follow(invite.take(media()));
    if (hangsUp) session.once('confirmed', () => session.hangUp());
    session.once('ended', () => follow(line.invite(session.peer.user, media())));
    session.ring();
    session.answer();
  });
  await line.start();
}

function follow(session: Session): Session {
  session.once('confirmed', () => console.log(`confirmed ${session.callId}`));
  session.once('ended', ({ by, status }) => console.log(`ended ${session.callId} ${by} ${status}`));
  return session;
}

if (import.meta.main) await main(JSON.parse(process.argv[2] ?? '') as AnswererOptions);

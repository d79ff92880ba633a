/** The lab: a small SIP server on loopback with numbers to try a phone against. Not a PBX. */
import { EventEmitter, on } from 'node:events';
import { offeredCodecs } from '@thinline/endpoint-adapter/call/codecs.ts';
import { plainPolicy } from '@thinline/endpoint-adapter/call/media-policy.ts';
import { Negotiation } from '@thinline/endpoint-adapter/call/negotiation.ts';
import { codecs } from '@thinline/endpoint-adapter/media/codecs/registry.ts';
import type { IncomingInvite, Line } from '@thinline/endpoint-adapter/sip/line.ts';
import { fieldOf } from '@thinline/endpoint-adapter/sip/message/message.ts';
import type { Session } from '@thinline/endpoint-adapter/sip/session/session.ts';
import { openSipStack } from '@thinline/endpoint-adapter/sip/stack.ts';
import { makeLine } from '@thinline/endpoint-adapter/sip/testing/make-line.ts';
import { openTestRegistrar } from '@thinline/endpoint-adapter/sip/testing/test-registrar.ts';
import { silent } from '@thinline/shared/log/log.ts';
import { type LabNumber, numbers } from './numbers.ts';
import { LabSound } from './sound.ts';

const host = '127.0.0.1';
/** Loopback alone hears it, so the password is no secret. */
const password = 'lab';

export interface Lab {
  host: string;
  port: number;
  /** The user that a phone may register as. */
  user: string;
  password: string;
  /** The next `count` digits that 608 hears. */
  digitsHeard(count: number): Promise<string>;
  close(): Promise<void>;
}

/** Each number is a phone of its own, registered at the lab's server as yours is. */
export async function startLab(): Promise<Lab> {
  const registrar = await openTestRegistrar({ algorithm: 'SHA-256', password });
  const stack = await openSipStack({
    ports: { min: 0, max: 0 },
    log: silent,
    userAgent: 'Thinline lab',
    addresses: [host],
  });
  const heard = new EventEmitter<{ digit: [string] }>();
  const server = `${host}:${registrar.port}`;
  await Promise.all(numbers.map((number) => openNumber(number, stack.addLine(lineOf(number.number, server)), heard)));
  return {
    host,
    port: registrar.port,
    user: '701',
    password,
    async digitsHeard(count) {
      let digits = '';
      for await (const [digit] of on(heard, 'digit')) {
        digits += digit;
        if (digits.length >= count) break;
      }
      return digits;
    },
    async close() {
      await stack.close();
      await registrar.close();
    },
  };
}

const lineOf = (user: string, server: string) =>
  makeLine({
    id: user,
    user,
    server,
    displayName: `Lab ${user}`,
    password,
    registerTimeoutS: 300,
    registerIntervalS: 1,
  });

async function openNumber(number: LabNumber, line: Line, heard: EventEmitter<{ digit: [string] }>): Promise<void> {
  line.on('incoming', (invite) => void receive(number, line, invite, heard));
  const registered = new Promise<void>((resolve) => {
    line.on('changed', (it) => it.state === 'REGISTERED' && resolve());
  });
  await line.start();
  await registered;
}

async function receive(
  number: LabNumber,
  line: Line,
  invite: IncomingInvite,
  heard: EventEmitter<{ digit: [string] }>,
) {
  if (number.callBackMs !== undefined) {
    const caller = /sip:([^@;>]+)@/.exec(fieldOf(invite.message, 'from'))?.[1] ?? '';
    setTimeout(() => void callBack(number, line, caller), number.callBackMs);
  }
  if (number.refuse !== undefined) {
    const target = number.redirectTo;
    if (target) invite.redirect(`sip:${target}@${line.configuration.server}`);
    else invite.refuse(number.refuse);
    return;
  }
  const { session, sound } = await withSound(number, (media) => invite.take(media));
  if (number.digits !== undefined) report(number, session, sound, heard);
  if (number.hangUpAfterMs !== undefined) {
    session.once('confirmed', () => setTimeout(() => session.hangUp(), number.hangUpAfterMs));
  }
  session.ring();
  if (number.ringMs !== null) setTimeout(() => session.answer(), number.ringMs);
}

async function callBack(number: LabNumber, line: Line, caller: string): Promise<void> {
  await withSound(number, (media) => line.invite(caller, media));
}

/** A session with its sound, which ends with it. */
async function withSound(number: LabNumber, open: (media: Negotiation) => Session) {
  const sound = await LabSound.open(host, number.sound ?? 'silence');
  const media = new Negotiation(sound.local, plainPolicy(offeredCodecs(codecs.map((codec) => codec.name))));
  media.agreed = (agreement) => void sound.agreed(agreement);
  const session = open(media);
  session.once('ended', () => sound.close());
  return { session, sound };
}

function report(number: LabNumber, session: Session, sound: LabSound, heard: EventEmitter<{ digit: [string] }>): void {
  sound.onDigit = (digit) => {
    process.stdout.write(`Lab:   ${number.number} heard ${digit}\n`);
    heard.emit('digit', digit);
    void sound.sendDigits(digit);
  };
  session.once('confirmed', () => void sound.sendDigits(number.digits ?? ''));
}

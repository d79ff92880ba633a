/** The offers and answers of one call: the server's are written, the phone's are checked (RFC 3264). */
import { randomInt } from 'node:crypto';
import type { Party } from './party.ts';
import {
  answerTo,
  chosenFrom,
  type Description,
  type Direction,
  type Format,
  isEvent,
  MalformedDescription,
  readDescription,
  serverFormats,
  type Written,
  withoutReceiving,
  writeDescription,
} from './sdp.ts';

const names = (formats: readonly Format[]): string => formats.map(({ name }) => name).join(' ');

/** What the phone offers whenever it is asked to: the same in all calls. */
export interface PhoneCodecs {
  full: string;
}

export class Media {
  /** The phone's last description. */
  phone: Description | null = null;
  /** The server holds the call. */
  held = false;
  #codecs: PhoneCodecs;
  #complain: (sentence: string) => void;
  #sessionId = randomInt(1, 2 ** 31);
  #version = 0;
  #last = '';
  #ours: Written | null = null;

  constructor(codecs: PhoneCodecs, complain: (sentence: string) => void) {
    this.#codecs = codecs;
    this.#complain = complain;
  }

  /** Whether the phone has put the call on hold. */
  get heldByPhone(): boolean {
    return this.phone?.direction === 'sendonly' || this.phone?.direction === 'inactive';
  }

  offer(party: Party): string {
    const { host, port } = party.address;
    const direction = this.held ? 'sendonly' : 'sendrecv';
    return this.#write({ address: host, port, direction, formats: serverFormats });
  }

  /** RFC 3725 §4.2: an offer before there is a far end. */
  blackHole(): string {
    return this.#write({ address: '0.0.0.0', port: 9, direction: 'sendrecv', formats: serverFormats });
  }

  /** To the phone's last description. */
  answer(party: Party): string {
    const { host, port } = party.address;
    const { direction, formats } = this.#offered();
    const answered = (this.held ? withoutReceiving : answerTo)[direction];
    return this.#write({ address: host, port, direction: answered, formats: chosenFrom(formats) });
  }

  /** For the ACK that has to have an answer though the destination gave none. */
  dummyAnswer(): string {
    const { formats } = this.#offered();
    return this.#write({ address: '0.0.0.0', port: 9, direction: 'inactive', formats: chosenFrom(formats) });
  }

  /** full: to an INVITE without description, so everything that the phone can do. */
  phoneOffers(body: string, full: boolean): void {
    const description = this.#take(body);
    if (!description) return;
    if (!description.formats.some(isEvent)) this.#complain('an offer without telephone-event');
    if (!full) return;
    // In whatever order: what is in use may come first, and redundancy is that of what comes first (RFC 2198 §5).
    const rateless = names(description.formats).replace(/\bred\/\S+/, 'red');
    const offered = rateless.split(' ').sort().join(' ');
    this.#codecs.full ||= offered;
    if (offered !== this.#codecs.full) this.#complain(`offered ${offered}, before it was ${this.#codecs.full}`);
    if (description.formats.filter((it) => !isEvent(it)).length < 2) this.#complain('a full offer of one codec');
  }

  /** To the server's last description. */
  phoneAnswers(body: string): void {
    const description = this.#take(body);
    const ours = this.#ours;
    if (!description || !ours) return;
    const offered = new Set(ours.formats.map(({ payloadType, name }) => `${payloadType} ${name}`));
    const foreign = description.formats.filter(({ payloadType, name }) => !offered.has(`${payloadType} ${name}`));
    if (foreign.length > 0) this.#complain(`answered with what was not offered: ${names(foreign)}`);
    if (description.formats.filter((it) => !isEvent(it)).length !== 1)
      this.#complain(`answered with more or less than one codec: ${names(description.formats)}`);
    const possible: Record<Direction, readonly Direction[]> = {
      sendrecv: ['sendrecv', 'sendonly', 'recvonly', 'inactive'],
      sendonly: ['recvonly', 'inactive'],
      recvonly: ['sendonly', 'inactive'],
      inactive: ['inactive'],
    };
    if (!possible[ours.direction].includes(description.direction))
      this.#complain(`answered ${ours.direction} with ${description.direction}`);
  }

  /** Null where it is none; that is complained of. */
  #take(body: string): Description | null {
    const before = this.phone;
    try {
      this.phone = readDescription(body);
    } catch (error) {
      this.#complain(String(error));
      return null;
    }
    const now = this.phone;
    if (now.address === '0.0.0.0' || now.port === 0) this.#complain('a description without a place for sound');
    if (!before) return now;
    if (now.sessionId !== before.sessionId) this.#complain('another session id in the same dialog');
    if (now.address !== before.address || now.port !== before.port)
      this.#complain(`sound moved from ${before.address}:${before.port} to ${now.address}:${now.port}`);
    // RFC 3264 §8.
    const changed = now.rest !== before.rest;
    const right = before.version + (changed ? 1n : 0n);
    if (now.version !== right)
      this.#complain(
        `version ${now.version} instead of ${right} of a description that ${changed ? 'is another' : 'is the same'}`,
      );
    return now;
  }

  #offered(): Description {
    if (!this.phone) throw new MalformedDescription('the phone has described nothing yet');
    return this.phone;
  }

  #write(it: Omit<Written, 'user' | 'sessionId' | 'version'>): string {
    const at = (version: number): Written => ({ ...it, user: 'server', sessionId: this.#sessionId, version });
    if (this.#last !== writeDescription(at(this.#version))) this.#version += 1;
    this.#ours = at(this.#version);
    this.#last = writeDescription(this.#ours);
    return this.#last;
  }
}

/** What went over the wire, in order, as a ladder that people can read. */
import { fieldOf, type Message, sequenceOf } from './message.ts';

const longest = 8_000;
const shownRows = 400;
const shownMessages = 40;

interface Row {
  /** ms */
  at: number;
  sent: boolean;
  message: Message;
}

const nameOf = (message: Message): string =>
  message.method || `${message.status} ${message.reason} (${fieldOf(message, 'CSeq')})`;

function detail(message: Message): string {
  const notes = [
    message.method && `CSeq ${sequenceOf(message).number}`,
    fieldOf(message, 'Event') && `Event: ${fieldOf(message, 'Event')}`,
    /^m=audio \d+/m.exec(message.body)?.[0],
    /^a=(sendrecv|sendonly|recvonly|inactive)/m.exec(message.body)?.[0],
    fieldOf(message, 'Content-Type').includes('sipfrag') && message.body.trim(),
    fieldOf(message, 'Reason'),
  ];
  return notes.filter(Boolean).join(', ');
}

export class Ladder {
  #rows: Row[] = [];
  #start = performance.now();

  add(message: Message, sent: boolean): void {
    this.#rows.push({ at: performance.now() - this.#start, sent, message });
    if (this.#rows.length > longest) this.#rows.shift();
  }

  /** Messages of one Call-ID, oldest first. */
  of(callId: string): { sent: boolean; message: Message }[] {
    return this.#rows.filter(({ message }) => fieldOf(message, 'Call-ID') === callId);
  }

  isInOrder(first: Message, then: Message): boolean {
    const at = (message: Message): number => this.#rows.findLastIndex((row) => row.message === message);
    return at(first) <= at(then);
  }

  /** All of it (the end of it, where it is very long), and the whole messages of one call. */
  text(callId = ''): string {
    const rows = this.#rows.slice(-shownRows).map(({ at, sent, message }) => {
      const arrow = sent ? '──▶' : '◀──';
      const call = fieldOf(message, 'Call-ID').slice(0, 8);
      return `${at.toFixed(1).padStart(10)}  server ${arrow} phone  ${call}  ${nameOf(message).padEnd(36)} ${detail(message)}`;
    });
    const messages = callId ? this.of(callId).slice(-shownMessages) : [];
    const whole = messages.map(({ sent, message }) => `${sent ? '>>>' : '<<<'}\n${message.text}`);
    return [...rows, ...whole].join('\n');
  }
}

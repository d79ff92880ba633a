/** What every single message of a phone has to be like, whatever it is about (RFC 3261 §8.1.1, §8.2.6 and others). */
import { branchOf, fieldOf, fieldsOf, type Message, readUri, sequenceOf, tagOf, uriOf } from './message.ts';

interface Rule {
  /** What is wrong where it doesn't hold. */
  fault: string;
  of: (message: Message) => boolean;
  holds: (message: Message) => boolean;
}

const any = (): boolean => true;
const isRequest = ({ method }: Message): boolean => method !== '';
const isResponse = ({ status }: Message): boolean => status > 0;
const has =
  (name: string) =>
  (message: Message): boolean =>
    fieldOf(message, name) !== '';
const isOne =
  (...methods: string[]) =>
  ({ method }: Message): boolean =>
    methods.includes(method);
const answers =
  (from: number, to: number, method?: string) =>
  (message: Message): boolean =>
    message.status >= from && message.status <= to && (!method || sequenceOf(message).method === method);
/** RFC 3261 §12.1.1, §8.1.1.8: one URI at which the phone can be reached. */
const hasContact = (message: Message): boolean =>
  fieldsOf(message, 'Contact').length === 1 && readUri(uriOf(fieldOf(message, 'Contact'))) !== null;

const rules: readonly Rule[] = [
  { fault: 'no Via', of: any, holds: has('Via') },
  { fault: 'a branch without the magic cookie', of: any, holds: (it) => branchOf(it).startsWith('z9hG4bK') },
  { fault: 'From without tag', of: any, holds: (it) => tagOf(fieldOf(it, 'From')) !== '' },
  { fault: 'no To', of: any, holds: has('To') },
  { fault: 'no Call-ID', of: any, holds: has('Call-ID') },
  { fault: 'no number in CSeq', of: any, holds: (it) => Number.isInteger(sequenceOf(it).number) },
  { fault: 'CSeq names another method', of: isRequest, holds: (it) => sequenceOf(it).method === it.method },
  { fault: 'no Max-Forwards', of: isRequest, holds: (it) => /^\d+$/.test(fieldOf(it, 'Max-Forwards')) },
  { fault: 'a body without Content-Type', of: (it) => it.body !== '', holds: has('Content-Type') },
  { fault: 'no usable Contact', of: isOne('INVITE', 'UPDATE', 'REFER', 'SUBSCRIBE', 'NOTIFY'), holds: hasContact },
  { fault: 'no Event', of: isOne('NOTIFY', 'SUBSCRIBE', 'PUBLISH'), holds: has('Event') },
  { fault: 'no Subscription-State', of: isOne('NOTIFY'), holds: has('Subscription-State') },
  { fault: 'To without tag', of: answers(101, 699), holds: (it) => tagOf(fieldOf(it, 'To')) !== '' },
  { fault: 'no usable Contact', of: answers(101, 299, 'INVITE'), holds: hasContact },
  { fault: 'a 200 without description', of: answers(200, 299, 'INVITE'), holds: (it) => it.body !== '' },
  { fault: 'no Contact', of: answers(200, 299, 'REFER'), holds: hasContact },
  { fault: 'no Allow', of: answers(405, 405), holds: has('Allow') },
  { fault: 'no Unsupported', of: answers(420, 420), holds: has('Unsupported') },
  { fault: 'no Allow-Events', of: answers(489, 489), holds: has('Allow-Events') },
  // The server has said that it can do 100rel, but has not asked for it, and phones don't use it.
  { fault: 'a reliable 18x that nobody required', of: answers(101, 199), holds: (it) => !has('RSeq')(it) },
  { fault: 'OPTIONS without Allow', of: answers(200, 200, 'OPTIONS'), holds: has('Allow') },
  { fault: 'a response with Max-Forwards', of: isResponse, holds: (it) => !has('Max-Forwards')(it) },
];

export const faultsOf = (message: Message): string[] =>
  rules.filter((rule) => rule.of(message) && !rule.holds(message)).map(({ fault }) => fault);

/** RFC 3261 §8.2.6.2: what a response takes over from its request. */
export function mismatches(request: Message, response: Message): string[] {
  const differs = (name: string): boolean => fieldOf(request, name) !== fieldOf(response, name);
  const faults = ['Call-ID', 'CSeq', 'From'].filter(differs);
  const sentTo = fieldOf(request, 'To');
  const to = fieldOf(response, 'To');
  if (tagOf(sentTo) ? to !== sentTo : uriOf(to) !== uriOf(sentTo)) faults.push('To');
  const via = fieldOf(response, 'Via').replace(/;(received=[^;]*|rport=\d+)/g, (it) =>
    it.startsWith(';rport') ? ';rport' : '',
  );
  if (via !== fieldOf(request, 'Via')) faults.push('Via');
  return faults.map((name) => `${name} is not the request's`);
}

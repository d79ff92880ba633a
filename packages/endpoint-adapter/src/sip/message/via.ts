/** The top Via: who sent a request, and where its responses go (RFC 3261 §18.2, RFC 3581). */
import { type SipMessage, splitList } from './message.ts';

export interface Via {
  /** As written: "UDP", "TCP". */
  transport: string;
  /** IPv6 in brackets. */
  host: string;
  /** 0 where there is none. */
  port: number;
  branch: string;
  received: string;
  /** null: absent; '': asked for, not filled in. */
  rport: string | null;
}

const viaValue =
  /^SIP[ \t]*\/[ \t]*2\.0[ \t]*\/[ \t]*([^\s/]+)[ \t]+(\[[^\]]*\]|[^\s:;,[\]]+)(?=[\s:;]|$)(?:[ \t]*:[ \t]*(\d{1,5}))?(.*)$/i;

/** Nowhere may white space be shared out between two repetitions: that takes quadratic time. */
const parameterOf = (parameters: string, name: string): string | null => {
  const match = new RegExp(`;[ \\t]*${name}[ \\t]*(?:=[ \\t]*(?![ \\t])([^\\s;,]*)[ \\t]*)?(?=;|,|$)`, 'i').exec(
    parameters,
  );
  return match ? (match[1] ?? '') : null;
};

export function readVia(value: string): Via | null {
  const match = viaValue.exec(value);
  if (!match) return null;
  const parameters = match[4] ?? '';
  return {
    transport: (match[1] ?? '').toUpperCase(),
    host: match[2] ?? '',
    port: Number(match[3] ?? 0),
    branch: parameterOf(parameters, 'branch') ?? '',
    received: parameterOf(parameters, 'received') ?? '',
    rport: parameterOf(parameters, 'rport'),
  };
}

/** Gives each Via a field of its own, so that the first field is the top Via. */
export function separateVias(head: SipMessage): void {
  head.fields = head.fields.flatMap((field) =>
    field.name === 'via' ? splitList(field.value).map((value) => ({ name: 'via', value })) : [field],
  );
}

export function topVia(head: SipMessage): Via | null {
  const field = head.fields.find((it) => it.name === 'via');
  return field ? readVia(field.value) : null;
}

/** RFC 3261 §18.2.1 and RFC 3581 §4: notes in the top Via where the request really came from. */
export function stampVia(head: SipMessage, source: { address: string; port: number }): void {
  const field = head.fields.find((it) => it.name === 'via');
  const via = topVia(head);
  if (!field || !via) return;
  let value = field.value.replace(/;[ \t]*received[ \t]*=[ \t]*[^\s;,]*/gi, '');
  const bare = via.host.replace(/^\[|\]$/g, '');
  if (via.rport !== null)
    value = value.replace(/;[ \t]*rport[ \t]*(=[ \t]*\d*)?(?=[ \t;]|$)/gi, `;rport=${source.port}`);
  if (via.rport !== null || bare !== source.address) value += `;received=${source.address}`;
  field.value = value;
}

/** The same message with another branch in its top Via. */
export function withBranch(head: SipMessage, branch: string): SipMessage {
  let done = false;
  const fields = head.fields.map((field) => {
    if (done || field.name !== 'via') return field;
    done = true;
    return { name: 'via', value: field.value.replace(/;[ \t]*branch[ \t]*=[ \t]*[^\s;,]*/i, `;branch=${branch}`) };
  });
  return { ...head, fields };
}

/** Requests (RFC 3261 §8.1.1), but for the Via, which the transaction layer writes. */
import type { HeaderField, SipMessage } from '../message/message.ts';
import { type Body, bodyFields, field } from '../message/response.ts';
import { type Uri, writeUri } from '../message/uri.ts';

export interface RequestParts {
  method: string;
  uri: Uri;
  /** From and To, with tags where they have some. */
  from: string;
  to: string;
  callId: string;
  sequence: number;
  /** Route values. */
  routes?: readonly string[];
  fields?: readonly HeaderField[];
  body?: Body | undefined;
}

const MAX_FORWARDS = '70';

/** RFC 3261 §19.1.1: a Request-URI has neither the method parameter nor header fields. */
function requestUri(uri: Uri): string {
  const parameters = new Map(uri.parameters);
  parameters.delete('method');
  return writeUri({ ...uri, parameters, headers: '' });
}

export function makeRequest(parts: RequestParts): SipMessage {
  const { method, body } = parts;
  return {
    method,
    uri: requestUri(parts.uri),
    status: 0,
    reason: '',
    fields: [
      field('max-forwards', MAX_FORWARDS),
      ...(parts.routes ?? []).map((route) => field('route', route)),
      field('from', parts.from),
      field('to', parts.to),
      field('call-id', parts.callId),
      field('cseq', `${parts.sequence} ${method}`),
      ...(parts.fields ?? []),
      ...bodyFields(body),
    ],
    body: body?.content ?? '',
  };
}

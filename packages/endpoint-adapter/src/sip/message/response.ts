/** Responses that need no dialog: made from the request alone (RFC 3261 §8.2.6). */
import { newTag } from '../ids.ts';
import { fieldOf, fieldsOf, type HeaderField, type SipMessage, tagOf } from './message.ts';

/** What the user agent understands; goes into Allow. */
export const allowedMethods = ['INVITE', 'ACK', 'CANCEL', 'BYE', 'OPTIONS', 'NOTIFY', 'MESSAGE'] as const;

const reasons: Readonly<Record<number, string>> = {
  100: 'Trying',
  200: 'OK',
  400: 'Bad Request',
  404: 'Not Found',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  420: 'Bad Extension',
  415: 'Unsupported Media Type',
  481: 'Call/Transaction Does Not Exist',
  482: 'Loop Detected',
  500: 'Server Internal Error',
  503: 'Service Unavailable',
};

export function makeResponse(request: SipMessage, status: number, extra: readonly HeaderField[] = []): SipMessage {
  const to = fieldOf(request, 'to');
  const tagged = status === 100 || tagOf(to) !== '' ? to : `${to};tag=${newTag()}`;
  return {
    method: request.method,
    uri: '',
    status,
    reason: reasons[status] ?? '',
    fields: [
      ...fieldsOf(request, 'via').map((value) => ({ name: 'via', value })),
      { name: 'from', value: fieldOf(request, 'from') },
      { name: 'to', value: tagged },
      { name: 'call-id', value: fieldOf(request, 'call-id') },
      { name: 'cseq', value: fieldOf(request, 'cseq') },
      ...extra,
      { name: 'content-length', value: '0' },
    ],
    body: '',
  };
}

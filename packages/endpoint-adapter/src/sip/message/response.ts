/** Responses, made from their request (RFC 3261 §8.2.6). */
import { newTag } from '../ids.ts';
import { fieldOf, fieldsOf, type HeaderField, type SipMessage, tagOf } from './message.ts';

/** What the user agent understands; goes into Allow. */
export const allowedMethods = [
  'INVITE',
  'ACK',
  'CANCEL',
  'BYE',
  'OPTIONS',
  'PRACK',
  'UPDATE',
  'INFO',
  'REFER',
  'NOTIFY',
  'SUBSCRIBE',
  'MESSAGE',
] as const;

/** Option tags that a request may require of us; goes into Supported. */
export const supportedExtensions = [
  '100rel',
  'timer',
  'replaces',
  'norefersub',
  'outbound',
  'path',
  'answermode',
] as const;

export const allowField: HeaderField = { name: 'allow', value: allowedMethods.join(', ') };
export const supportedField: HeaderField = { name: 'supported', value: supportedExtensions.join(', ') };

const reasons: Readonly<Record<number, string>> = {
  100: 'Trying',
  180: 'Ringing',
  181: 'Call Is Being Forwarded',
  183: 'Session Progress',
  199: 'Early Dialog Terminated',
  200: 'OK',
  202: 'Accepted',
  302: 'Moved Temporarily',
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  408: 'Request Timeout',
  413: 'Request Entity Too Large',
  414: 'Request-URI Too Long',
  415: 'Unsupported Media Type',
  416: 'Unsupported URI Scheme',
  420: 'Bad Extension',
  422: 'Session Interval Too Small',
  423: 'Interval Too Brief',
  480: 'Temporarily Unavailable',
  481: 'Call/Transaction Does Not Exist',
  482: 'Loop Detected',
  486: 'Busy Here',
  487: 'Request Terminated',
  488: 'Not Acceptable Here',
  489: 'Bad Event',
  491: 'Request Pending',
  500: 'Server Internal Error',
  501: 'Not Implemented',
  503: 'Service Unavailable',
  505: 'Version Not Supported',
  513: 'Message Too Large',
  600: 'Busy Everywhere',
  603: 'Decline',
};

export const reasonOf = (status: number): string => reasons[status] ?? '';

export interface Body {
  type: string;
  content: string;
}

export interface ResponseParts {
  /** The phrase of the RFC unless given. */
  reason?: string;
  fields?: readonly HeaderField[];
  body?: Body;
  /** For a To without one; a new one unless given. */
  tag?: string;
}

/** A response of 101 to 299 to these makes a dialog, whose way back it has to name (RFC 3261 §12.1.1). */
const makesDialog = new Set(['INVITE', 'SUBSCRIBE', 'REFER', 'NOTIFY']);

export const field = (name: string, value: string): HeaderField => ({ name, value });

export function bodyFields(body: Body | undefined): HeaderField[] {
  const length = field('content-length', String(Buffer.byteLength(body?.content ?? '')));
  return body ? [field('content-type', body.type), length] : [length];
}

export function makeResponse(request: SipMessage, status: number, parts: ResponseParts = {}): SipMessage {
  const to = fieldOf(request, 'to');
  const tagged = status === 100 || tagOf(to) !== '' ? to : `${to};tag=${parts.tag ?? newTag()}`;
  // What the request lacks, its refusal lacks too (RFC 4475 §3.3.1).
  const copied = (name: string): HeaderField[] =>
    fieldsOf(request, name)
      .slice(0, 1)
      .map((value) => field(name, value));
  const routed = status > 100 && status < 300 && makesDialog.has(request.method);
  return {
    method: request.method,
    uri: '',
    status,
    reason: parts.reason ?? reasonOf(status),
    fields: [
      ...fieldsOf(request, 'via').map((value) => field('via', value)),
      ...(routed ? fieldsOf(request, 'record-route').map((value) => field('record-route', value)) : []),
      ...copied('from'),
      ...(to === '' ? [] : [field('to', tagged)]),
      ...copied('call-id'),
      ...copied('cseq'),
      ...(parts.fields ?? []),
      ...bodyFields(parts.body),
    ],
    body: parts.body?.content ?? '',
  };
}

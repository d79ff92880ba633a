/** One side of a dialog (RFC 3261 §12): who talks to whom, by which way, with which numbers. */
import {
  fieldOf,
  fieldsOf,
  type HeaderField,
  type SipMessage,
  sequenceOf,
  splitList,
  tagOf,
} from '../message/message.ts';
import { readNameAddr } from '../message/name-addr.ts';
import type { Body } from '../message/response.ts';
import { makeUri, readUri, type Uri, writeUri } from '../message/uri.ts';
import { makeRequest } from './request.ts';

export interface InDialogParts {
  fields?: readonly HeaderField[];
  body?: Body | undefined;
}

interface DialogState {
  callId: string;
  localTag: string;
  remoteTag: string;
  /** From and To of our requests. */
  from: string;
  to: string;
  routes: readonly string[];
  remoteTarget: Uri;
  localSequence: number;
  /** -1: the far end has sent no request yet. */
  remoteSequence: number;
  fault: string | null;
}

/** A way that a far end names is not followed any further than this. */
const MAX_ROUTES = 32;

const routesOf = (message: SipMessage): string[] =>
  fieldsOf(message, 'record-route').flatMap(splitList).slice(0, MAX_ROUTES);

/** The first Contact; null where there is none that can be read. */
function contactOf(message: SipMessage): Uri | null {
  const first = splitList(fieldOf(message, 'contact'))[0];
  const uri = first === undefined ? null : (readNameAddr(first)?.uri ?? null);
  return uri && (uri.scheme === 'sip' || uri.scheme === 'sips') ? uri : null;
}

const nowhere = makeUri({ host: 'invalid' });
const isRoute = (route: string): boolean => readNameAddr(route)?.uri.scheme.startsWith('sip') === true;

export const dialogId = (callId: string, localTag: string, remoteTag: string): string =>
  `${callId} ${localTag} ${remoteTag}`;

export class Dialog {
  readonly callId: string;
  readonly localTag: string;
  readonly remoteTag: string;
  /** Why requests can't be sent in it as RFC 3261 §12.2.1.1 asks for; they go the way of its first request then. */
  readonly fault: string | null;
  readonly #from: string;
  readonly #to: string;
  #routes: readonly string[];
  #remoteTarget: Uri;
  #localSequence: number;
  #remoteSequence: number;

  private constructor(state: DialogState) {
    this.callId = state.callId;
    this.localTag = state.localTag;
    this.remoteTag = state.remoteTag;
    this.fault = state.fault;
    this.#from = state.from;
    this.#to = state.to;
    this.#routes = state.routes;
    this.#remoteTarget = state.remoteTarget;
    this.#localSequence = state.localSequence;
    this.#remoteSequence = state.remoteSequence;
  }

  /** RFC 3261 §12.1.2. request: ours, as it was sent. */
  static asClient(request: SipMessage, response: SipMessage): Dialog {
    const state = {
      callId: fieldOf(request, 'call-id'),
      localTag: tagOf(fieldOf(request, 'from')),
      remoteTag: tagOf(fieldOf(response, 'to')),
      from: fieldOf(request, 'from'),
      to: fieldOf(response, 'to'),
      localSequence: sequenceOf(request),
      remoteSequence: -1,
    };
    const routes = routesOf(response).reverse();
    const target = contactOf(response);
    const fault = clientFault(response, routes, target);
    const asked = readUri(request.uri) ?? nowhere;
    if (fault) return new Dialog({ ...state, fault, routes: fieldsOf(request, 'route'), remoteTarget: asked });
    // Plenty of servers send 18x without Contact.
    return new Dialog({ ...state, fault, routes, remoteTarget: target ?? asked });
  }

  /** RFC 3261 §12.1.1. */
  static asServer(request: SipMessage, localTag: string): Dialog {
    const to = fieldOf(request, 'to');
    const target = contactOf(request);
    return new Dialog({
      callId: fieldOf(request, 'call-id'),
      localTag,
      remoteTag: tagOf(fieldOf(request, 'from')),
      from: tagOf(to) === '' ? `${to};tag=${localTag}` : to,
      to: fieldOf(request, 'from'),
      routes: routesOf(request),
      remoteTarget: target ?? nowhere,
      localSequence: 0,
      remoteSequence: sequenceOf(request),
      fault: target ? null : 'Malformed Contact',
    });
  }

  /** RFC 6665 §4.4.1: by the first NOTIFY for a SUBSCRIBE of ours, which is given as it was sent. */
  static asSubscriber(subscribe: SipMessage, notify: SipMessage): Dialog {
    const target = contactOf(notify);
    return new Dialog({
      callId: fieldOf(subscribe, 'call-id'),
      localTag: tagOf(fieldOf(subscribe, 'from')),
      remoteTag: tagOf(fieldOf(notify, 'from')),
      from: fieldOf(subscribe, 'from'),
      to: fieldOf(notify, 'from'),
      routes: target ? routesOf(notify) : fieldsOf(subscribe, 'route'),
      remoteTarget: target ?? readUri(subscribe.uri) ?? nowhere,
      localSequence: sequenceOf(subscribe),
      remoteSequence: sequenceOf(notify),
      fault: target ? null : 'Malformed Contact',
    });
  }

  get id(): string {
    return dialogId(this.callId, this.localTag, this.remoteTag);
  }

  get remoteTarget(): Uri {
    return this.#remoteTarget;
  }

  /** The far end, as To says it. */
  get remote(): string {
    return this.#to;
  }

  get localSequence(): number {
    return this.#localSequence;
  }

  /** A request of ours; each but ACK takes a number. */
  request(method: string, parts: InDialogParts = {}): SipMessage {
    this.#localSequence += 1;
    return this.#make(method, this.#localSequence, parts);
  }

  /** RFC 3261 §13.2.2.4: with the number of its INVITE. */
  acknowledge(invite: SipMessage, parts: InDialogParts = {}): SipMessage {
    return this.#make('ACK', sequenceOf(invite), parts);
  }

  /** False where the request comes out of order: 500 (RFC 3261 §12.2.2). */
  takes(request: SipMessage): boolean {
    const sequence = sequenceOf(request);
    if (sequence <= this.#remoteSequence) return false;
    this.#remoteSequence = sequence;
    return true;
  }

  /** RFC 3261 §12.2.1.2, §12.2.2: the Contact of a target refresh request, or of a 2xx to one, moves the far end. */
  refresh(message: SipMessage): void {
    const target = contactOf(message);
    if (target) this.#remoteTarget = target;
  }

  /** RFC 3261 §13.2.2.4: a 2xx says the way anew. Where it can't be gone, why; the way stays as it was then. */
  confirm(response: SipMessage): string | null {
    const routes = routesOf(response).reverse();
    const fault = clientFault(response, routes, contactOf(response));
    if (fault) return fault;
    this.#routes = routes;
    this.refresh(response);
    return null;
  }

  #make(method: string, sequence: number, parts: InDialogParts): SipMessage {
    const { routes, uri } = this.#way();
    return makeRequest({
      method,
      uri,
      routes,
      from: this.#from,
      to: this.#to,
      callId: this.callId,
      sequence,
      ...parts,
    });
  }

  /** RFC 3261 §12.2.1.1: a first route without lr is a strict router of RFC 2543. */
  #way(): { routes: readonly string[]; uri: Uri } {
    const [first, ...rest] = this.#routes;
    const uri = first === undefined ? undefined : readNameAddr(first)?.uri;
    if (!uri || uri.parameters.has('lr')) return { routes: this.#routes, uri: this.#remoteTarget };
    return { routes: [...rest, `<${writeUri(this.#remoteTarget)}>`], uri };
  }
}

/** What keeps a response from making a dialog that requests can be sent in (RFC 3261 §12.1.2). */
function clientFault(response: SipMessage, routes: readonly string[], target: Uri | null): string | null {
  if (tagOf(fieldOf(response, 'to')) === '') return 'Missing To Tag';
  if (!routes.every(isRoute)) return 'Malformed Record-Route';
  return target || fieldOf(response, 'contact') === '' ? null : 'Malformed Contact';
}

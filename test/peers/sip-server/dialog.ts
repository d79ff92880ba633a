/** One end of a dialog (RFC 3261 §12): its identity, its sequence numbers, and whether the other end keeps to them. */
import { fieldOf, type Message, makeRequest, random, readUri, sequenceOf, tagOf, uriOf } from './message.ts';

export interface DialogParts {
  callId: string;
  /** URIs. */
  local: string;
  remote: string;
  localTag: string;
  remoteTag: string;
  /** Where requests go, until a Contact says otherwise. */
  target: string;
  /** Where we are reached. */
  contact: string;
  /** Of the other end's request that made the dialog; 0: it has sent none. */
  remoteSequence: number;
}

/** Of requests: what has to be in this order. */
export interface RequestOptions {
  fields?: Record<string, string>;
  body?: string;
  contentType?: string;
  /** Not the next one: of ACK and CANCEL. */
  sequence?: number;
}

export class Dialog {
  readonly callId: string;
  readonly localTag: string;
  readonly local: string;
  readonly remote: string;
  readonly contact: string;
  remoteTag: string;
  target: string;
  #sequence = 0;
  #remoteSequence: number;
  #via: () => string;

  constructor(parts: DialogParts, via: () => string) {
    this.callId = parts.callId;
    this.localTag = parts.localTag;
    this.local = parts.local;
    this.remote = parts.remote;
    this.contact = parts.contact;
    this.remoteTag = parts.remoteTag;
    this.target = parts.target;
    this.#remoteSequence = parts.remoteSequence;
    this.#via = via;
  }

  /** To be made by a request of ours. */
  static calling(local: string, remote: string, target: string, contact: string, via: () => string): Dialog {
    const own = { callId: random(), localTag: random(), remoteTag: '', remoteSequence: 0 };
    return new Dialog({ ...own, local, remote, target, contact }, via);
  }

  /** Made by a request of the other end. */
  static called(request: Message, contact: string, via: () => string): Dialog {
    const from = fieldOf(request, 'From');
    return new Dialog(
      {
        callId: fieldOf(request, 'Call-ID'),
        localTag: random(),
        remoteTag: tagOf(from),
        local: uriOf(fieldOf(request, 'To')),
        remote: uriOf(from),
        target: uriOf(fieldOf(request, 'Contact')),
        contact,
        remoteSequence: sequenceOf(request).number,
      },
      via,
    );
  }

  /** RFC 3261 §12.1.2: what a response to the request that makes the dialog says of the other end. */
  learn(response: Message): void {
    this.remoteTag = tagOf(fieldOf(response, 'To'));
    this.refresh(response);
  }

  /** RFC 3261 §12.2.1.2. */
  refresh(message: Message): void {
    const contact = uriOf(fieldOf(message, 'Contact'));
    if (readUri(contact)) this.target = contact;
  }

  request(method: string, options: RequestOptions = {}): Message {
    const { fields = {}, body = '', contentType = 'application/sdp', sequence } = options;
    if (sequence === undefined) this.#sequence += 1;
    return makeRequest({
      method,
      uri: this.target,
      fields: {
        Via: this.#via(),
        'Max-Forwards': '70',
        From: `<${this.local}>;tag=${this.localTag}`,
        To: `<${this.remote}>${this.remoteTag && `;tag=${this.remoteTag}`}`,
        'Call-ID': this.callId,
        CSeq: `${sequence ?? this.#sequence} ${method}`,
        Contact: `<${this.contact}>`,
        ...fields,
        ...(body ? { 'Content-Type': contentType } : {}),
      },
      body,
    });
  }

  owns(message: Message): boolean {
    const [ours, theirs] = [tagOf(fieldOf(message, 'To')), tagOf(fieldOf(message, 'From'))];
    return fieldOf(message, 'Call-ID') === this.callId && ours === this.localTag && theirs === this.remoteTag;
  }

  /** What is wrong with the other end's next request; ACK has the number of its INVITE. */
  faultsOf(request: Message): string[] {
    const faults: string[] = [];
    const { number } = sequenceOf(request);
    // RFC 3261 §12.2.1.1: the next number, of a dialog whose first number is any.
    if (this.#remoteSequence > 0 && number !== this.#remoteSequence + 1)
      faults.push(`CSeq ${number} follows ${this.#remoteSequence}`);
    this.#remoteSequence = number;
    if (request.uri !== this.contact) faults.push(`sent to ${request.uri}, the Contact is ${this.contact}`);
    return faults;
  }
}

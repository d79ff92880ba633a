/** A request that reached us, with the transaction that carries its responses. */
import { newTag } from '../ids.ts';
import type { SipMessage } from '../message/message.ts';
import { makeResponse, type ResponseParts } from '../message/response.ts';
import type { Flow } from '../transport/transport.ts';

export class ServerRequest {
  readonly message: SipMessage;
  readonly flow: Flow;
  /** Of all its responses that need one (RFC 3261 §8.2.6.2). */
  readonly toTag = newTag();
  /** RFC 3261 §9.2: a CANCEL has been answered, and the INVITE waits for its final response. */
  cancelled: (cancel: SipMessage) => void = () => {};
  readonly #respond: (response: SipMessage) => void;
  readonly #sendBack: (response: SipMessage) => void;
  #final: SipMessage | null = null;

  constructor(
    message: SipMessage,
    flow: Flow,
    send: {
      /** Through the transaction. */
      respond: (response: SipMessage) => void;
      /** Past it, as the transaction user repeats a 2xx (RFC 3261 §13.3.1.4). */
      sendBack: (response: SipMessage) => void;
    },
  ) {
    this.message = message;
    this.flow = flow;
    this.#respond = send.respond;
    this.#sendBack = send.sendBack;
  }

  get method(): string {
    return this.message.method;
  }

  /** Whether it has had its final response. */
  get answered(): boolean {
    return this.#final !== null;
  }

  /** Whether that was a 2xx. */
  get accepted(): boolean {
    return this.#final !== null && this.#final.status < 300;
  }

  /** A second final response is not sent. */
  respond(status: number, parts: ResponseParts = {}): void {
    if (this.#final) return;
    const response = makeResponse(this.message, status, { tag: this.toTag, ...parts });
    if (status >= 200) this.#final = response;
    this.#respond(response);
  }

  /** The final response once more, whether its transaction is still there or not. */
  repeat(): void {
    if (this.#final) this.#sendBack(this.#final);
  }
}

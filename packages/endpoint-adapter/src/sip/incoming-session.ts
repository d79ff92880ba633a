/** A call that reaches us (RFC 3261 §13.3). */
import { type InviteUserAgentServer, TransactionState } from 'sip.js/lib/core/index.js';
import { Grammar } from 'sip.js/lib/grammar/index.js';
import { sdpBody, sdpOf } from './dialog-messages.ts';
import { DialogSession } from './dialog-session.ts';
import { peerOf } from './peer.ts';
import type { SessionMedia } from './session.ts';

/** Whether the INVITE still waits for its final response. */
const pending = (request: InviteUserAgentServer): boolean => request.transaction.state === TransactionState.Proceeding;

export function refuse(request: InviteUserAgentServer, status: number): void {
  if (!pending(request)) return;
  if (status >= 300 && status < 400) request.redirect([], { statusCode: status });
  else request.reject({ statusCode: status });
}

/** RFC 3261 §13.3.1.2. */
export function redirect(request: InviteUserAgentServer, target: string): void {
  const uri = Grammar.URIParse(target);
  if (uri && pending(request)) request.redirect([uri], { statusCode: 302 });
}

export interface IncomingOptions {
  request: InviteUserAgentServer;
  media: SessionMedia;
  contact: () => string;
}

export class IncomingSession extends DialogSession {
  readonly direction = 'incoming';
  readonly #request: InviteUserAgentServer;

  constructor(options: IncomingOptions) {
    super({ ...options, callId: options.request.message.callId, state: 'incoming', ownsCallId: false });
    this.#request = options.request;
    this.setPeer(peerOf(options.request.message.from));
    this.learn(options.request.message);
  }

  /** The INVITE was cancelled before there was a session for it: the owner hears of it once it listens. */
  start(): void {
    this.#request.delegate = { onCancel: (cancel) => this.cancelled(cancel.getHeader('reason') ?? '') };
    if (!pending(this.#request)) setImmediate(() => this.cancelled(''));
  }

  ring(): void {
    if (this.state !== 'incoming' || !pending(this.#request)) return;
    this.attach(this.#request.progress({ statusCode: 180 }).session);
    this.early();
  }

  answer(): void {
    if ((this.state !== 'incoming' && this.state !== 'early') || !pending(this.#request)) return;
    const offer = sdpOf(this.#request.message);
    const body = offer === null ? this.media.offer() : this.media.answer(offer);
    if (body === null) {
      refuse(this.#request, 488);
      this.end({ by: 'failure', status: 488, reason: 'Not Acceptable Here' });
      return;
    }
    const { session } = this.#request.accept({ statusCode: 200, body: sdpBody(body) });
    this.attach(session, offer === null);
  }

  reject(status: number): void {
    if (this.state === 'ended') return;
    if (!pending(this.#request)) {
      this.#leave();
      return;
    }
    refuse(this.#request, status);
    this.end({ by: 'local', status, reason: '' });
  }

  hangUp(): void {
    if (this.state === 'ended') return;
    if (pending(this.#request)) this.reject(603);
    else this.#leave();
  }

  /** Our 200 has gone out: only a BYE ends the call now (RFC 3261 §15). */
  #leave(): void {
    this.bye();
    this.end({ by: 'local', status: 0, reason: '' });
  }

  /** RFC 3261 §9.2: the INVITE gets 487. */
  protected cancelled(reason: string): void {
    refuse(this.#request, 487);
    this.end({ by: 'remote', status: 487, reason });
  }
}

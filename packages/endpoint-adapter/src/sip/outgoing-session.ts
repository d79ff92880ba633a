/** A call that we make (RFC 3261 §13.2). */

import { failure } from '@thinline/shared/failures.ts';
import {
  type AckableIncomingResponseWithSession,
  type IncomingMessage,
  NameAddrHeader,
  type OutgoingInviteRequest,
  type PrackableIncomingResponseWithSession,
  TransactionState,
  type URI,
  UserAgentClient,
} from 'sip.js/lib/core/index.js';
import { uriHost } from './address.ts';
import { credentialFields, isLocal, refreshTarget, sdpBody, sdpOf } from './dialog-messages.ts';
import { DialogSession } from './dialog-session.ts';
import { newCallId, newTag } from './ids.ts';
import { allowedMethods } from './message/response.ts';
import { peerOf } from './peer.ts';
import { MAX_REDIRECTIONS, Redirections, redirectTargets } from './redirection.ts';
import type { SessionMedia } from './session.ts';
import type { UserAgent } from './user-agent.ts';

export interface OutgoingOptions {
  userAgent: UserAgent;
  aor: URI;
  target: URI;
  contact: () => string;
  media: SessionMedia;
}

export class OutgoingSession extends DialogSession {
  readonly direction = 'outgoing';
  readonly #options: OutgoingOptions;
  readonly #redirections: Redirections;
  readonly #fromTag = newTag();
  #target: URI;
  #request: OutgoingInviteRequest | null = null;
  /** The offer of this INVITE, kept for the next hop of a redirection. */
  #offer = '';
  /** The far end's SDP in force. */
  #answer = '';
  #cancelling = false;

  constructor(options: OutgoingOptions) {
    super({ ...options, callId: newCallId(), state: 'calling', ownsCallId: true });
    this.#options = options;
    this.#target = options.target;
    this.#redirections = new Redirections(options.target);
    this.setPeer(peerOf(new NameAddrHeader(options.target, '', {})));
  }

  start(): void {
    this.#offer = this.media.offer();
    this.#invite(this.#target, 1);
  }

  ring(): void {}
  answer(): void {}
  reject(): void {}

  hangUp(): void {
    if (this.state === 'ended') return;
    if (this.state === 'confirmed') {
      this.bye();
      this.end({ by: 'local', status: 0, reason: '' });
      return;
    }
    this.#cancelling = true;
    this.#cancelWhenAllowed();
    this.end({ by: 'local', status: 487, reason: 'Request Terminated' });
  }

  #invite(target: URI, cseq: number): void {
    const { userAgent, aor, contact } = this.#options;
    const message = userAgent.makeOutgoingRequestMessage(
      'INVITE',
      target,
      aor,
      this.#options.target,
      { callId: this.callId, fromTag: this.#fromTag, cseq, routeSet: this.#routeTo(target) },
      [`Contact: ${contact()}`, `Allow: ${allowedMethods.join(', ')}`],
      sdpBody(this.#offer),
    );
    this.#target = target;
    this.#request = userAgent.invite(message, {
      onTrying: () => this.#cancelWhenAllowed(),
      onProgress: (response) => this.#progressed(response),
      onAccept: (response) => this.#accepted(response),
      onRedirect: ({ message: response }) => this.#redirected(response),
      onReject: ({ message: response }) => this.#refused(response),
    });
  }

  /** RFC 3261 §8.1.2: a call that was sent on to another host goes there, not to our server again. */
  #routeTo(target: URI): string[] {
    if (target === this.#options.target || target.host === this.#options.aor.host) return [];
    const port = target.port ? `:${target.port}` : '';
    const transport = target.getParam('transport');
    return [`<sip:${uriHost(target.host)}${port}${transport ? `;transport=${transport}` : ''};lr>`];
  }

  /** RFC 3261 §9.1: no CANCEL before a provisional response. */
  #cancelWhenAllowed(): void {
    const request = this.#request;
    if (!this.#cancelling || !(request instanceof UserAgentClient)) return;
    if (request.transaction.state !== TransactionState.Proceeding) return;
    this.#cancelling = false;
    request.cancel();
  }

  #progressed({ message, session }: PrackableIncomingResponseWithSession): void {
    this.#cancelWhenAllowed();
    if (this.state === 'ended' || this.state === 'confirmed') return;
    this.attachEarly(session);
    this.learn(message);
    this.early();
    const status = message.statusCode ?? 0;
    if (status === 181) this.emit('redirected', this.peer.uri, status);
    this.emit('progress', status, message.reasonPhrase ?? '');
    const sdp = sdpOf(message);
    if (sdp !== null && sdp !== this.#answer && this.media.accept(sdp)) {
      this.#answer = sdp;
      this.emit('earlyMedia');
    }
  }

  #accepted(response: AckableIncomingResponseWithSession): void {
    const { message, session } = response;
    const contact: unknown = message.parseHeader('contact');
    if (contact instanceof NameAddrHeader) refreshTarget(session, contact.uri);
    const ack = (): void => {
      response.ack({ extraHeaders: this.#request ? credentialFields(this.#request.message) : [] });
    };
    // RFC 3261 §13.2.2.4: another branch of a fork, or the answer that crossed our CANCEL.
    if (this.state === 'ended' || this.state === 'confirmed') {
      ack();
      session.bye();
      return;
    }
    this.attach(session);
    this.learn(message);
    const sdp = sdpOf(message);
    const usable = sdp === null ? this.#answer !== '' : sdp === this.#answer || this.media.accept(sdp);
    ack();
    if (usable) {
      this.confirm();
      return;
    }
    this.bye();
    this.end({ by: 'failure', status: 488, reason: 'Not Acceptable Here' });
  }

  #redirected(message: IncomingMessage & { statusCode?: number | undefined; reasonPhrase?: string | undefined }): void {
    if (this.state === 'ended') return;
    const status = message.statusCode ?? 302;
    const targets = redirectTargets(message);
    const target = this.#redirections.next(targets);
    if (target) {
      this.emit('redirected', target.toString(), status);
      this.#invite(target, (this.#request?.message.cseq ?? 1) + 1);
      return;
    }
    const end = { by: 'failure', status, reason: message.reasonPhrase ?? '' } as const;
    if (targets.length === 0) {
      this.end(end);
      return;
    }
    const facts = { target: this.#options.target.toString(), limit: MAX_REDIRECTIONS };
    this.end({ ...end, failure: failure('tooManyRedirections', facts) });
  }

  #refused(message: IncomingMessage & { statusCode?: number | undefined; reasonPhrase?: string | undefined }): void {
    this.learn(message);
    const by = isLocal(message) ? 'failure' : 'remote';
    this.end({ by, status: message.statusCode ?? 500, reason: message.reasonPhrase ?? '' });
  }
}

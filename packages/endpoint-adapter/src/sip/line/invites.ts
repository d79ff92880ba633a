/** INVITEs that reach a line outside of dialogs, from their first sight to their final response. */
import { Dialog } from '../dialog/dialog.ts';
import { readReplaces } from '../headers/replaces.ts';
import type { IncomingInvite } from '../line.ts';
import { fieldOf, fieldsOf, type SipMessage, sequenceOf, tagOf } from '../message/message.ts';
import { field } from '../message/response.ts';
import { writeUri } from '../message/uri.ts';
import { isForeignBody, sdpOf } from '../session/body.ts';
import { IncomingSession } from '../session/incoming-session.ts';
import type { InviteSession, SessionPorts } from '../session/invite-session.ts';
import type { SessionMedia } from '../session/session.ts';
import { answerTimer } from '../session/session-timer.ts';
import type { ServerRequest } from '../transaction/server-request.ts';

export interface InvitesPorts {
  sessionPorts(): SessionPorts;
  sessions: ReadonlySet<InviteSession>;
  /** Throws FailureError noLine once the line is removed. */
  keep(session: InviteSession): void;
  /** False where nobody listens. */
  offer(incoming: IncomingInvite): boolean;
}

export class Invites {
  readonly #ports: InvitesPorts;
  /** Those without a final response. */
  readonly #pending = new Set<ServerRequest>();

  constructor(ports: InvitesPorts) {
    this.#ports = ports;
  }

  /** Whether the same INVITE is here already, by another path (RFC 3261 §8.2.2.2). */
  hasMerged({ message }: ServerRequest): boolean {
    return [...this.#pending].some(
      ({ message: other }) =>
        fieldOf(other, 'call-id') === fieldOf(message, 'call-id') &&
        tagOf(fieldOf(other, 'from')) === tagOf(fieldOf(message, 'from')) &&
        sequenceOf(other) === sequenceOf(message),
    );
  }

  /** The line is removed: nobody will decide any more. */
  stop(): void {
    for (const request of this.#pending) request.respond(480);
    this.#pending.clear();
  }

  receive(request: ServerRequest): void {
    const { message } = request;
    const { fault } = Dialog.asServer(message, request.toTag);
    if (fault) return void request.respond(400, { reason: fault });
    if (isForeignBody(message)) return void request.respond(415, { fields: [field('accept', 'application/sdp')] });
    const timer = answerTimer(message);
    // RFC 4028 §9: before anybody is asked, as it is sent again at once.
    if (timer.kind === 'refused') return void request.respond(422, { fields: timer.fields });
    const replaced = this.#replaced(request);
    if (typeof replaced === 'number') return void request.respond(replaced);
    this.#pending.add(request);
    if (!this.#ports.offer(this.#incoming(request, replaced))) this.#answer(request, 480);
  }

  #answer(request: ServerRequest, status: number, parts: Parameters<ServerRequest['respond']>[1] = {}): void {
    this.#pending.delete(request);
    request.respond(status, parts);
  }

  #incoming(request: ServerRequest, replaces: InviteSession | null): IncomingInvite {
    const { message, flow } = request;
    const { readTarget, isServer } = this.#ports.sessionPorts();
    let cancelled: SipMessage | null = null;
    request.cancelled = (cancel) => {
      cancelled = cancel;
      this.#answer(request, 487);
    };
    const take = (media: SessionMedia): IncomingSession => {
      const session = new IncomingSession({ ports: this.#ports.sessionPorts(), request, media });
      this.#ports.keep(session);
      session.once('ended', () => this.#pending.delete(request));
      session.once('confirmed', () => this.#pending.delete(request));
      session.start(cancelled);
      return session;
    };
    return {
      message,
      offer: sdpOf(message),
      callId: fieldOf(message, 'call-id'),
      fromServer: isServer(flow),
      replaces,
      take,
      refuse: (status, reason) => this.#answer(request, status, reason === undefined ? {} : { reason }),
      redirect: (target) =>
        this.#answer(request, 302, { fields: [field('contact', `<${writeUri(readTarget(target))}>`)] }),
    };
  }

  /** RFC 3891 §3: the session that is to be replaced; null where none is asked for; else the status that is owed. */
  #replaced(request: ServerRequest): InviteSession | number | null {
    const values = fieldsOf(request.message, 'replaces');
    if (values.length === 0) return null;
    const replaces = values.length === 1 ? readReplaces(values[0] ?? '') : null;
    if (!replaces) return 400;
    // Whoever may replace a call takes it over: that is the server's to allow.
    if (!this.#ports.sessionPorts().isServer(request.flow)) return 403;
    const { callId, toTag, fromTag, earlyOnly } = replaces;
    const session = [...this.#ports.sessions].find(
      ({ dialog }) => dialog?.callId === callId && dialog.localTag === toTag && dialog.remoteTag === fromTag,
    );
    if (!session || (session.state !== 'confirmed' && session.direction === 'incoming')) return 481;
    return session.state === 'confirmed' && earlyOnly ? 486 : session;
  }
}

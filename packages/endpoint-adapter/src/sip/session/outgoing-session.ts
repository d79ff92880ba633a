/** A call that we make (RFC 3261 §13.2). */
import { failure, failureOf } from '@thinline/shared/failures.ts';
import { Dialog } from '../dialog/dialog.ts';
import type { Answer, Sent } from '../dialog/exchange.ts';
import { makeRequest } from '../dialog/request.ts';
import { identityOf } from '../headers/identity.ts';
import { hasOption } from '../headers/option-tags.ts';
import { readRSeq, writeRAck } from '../headers/rack.ts';
import { newCallId, newTag } from '../ids.ts';
import { fieldOf, type HeaderField, type SipMessage, sequenceOf, tagOf } from '../message/message.ts';
import { field } from '../message/response.ts';
import { type Uri, writeUri } from '../message/uri.ts';
import { Acknowledgement } from './acknowledgement.ts';
import { sdpBody, sdpOf } from './body.ts';
import { InviteSession, type SessionPorts } from './invite-session.ts';
import { MAX_REDIRECTIONS, Redirections, redirectTargets } from './redirection.ts';
import type { SessionMedia } from './session.ts';
import { agreedByResponse, intervalAskedFor, requestFields, SESSION_INTERVAL } from './session-timer.ts';

export interface OutgoingOptions {
  ports: SessionPorts;
  target: Uri;
  media: SessionMedia;
  /** Who calls, a name-addr without tag: an anonymous one hides the line's own. */
  from: string;
  /** Replaces, Referred-By, Privacy and the like. */
  fields: readonly HeaderField[];
  /** Further ones, for which the INVITE has to wait: an appearance of a shared line. Rejects with a FailureError. */
  before?(): Promise<readonly HeaderField[]>;
  /** Where a 3xx has sent the call: a Route to there; none for what goes to the line's own server. */
  routeTo(target: Uri): string[];
}

/** An INVITE that forks to more places is not followed to the rest. */
const MAX_EARLY_DIALOGS = 16;
/** Those that have answered, too; who answers beyond gets no ACK, and gives up by itself. */
const MAX_BRANCHES = 64;

/** One branch of a fork. */
interface Branch {
  dialog: Dialog;
  /** RSeq of the last reliable response that was taken (RFC 3262 §4); 0: none yet. */
  rseq: number;
  acknowledgement: Acknowledgement | null;
}

export class OutgoingSession extends InviteSession {
  readonly direction = 'outgoing';
  readonly #options: OutgoingOptions;
  readonly #redirections: Redirections;
  readonly #fromTag = newTag();
  readonly #branches = new Map<string, Branch>();
  #target: Uri;
  #waitedFor: readonly HeaderField[] = [];
  #sequence = 0;
  #interval = SESSION_INTERVAL;
  /** The Min-SE of a 422. */
  #leastInterval: number | undefined;
  #sent: Sent | null = null;
  /** The offer of this INVITE, kept for the next hop of a redirection. */
  #offer = '';
  /** The far end's SDP in force. */
  #answer = '';
  #answered = false;

  constructor(options: OutgoingOptions) {
    super({ ...options, callId: newCallId(), state: 'calling', ownsCallId: true });
    this.#options = options;
    this.#target = options.target;
    this.#redirections = new Redirections(options.target);
    this.setPeer(identityOf({ uri: options.target, displayName: '' }));
  }

  start(): void {
    this.#offer = this.media.offer();
    const { before } = this.#options;
    if (!before) {
      this.#invite(this.#target);
      return;
    }
    before().then(
      (fields) => {
        this.#waitedFor = fields;
        if (this.state !== 'ended') this.#invite(this.#target);
      },
      (error: unknown) => {
        const { cause } = failureOf(error);
        this.end({ by: 'failure', status: 480, reason: cause, failure: failureOf(error) });
      },
    );
  }

  ring(): void {}
  answer(): void {}
  reject(): void {}
  redirect(): void {}

  hangUp(): void {
    if (this.state === 'ended') return;
    if (this.state === 'confirmed') {
      this.bye();
      this.end({ by: 'local', status: 0, reason: '' });
      return;
    }
    this.end({ by: 'local', status: 487, reason: 'Request Terminated' });
  }

  override abandon(reason: string): void {
    this.#sent?.abandon();
    super.abandon(reason);
  }

  /** Of the fork that rings, before one has answered. */
  override get dialog(): Dialog | null {
    return super.dialog ?? [...this.#branches.values()].at(-1)?.dialog ?? null;
  }

  protected override get openOffer(): 'ours' | null {
    return this.#answer === '' ? 'ours' : null;
  }

  /** The dialogs of forks stay until the INVITE has its final response: what comes in them is still ours to answer. */
  protected override release(): void {
    super.release();
    if (!this.#answered) {
      // A BYE of the far end in an early dialog leaves the INVITE unanswered, perhaps for ever.
      this.#sent?.cancel();
      return;
    }
    for (const { dialog } of this.#branches.values()) this.ports.dialogs.remove(dialog, this);
  }

  /** Asked anew wherever somebody has been told something: they may have hung up. */
  get #over(): boolean {
    return this.state === 'ended';
  }

  #invite(target: Uri): void {
    const { ports, from, fields, routeTo } = this.#options;
    this.#target = target;
    this.#answered = false;
    this.#forget();
    const make = (): SipMessage => {
      this.#sequence += 1;
      return makeRequest({
        method: 'INVITE',
        uri: target,
        from: `${from};tag=${this.#fromTag}`,
        to: `<${writeUri(this.#options.target)}>`,
        callId: this.callId,
        sequence: this.#sequence,
        routes: routeTo(target),
        fields: [
          ...this.targetFields(),
          ...requestFields(this.#interval, null, this.#leastInterval),
          ...fields,
          ...this.#waitedFor,
        ],
        body: sdpBody(this.#offer),
      });
    };
    this.#sent = ports.client.send(make, {
      provisional: (response, request) => this.#progressed(response, request),
      final: (answer) => this.#final(answer),
    });
  }

  /** Null where there are too many already. */
  #branchOf(response: SipMessage, request: SipMessage): Branch | null {
    const tag = tagOf(fieldOf(response, 'to'));
    const known = this.#branches.get(tag);
    if (known) return known;
    if (this.#branches.size >= (response.status < 200 ? MAX_EARLY_DIALOGS : MAX_BRANCHES)) return null;
    const branch = { dialog: Dialog.asClient(request, response), rseq: 0, acknowledgement: null };
    this.#branches.set(tag, branch);
    this.ports.dialogs.add(branch.dialog, this);
    return branch;
  }

  /** Those of an INVITE that went elsewhere. */
  #forget(): void {
    for (const { dialog } of this.#branches.values()) this.ports.dialogs.remove(dialog, this);
    this.#branches.clear();
  }

  #progressed(response: SipMessage, request: SipMessage): void {
    const { status } = response;
    if (status === 100 || this.state === 'confirmed') return;
    const tagged = tagOf(fieldOf(response, 'to')) !== '';
    const branch = tagged ? this.#branchOf(response, request) : null;
    if (tagged && !branch) return;
    if (branch && status === 199) {
      // RFC 6228 §6: this fork is over, the others go on.
      this.#branches.delete(branch.dialog.remoteTag);
      this.ports.dialogs.remove(branch.dialog, this);
      return;
    }
    const reliable = hasOption(response, 'require', '100rel');
    if (reliable && !(branch && this.#acknowledge(branch, response, request))) return;
    if (this.state === 'ended') return;
    this.learn(response, true);
    this.early();
    if (status === 181) this.emit('redirected', this.peer.uri, status);
    this.emit('progress', status, response.reason);
    this.#earlyMedia(sdpOf(response), reliable);
  }

  /** The same SDP again is news only where it comes reliably for the first time. */
  #earlyMedia(sdp: string | null, reliable: boolean): void {
    if (this.#over || sdp === null) return;
    if (sdp !== this.#answer) {
      if (!this.media.accept(sdp)) return;
      this.#answer = sdp;
    } else if (!reliable) return;
    this.emit('earlyMedia', reliable);
  }

  /** RFC 3262 §4: PRACK for the next in order; false for a repetition, and for what comes before its time. */
  #acknowledge(branch: Branch, response: SipMessage, request: SipMessage): boolean {
    const rseq = readRSeq(fieldOf(response, 'rseq'));
    if (rseq === null || (branch.rseq > 0 && rseq !== branch.rseq + 1)) return false;
    branch.rseq = rseq;
    const rack = writeRAck({ rseq, sequence: sequenceOf(request), method: 'INVITE' });
    const { dialog } = branch;
    void this.ports.client.ask(() => dialog.request('PRACK', { fields: [field('rack', rack)] }));
    return true;
  }

  #final(answer: Answer): void {
    const { status, message, request } = answer;
    this.#answered = true;
    if (message && status < 300) this.#accepted(message, request);
    else if (this.state === 'ended') this.#forget();
    else if (message && status < 400) this.#redirected(message);
    else if (message && status === 422) this.#shorter(message, answer);
    else this.#refused(answer);
  }

  #accepted(response: SipMessage, request: SipMessage): void {
    const branch = this.#branchOf(response, request);
    if (!branch || branch.acknowledgement?.repeated()) return;
    const { dialog } = branch;
    const fault = dialog.confirm(response);
    branch.acknowledgement = new Acknowledgement(this.ports.client, dialog);
    // RFC 3261 §13.2.2.4: another branch of a fork, or the answer that crossed our CANCEL.
    const unwanted = this.state === 'ended' || this.state === 'confirmed';
    if (unwanted || fault) {
      branch.acknowledgement.send(request);
      void this.ports.client.ask(() => dialog.request('BYE'));
      this.ports.dialogs.remove(dialog, this);
      if (fault) this.end({ by: 'failure', status: 500, reason: fault });
      return;
    }
    this.attach(dialog);
    this.learn(response, true);
    const sdp = sdpOf(response);
    const usable = sdp === null ? this.#answer !== '' : sdp === this.#answer || this.media.accept(sdp);
    branch.acknowledgement.send(request);
    for (const other of this.#branches.values()) if (other !== branch) this.ports.dialogs.remove(other.dialog, this);
    if (usable) {
      this.#answer = sdp ?? this.#answer;
      this.startTimer(agreedByResponse(response));
      this.confirm();
      return;
    }
    this.bye();
    this.end({ by: 'failure', status: 488, reason: 'Not Acceptable Here' });
  }

  #redirected(message: SipMessage): void {
    const { status, reason } = message;
    const targets = redirectTargets(message);
    const target = this.#redirections.next(targets);
    if (target) {
      this.emit('redirected', writeUri(target), status);
      if (!this.#over) this.#invite(target);
      return;
    }
    const end = { by: 'failure', status, reason } as const;
    this.#forget();
    if (targets.length === 0) {
      this.end(end);
      return;
    }
    const facts = { target: writeUri(this.#options.target), limit: MAX_REDIRECTIONS };
    this.end({ ...end, failure: failure('tooManyRedirections', facts) });
  }

  /** RFC 4028 §7.3: the session may not be that short. */
  #shorter(message: SipMessage, answer: Answer): void {
    const seconds = intervalAskedFor(message);
    if (seconds === null || seconds <= this.#interval) return void this.#refused(answer);
    this.#interval = seconds;
    this.#leastInterval = seconds;
    this.#invite(this.#target);
  }

  #refused({ message, status, reason }: Answer): void {
    if (message) this.learn(message, true);
    this.#forget();
    this.end({ by: message ? 'remote' : 'failure', status, reason });
  }
}

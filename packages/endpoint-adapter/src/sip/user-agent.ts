/** sip.js's core for one line, with what it lacks: unguessable identifiers, our digest, whole server transactions. */

import type { Log } from '@thinline/shared/log/log.ts';
import {
  type Body,
  type IncomingRequestMessage,
  InviteUserAgentServer,
  LoggerFactory,
  type OutgoingRequestMessage,
  type OutgoingRequestMessageOptions,
  type OutgoingResponse,
  type ResponseOptions,
  type Transport,
  type URI,
  UserAgentCore,
} from 'sip.js/lib/core/index.js';
import type { Credentials } from './digest.ts';
import { newCallId, newTag } from './ids.ts';

/** sip.js's words, all of them for debugging: it calls much an error that is everyday. */
export function makeLoggerFactory(log: Log): LoggerFactory {
  const factory = new LoggerFactory();
  factory.builtinEnabled = false;
  factory.connector = (level, category, label, content) =>
    log.debug(() => `${category}${label ? ` ${label}` : ''} ${level}: ${String(content)}`);
  return factory;
}

const isCredential = (field: string): boolean => /^(proxy-)?authorization:/i.test(field);

/** RFC 3261 §12.1.1: a To tag that nobody can guess. */
class InviteServer extends InviteUserAgentServer {
  constructor(core: UserAgentCore, message: IncomingRequestMessage) {
    super(core, message);
    this.toTag = newTag();
  }

  get tag(): string {
    return this.toTag;
  }
}

export interface UserAgentOptions {
  aor: URI;
  /** Read for each message, as it changes with the route. */
  contact: () => URI;
  displayName: string;
  userAgent: string;
  credentials: Credentials;
  /** Whether the next hop of a request is the line's own server: nobody else gets to see credentials. */
  reachesServer: (request: OutgoingRequestMessage) => boolean;
  transport: Transport;
  log: Log;
  onInvite: (request: InviteUserAgentServer) => void;
}

export class UserAgent extends UserAgentCore {
  readonly #credentials: Credentials;
  readonly #reachesServer: (request: OutgoingRequestMessage) => boolean;
  readonly #onInvite: (request: InviteUserAgentServer) => void;

  constructor(options: UserAgentOptions) {
    const loggerFactory = makeLoggerFactory(options.log);
    super(
      {
        aor: options.aor,
        contact: {
          pubGruu: undefined,
          tempGruu: undefined,
          get uri(): URI {
            return options.contact();
          },
          toString: () => `<${options.contact()}>`,
        },
        displayName: options.displayName,
        loggerFactory,
        hackViaTcp: false,
        routeSet: [],
        sipjsId: '',
        supportedOptionTags: [],
        supportedOptionTagsResponse: [],
        userAgentHeaderFieldValue: options.userAgent,
        viaForceRport: true,
        // The transaction layer writes the Via that is sent.
        viaHost: 'line.invalid',
        authenticationFactory: () => options.credentials.authentication(loggerFactory, options.reachesServer),
        transportAccessor: () => options.transport,
      },
      {
        // RFC 6665 §4.1.3: it matches no subscription of ours.
        onNotify: (request) => request.reject({ statusCode: 481 }),
      },
    );
    this.#credentials = options.credentials;
    this.#reachesServer = options.reachesServer;
    this.#onInvite = options.onInvite;
  }

  override makeOutgoingRequestMessage(
    method: string,
    requestURI: URI,
    fromURI: URI,
    toURI: URI,
    options: OutgoingRequestMessageOptions,
    extraHeaders?: string[],
    body?: Body,
  ): OutgoingRequestMessage {
    const own = {
      ...options,
      fromTag: options.fromTag || newTag(),
      callId: options.callId || newCallId(),
      // It would claim GRUU for a REGISTER.
      optionTags: method === 'REGISTER' ? ['path'] : [],
    };
    const make = (fields?: string[]): OutgoingRequestMessage =>
      super.makeOutgoingRequestMessage(method, requestURI, fromURI, toURI, own, fields, body);
    const message = make(extraHeaders);
    if (!this.#reachesServer(message)) return make(extraHeaders?.filter((field) => !isCredential(field)));
    // RFC 3261 §22.1: an ACK carries its INVITE's credentials, and a CANCEL can't be challenged.
    if (method === 'ACK' || method === 'CANCEL') return message;
    const signed = { to: toURI.toString(), method, uri: message.ruri.toRaw(), body: body?.content ?? '' };
    for (const [name, value] of this.#credentials.preemptive(signed)) message.setHeader(name, value);
    return message;
  }

  override receiveIncomingRequestFromTransport(message: IncomingRequestMessage): void {
    if (message.method === 'INVITE' && !message.toTag) this.#receiveInvite(message);
    else super.receiveIncomingRequestFromTransport(message);
  }

  override replyStateless(message: IncomingRequestMessage, options: ResponseOptions): OutgoingResponse {
    // RFC 3261 §9.2: the response to a CANCEL has the To tag of its INVITE's responses.
    const invite = message.method === 'CANCEL' ? this.userAgentServers.get(message.viaBranch) : undefined;
    const toTag = invite instanceof InviteServer ? invite.tag : newTag();
    return super.replyStateless(message, { toTag, ...options });
  }

  /** RFC 3261 §8.2 for an INVITE outside a dialog. */
  #receiveInvite(message: IncomingRequestMessage): void {
    if (!message.parseHeader('contact'))
      return void this.replyStateless(message, { statusCode: 400, reasonPhrase: 'Missing Contact' });
    // RFC 3261 §8.2.2.2: the same INVITE by another path.
    const merged = [...this.userAgentServers.values()].some(
      ({ message: other }) =>
        other.callId === message.callId && other.fromTag === message.fromTag && other.cseq === message.cseq,
    );
    if (merged) return void this.replyStateless(message, { statusCode: 482 });
    this.#onInvite(new InviteServer(this, message));
  }
}

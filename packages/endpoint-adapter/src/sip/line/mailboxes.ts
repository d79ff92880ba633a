/** Messages waiting (RFC 3842): in the mailbox that the configuration names, and in those that the server tells of by itself. */
import type { Mailbox, MailboxConfiguration } from '@thinline/shared/contract/types.ts';
import { readHostPort, type Target } from '../address.ts';
import type { Routing } from '../dialog/routing.ts';
import { Credentials } from '../digest.ts';
import {
  type Mailbox as MailboxSummary,
  type MessageCounts,
  type MessageSummary,
  messageSummary,
} from '../events/message-summary.ts';
import { fieldOf, tagOf } from '../message/message.ts';
import { escapeUser, makeUri, type Uri, writeUri } from '../message/uri.ts';
import { Subscription } from '../subscription/subscription.ts';
import type { ServerRequest } from '../transaction/server-request.ts';
import type { Feature, FeaturePorts } from './feature.ts';
import { isAsSecret } from './server-pool.ts';

/** Further ones are not shown. */
const MAX_MAILBOXES = 32;

const none: MessageCounts = { new: 0, old: 0, urgentNew: 0, urgentOld: 0 };

/** Spoken messages; where a mailbox has none of those, all that it has. */
function countsOf({ messages }: MailboxSummary): MessageCounts {
  const voice = messages.get('voice');
  if (voice) return voice;
  return [...messages.values()].reduce(
    (sum, it) => ({
      new: sum.new + it.new,
      old: sum.old + it.old,
      urgentNew: sum.urgentNew + it.urgentNew,
      urgentOld: sum.urgentOld + it.urgentOld,
    }),
    none,
  );
}

/** Where a mailbox is; home: the line's own address. */
export function mailboxUri({ user, server, transport }: MailboxConfiguration, home: Uri): Uri {
  const place = server === '' ? null : readHostPort(server);
  const parameters = transport === '' || !place ? home.parameters : new Map([['transport', transport]]);
  const { host, port } = place ?? home;
  return makeUri({ scheme: home.scheme, user: escapeUser(user), host, port, parameters });
}

/** Straight to the mailbox's server, unless requests go to a proxy first. */
function routesOf({ server }: MailboxConfiguration, outboundProxy: string, target: Uri): string[] {
  if (server === '' || outboundProxy !== '') return [];
  const parameters = new Map([...target.parameters, ['lr', '']]);
  return [`<${writeUri({ ...target, user: '', parameters })}>`];
}

/** The mailbox's own password goes to the addresses that its server's name stands for, and nowhere else. */
export function mailboxRouting(routing: Routing): Routing {
  let known: readonly Target[] = [];
  return {
    targets: (request) => {
      const learn = (found: readonly Target[]): readonly Target[] => {
        if (tagOf(fieldOf(request, 'to')) === '') known = found;
        return found;
      };
      const found = routing.targets(request);
      return found instanceof Promise ? found.then(learn) : learn(found);
    },
    trusts: ({ address, port, transport }) =>
      known.some((it) => it.address === address && it.port === port && isAsSecret(transport, it.transport)),
    failed: (target, forMs) => routing.failed(target, forMs),
    isBad: (target) => routing.isBad(target),
    worked: (target) => routing.worked(target),
    sentBy: (flow) => routing.sentBy(flow),
  };
}

export class Mailboxes implements Feature {
  readonly #ports: FeaturePorts;
  readonly #subscription: Subscription<MessageSummary> | null;
  /** Where the NOTIFY names no account. */
  readonly #account: string;
  readonly #all = new Map<string, Mailbox>();

  constructor(ports: FeaturePorts) {
    this.#ports = ports;
    const { configuration, aor } = ports;
    const { mailbox } = configuration;
    const target = mailbox && mailboxUri(mailbox, aor);
    this.#account = writeUri(target ?? aor);
    this.#subscription =
      mailbox && target
        ? new Subscription({
            ports: mailbox.password === '' ? ports : { ...ports, client: this.#ownClient(mailbox) },
            package: messageSummary,
            target,
            routes: routesOf(mailbox, configuration.outboundProxy, target),
            expires: mailbox.timeoutS,
            told: (summary) => this.#told(summary, this.#account),
          })
        : null;
  }

  get all(): Mailbox[] {
    return [...this.#all.values()];
  }

  start(): void {
    this.#subscription?.start();
  }

  again(): void {
    this.#subscription?.again();
  }

  async leave(): Promise<void> {
    await this.#subscription?.leave();
  }

  stop(): void {
    this.#subscription?.stop();
  }

  /** A NOTIFY that nobody has subscribed to: servers that know their phones send it so. */
  unsolicited(request: ServerRequest): void {
    const { message, flow } = request;
    if (!this.#ports.isServer(flow)) return void request.respond(403);
    request.respond(200);
    const summary = messageSummary.read(fieldOf(message, 'content-type'), message.body, message);
    if (summary) this.#told(summary, writeUri(this.#ports.aor));
  }

  #ownClient(mailbox: MailboxConfiguration): FeaturePorts['client'] {
    return this.#ports.clientWith(mailboxRouting(this.#ports.routing), new Credentials(mailbox.user, mailbox.password));
  }

  #told({ mailboxes }: MessageSummary, otherwise: string): void {
    for (const summary of mailboxes) {
      const account = summary.account || otherwise;
      if (!this.#all.has(account) && this.#all.size >= MAX_MAILBOXES) continue;
      const counts = countsOf(summary);
      this.#all.set(account, {
        account,
        waiting: summary.waiting,
        newMessages: counts.new,
        oldMessages: counts.old,
        newUrgent: counts.urgentNew,
        oldUrgent: counts.urgentOld,
      });
    }
    if (mailboxes.length > 0) this.#ports.changed();
  }
}

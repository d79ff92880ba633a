/** A server of event packages over a network in memory: answers SUBSCRIBEs and sends NOTIFYs as a test tells it. */
import type { LineConfiguration } from '@thinline/shared/contract/types.ts';
import { silent } from '@thinline/shared/log/log.ts';
import { Client } from '../dialog/client.ts';
import { Dialogs } from '../dialog/dialogs.ts';
import type { Routing } from '../dialog/routing.ts';
import type { FeaturePorts } from '../line/feature.ts';
import { fieldOf, type HeaderField, type SipMessage, tagOf } from '../message/message.ts';
import { field } from '../message/response.ts';
import { makeUri } from '../message/uri.ts';
import type { SubscriptionPorts } from '../subscription/subscription.ts';
import { type Arrived, arrived } from './arrived.ts';
import { makeLine } from './make-line.ts';
import { clientOver, openWire, placeAt, type Wire } from './wire.ts';

export interface Notification {
  /** Another From tag than the 200's. */
  tag?: string;
  state?: string;
  event?: string;
  type?: string;
  body?: string;
  fields?: HeaderField[];
}

export interface EventServer extends Wire {
  readonly ports: SubscriptionPorts;
  readonly dialogs: Dialogs;
  /** The latest SUBSCRIBE for that event; of all of them without one. Throws where there is none. */
  subscribe(event?: string): SipMessage;
  /** SUBSCRIBEs for that event, of each the first sight. */
  subscribes(event?: string): SipMessage[];
  grant(subscribe: SipMessage, expires?: number): void;
  /** In the dialog of that SUBSCRIBE. */
  notify(subscribe: SipMessage, what?: Notification): Arrived;
  /** The dialog's first request, 200 and NOTIFY. */
  establish(event: string, what?: Notification): SipMessage;
}

export const aor = makeUri({ user: 'alice', host: 'example.org' });
const serverTag = 'server';
const contact = field('contact', '<sip:alice@192.0.2.1;transport=udp>');

export function openEventServer(): EventServer {
  const wire = openWire();
  const dialogs = new Dialogs();
  let sequence = 0;
  const subscribes = (event?: string): SipMessage[] => {
    const seen = new Set<string>();
    return wire.requests('SUBSCRIBE').filter((it) => {
      const via = fieldOf(it, 'via');
      const fresh = !seen.has(via) && (event === undefined || fieldOf(it, 'event') === event);
      seen.add(via);
      return fresh;
    });
  };
  const server: EventServer = {
    ...wire,
    dialogs,
    ports: {
      client: clientOver(wire),
      dialogs,
      from: '<sip:alice@example.org>',
      contact: () => '<sip:alice@192.0.2.9:5060>',
      random: () => 0.5,
      log: silent,
    },
    subscribes,
    subscribe: (event) => {
      const found = subscribes(event).at(-1);
      if (!found) throw new Error(`no SUBSCRIBE for ${event ?? 'anything'}`);
      return found;
    },
    grant: (subscribe, expires = 3_600) =>
      wire.answer(subscribe, 200, { tag: serverTag, fields: [contact, field('expires', String(expires))] }),
    notify: (subscribe, what = {}) => {
      sequence += 1;
      const to = fieldOf(subscribe, 'to');
      const said = tagOf(to) === '' ? `${to};tag=${what.tag ?? serverTag}` : to;
      const it = arrived({
        method: 'NOTIFY',
        uri: 'sip:alice@192.0.2.9:5060',
        status: 0,
        reason: '',
        fields: [
          field('via', `SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK${sequence}`),
          field('from', said),
          field('to', fieldOf(subscribe, 'from')),
          field('call-id', fieldOf(subscribe, 'call-id')),
          field('cseq', `${sequence} NOTIFY`),
          contact,
          field('event', what.event ?? fieldOf(subscribe, 'event')),
          field('subscription-state', what.state ?? 'active'),
          ...(what.type ? [field('content-type', what.type)] : []),
          ...(what.fields ?? []),
        ],
        body: what.body ?? '',
      });
      dialogs.receive(it.request);
      return it;
    },
    establish: (event, what) => {
      const subscribe = server.subscribe(event);
      server.grant(subscribe);
      server.notify(subscribe, what);
      return subscribe;
    },
  };
  return server;
}

export interface FeatureBench {
  ports: FeaturePorts;
  /** How often the line's snapshot has changed. */
  changes(): number;
  /** How often the registration was said to be lost. */
  losses(): number;
}

/** What a line's features have of their line, at that server. */
export function featureBench(server: EventServer, more: Partial<LineConfiguration> = {}): FeatureBench {
  let changes = 0;
  let losses = 0;
  const routing: Routing = {
    targets: () => [placeAt('192.0.2.1')],
    trusts: ({ address }) => address === '192.0.2.1',
    failed: () => {},
    isBad: () => false,
    worked: () => {},
    sentBy: () => '192.0.2.9:5060',
  };
  const { layer } = server;
  const ports: FeaturePorts = {
    ...server.ports,
    configuration: makeLine({ user: 'alice', server: 'example.org', ...more }),
    aor,
    routing,
    clientWith: (its, credentials) =>
      new Client({ layer, routing: its, credentials, userAgent: 'Thinline/test', patience: 4_000, log: silent }),
    contactUri: () => makeUri({ user: 'alice', host: '192.0.2.9', port: 5060 }),
    isServer: ({ remote }) => remote.address === '192.0.2.1',
    registrationLost: () => {
      losses += 1;
    },
    changed: () => {
      changes += 1;
    },
  };
  return { ports, changes: () => changes, losses: () => losses };
}

/** Both ends of the contract for tests: the replica, the real service, and a wire between them that can be cut and led elsewhere. */
import { type Duplex, duplexPair } from 'node:stream';
import type { ChannelProvider } from '@thinline/app-layer/channel/provider.ts';
import { EndpointLink, type LinkOptions } from '@thinline/app-layer/endpoint/link.ts';
import { FakeEndpoint } from '@thinline/endpoint-adapter/channel/fakes.ts';
import { EndpointService } from '@thinline/endpoint-adapter/channel/service.ts';
import { type EndpointHandlers, type LinkServer, serve } from '@thinline/shared/contract/server.ts';
import type { AgentSession, Command, Configuration, EndpointIdentity } from '@thinline/shared/contract/types.ts';
import { silent } from '@thinline/shared/log/log.ts';

export const ada: AgentSession = { id: 'ada1', user: 'ada', host: 'desk1' };
export const adaElsewhere: AgentSession = { id: 'ada2', user: 'ada', host: 'desk2' };
export const bob: AgentSession = { id: 'bob1', user: 'bob', host: 'desk3' };

export const configuration: Configuration = {
  revision: 'r1',
  lines: [],
  sipPorts: { min: 5060, max: 5066 },
  rtpPorts: { min: 9000, max: 9999 },
  sip: null,
  calls: null,
  media: null,
  devices: null,
  alerting: null,
  log: null,
  quality: null,
};

const steps: (() => void)[] = [];
export const atEnd = (step: () => void): void => void steps.push(step);
/** After each test, the last thing first. */
export function cleanUp(): void {
  for (const step of steps.splice(0).reverse()) step();
}

/** The way to an endpoint: can be broken, shut, and led elsewhere. */
export class Wire implements ChannelProvider {
  readonly name = 'wire';
  readonly placement = 'a test';
  mostWaitMs = 4000;
  server: LinkServer;
  isOpen = true;
  opened = 0;
  refused = 0;
  #ends: Duplex[] = [];

  constructor(server: LinkServer) {
    this.server = server;
  }

  async open(): Promise<Duplex> {
    if (!this.isOpen) {
      this.refused += 1;
      throw new Error('the wire is cut');
    }
    this.opened += 1;
    const [near, far] = duplexPair();
    this.#ends = [near, far];
    this.server.accept(far);
    return near;
  }

  break(): void {
    for (const end of this.#ends) end.destroy();
  }

  /** Breaks, and leads to another endpoint from now on. */
  leadTo(server: LinkServer): void {
    this.server = server;
    this.break();
  }

  /** The far end vanishes without a word. */
  goSilent(): void {
    const [near, far] = this.#ends;
    near?.unpipe();
    far?.unpipe().removeAllListeners('data').pause();
  }
}

/** An endpoint that does what the test says, and the real service on it. said: of its identity. */
export function adapter(
  epoch = 'epoch',
  change: (handlers: EndpointHandlers) => EndpointHandlers = (it) => it,
  said: Partial<EndpointIdentity> = {},
) {
  const endpoint = new FakeEndpoint(epoch, said);
  const service = new EndpointService(endpoint, silent);
  service.start();
  const server = serve(change(service.handlers));
  atEnd(() => server.close());
  return { endpoint, server };
}

/** An endpoint at a desk of its own. */
export const adapterAt = (desk: string, said: Partial<EndpointIdentity> = {}) =>
  adapter(`epoch of ${desk}`, (it) => it, { endpointId: desk, host: desk, ...said });

/** Settles when the endpoint is given such a command. */
export function told(endpoint: FakeEndpoint, body: Command['body']): Promise<Command> {
  const { promise, resolve } = Promise.withResolvers<Command>();
  const execute = endpoint.execute.bind(endpoint);
  endpoint.execute = (command) => {
    if (command.body === body) resolve(command);
    return execute(command);
  };
  return promise;
}

/** The replica of ada, unless the options say more. */
export function linkTo(provider: ChannelProvider, options: Partial<LinkOptions> = {}) {
  const link = new EndpointLink({ provider, session: ada, configuration: null, log: silent, ...options });
  atEnd(() => link.stop());
  link.start();
  return link;
}

/** Settles once it holds, asked at every change of the link. */
export function when(link: EndpointLink, holds: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (!holds()) return;
      link.off('changed', look).off('status', look);
      resolve();
    };
    link.on('changed', look).on('status', look);
    look();
  });
}

export const isIn = (link: EndpointLink, state: string) => when(link, () => link.state().link.state === state);
export const callsOf = (link: EndpointLink) => link.state().phone?.calls.map((call) => `${call.id} ${call.state}`);
export const seen = (link: EndpointLink, sequence: number) => when(link, () => link.state().sequence === sequence);

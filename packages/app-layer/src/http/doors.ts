/**
 * The local HTTP servers: the panel and the connector for agent desktops on loopback, the panel's API alone on the control
 * path. Where panel and connector have the same address and port, both are behind one listener.
 */
import { EventEmitter } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { userInfo } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Failure } from '@thinline/shared/contract/types.ts';
import { FailureError, type FailureName, failureOf, sentence } from '@thinline/shared/failures.ts';
import type { Log } from '@thinline/shared/log/log.ts';
import { makeToken } from '@thinline/shared/loopback-guard.ts';
import { listenOwn } from '@thinline/shared/own-socket.ts';
import type { FastifyInstance } from 'fastify';
import { openCertificate } from '../certificate/connector-certificate.ts';
import { blankDesk, type DeskSource } from '../desk.ts';
import type { Replica } from '../endpoint/replica.ts';
import { panelAddressRoutes } from '../open/panel-address-routes.ts';
import { PanelTickets } from '../open/panel-tickets.ts';
import type { ToDialDesk } from '../open/to-dial.ts';
import { makeApplication } from '../panel/application.ts';
import { type EventFeed, makeEventFeed } from '../panel/event-feed.ts';
import { isPageFile, pageRoutes } from '../panel/page-routes.ts';
import type { SignInDesk } from '../panel/sign-in-routes.ts';
import { addressesFor } from './address.ts';
import { Connections } from './connections.ts';
import {
  type ConnectorApplication,
  type ConnectorDoor,
  makeConnectorApplication,
  type PanelUrl,
} from './connector-door.ts';
import { type DoorLimits, usualLimits } from './limits.ts';
import { type Handler, makeListener } from './listener.ts';
import { mistrustTeller } from './mistrust.ts';
import { guardPanel, hasEntered, type PanelDoor } from './panel-door.ts';
import { TcpDoor } from './tcp-door.ts';

export interface PanelOptions {
  replica: Replica;
  /** An address of loopback, or localhost; absent: where the connector is, else 127.0.0.1. */
  host?: string;
  /** 0: any free one. */
  port: number;
  /** A unix socket in a folder of its own (made when missing), or a named pipe. */
  controlPath: string;
  /** Where the built pages are; by default ui/dist. */
  pages?: string;
  /** Where the agent says who they are, and what the panel is to show beside the phone. */
  desk?: SignInDesk;
  /** What lets in; absent: a new one, for this start alone. */
  token?: string;
  /** Numbers of links. */
  toDial?: ToDialDesk;
  /** More of the panel's API, on the control path too. */
  routes?: (app: FastifyInstance) => void;
}

export interface DoorsOptions {
  panel: PanelOptions;
  /** null: there is no connector. */
  connector: ConnectorDoor | null;
  log: Log;
  limits?: Partial<DoorLimits>;
}

export interface Doors {
  /** Opens the panel, once or often; contains the token. */
  panelUrl: string;
  /** For the desktop's `sipendpoint.uri`, but for the secret; null: there is no connector. */
  connectorUrl: string | null;
  /** Why there is none, although there should be. */
  connectorFailure: Failure | null;
  close(): Promise<void>;
}

const builtPages = fileURLToPath(new URL('../../ui/dist', import.meta.url));

/** A desktop that is open asks within seconds. */
const quietMs = 5 * 60_000;

/**
 * Serves until closed.
 * @throws FailureError panelPortInUse, connectorAddress, socketTaken, folderOpen, usage (a host that is not loopback)
 */
export async function openDoors(options: DoorsOptions): Promise<Doors> {
  const closing: Closing = [];
  const close = async () => {
    for (const end of closing.splice(0)) await end();
  };
  try {
    return { ...(await open(options, closing)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

const emptyDesk = (): DeskSource => Object.assign(new EventEmitter<{ changed: [] }>(), { desk: () => blankDesk() });

/** What has to be ended: first what has something to say at its end. */
type Closing = (() => unknown)[];

/** What the doors of one phone share. */
type House = { limits: DoorLimits; connections: Connections };

async function open(options: DoorsOptions, closing: Closing): Promise<Omit<Doors, 'close'>> {
  const { panel, connector, log } = options;
  const limits = { ...usualLimits, ...options.limits };
  const feed = makeEventFeed(panel.replica, panel.desk ?? emptyDesk());
  closing.push(() => feed.close());
  const house: House = { limits, connections: new Connections(limits) };
  const { panelAddresses, connectorAddresses } = addressesOf(panel, connector);
  const token = panel.token ?? makeToken();
  const panelUrl: PanelUrl = (host) => {
    const isNamed = host !== undefined && desktops?.door === door;
    return `${isNamed ? `${door.place().scheme}://${host}` : door.url()}/?token=${token}`;
  };

  let connectorFailure: Failure | null = null;
  const orWithout = async <T>(work: Promise<T>): Promise<T | null> => {
    try {
      return await work;
    } catch (error) {
      connectorFailure = failureOf(error);
      log.error(`there is no connector for agent desktops: ${sentence(connectorFailure)}`);
      return null;
    }
  };

  const connectorParts = { ...house, addresses: connectorAddresses, panelUrl, log: log.child('connector'), closing };
  let desktops = connector && (await orWithout(makeDesktops(connector, connectorParts)));
  const shares =
    desktops?.port === panel.port && panelAddresses.every((address) => connectorAddresses.includes(address));
  const door = desktops && shares ? desktops.door : new TcpDoor({ ...house, addresses: panelAddresses, tls: null });
  const agents = await makeAgents({ ...options, token, feed, door, connections: house.connections, closing });

  closing.push(() => door.close());
  const handler = desktops && shares ? bothBehind(agents, desktops.application) : agents.handler;
  // TCP first: of two that start at once only one gets the port, and so only one claims the control path.
  await listenAt(door, panel.port, handler, 'panelPortInUse');
  if (desktops && !shares) {
    const { door: own, port, application } = desktops;
    closing.push(() => own.close());
    const opened = listenAt(own, port, application.handle, 'connectorPortInUse').then(() => own);
    if (!(await orWithout(opened))) desktops = null;
  }
  await listenOwn(panel.controlPath, () => agents.listenForControl(panel.controlPath, limits));

  const address = `${door.url()}/`;
  log.info(`serves the panel at ${address} and control at ${panel.controlPath}`);
  if (desktops) {
    log.info(`serves agent desktops at ${desktops.door.url()}`);
    closing.push(sayIfQuiet(desktops, log));
  }
  return {
    panelUrl: panelUrl(undefined),
    connectorUrl: desktops?.door.url() ?? null,
    connectorFailure,
  };
}

function addressesOf(panel: PanelOptions, connector: ConnectorDoor | null) {
  const user = userInfo().username;
  const connectorAddresses = connector ? addressesFor(connector.settings.address, user) : [];
  const usual = connectorAddresses.length > 0 ? connectorAddresses : ['127.0.0.1'];
  const panelAddresses = panel.host === undefined ? usual : addressesFor(panel.host, user);
  if (panelAddresses.length === 0) {
    throw new FailureError('usage', { detail: `The panel is served on this machine only, not at ${panel.host}.` });
  }
  return { panelAddresses, connectorAddresses };
}

type ConnectorParts = House & { addresses: readonly string[]; panelUrl: PanelUrl; log: Log; closing: Closing };

interface Desktops {
  door: TcpDoor;
  application: ConnectorApplication;
  port: number;
}

/** The connector before it listens. Rejects with FailureError. */
async function makeDesktops(
  connector: ConnectorDoor,
  { addresses, closing, ...parts }: ConnectorParts,
): Promise<Desktops> {
  const { log, limits, connections } = parts;
  const { settings } = connector;
  if (addresses.length === 0 || settings.port === null) {
    throw new FailureError('connectorAddress', { address: settings.address, detail: 'It is none of this machine' });
  }
  const certificate = settings.protocol === 'https' ? await openCertificate({ settings, addresses, log }) : null;
  const door = new TcpDoor({
    limits,
    connections,
    addresses,
    tls: certificate?.context() ?? null,
    onTlsFault: mistrustTeller(log),
  });
  if (certificate) closing.push(certificate.watch((context) => door.renew(context)));
  const application = makeConnectorApplication({ ...connector, ...parts, place: () => door.place() });
  closing.push(() => application.app.close());
  await application.app.ready();
  return { door, application, port: settings.port };
}

interface Agents {
  handler: Handler;
  /** Whether a request is the panel's, where it shares its port. */
  owns(request: IncomingMessage): boolean;
  listenForControl(path: string, limits: DoorLimits): Promise<void>;
}

/** The panel before it listens. */
async function makeAgents({
  panel: { replica, desk, toDial, routes, pages = builtPages },
  connector,
  log,
  token,
  feed,
  door,
  connections,
  closing,
}: DoorsOptions & {
  token: string;
  feed: EventFeed;
  door: TcpDoor;
  connections: Connections;
  closing: Closing;
}): Promise<Agents> {
  const api = { replica, feed, desk, toDial, routes, log: log.child('panel') };
  const origins = connector?.settings.origins ?? [];
  const tickets = new PanelTickets();
  const entrance: PanelDoor = { token, tickets, place: () => door.place(), origins, connections };
  const page = makeApplication(api, (app) => guardPanel(app, entrance));
  pageRoutes(page, pages);
  const control = makeApplication(api);
  panelAddressRoutes(control, () => `${door.url()}/?token=${tickets.make()}`);
  closing.push(() => Promise.all([page.close(), control.close()]));
  await Promise.all([page.ready(), control.ready()]);
  return {
    handler: (request, response) => page.routing(request, response),
    owns({ url = '/', headers: { cookie } }) {
      const [path = '', query = ''] = url.split('?', 2);
      if (path === '/') return /(?:^|&)token=/.test(query) || hasEntered(cookie, entrance);
      return path === '/api' || path.startsWith('/api/') || isPageFile(pages, path);
    },
    async listenForControl(path, limits) {
      const listener = makeListener({
        handler: (request, response) => control.routing(request, response),
        tls: null,
        limits,
      });
      closing.push(() => listener.close());
      await listener.listen({ path });
    },
  };
}

const bothBehind =
  (agents: Agents, desktops: ConnectorApplication): Handler =>
  (request, response) =>
    agents.owns(request) ? agents.handler(request, response) : desktops.handle(request, response);

async function listenAt(door: TcpDoor, port: number, handler: Handler, inUse: FailureName): Promise<void> {
  try {
    await door.open(port, handler);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    const address = door.at(port);
    if (code === 'EADDRINUSE') throw new FailureError(inUse, { address });
    if (code === 'EADDRNOTAVAIL' || code === 'EACCES')
      throw new FailureError('connectorAddress', { address, detail: String(error) });
    throw error;
  }
}

/** The browser's refusal leaves no other trace here. Answers what ends the wait. */
function sayIfQuiet({ application, door }: Desktops, log: Log): () => void {
  const timer = setTimeout(() => {
    if (application.visits.hasPage) return;
    log.info(
      `no page of an agent desktop has asked anything yet; if one is open, ${door.url()}/self-test tells what may be in its way`,
    );
  }, quietMs);
  timer.unref();
  return () => clearTimeout(timer);
}

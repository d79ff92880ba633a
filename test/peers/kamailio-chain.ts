/** Proxies in a row between phones and their registrar, and which way a request went through them. */
import type { Kamailio } from './kamailio.ts';
import type { SeenRequest } from './kamailio-process.ts';
import { type PlainProxy, startProxy } from './kamailio-proxy.ts';
import type { NextServer } from './kamailio-proxy-config.ts';

export interface RequestRoute {
  from: 'phone' | 'server';
  /** Over which transport each server got it, in the order in which it passed them. */
  over: string[];
  /** Bytes, as the first of them got it. */
  size: number;
}

export interface ProxyChain {
  /** The one next to the phones first. */
  readonly proxies: readonly PlainProxy[];
  /** host:port, for phones. */
  readonly edge: string;
  /** Of the first such request, once every server has seen it. "re-INVITE" is an INVITE inside the dialog. */
  route(method: string, callId: string): Promise<RequestRoute>;
  stop(): Promise<void>;
}

/** transports: over which each proxy sends on towards the registrar, the one next to the phones first. */
export async function startChain(
  registrar: Kamailio,
  transports: readonly NextServer['transport'][],
): Promise<ProxyChain> {
  const proxies: PlainProxy[] = [];
  let { host, udpPort: port } = registrar;
  for (const transport of transports.toReversed()) {
    const proxy = await startProxy({ next: { host, port, transport } });
    proxies.unshift(proxy);
    ({ host, port } = proxy);
  }
  return {
    proxies,
    edge: `${host}:${port}`,
    route: (method, callId) => routeOf(proxies, registrar, method, callId),
    stop: async () => void (await Promise.all(proxies.map((it) => it.stop()))),
  };
}

async function routeOf(
  proxies: readonly PlainProxy[],
  registrar: Kamailio,
  method: string,
  callId: string,
): Promise<RequestRoute> {
  const isIt = (it: SeenRequest): boolean =>
    it.callId === callId && (method === 're-INVITE' ? 'INVITE' : method) === it.method;
  const holds = (it: SeenRequest): boolean =>
    isIt(it) && (it.method !== 'INVITE' || (it.toTag !== '') === (method === 're-INVITE'));
  const what = `${method} of call ${callId}`;
  const atRegistrar = await registrar.waitForRequest(what, holds);
  const atProxies = await Promise.all(proxies.map((it) => it.waitForRequest(what, holds)));

  const cameTo = (port: 'port' | 'innerPort'): boolean =>
    proxies.every((proxy, n) => atProxies[n]?.at === `${proxy.host}:${proxy[port]}`);
  const passed = (from: RequestRoute['from'], seen: readonly SeenRequest[]): RequestRoute => ({
    from,
    over: seen.map((it) => it.transport),
    size: seen[0]?.size ?? 0,
  });
  if (cameTo('port')) return passed('phone', [...atProxies, atRegistrar]);
  if (cameTo('innerPort')) return passed('server', [atRegistrar, ...atProxies.toReversed()]);
  throw new Error(`${what} came to some proxies from the phone, to others from a server: ${JSON.stringify(atProxies)}`);
}

/** A plain proxy of our own, a Kamailio between phones and their registrar. */
import type { TlsListener } from './kamailio-core.ts';
import { type KamailioProcess, runKamailio } from './kamailio-process.ts';
import { type NextServer, proxyConfig } from './kamailio-proxy-config.ts';
import { freePort } from './ports.ts';

export interface ProxyOptions {
  next: NextServer;
  /** 127.0.0.1 when not said. */
  host?: string;
  /** Where phones find it, over UDP and TCP; a free one when not said. */
  port?: number;
  /** TLS for phones too; at a free port when not said. */
  tls?: Omit<TlsListener, 'port'> & { port?: number };
  /** Of its Record-Route, instead of addresses; such a proxy has one port for phones and servers. */
  name?: string;
}

export interface PlainProxy extends KamailioProcess {
  readonly host: string;
  /** For phones. */
  readonly port: number;
  /** For phones; 0: none. */
  readonly tlsPort: number;
  /** For the servers behind it. */
  readonly innerPort: number;
}

export async function startProxy({ next, name, host = '127.0.0.1', ...options }: ProxyOptions): Promise<PlainProxy> {
  const port = options.port ?? (await freePort(host));
  const innerPort = name === undefined ? await freePort(host) : port;
  const tls = options.tls && { ...options.tls, port: options.tls.port ?? (await freePort(host)) };
  const config = proxyConfig({
    outer: { host, port, ...(tls ? { tls } : {}) },
    inner: { host, port: innerPort },
    next,
    ...(name === undefined ? {} : { name }),
  });
  const process = await runKamailio(config, { host, port });
  return {
    host,
    port,
    tlsPort: tls?.port ?? 0,
    innerPort,
    get log() {
      return process.log;
    },
    get requests() {
      return process.requests;
    },
    rpc: process.rpc,
    waitForLog: process.waitForLog,
    waitForRequest: process.waitForRequest,
    kill: process.kill,
    stop: process.stop,
  };
}

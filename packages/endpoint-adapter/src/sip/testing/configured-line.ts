/** A stack and a line as a Softphone.config makes them, on loopback, for tests of what options change on the wire. */
import { configured, type Settings } from '@thinline/shared/config/testing/configured.ts';
import { silent } from '@thinline/shared/log/log.ts';
import type { Line } from '../line.ts';
import { fieldOf, type SipMessage } from '../message/message.ts';
import { openSipStack, type SipStack } from '../stack.ts';
import { openTestRegistrar, type TestRegistrar, type TestRegistrarOptions } from './test-registrar.ts';

export interface ConfiguredLine {
  stack: SipStack;
  line: Line;
}

/** What is to be closed after the test, the newest first. */
const open: Array<() => Promise<void>> = [];

export async function closeAll(): Promise<void> {
  for (const close of open.splice(0).reverse()) await close();
}

export async function openServer(options: Partial<TestRegistrarOptions> = {}): Promise<TestRegistrar> {
  const server = await openTestRegistrar({ algorithm: 'MD5', password: 'secret', ...options });
  open.push(() => server.close());
  return server;
}

export const placeOf = ({ port }: { port: number }): string => `127.0.0.1:${port}`;

/** Any port is taken unless the settings say which. addresses: to listen on; null: what the settings say. The line is started. */
export async function openConfiguredLine(
  settings: Settings,
  addresses: readonly string[] | null = ['127.0.0.1'],
): Promise<ConfiguredLine> {
  const { sip, sipPorts, lines } = configured({ 'proxies.proxyN.password': 'secret', ...settings });
  const said = 'policy.endpoint.sip_port_min' in settings;
  const stack = await openSipStack({
    ports: (said ? sipPorts : null) ?? { min: 0, max: 0 },
    ...(sip ? { settings: sip } : {}),
    ...(addresses ? { addresses } : {}),
    userAgent: 'Thinline/test',
    log: silent,
  });
  open.push(() => stack.close());
  const [configuration] = lines;
  if (!configuration) throw new Error('there is no line');
  const line = stack.addLine(configuration);
  await line.start();
  return { stack, line };
}

/** Settles when the line has one of those states. */
export function becomes(line: Line, ...states: string[]): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (!states.includes(line.snapshot.state)) return;
      line.off('changed', look);
      resolve();
    };
    line.on('changed', look);
    look();
  });
}

/** The first request of that method that fits, once it has come. */
export async function request(
  { requests }: TestRegistrar,
  method: string,
  fits: (message: SipMessage) => boolean = () => true,
): Promise<SipMessage> {
  for (;;) {
    const found = requests.find((it) => it.method === method && fits(it));
    if (found) return found;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

export const isFor = (event: string) => (message: SipMessage) => fieldOf(message, 'event').startsWith(event);

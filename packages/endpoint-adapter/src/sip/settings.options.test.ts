/** What each option of SIP as a whole changes, from the file to sockets and to what a server sees. */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { configured } from '@thinline/shared/config/testing/configured.ts';
import { silent } from '@thinline/shared/log/log.ts';
import { afterEach, expect, it, vi } from 'vitest';
import type { Dns } from './locate/dns.ts';
import { bindAddresses } from './locate/own-address.ts';
import { fieldOf, type SipMessage } from './message/message.ts';
import { usualSettings } from './settings.ts';
import { becomes, closeAll, openConfiguredLine, openServer, placeOf, request } from './testing/configured-line.ts';
import { fakeMedia } from './testing/fake-media.ts';
import { openPeer } from './testing/scripted-peer.ts';

/** Of an adapter that this machine need not have. */
const adapter = { address: '192.0.2.7', mac: '02:00:5e:00:53:07' };
vi.mock('node:os', async (original) => ({
  ...(await original<typeof import('node:os')>()),
  networkInterfaces: () => ({ eth0: [{ ...adapter, netmask: '', family: 'IPv4', internal: false, cidr: null }] }),
}));

const loopbacks = { IPv4: '127.0.0.1', IPv6: '::1' };

/** Every name is of this machine, and no server is asked for it. */
const dns: Dns = {
  resolveNaptr: async () => [],
  resolveSrv: async () => [],
  resolveAddresses: async (_, families) =>
    families.map((family) => ({ address: loopbacks[family], family, ttl: null })),
};
vi.mock('./locate/dns.ts', () => ({ openDns: () => dns }));

const open: Array<() => void> = [];
afterEach(async () => {
  vi.useRealTimers();
  await closeAll();
  for (const close of open.splice(0)) close();
});

type Given = Parameters<typeof openConfiguredLine>[0];

/** The first REGISTER. */
async function registerWith(settings: Given): Promise<SipMessage> {
  const server = await openServer();
  await openConfiguredLine({ 'server:N': placeOf(server), ...settings });
  return request(server, 'REGISTER');
}

/** A port that is in use until the test ends, and not one of the last. */
async function takenPort(): Promise<number> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  open.push(() => socket.close());
  const { port } = socket.address();
  return port > 65_000 ? takenPort() : port;
}

const ports = (which: 'sip_port' | 'tcp_port', min: number, max: number): Given =>
  which === 'sip_port'
    ? { 'policy.endpoint.sip_port_min': String(min), 'policy.endpoint.sip_port_max': String(max) }
    : { 'policy.endpoint.tcp_port_min': String(min), 'policy.endpoint.tcp_port_max': String(max) };

it('policy.endpoint.sip_port_min: is the first port tried for SIP', async () => {
  const taken = await takenPort();
  const { stack } = await openConfiguredLine({ 'policy.endpoint.sip_port_min': String(taken) });
  expect(stack.port).toBeGreaterThan(taken);
  expect(stack.port).toBeLessThanOrEqual(taken + 6);
});

it('policy.endpoint.sip_port_max: is the last port tried for SIP', async () => {
  const taken = await takenPort();
  await expect(openConfiguredLine(ports('sip_port', taken, taken))).rejects.toMatchObject({
    failure: { code: 'TL2005' },
  });
  expect((await openConfiguredLine(ports('sip_port', taken, taken + 50))).stack.port).toBeGreaterThan(taken);
});

/** The port that a connection to a server comes from, of so many, the first of which is taken. */
async function sourcePort(count: number): Promise<{ taken: number; port: number | undefined; state: string }> {
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  open.push(() => listener.close());
  const bound = listener.address();
  const taken = typeof bound === 'object' && bound ? bound.port : 0;
  const server = await openServer();
  const range = ports('tcp_port', taken, Math.min(taken + count - 1, 65_535));
  const { line } = await openConfiguredLine({ 'server:N': placeOf(server), 'protocol:N': 'tcp', ...range });
  await becomes(line, 'REGISTERED', 'FAILED');
  const [connection] = server.connections;
  return { taken, port: connection?.remotePort, state: line.snapshot.state };
}

it('policy.endpoint.tcp_port_min: is the first port for our side of connections', async () => {
  const { taken, port = 0, state } = await sourcePort(50);
  expect(state).toBe('REGISTERED');
  expect(port).toBeGreaterThan(taken);
  expect(port).toBeLessThan(taken + 50);
});

it('policy.endpoint.tcp_port_max: is the last port for our side of connections', async () => {
  expect(await sourcePort(1)).toMatchObject({ port: undefined, state: 'FAILED' });
});

/** Whether nobody listens there. */
async function isFree(address: string, port: number): Promise<boolean> {
  const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4');
  const bound = new Promise<boolean>((resolve) => {
    socket.once('error', () => resolve(false));
    socket.bind({ address, port, exclusive: true }, () => resolve(true));
  });
  const free = await bound;
  socket.close();
  return free;
}

it('policy.endpoint.sip_port_binding: 1 listens at the public address only, 0 everywhere', async () => {
  const loopback = { 'policy.endpoint.public_address': '127.0.0.1' };
  const { stack } = await openConfiguredLine({ ...loopback, 'policy.endpoint.sip_port_binding': '1' }, null);
  expect([await isFree('127.0.0.1', stack.port), await isFree('127.0.0.2', stack.port)]).toEqual([false, true]);
  const { sip } = configured({ ...loopback, 'policy.endpoint.sip_port_binding': '0' });
  expect(await bindAddresses(sip ?? usualSettings, dns, silent)).toEqual(['0.0.0.0', '::']);
});

it.each([
  ['198.51.100.7', '198.51.100.7'],
  ['phone.invalid', 'phone.invalid'],
  ['$eth', adapter.address],
  ['$net:192.0.2.0/24', adapter.address],
  ['$auto', '127.0.0.1'],
])('policy.endpoint.public_address: %s is what others are told', async (address, host) => {
  const register = await registerWith({ 'policy.endpoint.public_address': address });
  expect(fieldOf(register, 'contact')).toContain(`@${host}:`);
});

it.each([
  ['IPv4', 'IPv4'],
  ['IPv6', 'IPv6'],
  ['IPv4,IPv6', 'IPv4'],
  ['IPv6,IPv4', 'IPv6'],
])('policy.endpoint.ip_versions: with %s, a server that has both is asked by %s', async (versions, used) => {
  const four = createSocket('udp4').bind(0, loopbacks.IPv4);
  await once(four, 'listening');
  const { port } = four.address();
  const six = createSocket('udp6').bind(port, loopbacks.IPv6);
  await once(six, 'listening');
  open.push(
    () => four.close(),
    () => six.close(),
  );
  const asked = Promise.race([once(four, 'message').then(() => 'IPv4'), once(six, 'message').then(() => 'IPv6')]);
  const settings = { 'server:N': `sip.example:${port}`, 'policy.endpoint.ip_versions': versions };
  const { stack } = await openConfiguredLine(settings, Object.values(loopbacks));
  expect(await asked).toBe(used);
  const listening = [!(await isFree('127.0.0.1', stack.port)), !(await isFree('::1', stack.port))];
  expect(listening).toEqual([versions.includes('IPv4'), versions.includes('IPv6')]);
});

it('policy.endpoint.include_mac_address: 1 registers with an instance id made from it', async () => {
  const instanceWith = async (include: string) =>
    fieldOf(
      await registerWith({
        'policy.endpoint.public_address': adapter.address,
        'policy.endpoint.include_mac_address': include,
      }),
      'contact',
    );
  expect(await instanceWith('1')).toContain('+sip.instance="<urn:uuid:00000000-0000-1000-8000-02005e005307>"');
  expect(await instanceWith('0')).not.toContain('+sip.instance');
});

it('policy.endpoint.include_os_version_in_user_agent_header: 1 tells the operating system', async () => {
  const agentWith = async (include: string) =>
    fieldOf(await registerWith({ 'policy.endpoint.include_os_version_in_user_agent_header': include }), 'user-agent');
  expect(await agentWith('1')).toMatch(/^Thinline\/test \(\S+ \S+\)$/);
  expect(await agentWith('0')).toBe('Thinline/test');
});

it("policy.endpoint.refer_to_proxy: 1 sends calls that a REFER asks for to the line's server, 0 to their target", async () => {
  const [server, elsewhere] = [await openServer(), await openServer()];
  for (const [toProxy, place] of [
    ['0', elsewhere],
    ['1', server],
  ] as const) {
    const { line } = await openConfiguredLine({
      'server:N': placeOf(server),
      'proxies.proxyN.domain': 'example.org',
      'proxies.proxyN.reg_timeout': '0',
      'policy.endpoint.refer_to_proxy': toProxy,
    });
    line.invite(`sip:carol@${placeOf(elsewhere)}`, fakeMedia('ours'), { referred: true });
    expect((await request(place, 'INVITE')).uri).toBe(`sip:carol@${placeOf(elsewhere)}`);
  }
});

it('policy.endpoint.sip_transaction_timeout: is how long a server may be silent before another one is tried', async () => {
  for (const ms of [100, 3_000]) {
    const [silentPeer, next] = [await openPeer(), await openPeer()];
    open.push(
      () => void silentPeer.close(),
      () => void next.close(),
    );
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] });
    await openConfiguredLine({
      'server:N': `${placeOf(silentPeer)};${placeOf(next)}`,
      'policy.endpoint.sip_transaction_timeout': String(ms),
    });
    await silentPeer.request('REGISTER');
    await vi.advanceTimersByTimeAsync(ms - 1);
    expect(next.received).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect((await next.request('REGISTER')).method).toBe('REGISTER');
    vi.useRealTimers();
    await closeAll();
  }
});

/** What each option of the connector's door changes, from the file to answers on loopback. */
import { X509Certificate } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { networkInterfaces, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { readConfigurationFile } from '@thinline/shared/config/configuration-file.ts';
import type { ConnectorSettings } from '@thinline/shared/config/connector.ts';
import { type Settings, softphoneConfig } from '@thinline/shared/config/testing/configured.ts';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { makeCertificate } from '../certificate/make.ts';
import { serverIdentity, thumbprintOf } from '../certificate/server-pem.ts';
import { addressOfUser } from './address.ts';
import { ask, codeOf } from './testing/ask.ts';
import { type House, openHouse } from './testing/house.ts';

// Sockets, TLS and keys, on a machine that may have much else to do.
vi.setConfig({ testTimeout: 20_000, hookTimeout: 20_000 });

let folder: string;
let certificates: { file: string; pem: string; thumbprint: string }[];
const houses: House[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'door-options-'));
  vi.stubEnv('THINLINE_STATE_DIR', join(folder, 'state'));
  vi.stubEnv('THINLINE_CERTIFICATES', folder);
  await mkdir(join(folder, 'state'));
  certificates = [];
  for (const name of ['one', 'other', 'state/connector']) {
    const file = join(folder, `${name}.pem`);
    const pem = await makeCertificate({ addresses: [], days: 300, nowMs: Date.now() });
    await writeFile(file, pem);
    certificates.push({ file, pem, thumbprint: thumbprintOf(serverIdentity(pem, file).certificate) });
  }
});
afterEach(async () => {
  for (const house of houses.splice(0)) await house.close();
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

/** A port of loopback that nobody has just now. */
function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' ? (address?.port ?? 0) : 0));
    });
  });
}

/** What a file with these settings says of the connector; throws where anything in them is not usable. */
function connectorSettings(given: Settings): ConnectorSettings {
  const reading = readConfigurationFile(Buffer.from(softphoneConfig({ 'policy.connector.port': '8000', ...given })));
  if ('unreadable' in reading) throw new Error(reading.unreadable.problem);
  const [mistake] = reading.mistakes;
  if (mistake) throw new Error(mistake.problem);
  return reading.connector;
}

async function open(settings: ConnectorSettings): Promise<House> {
  const house = await openHouse({ settings });
  houses.push(house);
  return house;
}

/** The doors that these settings make, but for the port: any free one. */
const doors = (given: Settings): Promise<House> => open({ ...connectorSettings(given), port: 0 });

const certificate = (index: number) => certificates[index] ?? { file: '', pem: '', thumbprint: '' };

/** Whether the connector shows this certificate. */
async function shows(settings: Settings, index: number): Promise<boolean> {
  const house = await doors({ 'policy.connector.protocol': 'https', ...settings });
  const { pem } = certificate(index);
  const answer = await ask(house.desktops('/Ping'), { ca: new X509Certificate(pem).toString() }).catch(() => null);
  return answer?.status === 200;
}

it.each([
  ['http', 'http:'],
  ['https', 'https:'],
])('policy.connector.protocol: with "%s" that is what is spoken', async (protocol, expected) => {
  const house = await doors({ 'policy.connector.protocol': protocol });
  expect(new URL(house.desktops()).protocol).toBe(expected);
  expect((await ask(house.desktops('/Ping'))).status).toBe(200);
});

it('policy.connector.port: is where the connector is; without one there is none', async () => {
  const port = await freePort();
  const house = await open(connectorSettings({ 'policy.connector.port': String(port) }));
  expect((await ask(`http://127.0.0.1:${port}/Ping`)).status).toBe(200);
  await house.close();
  houses.length = 0;
  await expect(ask(`http://127.0.0.1:${port}/Ping`)).rejects.toThrow('ECONNREFUSED');
  expect((await open(connectorSettings({ 'policy.connector.port': '' }))).connectorUrl).toBeNull();
});

const hasIPv6 = Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === '::1'));

it.each([
  ['127.0.0.1', ['127.0.0.1'], '127.9.9.9'],
  ['127.9.9.9', ['127.9.9.9'], '127.0.0.1'],
  ['localhost', ['127.0.0.1', ...(hasIPv6 ? ['[::1]'] : [])], '127.9.9.9'],
  ['$user', [addressOfUser(userInfo().username)], '127.0.0.1'],
])('policy.connector.address: at "%s" it is at %j, not at %s', async (address, there, nowhere) => {
  const house = await doors({ 'policy.connector.address': address });
  const { port } = new URL(house.desktops());
  for (const host of there) expect((await ask(`http://${host}:${port}/Ping`)).status).toBe(200);
  await expect(ask(`http://${nowhere}:${port}/Ping`)).rejects.toThrow('ECONNREFUSED');
});

it('policy.connector.certificate: is what it shows, else the one that Thinline made', async () => {
  expect(await shows({ 'policy.connector.certificate': certificate(0).file }, 0)).toBe(true);
  expect(await shows({ 'policy.connector.certificate': certificate(1).file }, 0)).toBe(false);
  expect(await shows({}, 2)).toBe(true);
});

it('policy.connector.certificate_search_value: is the thumbprint of what it shows, with spaces or without', async () => {
  const spaced = certificate(1)
    .thumbprint.toUpperCase()
    .replace(/..(?=.)/g, '$& ');
  expect(await shows({ 'policy.connector.certificate_search_value': certificate(0).thumbprint }, 0)).toBe(true);
  expect(await shows({ 'policy.connector.certificate_search_value': spaced }, 1)).toBe(true);
  expect(await shows({ 'policy.connector.certificate_search_value': spaced }, 0)).toBe(false);
  const house = await doors({
    'policy.connector.protocol': 'https',
    'policy.connector.certificate_search_value': '0'.repeat(40),
  });
  expect(house.connectorFailure?.code).toBe('TL6029');
});

it('policy.connector.origins: are those that may; without any the first one has it', async () => {
  const [ours, others] = ['https://desk.example', 'https://evil.example'];
  const status = async (house: House, origin: string) =>
    (await ask(house.desktops('/Ping'), { headers: { origin } })).status;
  const listed = await doors({ 'policy.connector.origins': `${ours}, https://second.example` });
  expect([await status(listed, ours), await status(listed, others)]).toEqual([200, 403]);
  const open = await doors({ 'policy.connector.origins': '' });
  expect([await status(open, ours), await status(open, others)]).toEqual([200, 200]);
  open.bound = others;
  expect([await status(open, ours), await status(open, others)]).toEqual([403, 200]);
});

it('policy.connector.secret: is asked for where there is one', async () => {
  const secret = 'sixteen-or-more-of-them';
  const locked = await doors({ 'policy.connector.secret': secret });
  expect(codeOf(await ask(locked.desktops('/Ping')))).toBe('TL6027');
  const bearer = (it: string) => ask(locked.desktops('/Ping'), { headers: { authorization: `Bearer ${it}` } });
  expect((await bearer(secret)).status).toBe(200);
  expect((await bearer('another-one-of-that-length')).status).toBe(401);
  expect((await ask(locked.desktops(`/${secret}/Ping`))).status).toBe(200);
  const open = await doors({ 'policy.connector.secret': '' });
  expect((await ask(open.desktops('/Ping'))).status).toBe(200);
});

it('a certificate file that is not there leaves the panel', async () => {
  const house = await doors({
    'policy.connector.protocol': 'https',
    'policy.connector.certificate': join(folder, 'nowhere.pem'),
  });
  expect(house.connectorFailure?.cause).toContain('nowhere.pem');
  expect(await readFile(certificate(0).file, 'utf8')).toBe(certificate(0).pem);
  expect((await ask(house.panelUrl)).status).toBe(303);
});

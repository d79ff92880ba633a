/** An agent desktop and the phone: real app layer, adapter and server, requests as a browser sends them. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Lab, startLab } from '../../scripts/lab/lab.ts';
import { freePort } from '../peers/ports.ts';
import { type Desktop, type DesktopState, type Half, startDesktop, startEndpoint } from '../tools/halves.ts';
import { AgentDesktop, type DesktopOptions } from './desktop.ts';
import { Blocked, DesktopPage, type PageOptions } from './desktop-page.ts';

const program = join(import.meta.dirname, '../../packages/app-layer/bin/thinline.mjs');
const origin = 'https://desk.example.org';

let folder: string;
let socket: string;
let certificate: string;
let trusted: string;
let lab: Lab;
let endpoint: Half;
const open: (() => unknown)[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'thinline-connector-'));
  socket = join(folder, 'adapter.sock');
  certificate = join(folder, 'connector.pem');
  [lab, endpoint] = await Promise.all([startLab(), startEndpoint({ socket })]);
  await promisify(execFile)(process.execPath, [program, 'certificate', 'create', '--out', certificate]);
  trusted = /-----BEGIN CERT[\s\S]*?-----END CERTIFICATE-----/.exec(await readFile(certificate, 'utf8'))?.[0] ?? '';
});
afterAll(async () => {
  await endpoint?.stop();
  await lab?.close();
  await rm(folder, { recursive: true, force: true });
});
afterEach(async () => {
  for (const end of open.splice(0).reverse()) await end();
  await app.waitFor('the phone is free', (it) => noLine(it) && noCall(it));
});

let app: Desktop;
let uri: string;

/** The app layer of the tests beside it. */
function withApp(protocol: 'http' | 'https', settings: Record<string, string> = {}): void {
  beforeAll(async () => {
    const port = await freePort();
    uri = `${protocol}://127.0.0.1:${port}`;
    app = await startDesktop({
      socket,
      // With a connector it is not used; its password is, as Workspace was not seen to send one.
      line: { user: 'nobody', server: `${lab.host}:${lab.port}`, password: lab.password },
      settings: {
        'policy.connector.protocol': protocol,
        'policy.connector.port': String(port),
        'policy.connector.certificate': certificate,
        ...settings,
      },
    });
  });
  afterAll(() => app?.stop());
}

function openPage(more: Partial<PageOptions> = {}): DesktopPage {
  const page = new DesktopPage({ origin, uri, trusted, ...more });
  open.push(async () => {
    // One that has no session is refused.
    await page.ask('DELETE', '/session').catch(() => {});
    page.close();
  });
  return page;
}

function openDesktop(more: Partial<DesktopOptions> = {}): AgentDesktop {
  const server = `${lab.host}:${lab.port}`;
  const desktop = new AgentDesktop({ page: openPage(), dn: lab.user, server, ...more });
  open.push(() => desktop.fallSilent());
  return desktop;
}

/** One that need not be waited for as long as for a page that may be hidden. */
const openProgram = () => openDesktop({ page: openPage({ origin: '' }), pingInterval: 50 });

const users = ({ phone }: DesktopState) => (phone?.lines ?? []).map(({ address }) => /^sip:(.*)@/.exec(address)?.[1]);
const registered = (state: DesktopState) =>
  state.phone?.lines.length === 1 && state.phone.lines[0]?.state === 'REGISTERED';
const noLine = ({ phone }: DesktopState) => phone?.lines.length === 0;
const talking = ({ phone }: DesktopState) => phone?.calls.length === 1 && phone.calls[0]?.state === 'TALKING';
const noCall = ({ phone }: DesktopState) => phone?.calls.length === 0;

function workspace(): void {
  test('Workspace logs in, pings, has a call, and logs out; a second one is refused', async () => {
    const page = openPage();
    const desktop = openDesktop({ page });
    await desktop.logIn();
    expect(page.wire.slice(0, 8)).toEqual([
      'OPTIONS /GetDnSIP 200',
      'GET /GetDnSIP 200',
      'OPTIONS /SetOptions 200',
      'POST /SetOptions 200',
      'OPTIONS /SetSIPEndpointParameters 200',
      'POST /SetSIPEndpointParameters 200',
      'OPTIONS /RegisterDn/ 200',
      'POST /RegisterDn/ 200',
    ]);
    expect(page.wire.slice(-4)).toEqual([
      'OPTIONS /GetSIPEndpointParameters 200',
      'GET /GetSIPEndpointParameters 200',
      'OPTIONS /SetPingPeriod 200',
      'POST /SetPingPeriod 200',
    ]);
    expect(Object.fromEntries(desktop.status)).toEqual({
      EndpointStatus: 'EndpointStatus_Ready',
      IsPingMandatory: false,
      Status: 'Initialized',
    });
    expect(users(await app.waitFor('the desktop has its line', registered))).toEqual([lab.user]);

    await app.command({ dial: { target: '601' } });
    await app.waitFor('a call', talking);
    await desktop.waitForPings(1);
    page.dropIdleSockets();
    await desktop.waitForPings(1);
    expect([desktop.failure, desktop.pings.flat()]).toEqual([null, []]);

    const other = openPage({ origin: 'https://other.example.org' });
    const refused = await other.ask('GET', '/GetDnSIP').catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(Blocked);
    expect(other.wire).toEqual(['OPTIONS /GetDnSIP 403']);
    expect((await openPage({ origin: '' }).ask('GET', '/GetDnSIP')).status).toBe(403);
    expect((await page.ask('GET', '/NeverHeardOf')).status).toBe(400);

    await app.command({ hangUp: {} });
    await app.waitFor('no call', noCall);
    await desktop.logOut();
    await app.waitFor('no line', noLine);
    await expectFree();
  });
}

/** Anybody may look, who begins no session by it. */
const expectFree = async () =>
  expect(await openPage({ origin: '' }).ask('GET', '/session')).toMatchObject({
    status: 200,
    body: { session_id: '' },
  });

describe('over http', () => {
  withApp('http');
  workspace();

  test('a desktop that is heard of no more loses its line, and the next one gets the phone', async () => {
    const desktop = openProgram();
    await desktop.logIn();
    await app.waitFor('its line', registered);
    desktop.fallSilent();
    await app.waitFor('no line', noLine);
    const next = openDesktop({ page: openPage({ origin: 'https://other.example.org' }) });
    await next.logIn();
    expect(next.status.get('EndpointStatus')).toBe('EndpointStatus_Ready');
  });

  test('one that is heard of no more in a call keeps that, and its line until it is over', async () => {
    const desktop = openProgram();
    await desktop.logIn();
    await app.command({ dial: { target: '601' } });
    const { phone } = await app.waitFor('a call', talking);
    desktop.fallSilent();
    const during = await app.waitFor(
      'the phone is told to take no further calls',
      (it) => it.phone?.configurationRevision !== phone?.configurationRevision,
    );
    expect([talking(during), registered(during)]).toEqual([true, true]);
    await expect(openPage().ask('GET', '/session')).rejects.toThrow('status 403');
    await app.command({ hangUp: {} });
    await app.waitFor('no line', noLine);
    await expectFree();
  });

  test('an agent who logs out in a call and in again keeps line and call', async () => {
    const page = openPage();
    const desktop = openDesktop({ page, pingInterval: 500 });
    await desktop.logIn();
    await app.command({ dial: { target: '601' } });
    const { phone } = await app.waitFor('a call', talking);
    await desktop.logOut();
    await desktop.logIn();
    expect(page.wire.filter((it) => it.startsWith('POST /RegisterDn'))).toHaveLength(2);
    const { calls } = (await app.waitFor('the call', talking)).phone ?? {};
    expect(calls?.[0]?.id).toBe(phone?.calls[0]?.id);
    await app.command({ hangUp: {} });
    await app.waitFor('no call', noCall);
    await desktop.waitForPings(1);
    expect([desktop.failure, registered(await app.state())]).toEqual([null, true]);
  });

  test('a line that was left over when the app layer was started anew goes when the desktop logs out', async () => {
    const page = openPage();
    const desktop = openDesktop({ page });
    await desktop.logIn();
    desktop.fallSilent();
    await app.restart();
    await app.waitFor('the line of before', registered);
    page.dropIdleSockets();
    expect((await page.ask('DELETE', '/session')).status).toBe(200);
    await app.waitFor('no line', noLine);
  });
});

describe('over https, with cookies', () => {
  withApp('https', { 'policy.connector.enable_sessionid': '1' });
  workspace();

  test('a page that is loaded again in a call goes on with it', async () => {
    const page = openPage();
    const before = openDesktop({ page });
    await before.logIn();
    expect([...page.cookies.keys()]).toEqual(['SESSIONID']);
    await app.command({ dial: { target: '601' } });
    const { phone } = await app.waitFor('a call', talking);
    before.fallSilent();
    // The browser's cookies, and nothing else of the old page.
    const again = openDesktop({ page });
    await again.logIn();
    expect(page.wire.filter((it) => it.startsWith('POST /RegisterDn'))).toHaveLength(1);
    expect((await app.state()).phone?.calls.map(({ id }) => id)).toEqual(phone?.calls.map(({ id }) => id));
    // Without the cookie it is somebody else.
    expect((await openPage().ask('GET', '/GetDnSIP')).status).toBe(403);
  });

  test('the app layer is killed in a call: the desktop goes on with it, and pings as if nothing had been', async () => {
    const page = openPage();
    const desktop = openDesktop({ page, pingInterval: 500 });
    await desktop.logIn();
    await app.command({ dial: { target: '601' } });
    const { phone } = await app.waitFor('a call', talking);
    await app.restart();
    await app.waitFor('the link is up', ({ link }) => link.state === 'up');
    desktop.failure = null;
    desktop.status.clear();
    desktop.pings.length = 0;
    await desktop.waitFor('EndpointStatus', 'EndpointStatus_Ready');
    await desktop.waitForPings(2);
    expect(desktop.failure).toBeNull();
    const after = await app.state();
    expect([registered(after), talking(after)]).toEqual([true, true]);
    expect(after.phone?.calls[0]?.id).toBe(phone?.calls[0]?.id);
  });

  test('the second version, from a session to its end', async () => {
    const page = openPage();
    const session = { client: { name: 'Desk', version: '2.0' }, options: { 'policy.session.auto_answer': '0' } };
    expect((await page.ask('POST', '/session', session)).status).toBe(200);
    const connections = [{ server: `${lab.host}:${lab.port}`, user: lab.user, password: lab.password }];
    expect(await page.ask('POST', '/register', { protocol: 'udp', connections })).toEqual({ status: 200, body: {} });
    await app.waitFor('its line', registered);
    expect((await page.ask('GET', '/session')).body).toMatchObject({
      status: 'REGISTERED',
      connectivities: { protocol: 'udp', connections: [{ state: 'REGISTERED', user: lab.user }] },
    });
    const second = openPage();
    expect((await second.ask('GET', '/session')).status).toBe(403);
    expect((await second.ask('POST', '/session', {})).status).toBe(403);

    await app.command({ dial: { target: '601' } });
    await app.waitFor('a call', talking);
    const devices = { microphone: { muted: true, volume: 50 } };
    expect((await page.ask('POST', '/audio', { devices })).status).toBe(200);
    await app.waitFor('it is muted', ({ phone }) => phone?.audio?.microphoneMuted === true);
    expect((await page.ask('GET', '/session')).body).toMatchObject({
      devices,
      phone: { calls: [{ state: 'TALKING' }] },
    });
    expect((await page.ask('DELETE', '/calls')).status).toBe(200);
    await app.waitFor('no call', noCall);
    expect((await page.ask('DELETE', '/session')).status).toBe(200);
    await app.waitFor('no line', noLine);
    expect((await page.ask('DELETE', '/session')).status).toBe(404);
  });

  test('a desktop is told when the phone is lost, and when it is back', async () => {
    const page = openPage();
    const desktop = openDesktop({ page, pingInterval: 100 });
    await desktop.logIn();
    await endpoint.stop();
    await desktop.waitFor('EndpointStatus', 'EndpointStatus_NotReady');
    const state = await page.ask('GET', '/session');
    expect(state.body).toMatchObject({ status: 'CHANNEL_LOST', failure: { code: expect.stringMatching(/^TL10/) } });
    endpoint = await startEndpoint({ socket });
    await desktop.waitFor('EndpointStatus', 'EndpointStatus_Ready');
  });
});

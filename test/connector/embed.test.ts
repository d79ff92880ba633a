/** The panel in the side strip of a desktop's page, in a real browser: for pages that are named, and for no other one. */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Doors, openDoors } from '@thinline/app-layer/http/doors.ts';
import { phoneRoutes } from '@thinline/app-layer/phone-api/phone-routes.ts';
import { type ConnectorSettings, usualConnectorSettings } from '@thinline/shared/config/connector.ts';
import { silent } from '@thinline/shared/log/log.ts';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { FakeReplica } from '../panel/fake-replica.ts';
import { launchChromium } from '../peers/chromium.ts';
import { freePort } from '../peers/ports.ts';
import { hasPeers } from '../peers/required.ts';

const soon = { timeout: 30_000 };

describe.skipIf(!hasPeers('chromium'))('the panel in a page of another site', () => {
  let browser: Browser;
  let folder: string;
  let server: Server;
  /** Another origin of the same site, so that the frame's cookie is there too. */
  let otherServer: Server;
  let named: string;
  let other: string;
  let replica: FakeReplica;
  let doors: Doors;
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];

  async function servePages(): Promise<[Server, string]> {
    const port = await freePort();
    const answer = '<!doctype html><title>desk</title><h1>Desk</h1>';
    const pages = createServer((_request, response) => response.setHeader('Content-Type', 'text/html').end(answer));
    pages.listen(port, '127.0.0.1');
    return [pages, `http://localhost:${port}`];
  }

  beforeAll(async () => {
    browser = await launchChromium();
    folder = await mkdtemp(join(tmpdir(), 'embed-'));
    vi.stubEnv('THINLINE_STATE_DIR', folder);
    [server, named] = await servePages();
    [otherServer, other] = await servePages();
  });
  afterAll(async () => {
    await browser?.close();
    for (const it of [server, otherServer]) {
      it?.closeAllConnections();
      it?.close();
    }
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    replica = new FakeReplica();
    context = await browser.newContext({ ignoreHTTPSErrors: true });
    page = await context.newPage();
    page.setDefaultTimeout(30_000);
    complaints = [];
    page.on('console', (message) => complaints.push(message.text()));
  });
  afterEach(async () => {
    await context.close();
    await doors?.close();
  });

  async function open(more: Partial<ConnectorSettings> = {}): Promise<void> {
    const settings = { ...usualConnectorSettings, port: 0, protocol: 'https', origins: [named], ...more } as const;
    doors = await openDoors({
      panel: { replica, port: 0, controlPath: join(folder, 'run', 'control') },
      connector: {
        settings,
        boundOrigin: () => null,
        routes: (app, panelUrl) => phoneRoutes(app, { replica, settings, panelUrl }),
      },
      log: silent,
    });
  }

  /** What the page's fetch came to. */
  const reach = (path: string, request: object = {}): Promise<string> =>
    page.evaluate(`fetch(${JSON.stringify(`${doors.connectorUrl}${path}`)}, ${JSON.stringify({ credentials: 'include', ...request })})
      .then((response) => response.text(), () => 'kept from it')`);

  const showFrame = (src: string): Promise<void> =>
    page.evaluate(`new Promise((resolve) => {
      const frame = Object.assign(document.createElement('iframe'), { src: ${JSON.stringify(src)}, width: 320, height: 640 });
      frame.addEventListener('load', resolve, { once: true });
      document.body.append(frame);
    }).then(() => {})`);
  const frame = () => page.frameLocator('iframe');
  const frameUrl = () => page.frames().at(-1)?.url();

  async function dial(target: string): Promise<void> {
    await frame().getByRole('textbox', { name: 'Number or address' }).fill(target);
    await frame().getByRole('button', { name: 'Call', exact: true }).click();
    await expect.poll(() => replica.executed, soon).toContainEqual({ dial: expect.objectContaining({ target }) });
  }

  /** The token is not in the frame's address any more, as the page's own one stays where it is. */
  async function openNamed(): Promise<string> {
    await page.goto(named);
    const { url } = JSON.parse(await reach('/phone/panel'));
    await showFrame(url);
    await frame().getByText('Registered', { exact: true }).waitFor();
    await expect.poll(frameUrl, soon).toBe(`${doors.connectorUrl}/`);
    return url;
  }

  test('works where the page is named, and its cookie is for there alone', async () => {
    await open();
    const url = await openNamed();
    expect(url).toBe(doors.panelUrl);
    await dial('603');
    const cookies = await context.cookies(doors.panelUrl);
    expect(cookies).toEqual([
      expect.objectContaining({ sameSite: 'None', secure: true, httpOnly: true, partitionKey: 'http://localhost' }),
    ]);
    // A page of its own is another matter: there the agent enters by the address that Thinline prints.
    const alone = await context.newPage();
    await alone.goto(`${doors.connectorUrl}/`);
    await alone.getByText('The phone is here').waitFor();
    await page.reload();
    await showFrame(`${doors.connectorUrl}/`);
    await dial('604');
    expect(complaints.filter((it) => /Content Security Policy/i.test(it))).toEqual([]);
  });

  test('can be looked at by the page no more than before', async () => {
    await open();
    await openNamed();
    const command = { method: 'POST', headers: { 'content-type': 'application/json' } };
    const body = JSON.stringify({ command: { dial: { target: '603' } } });
    expect(await reach('/api/state')).toBe('kept from it');
    expect(await reach('/api/commands', { ...command, body })).toBe('kept from it');
    expect(await reach('/api/commands', { method: 'POST', mode: 'no-cors', body })).toBe('kept from it');
    expect(replica.executed).toEqual([]);
  });

  test('is not shown in a page that is not named, with address and cookie as without', async () => {
    await open();
    const url = await openNamed();
    await page.goto(other);
    expect(await reach('/phone/panel')).toBe('kept from it');
    const refused = await context.request.get(`${doors.connectorUrl}/phone/panel`, { headers: { origin: other } });
    expect([refused.status(), (await refused.json()).failure.code]).toEqual([403, 'TL6025']);
    for (const address of [url, `${doors.connectorUrl}/`]) {
      await page.goto(other);
      complaints.length = 0;
      await showFrame(address);
      await expect.poll(frameUrl, soon).toBe('chrome-error://chromewebdata/');
      await expect.poll(() => complaints.join(), soon).toContain(`"frame-ancestors 'self' ${named}"`);
    }
    expect(await frame().getByRole('textbox').count()).toBe(0);
  });

  test('is shown in a page of another network only where the browser lets that reach this machine', async () => {
    await open();
    // As in local-network.test.ts: the browser takes the page's address for one of the public network.
    const overrides = `--ip-address-space-overrides=127.0.0.1:${new URL(named).port}=public`;
    const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
    const elsewhere = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', overrides] });
    for (const may of [false, true]) {
      const visit = await elsewhere.newContext({ ignoreHTTPSErrors: true });
      if (may) await visit.grantPermissions(['local-network-access'], { origin: named });
      page = await visit.newPage();
      await page.goto(named);
      await showFrame(doors.panelUrl);
      await expect.poll(frameUrl, soon).toBe(may ? `${doors.connectorUrl}/` : 'chrome-error://chromewebdata/');
    }
    await elsewhere.close();
  });

  test('is shown in no page where none is named', async () => {
    await open({ origins: [] });
    await page.goto(named);
    expect(JSON.parse(await reach('/phone/panel')).failure.code).toBe('TL6025');
    await showFrame(doors.panelUrl);
    await expect.poll(frameUrl, soon).toBe('chrome-error://chromewebdata/');
    expect(await context.cookies(doors.panelUrl)).toEqual([]);
  });

  test('is shown in no page without https', async () => {
    await open({ protocol: 'http' });
    await page.goto(named);
    expect(JSON.parse(await reach('/phone/panel'))).toEqual({ url: doors.panelUrl });
    await showFrame(doors.panelUrl);
    await expect.poll(frameUrl, soon).toBe('chrome-error://chromewebdata/');
    expect(await context.cookies(doors.panelUrl)).toEqual([]);
  });
});

/**
 * Local Network Access (https://wicg.github.io/local-network-access/) in a real browser: an agent desktop of another network
 * is asked about before it reaches the connector, and one without https never reaches it.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type House, openHouse } from '@thinline/app-layer/http/testing/house.ts';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { freePort } from '../peers/ports.ts';
import { hasPeers } from '../peers/required.ts';

describe.skipIf(!hasPeers('chromium'))('a page from elsewhere', () => {
  let folder: string;
  let house: House;
  let server: Server;
  let port: number;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'local-network-'));
    vi.stubEnv('THINLINE_STATE_DIR', folder);
    port = await freePort();
    server = createServer((_request, response) =>
      response.setHeader('Content-Type', 'text/html').end('<title>desk</title>'),
    );
    server.listen(port, '127.0.0.1');
    // The browser takes this one address for one of the public network, and a name that is not loopback's for it.
    browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        `--ip-address-space-overrides=127.0.0.1:${port}=public`,
        '--host-resolver-rules=MAP desk.test 127.0.0.1',
      ],
    });
  });
  afterAll(async () => {
    await browser?.close();
    server?.close();
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    house = await openHouse({ settings: { protocol: 'https' } });
    context = await browser.newContext({ ignoreHTTPSErrors: true });
    page = await context.newPage();
  });
  afterEach(async () => {
    await context.close();
    await house.close();
  });

  /** What the page's fetch came to. */
  const reach = (): Promise<string> =>
    page.evaluate(async (url) => {
      const request = {
        headers: { 'content-type': 'application/json; charset=UTF-8' },
        credentials: 'include',
      } as const;
      return fetch(url, request).then(
        (response) => response.text(),
        () => 'kept from it',
      );
    }, house.desktops('/Ping'));

  /** Origins that the connector has heard. */
  async function visitors(): Promise<string[]> {
    const answer = await context.request.get(house.desktops('/self-test/answer'));
    const { visits }: { visits: { origin: string }[] } = await answer.json();
    return visits.map(({ origin }) => origin).filter((origin) => origin !== '');
  }

  test('reaches the connector when it may', async () => {
    await context.grantPermissions(['local-network-access'], { origin: `http://127.0.0.1:${port}` });
    await page.goto(`http://127.0.0.1:${port}/`);
    expect(await reach()).toBe('{"PingResult":[]}');
    expect(await visitors()).toEqual([`http://127.0.0.1:${port}`]);
  });

  test('is kept from it otherwise, of which the connector hears nothing, and the self-test says so', async () => {
    await page.goto(`http://127.0.0.1:${port}/`);
    expect(await reach()).toBe('kept from it');
    expect(await visitors()).toEqual([]);
    await page.goto(house.desktops('/self-test'));
    await page.getByText('None since Thinline was started').waitFor();
    await page.getByText('This browser has Local Network Access').waitFor();
  });

  test('never reaches it from a page that is not secure', async () => {
    await context.grantPermissions(['local-network-access']);
    await page.goto(`http://desk.test:${port}/`);
    expect(await reach()).toBe('kept from it');
    expect(await visitors()).toEqual([]);
  });

  test('gets the policy to set from the self-test, for the address that is typed in', async () => {
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(house.desktops('/self-test'));
    await page.getByLabel('Address of the agent desktop').fill('https://desk.example/login?a=b');
    await page.getByText('{"LoopbackNetworkAllowedForUrls":["https://desk.example"]}').waitFor();
    await page.getByLabel('Address of the agent desktop').fill('http://desk.example');
    await page.getByText('It has to be https.').waitFor();
    expect(complaints).toEqual([]);
  });
});

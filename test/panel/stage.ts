/** A panel in a browser, with a phone and a desk that do as they are told: for tests of what agents see and press. */
import { EventEmitter } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { blankDesk, type Desk } from '@thinline/app-layer/desk.ts';
import { makeToDialDesk, type ToDialDesk } from '@thinline/app-layer/open/to-dial.ts';
import type { HistoryAnswer } from '@thinline/app-layer/panel/history-routes.ts';
import { type Panel, startPanel } from '@thinline/app-layer/panel/server.ts';
import type { Failure } from '@thinline/shared/contract/types.ts';
import { silent } from '@thinline/shared/log/log.ts';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';
import { FakeReplica } from './fake-replica.ts';

export class FakeDesk extends EventEmitter<{ changed: [] }> {
  #said: Partial<Desk> = {};

  desk(): Desk {
    return blankDesk(this.#said);
  }

  say(more: Partial<Desk>): void {
    this.#said = { ...this.#said, ...more };
    this.emit('changed');
  }

  async signIn(): Promise<Failure | null> {
    return null;
  }

  async signOut(): Promise<Failure | null> {
    return null;
  }
}

/** Run in the page: which of the phone's states came last. */
const noteSequence = `
  const Plain = EventSource;
  window.EventSource = class extends Plain {
    constructor(...given) {
      super(...given);
      this.addEventListener('state', ({ data }) => { window.sequence = JSON.parse(data).sequence; });
    }
  };
`;

export interface Stage {
  replica: FakeReplica;
  desk: FakeDesk;
  links: ToDialDesk;
  /** What GET /api/history answers. */
  history: HistoryAnswer['calls'][number][];
  panel: Panel;
  context: BrowserContext;
  page: Page;
  /** Errors of the page, and what its policy refused. */
  complaints: string[];
  /** Until the page has the phone's newest state. */
  seen(): Promise<void>;
  /** A new server in the place of the one that was closed. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** Opens the panel, and waits until it shows the phone. */
export async function setStage(browser: Browser, options: BrowserContextOptions = {}): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'panel-'));
  const replica = new FakeReplica();
  const desk = new FakeDesk();
  const links = makeToDialDesk();
  const history: Stage['history'] = [];
  const start = (port: number) =>
    startPanel({
      replica,
      desk,
      toDial: links,
      host: '127.0.0.1',
      port,
      controlPath: join(folder, 'run', 'control'),
      routes: (app) => {
        app.get('/api/history', async () => ({ calls: history }));
      },
      log: silent,
    });
  const panel = await start(0);
  const context = await browser.newContext({ viewport: { width: 420, height: 900 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  await page.addInitScript(noteSequence);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (/Content Security Policy/i.test(message.text())) complaints.push(message.text());
  });
  const stage: Stage = {
    replica,
    desk,
    links,
    history,
    panel,
    context,
    page,
    complaints,
    async seen() {
      const { sequence } = stage.replica;
      await expect.poll(() => page.evaluate('window.sequence'), { timeout: 30_000 }).toBe(sequence);
    },
    async restart() {
      stage.panel = await start(Number(new URL(stage.panel.url).port));
    },
    async close() {
      await context.close();
      await stage.panel.close();
      await rm(folder, { recursive: true });
    },
  };
  await page.goto(panel.url);
  await page.getByText('Registered', { exact: true }).waitFor();
  return stage;
}

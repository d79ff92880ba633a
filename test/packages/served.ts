/** What an installed phone takes from files of its own: the panel in every language, the connector's pages, its commands; and that it can call. */
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { languages } from '@thinline/app-layer/words/languages.ts';
import { expect } from 'vitest';
import { startLab } from '../../scripts/lab/lab.ts';
import { version } from '../../scripts/package/product.ts';
import { freePort } from '../peers/ports.ts';
import type { startPeer } from '../peers/process.ts';
import { startPhone } from '../phone.ts';

export interface Installed {
  start: typeof startPeer;
  /** Runs thinline with these words to its end. */
  run(words: string[], env: Record<string, string>): Promise<{ code: number; stdout: string; stderr: string }>;
}

/** Its scripts are named NAME-HASH.js. */
const languageScript = /\b[a-z]{2}(-[a-z]{2})?-[\w-]{8}\.js/g;

/** Its page, its script, and the words of every language. */
export async function expectPanel(url: string): Promise<void> {
  const entered = await fetch(url, { redirect: 'manual' });
  const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
  const read = async (path: string): Promise<string> => {
    const answer = await fetch(new URL(path, url), { headers: { cookie } });
    expect([path, answer.status]).toEqual([path, 200]);
    return answer.text();
  };
  const [script = 'no script'] = /\/assets\/index-[\w-]{8}\.js/.exec(await read('/')) ?? [];
  const words = new Map<string, string>();
  for (const name of new Set((await read(script)).match(languageScript))) {
    words.set(name.replace(/-[\w-]{8}\.js$/, ''), await read(`/assets/${name}`));
  }
  const others = languages.map(({ tag }) => tag.toLowerCase()).filter((tag) => tag !== 'en');
  expect([...words.keys()].sort()).toEqual(others.sort());
  expect(words.get('de')).toContain('Auflegen');
}

async function expectConnector(port: number): Promise<void> {
  const get = (path: string): Promise<Response> => fetch(`http://127.0.0.1:${port}${path}`);
  for (const [path, type, words] of [
    ['/', 'text/html', 'Thinline'],
    ['/self-test', 'text/html', '/self-test/script.js'],
    ['/self-test/script.js', 'text/javascript', 'fetch('],
    ['/self-test/style.css', 'text/css', '{'],
    ['/self-test/answer', 'application/json', `"version":"${version}"`],
    ['/thinline.js', 'text/javascript', 'thinline'],
  ] as const) {
    const answer = await get(path);
    expect([path, answer.status, answer.headers.get('content-type')]).toEqual([
      path,
      200,
      expect.stringContaining(type),
    ]);
    expect(await answer.text()).toContain(words);
  }
  const description: unknown = await (await get('/openapi.json')).json();
  // Of a route, and of the contract.
  expect(description).toMatchObject({
    info: { version },
    paths: { '/phone/state': {} },
    components: { schemas: { Call: {} } },
  });
}

export async function expectServed({ start, run }: Installed): Promise<void> {
  const port = await freePort();
  const phone = await startPhone({ lines: [], settings: { 'policy.connector.port': String(port) }, start });
  try {
    await phone.waitFor('the adapter answers', (it) => it.phone !== null);
    await expectPanel(phone.url);
    await expectConnector(port);

    const env = { THINLINE_RUNTIME_DIR: phone.folder, THINLINE_STATE_DIR: join(phone.folder, 'state') };
    const does = async (...words: string[]): Promise<string> => {
      const { code, stdout, stderr } = await run(words, env);
      expect([words, code, stderr]).toEqual([words, 0, '']);
      return stdout;
    };
    expect(JSON.parse(await does('ctl', 'state', '--json'))).toMatchObject({ phone: { lines: [] } });
    expect(await does('open', 'tel:+49-30-123456')).toContain('+4930123456 ');
    const file = join(phone.folder, 'connector.pem');
    expect(await does('certificate', 'create', '--out', file)).toContain(`\nthumbprint:  `);
    expect(new X509Certificate(readFileSync(file)).subjectAltName).toContain('127.0.0.1');
  } finally {
    await phone.stop();
  }
}

/** A call to the lab's echo, heard. */
export async function expectCall(start: Installed['start']): Promise<void> {
  const lab = await startLab();
  const phone = await startPhone({
    lines: [{ user: lab.user, server: `${lab.host}:${lab.port}`, password: lab.password }],
    audio: { tone: 1000 },
    start,
  });
  try {
    await phone.registered();
    await phone.does('dial', '600');
    await phone.call('TALKING');
    await phone.waitForTone(1000);
    await phone.does('hangup');
    await phone.noCalls();
  } finally {
    await phone.stop();
    await lab.close();
  }
}

/** The policy of the machine: whatever file and agent desktop say, it wins. */
import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Lab, startLab } from '../../scripts/lab/lab.ts';
import { freePort } from '../peers/ports.ts';
import { type Phone, startPhone } from '../phone.ts';
import { AgentDesktop } from './desktop.ts';
import { DesktopPage } from './desktop-page.ts';

const program = join(import.meta.dirname, '../../packages/app-layer/bin/thinline.mjs');
/** Nobody answers there. */
const elsewhere = '127.0.0.1:9';

let folder: string;
let lab: Lab;
let phone: Phone | null = null;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'thinline-policies-'));
  lab = await startLab();
});
afterEach(async () => {
  await phone?.stop();
  phone = null;
});
afterAll(async () => {
  await lab?.close();
  await rm(folder, { recursive: true, force: true });
});

async function start(options: Record<string, unknown>): Promise<Phone> {
  await writeFile(join(folder, '10-phone.json'), JSON.stringify({ options }), { mode: 0o644 });
  const line = { user: lab.user, password: lab.password, server: elsewhere };
  phone = await startPhone({ lines: [line], env: { THINLINE_POLICIES: folder } });
  return phone;
}

const thinline = (...words: string[]) =>
  promisify(execFile)(process.execPath, [program, ...words], { env: { ...process.env, THINLINE_POLICIES: folder } });

const ruled = () => ({ 'server:N': `${lab.host}:${lab.port}`, 'proxies.proxyN.display_name': 'As the policy says' });
const line = () => ({ state: 'REGISTERED', server: `${lab.host}:${lab.port}`, displayName: 'As the policy says' });

test('it wins over the file; what is wrong in it is told, and the rest counts', async () => {
  const options = { ...ruled(), 'policy.session.vad_level': 'high', 'proxies.proxyN.password': 'hunter2' };
  const phone = await start(options);
  await phone.registered();
  expect(phone.state().phone?.lines).toMatchObject([line()]);
  expect(phone.log).toContain(
    '10-phone.json: policy.session.vad_level: "high" is not a whole number from 0 to 3; it is left out.',
  );
  expect(phone.log).toContain('the policy of this machine sets server:N, proxies.proxyN.display_name');
  expect(phone.log).not.toContain('hunter2');
});

test('it wins over what an agent desktop sets, and says by itself that there is a connector', async () => {
  const port = await freePort();
  const phone = await start({ ...ruled(), 'policy.connector.port': port });
  const page = new DesktopPage({ origin: '', uri: `http://127.0.0.1:${port}` });
  const options = { 'proxies.proxy0.display_name': 'As the desktop says', 'policy.session.beeps': '1' };
  const desktop = new AgentDesktop({ page, dn: lab.user, server: elsewhere, options, pingInterval: 50 });
  try {
    await desktop.logIn();
    await phone.registered();
    expect(phone.state().phone?.lines).toMatchObject([line()]);
  } finally {
    desktop.fallSilent();
    page.close();
  }
});

test('a file that others may write is refused; the command line and the probe say so', async () => {
  await writeFile(join(folder, '10-phone.json'), '{"options":{"policy.session.beeps":1}}');
  const open = join(folder, '20-open.json');
  await writeFile(open, '{"options":{"policy.session.beeps":0}}');
  await chmod(open, 0o666);
  const refused = `${open}: others than its owner may write it; nothing of it is used.`;
  const told = await thinline('config', 'policy').catch((error: { code: number; stdout: string }) => error);
  expect(told).toMatchObject({ code: 1 });
  expect(told.stdout).toContain(`policy.session.beeps = 1 (${join(folder, '10-phone.json')})`);
  expect(told.stdout).toContain(refused);
  const probe = await thinline('--probe', '--json').catch((error: { stdout: string }) => error);
  expect(JSON.parse(probe.stdout).findings).toContainEqual({
    name: 'policy',
    needed: false,
    works: false,
    detail: `sets 1 option; 1 of it cannot be used, first ${refused}`,
  });
  await rm(open);
  const well = await thinline('--probe', '--json').catch((error: { stdout: string }) => error);
  expect(JSON.parse(well.stdout).findings).toContainEqual(
    expect.objectContaining({ name: 'policy', works: true, detail: 'sets 1 option' }),
  );
});

/** The log as Softphone.config wants it: both halves' files, levels, digits, and a change of them in a call. */
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Lab, startLab } from '../../scripts/lab/lab.ts';
import { startPeer } from '../peers/process.ts';
import { until } from '../peers/until.ts';
import { type PhoneOptions, softphoneConfig, startPhone } from '../phone.ts';

let lab: Lab;
let folder: string;

beforeAll(async () => {
  lab = await startLab();
  folder = await mkdtemp(join(tmpdir(), 'thinline-log-'));
});
afterAll(async () => {
  await lab?.close();
  await rm(folder, { recursive: true, force: true });
});

const lines = (): PhoneOptions['lines'] => [
  { user: lab.user, password: lab.password, server: `${lab.host}:${lab.port}` },
];

const diagnostics = (settings: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(settings).map(([name, value]) => [`system.diagnostics.${name}`, value]));

/** All that a log of that name says; '' where there is none. */
async function logOf(name: string, below: string): Promise<string> {
  const files = (await readdir(below).catch(() => [])).filter((it) => it.startsWith(`${name}.2`)).sort();
  return (await Promise.all(files.map((it) => readFile(join(below, it), 'utf8')))).join('');
}

const said = (name: string, below: string, words: string) =>
  until(`${words} in the log ${name}`, async () => (await logOf(name, below)).includes(words));

test('both halves write files of their own, and digits are not in them', async () => {
  const logs = join(folder, 'digits');
  const phone = await startPhone({
    lines: lines(),
    logLevel: 'debug',
    env: { THINLINE_TEST_LOGS: logs },
    settings: {
      'policy.session.dtmf_method': 'Info',
      ...diagnostics({
        log_file: 'stderr,%THINLINE_TEST_LOGS%/Phone.log',
        log_filter: 'dtmf',
        log_time_format: 'ISO8601',
      }),
    },
  });
  try {
    await phone.registered();
    await phone.does('dial', '600');
    await phone.call('TALKING');
    // What becomes of them at the far end is not the matter here.
    await phone.ctl('dtmf', '7');
    await said('Phone-adapter', logs, 'Signal=');
    const adapter = await logOf('Phone-adapter', logs);
    expect(adapter).toMatch(/^# Program: Thinline \S+, endpoint adapter, /);
    expect(adapter).toMatch(
      /^\d{4}-\d\d-\d\dT[\d:.]{12} debug {3}adapter\.sip: to udp .*INFO sip:.* Signal=x Duration=/m,
    );
    expect(adapter).not.toMatch(/Signal=7/);
    expect(phone.log).toMatch(/Signal=x/);
    expect(phone.log).not.toMatch(/Signal=7/);
    const app = await logOf('Phone', logs);
    expect(app).toMatch(/^# Program: Thinline \S+, app layer, /);
    expect(app).toContain('app: linked to the endpoint');
    const files = await readdir(logs);
    for (const file of files) {
      expect(file).toMatch(/^Phone(?:-adapter)?\.\d{8}_\d{6}_\d{3}\.log$/);
      expect((await stat(join(logs, file))).mode & 0o777).toBe(0o600);
    }

    // Another file, in the middle of the call.
    const other = join(folder, 'other');
    await writeFile(
      join(phone.folder, 'Softphone.config'),
      softphoneConfig({ lines: lines(), settings: diagnostics({ log_file: join(other, 'Other.log') }) }),
    );
    await phone.restartApp();
    await phone.call('TALKING');
    await said('Other-adapter', other, '\n');
    await phone.does('hangup');
    await phone.noCalls();
    await said('Other-adapter', other, 'BYE sip:');
    expect(await logOf('Phone-adapter', logs)).not.toContain('BYE sip:');
  } finally {
    await phone.stop();
  }
});

test('each half and each part tells as much as the file says, where the command line says nothing', async () => {
  const logs = join(folder, 'levels');
  const runtime = await mkdtemp(join(folder, 'runtime-'));
  const config = join(runtime, 'Softphone.config');
  const settings = diagnostics({
    log_file: join(logs, 'Phone.log'),
    log_level: '4',
    log_options_endpoint: '1',
    log_options_provider: 'gsip=debug',
  });
  await writeFile(config, softphoneConfig({ lines: lines(), settings }));
  const program = join(import.meta.dirname, '../../packages/app-layer/bin/thinline.mjs');
  const argv = ['--standalone', '--config', config, '--port', '0', '--audio', 'virtual'];
  const app = await startPeer(process.execPath, [program, ...argv], { env: { THINLINE_RUNTIME_DIR: runtime } });
  try {
    await said('Phone-adapter', logs, 'REGISTER sip:');
    await said('Phone', logs, 'app: linked to the endpoint');
  } finally {
    await app.stop();
  }
  const adapter = (await logOf('Phone-adapter', logs)).split('\n').filter((it) => it !== '' && !it.startsWith('#'));
  for (const line of adapter) expect(line).toMatch(/^[\d:.]{12} (?:\w+ +adapter\.sip|error +adapter)/);
});

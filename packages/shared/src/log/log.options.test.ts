/** What each option of the log changes, from the file to what is written where. */
import { expect, it } from 'vitest';
import { configured, type Settings } from '../config/testing/configured.ts';
import { ProgramLog } from './program-log.ts';
import { MemoryFolder } from './testing/memory-folder.ts';

const hour = 3_600_000;
const start = Date.UTC(2026, 0, 2, 3, 4, 5, 678);
const ranks = ['error', 'warning', 'info', 'debug'] as const;

/** A half of the phone, told that file. */
function half(which: 'app' | 'adapter', settings: Settings) {
  const folder = new MemoryFolder();
  const stdout: string[] = [];
  const stderr: string[] = [];
  const clock = { now: start };
  const programLog = new ProgramLog({
    half: which,
    level: null,
    surroundings: { platform: 'linux', env: {}, home: '/home/ada', temporary: '/tmp', folder: '/here' },
    folder: () => folder,
    stdout: (line) => stdout.push(line),
    stderr: (line) => stderr.push(line),
    now: () => clock.now,
  });
  programLog.configure(configured(settings).log);
  return { programLog, log: programLog.log, folder, stdout, stderr, clock };
}

/** How many of the four levels are told by a part of it. */
function told(which: 'app' | 'adapter', settings: Settings, part?: string): number {
  const { log, stderr } = half(which, settings);
  const one = part === undefined ? log : log.child(part);
  for (const rank of ranks) one[rank](rank);
  return stderr.length;
}

const inFile = { 'system.diagnostics.log_file': 'Softphone.log' };

it('system.diagnostics.enable_logging: 0 says nothing, 1 does', () => {
  for (const which of ['app', 'adapter'] as const) {
    expect(told(which, { 'system.diagnostics.enable_logging': '0' })).toBe(0);
    expect(told(which, { 'system.diagnostics.enable_logging': '1' })).toBeGreaterThan(0);
  }
});

it('system.diagnostics.log_file: names the outputs of both halves, files and streams', async () => {
  for (const [which, name] of [
    ['app', 'Softphone'],
    ['adapter', 'Softphone-adapter'],
  ] as const) {
    const stream = half(which, {});
    const file = half(which, { 'system.diagnostics.log_file': 'stdout,Softphone.log' });
    for (const { log, programLog } of [stream, file]) {
      log.error('x');
      await programLog.close();
    }
    expect([stream.stdout.length, stream.stderr.length, stream.folder.names]).toEqual([0, 1, []]);
    expect([file.stdout.length, file.stderr.length, file.folder.names]).toEqual([
      1,
      0,
      [expect.stringMatching(new RegExp(`^${name}\\.2026010\\d_\\d{6}_678\\.log$`))],
    ]);
    expect(file.folder.lines).toHaveLength(1);
  }
});

it('system.diagnostics.log_level: is how much is told, by the endpoint, too', () => {
  const all = { 'system.diagnostics.log_options_endpoint': '4' };
  for (const level of ['0', '1', '2', '3', '4']) {
    expect(told('app', { 'system.diagnostics.log_level': level })).toBe(Number(level));
    expect(told('adapter', { ...all, 'system.diagnostics.log_level': level })).toBe(Number(level));
  }
});

it('system.diagnostics.log_options_endpoint: is how much the endpoint tells, 5 nothing', () => {
  const all = { 'system.diagnostics.log_level': '4' };
  for (const [level, count] of [
    ['0', 0],
    ['1', 1],
    ['2', 2],
    ['3', 3],
    ['4', 4],
    ['5', 0],
  ] as const) {
    expect(told('adapter', { ...all, 'system.diagnostics.log_options_endpoint': level })).toBe(count);
    expect(told('app', { ...all, 'system.diagnostics.log_options_endpoint': level })).toBe(4);
  }
});

it('system.diagnostics.log_options_provider: is how much single parts of the endpoint tell', () => {
  const settings = {
    'system.diagnostics.log_level': '4',
    'system.diagnostics.log_options_provider': 'gsip=4,webrtc=(error,critical)',
  };
  expect(['sip', 'media', 'call'].map((part) => told('adapter', settings, part))).toEqual([4, 1, 2]);
  expect(['sip', 'media', 'call'].map((part) => told('adapter', {}, part))).toEqual([2, 2, 2]);
});

it('system.diagnostics.log_filter: dtmf makes digits an x', () => {
  const info = 'INFO sip:602@h SIP/2.0\r\nContent-Type: application/dtmf-relay\r\n\r\nSignal=5\r\nDuration=160\r\n';
  for (const which of ['app', 'adapter'] as const) {
    const heard = ['', 'dtmf'].map((filter) => {
      const { log, stderr } = half(which, { 'system.diagnostics.log_filter': filter });
      log.warning(info);
      return /Signal=./.exec(stderr.join())?.[0];
    });
    expect(heard).toEqual(['Signal=5', 'Signal=x']);
  }
});

/** How many files it makes of eight records of 5 KB, one each half hour. */
async function files(settings: Settings): Promise<number> {
  const { log, programLog, folder, clock } = half('app', {
    ...inFile,
    'system.diagnostics.log_expire': 'false',
    ...settings,
  });
  for (let n = 0; n < 8; n += 1) {
    log.info('x'.repeat(5000));
    await written(folder, n + 1);
    clock.now += hour / 2;
  }
  await programLog.close();
  return folder.names.length;
}

async function written(folder: MemoryFolder, lines: number): Promise<void> {
  for (let turn = 0; turn < 1000 && folder.lines.length < lines; turn += 1) await new Promise(setImmediate);
}

it('system.diagnostics.log_segment: is the size or the time after which a file is followed by another', async () => {
  const segment = (text: string) => files({ 'system.diagnostics.log_segment': text });
  expect(await segment('false')).toBe(1);
  expect(await segment('10 MB')).toBe(1);
  expect(await segment('5')).toBe(8);
  expect(await segment('11 KB')).toBe(4);
  expect(await segment('1 hr')).toBe(4);
  expect(await segment('2 hr')).toBe(2);
});

it('system.diagnostics.log_expire: is how many files are kept, or for how many days', async () => {
  const left = async (expire: string) => {
    const it = half('app', { 'system.diagnostics.log_expire': expire });
    for (let day = 1; day <= 20; day += 1) {
      const name = `Softphone.202511${String(day + 10)}_000000_000.log`;
      it.folder.files.set(name, { text: '', modifiedMs: start - day * 24 * hour + hour, open: false });
    }
    it.programLog.configure(configured({ ...inFile, 'system.diagnostics.log_expire': expire }).log);
    await it.programLog.close();
    return it.folder.names.length;
  };
  expect(await left('false')).toBe(21);
  expect(await left('5')).toBe(5);
  expect(await left('7 file')).toBe(7);
  expect(await left('3 day')).toBe(4);
});

/** The name of the file, and the time of a record. */
async function fileOf(settings: Settings): Promise<[string, string]> {
  const { log, programLog, folder } = half('app', { ...inFile, ...settings });
  log.info('x');
  await programLog.close();
  return [folder.names.join(), folder.lines.join().replace(/ info .*/, '')];
}

const at = new Date(start);
const here = new Date(start - at.getTimezoneOffset() * 60_000).toISOString().slice(0, -1);

it('system.diagnostics.log_time_convert: is whose time stands in files and in their names', async () => {
  const name = (clock: string) => `Softphone.${clock.replace(/[-:]/g, '').replace(/[T.]/g, '_')}.log`;
  expect(await fileOf({ 'system.diagnostics.log_time_convert': 'local' })).toEqual([name(here), here.slice(11)]);
  expect(await fileOf({ 'system.diagnostics.log_time_convert': 'utc' })).toEqual([
    'Softphone.20260102_030405_678.log',
    '03:04:05.678',
  ]);
});

it('system.diagnostics.log_time_format: is how files tell the time', async () => {
  const utc: Settings = { 'system.diagnostics.log_time_convert': 'utc' };
  const time = async (format: string) => (await fileOf({ ...utc, 'system.diagnostics.log_time_format': format }))[1];
  const locale = new Intl.DateTimeFormat(undefined, { dateStyle: 'short', timeStyle: 'medium', timeZone: 'UTC' });
  expect(await time('time')).toBe('03:04:05.678');
  expect(await time('ISO8601')).toBe('2026-01-02T03:04:05.678');
  expect(await time('locale')).toBe(locale.format(at));
});

import { describe, expect, it } from 'vitest';
import type { LogSettings } from '../contract/types.ts';
import { version } from '../version.ts';
import type { Level } from './log.ts';
import { ProgramLog } from './program-log.ts';
import { MemoryFolder } from './testing/memory-folder.ts';

const usual: LogSettings = {
  enabled: true,
  outputs: '',
  hideDtmf: false,
  level: 3,
  endpointLevel: 2,
  moduleLevels: '',
  segmentKb: 0,
  segmentHours: 0,
  expireFiles: 0,
  expireDays: 0,
  utc: true,
  timeFormat: 'time',
};

const start = Date.UTC(2026, 0, 2, 3, 4, 5, 678);

function programLog(half: 'app' | 'adapter' = 'app', level: Level | null = null) {
  const stdout: string[] = [];
  const stderr: string[] = [];
  const folders = new Map<string, MemoryFolder>();
  const it = new ProgramLog({
    half,
    level,
    surroundings: { platform: 'linux', env: { LOGS: '/logs' }, home: '/home/ada', temporary: '/tmp', folder: '/here' },
    folder: (path) => {
      const folder = folders.get(path) ?? new MemoryFolder();
      folders.set(path, folder);
      return folder;
    },
    stdout: (line) => stdout.push(line),
    stderr: (line) => stderr.push(line),
    now: () => start,
  });
  const configure = (settings: Partial<LogSettings>) => it.configure({ ...usual, ...settings });
  const filesIn = (path: string): MemoryFolder => {
    const folder = folders.get(path);
    if (!folder) throw new Error(`nothing was written to ${path}`);
    return folder;
  };
  return { it, log: it.log, configure, stdout, stderr, folders, filesIn };
}

const ranks = ['error', 'warning', 'info', 'debug'] as const;
function levelsHeard({ log, stderr }: Pick<ReturnType<typeof programLog>, 'log' | 'stderr'>, child = '') {
  const from = stderr.length;
  const one = child === '' ? log : child.split('.').reduce((it, name) => it.child(name), log);
  for (const rank of ranks) one[rank](rank);
  return stderr.slice(from).map((line) => line.split(/\s+/)[1]);
}
const upTo = (count: number) => ranks.slice(0, count);

describe('how much is told', () => {
  it('is the command line, or info, until there is a configuration', () => {
    expect(levelsHeard(programLog())).toEqual(upTo(3));
    expect(levelsHeard(programLog('adapter', 'error'))).toEqual(upTo(1));
    const told = programLog();
    told.it.configure(null);
    expect(levelsHeard(told)).toEqual(upTo(3));
  });

  it.each([0, 1, 2, 3, 4])('in the app layer is log_level %d', (level) => {
    const told = programLog();
    told.configure({ level, endpointLevel: 5, moduleLevels: 'channel=0' });
    expect(levelsHeard(told)).toEqual(upTo(level));
    expect(levelsHeard(told, 'channel')).toEqual(upTo(level));
  });

  it.each([
    [3, 2, 2],
    [4, 4, 4],
    [3, 4, 3],
    [1, 2, 1],
    [4, 0, 0],
    [4, 5, 0],
    [0, 3, 0],
  ])('by the endpoint with log_level %d is log_options_endpoint %d, and that is %d', (level, endpointLevel, count) => {
    const told = programLog('adapter');
    told.configure({ level, endpointLevel });
    expect(levelsHeard(told)).toEqual(upTo(count));
    expect(levelsHeard(told, 'sip.line0')).toEqual(upTo(count));
  });

  it('by single parts of the endpoint is log_options_provider, up to log_level', () => {
    const told = programLog('adapter');
    told.configure({ level: 3, endpointLevel: 5, moduleLevels: 'gsip=4,webrtc=(error,critical)' });
    expect(levelsHeard(told, 'sip')).toEqual(upTo(3));
    expect(levelsHeard(told, 'sip.line0')).toEqual(upTo(3));
    expect(levelsHeard(told, 'media')).toEqual(upTo(1));
    expect(levelsHeard(told, 'call')).toEqual([]);
    expect(levelsHeard(told)).toEqual([]);
  });

  it('is the command line whatever the configuration says', () => {
    const told = programLog('adapter', 'debug');
    told.configure({ level: 1, endpointLevel: 5, moduleLevels: 'gsip=0' });
    expect(levelsHeard(told)).toEqual(upTo(4));
    expect(levelsHeard(told, 'sip')).toEqual(upTo(4));
  });

  it('changes at once, and what is not told is not made', () => {
    const told = programLog();
    const child = told.log.child('panel');
    const made: string[] = [];
    const say = (text: string) =>
      child.debug(() => {
        made.push(text);
        return text;
      });
    say('a');
    told.configure({ level: 4 });
    say('b');
    told.configure({ level: 3 });
    say('c');
    expect(made).toEqual(['b']);
    expect(told.stderr).toEqual(['2026-01-02T03:04:05.678Z debug   app.panel: b']);
  });

  it('is nothing where there is no log, to whatever output', async () => {
    const told = programLog('app', 'debug');
    told.configure({ enabled: false, outputs: 'stdout,stderr,a.log,%NONE%.log' });
    told.log.error('x');
    await told.it.close();
    expect([told.stdout, told.stderr, told.folders.size]).toEqual([[], [], 0]);
    told.configure({ outputs: 'stdout' });
    told.log.error('y');
    expect(told.stdout).toHaveLength(1);
  });
});

describe('where it is told', () => {
  it('is each output of log_file', async () => {
    const told = programLog('adapter');
    told.configure({ outputs: 'stdout,%LOGS%/x/Softphone.log,other.log' });
    told.log.warning('w');
    await told.it.close();
    expect(told.stdout).toEqual(['2026-01-02T03:04:05.678Z warning adapter: w']);
    expect(told.stderr).toEqual([]);
    expect(told.filesIn('/logs/x').names).toEqual(['Softphone-adapter.20260102_030405_678.log']);
    expect(told.filesIn('/logs/x').lines).toEqual(['03:04:05.678 warning adapter: w']);
    expect(told.filesIn('/here').names).toEqual(['other-adapter.20260102_030405_678.log']);
  });

  it('begins with what wrote it, where and when', async () => {
    const told = programLog();
    told.configure({ outputs: 'a.log' });
    await told.it.close();
    const [file] = told.filesIn('/here').files.values();
    expect(file?.text.split('\n')).toEqual([
      `# Program: Thinline ${version}, app layer, Node.js ${process.version}`,
      `# Process: ${process.pid}`,
      expect.stringMatching(/^# Host: ./),
      expect.stringMatching(/^# Operating system: ./),
      expect.stringMatching(/^# Time zone: \S+, UTC[+-]\d\d:\d\d$/),
      '# Started: 2026-01-02T03:04:05.678Z',
      '# This file: 2026-01-02T03:04:05.678Z',
      '',
    ]);
  });

  it('changes at once; a file that is still named is written on', async () => {
    const told = programLog();
    told.configure({ outputs: 'a.log,b.log' });
    told.log.info('one');
    told.configure({ outputs: 'b.log,stdout', timeFormat: 'ISO8601' });
    told.log.info('two');
    await told.it.close();
    const folder = told.filesIn('/here');
    const text = (name: string) => folder.files.get(`${name}.20260102_030405_678.log`)?.text.replace(/^#.*\n/gm, '');
    expect(folder.names).toHaveLength(2);
    await until(() => text('a') !== '');
    expect(text('a')).toBe('03:04:05.678 info    app: one\n');
    expect(text('b')).toBe('03:04:05.678 info    app: one\n2026-01-02T03:04:05.678 info    app: two\n');
    expect(told.stdout).toHaveLength(1);
    await until(() => [...folder.files.values()].every((it) => !it.open));
    expect([...folder.files.values()].map((it) => it.open)).toEqual([false, false]);
  });

  it('is new segments of a new size, in a file that was there', async () => {
    const told = programLog();
    told.configure({ outputs: 'a.log' });
    told.log.info('x'.repeat(900));
    told.configure({ outputs: 'a.log', segmentKb: 1 });
    told.log.info('x'.repeat(900));
    await told.it.close();
    expect(told.filesIn('/here').names).toHaveLength(2);
  });

  it('is standard error where a file cannot be written, after one sentence', async () => {
    const told = programLog();
    const folder = new MemoryFolder();
    folder.broken = new Error('ENOSPC: no space left on device');
    told.folders.set('/here', folder);
    told.configure({ outputs: 'stdout,a.log' });
    told.log.info('one');
    await told.it.close();
    told.log.info('two');
    expect(told.stderr).toEqual([
      '2026-01-02T03:04:05.678Z error   app: TL6012: The log cannot be written to /here/a, and goes on here. ENOSPC: no space left on device. Make room or give access there, or name another log_file.',
      '03:04:05.678 info    app: one',
      '2026-01-02T03:04:05.678Z info    app: two',
    ]);
    expect(told.stdout).toHaveLength(2);
  });

  it('is standard error once where two files cannot be written, or it was one already', async () => {
    for (const outputs of ['stderr,a.log', 'a.log,b.log']) {
      const told = programLog();
      const folder = new MemoryFolder();
      folder.broken = new Error('EROFS');
      told.folders.set('/here', folder);
      told.configure({ outputs });
      await told.it.close();
      const sentences = told.stderr.length;
      told.log.info('one');
      expect(told.stderr.slice(sentences)).toEqual(['2026-01-02T03:04:05.678Z info    app: one']);
    }
  });

  it('is no standard error where the file that fails is not named any more', async () => {
    const told = programLog();
    const folder = new MemoryFolder();
    folder.broken = new Error('EROFS');
    told.folders.set('/here', folder);
    told.configure({ outputs: 'a.log' });
    told.configure({ outputs: 'stdout' });
    await until(() => told.stderr.length > 0);
    told.log.info('one');
    expect(told.stderr).toHaveLength(1);
    expect(told.stdout).toHaveLength(1);
  });

  it('is what remains where a variable is not set, after one sentence', () => {
    const told = programLog();
    told.configure({ outputs: 'stdout,%NONE%/a.log' });
    told.configure({ outputs: 'stdout,%NONE%/a.log' });
    told.log.info('one');
    expect(told.stderr).toEqual([
      '2026-01-02T03:04:05.678Z error   app: TL6013: The log is not written to %NONE%/a.log. The environment has no variable of that name. Set it, or write a path without it.',
    ]);
    expect(told.stdout).toHaveLength(1);
  });
});

async function until(holds: () => boolean): Promise<void> {
  for (let turn = 0; turn < 1000 && !holds(); turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

describe('what is told', () => {
  it('has no secrets, in files neither', async () => {
    const told = programLog();
    told.configure({ outputs: 'stdout,stderr,a.log' });
    told.log.info('password=hunter2\r\n\x1b[2J');
    await told.it.close();
    const all = [...told.stdout, ...told.stderr, ...told.filesIn('/here').lines];
    expect(all).toHaveLength(3);
    for (const line of all) expect(line).toMatch(/info {4}app: password=\*{5} \[2J$/);
  });

  it('has no digits where log_filter says so', () => {
    const told = programLog('adapter');
    const trace =
      'to udp 192.0.2.1:5060\nINFO sip:602@h SIP/2.0\r\nContent-Type: application/dtmf-relay\r\n\r\nSignal=5\r\n';
    for (const hideDtmf of [false, true]) {
      told.configure({ level: 4, endpointLevel: 4, hideDtmf });
      told.log.child('sip').debug(trace);
    }
    expect(told.stderr.map((it) => it.slice(-9))).toEqual(['Signal=5 ', 'Signal=x ']);
  });
});

import { describe, expect, it } from 'vitest';
import { type FilePolicy, LogFile } from './log-file.ts';
import { MemoryFolder } from './testing/memory-folder.ts';

const hour = 3_600_000;
const start = Date.UTC(2026, 0, 2, 3, 4, 5, 0);
const never: FilePolicy = { segmentKb: 0, segmentHours: 0, expireFiles: 0, expireDays: 0, utc: true };

function fileWith(policy: Partial<FilePolicy> = {}, folder = new MemoryFolder()) {
  const failures: { message: string; lines: readonly string[] }[] = [];
  const clock = { now: start };
  const file = new LogFile({
    folder,
    name: 's',
    policy: { ...never, ...policy },
    header: (at) => [`# begun ${at.toISOString()}`],
    missing: (count) => `${count} missing`,
    failed: ({ message }, lines) => failures.push({ message, lines }),
    now: () => clock.now,
  });
  return { file, folder, failures, clock };
}

const numbered = (count: number, length = 0): string[] =>
  Array.from({ length: count }, (_, n) => String(n).padEnd(length, '.'));

describe('a log file', () => {
  it('is there once it is opened, with its header', async () => {
    const { file, folder } = fileWith();
    file.open();
    await file.close();
    expect([...folder.files]).toEqual([
      [
        's.20260102_030405_000.log',
        { text: '# begun 2026-01-02T03:04:05.000Z\n', modifiedMs: expect.any(Number), open: false },
      ],
    ]);
  });

  it('has what is said, in its order, in few writes', async () => {
    const { file, folder } = fileWith();
    for (const line of numbered(1000)) file.write(line);
    await file.close();
    expect(folder.lines).toEqual(numbered(1000));
    expect(folder.writes).toBeLessThanOrEqual(3);
  });

  it('takes nothing after its end', async () => {
    const { file, folder } = fileWith();
    file.write('a');
    const closed = file.close();
    file.write('b');
    await closed;
    file.write('c');
    await file.close();
    expect(folder.lines).toEqual(['a']);
  });

  it('has what still waited when the process ended', async () => {
    const { file, folder } = fileWith();
    file.open();
    await settled(() => folder.files.size > 0);
    file.write('a');
    file.write('b');
    file.flushNow();
    expect(folder.lines).toEqual(['a', 'b']);
    await file.close();
    expect(folder.lines).toEqual(['a', 'b']);
  });
});

/** Passes turns until it holds. */
async function settled(holds: () => boolean): Promise<void> {
  for (let turn = 0; turn < 1000 && !holds(); turn += 1) await new Promise((resolve) => setImmediate(resolve));
  if (!holds()) throw new Error('it never came to hold');
}

describe('segments', () => {
  it('have the size that they may have, and nothing is lost between them', async () => {
    const { file, folder } = fileWith({ segmentKb: 1 });
    const lines = numbered(100, 99);
    for (const line of lines) file.write(line);
    await file.close();
    expect(folder.lines).toEqual(lines);
    // 33 bytes of header and 9 lines of 100.
    expect([...folder.files.values()].map(({ text }) => text.length)).toEqual([...Array(11).fill(933), 133]);
    expect([...folder.files.values()].every((it) => !it.open)).toBe(true);
    expect(new Set(folder.names).size).toBe(12);
  });

  it('take a record that is longer than they are, one each', async () => {
    const { file, folder } = fileWith({ segmentKb: 1 });
    const lines = numbered(3, 5000);
    for (const line of lines) file.write(line);
    await file.close();
    expect(folder.names).toHaveLength(3);
    expect(folder.lines).toEqual(lines);
  });

  it('are counted in bytes', async () => {
    const { file, folder } = fileWith({ segmentKb: 1 });
    file.write('ä'.repeat(400));
    file.write('ä'.repeat(400));
    await file.close();
    expect(folder.names).toHaveLength(2);
  });

  it('end after hours', async () => {
    const { file, folder, clock } = fileWith({ segmentHours: 2 });
    file.write('a');
    await settled(() => folder.lines.length === 1);
    clock.now += 2 * hour - 1;
    file.write('b');
    await settled(() => folder.lines.length === 2);
    expect(folder.names).toHaveLength(1);
    clock.now += 1;
    file.write('c');
    await file.close();
    expect(folder.names).toEqual(['s.20260102_030405_000.log', 's.20260102_050405_000.log']);
    expect(folder.lines).toEqual(['a', 'b', 'c']);
  });

  it('follow a policy that has changed', async () => {
    const { file, folder } = fileWith();
    file.write('x'.repeat(2000));
    await settled(() => folder.lines.length === 1);
    file.policy = { ...never, segmentKb: 1 };
    file.write('y');
    await file.close();
    expect(folder.names).toHaveLength(2);
  });

  it('do not take the name of another file', async () => {
    const folder = new MemoryFolder();
    const [one, two] = [fileWith({}, folder), fileWith({}, folder)];
    one.file.write('a');
    two.file.write('b');
    await Promise.all([one.file.close(), two.file.close()]);
    expect(folder.names).toEqual(['s.20260102_030405_000.log', 's.20260102_030405_001.log']);
    expect(folder.lines.sort()).toEqual(['a', 'b']);
  });

  it('expire', async () => {
    const { file, folder } = fileWith({ segmentKb: 1, expireFiles: 3 });
    const others = ['s.log', 'other.20200101_000000_000.log', 's.20200101_000000_000.log'];
    for (const name of others) folder.files.set(name, { text: '', modifiedMs: 0, open: false });
    const lines = numbered(10, 1000);
    for (const line of lines) file.write(line);
    await file.close();
    expect(folder.names.slice(0, 2)).toEqual(others.slice(0, 2));
    expect(folder.names).toHaveLength(5);
    expect(folder.lines).toEqual(lines.slice(-3));
  });

  it('expire by the day even where none is begun', async () => {
    const { file, folder, clock } = fileWith({ expireDays: 3 });
    const old = 's.20251231_000000_000.log';
    folder.files.set(old, { text: '', modifiedMs: start - 48 * hour, open: false });
    file.write('a');
    await settled(() => folder.lines.length === 1);
    expect(folder.names).toContain(old);
    clock.now += 25 * hour;
    file.write('b');
    await file.close();
    expect(folder.names).toEqual(['s.20260102_030405_000.log']);
  });
});

describe('a disk', () => {
  it('that is slow loses the newest records, and how many is told where they are missing', async () => {
    const { file, folder } = fileWith();
    const slow = Promise.withResolvers<void>();
    file.open();
    await settled(() => folder.writes === 1);
    folder.slow = slow.promise;
    file.write('first');
    await settled(() => folder.writes === 2);
    // 1,000,000 characters wait at most.
    const lines = numbered(1003, 1000);
    for (const line of lines) file.write(line);
    slow.resolve();
    await settled(() => folder.lines.length === 1002);
    file.write('last');
    await file.close();
    expect(folder.lines).toEqual(['first', ...lines.slice(0, 1000), '3 missing', 'last']);
  });

  it('that is not there is told once, with what it has not taken', async () => {
    const folder = new MemoryFolder();
    folder.broken = new Error('EACCES: permission denied');
    const { file, failures } = fileWith({}, folder);
    file.write('a');
    file.write('b');
    await file.close();
    file.write('c');
    await file.close();
    expect(failures).toEqual([{ message: 'EACCES: permission denied', lines: ['a', 'b'] }]);
  });

  it('that is full later is told, too', async () => {
    const { file, folder, failures } = fileWith();
    file.write('a');
    await settled(() => folder.lines.length === 1);
    folder.broken = new Error('ENOSPC: no space left on device');
    file.write('b');
    file.write('c');
    await settled(() => failures.length > 0);
    file.write('d');
    await file.close();
    expect(failures).toEqual([{ message: 'ENOSPC: no space left on device', lines: ['b', 'c'] }]);
    expect(folder.lines).toEqual(['a']);
    expect([...folder.files.values()].every((it) => !it.open)).toBe(true);
  });

  it('that is full with the next segment has what went into the last one', async () => {
    const { file, folder, failures } = fileWith({ segmentKb: 1 });
    const create = folder.create.bind(folder);
    folder.create = (name) => (folder.files.size > 0 ? Promise.reject(new Error('ENOSPC')) : create(name));
    const lines = numbered(3, 900);
    for (const line of lines) file.write(line);
    await file.close();
    expect(folder.lines).toEqual(lines.slice(0, 1));
    expect(failures).toEqual([{ message: 'ENOSPC', lines: lines.slice(1) }]);
  });

  it('that lets nothing be deleted takes new records all the same', async () => {
    const { file, folder, failures } = fileWith({ segmentKb: 1, expireFiles: 1 });
    folder.remove = () => Promise.reject(new Error('EPERM'));
    for (const line of numbered(3, 1000)) file.write(line);
    await file.close();
    expect(failures).toEqual([]);
    expect(folder.lines).toHaveLength(3);
  });
});

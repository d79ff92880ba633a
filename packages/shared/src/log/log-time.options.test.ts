/** What the option for the time zone of files changes, wherever the machine stands. */
import { afterEach, expect, it, vi } from 'vitest';
import { configured } from '../config/testing/configured.ts';
import { ProgramLog } from './program-log.ts';
import { MemoryFolder } from './testing/memory-folder.ts';

afterEach(() => void vi.restoreAllMocks());

it('system.diagnostics.log_time_convert: local or utc, two hours apart in a zone that is', async () => {
  vi.spyOn(Date.prototype, 'getTimezoneOffset').mockReturnValue(-120);
  for (const [zone, name, time] of [
    ['local', 'a.20260102_050405_678.log', '05:04:05.678'],
    ['utc', 'a.20260102_030405_678.log', '03:04:05.678'],
  ] as const) {
    const folder = new MemoryFolder();
    const program = new ProgramLog({
      half: 'app',
      level: null,
      surroundings: { platform: 'linux', env: {}, home: '/home/ada', temporary: '/tmp', folder: '/here' },
      folder: () => folder,
      now: () => Date.UTC(2026, 0, 2, 3, 4, 5, 678),
    });
    const settings = { 'system.diagnostics.log_file': 'a.log', 'system.diagnostics.log_time_convert': zone };
    program.configure(configured(settings).log);
    program.log.info('x');
    await program.close();
    expect([folder.names, folder.lines]).toEqual([[name], [`${time} info    app: x`]]);
  }
});

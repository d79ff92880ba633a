import { globSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

// What a phone remembers is no matter of whoever runs the tests.
process.env.THINLINE_STATE_DIR ??= join(tmpdir(), `thinline-test-state-${process.pid}`);

/** What hears or times something in real time; nothing else runs meanwhile. */
const realtime = [
  'test/audio/**/*.test.ts',
  'test/e2e/first-call.test.ts',
  'test/faults/**/*.test.ts',
  'test/conformance/third-party-control.test.ts',
  'test/interop/baresip.test.ts',
];

/** On a remote desktop of its own. */
const desktop = ['test/vdi/**/*.test.ts'];

/** What is built and installed; by `npm run test:packages` only. */
const packages = ['test/packages/**/*.test.ts'];

const units = ['packages/**/src/**/*.test.ts', 'packages/**/ui/**/*.test.ts', 'scripts/**/*.test.ts'];

/** They put modules in place of others, or count all timers, so they share nothing with other files, as all other unit tests do. */
const alone = globSync(units, { cwd: import.meta.dirname }).filter((file) =>
  /vi\.mock\(|getTimerCount/.test(readFileSync(join(import.meta.dirname, file), 'utf8')),
);

/** With real servers, phones and browsers, which take a while to start on a busy machine. */
const patience = { testTimeout: 60_000, hookTimeout: 60_000 };

/**
 * unit and alone: stand beside their file, virtual time, no peers. system: crosses packages or needs real parts, and waits for them
 * more than it works, so two files run at a time. realtime and vdi: as system, one file at a time. They follow one another.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          sequence: { groupOrder: 0 },
          include: units,
          exclude: alone,
          isolate: false,
        },
      },
      {
        test: {
          name: 'alone',
          sequence: { groupOrder: 0 },
          include: alone,
        },
      },
      {
        test: {
          name: 'system',
          sequence: { groupOrder: 1 },
          include: ['test/**/*.test.ts', 'packages/endpoint-adapter/plugins/**/*.test.ts'],
          exclude: [...realtime, ...desktop, ...packages],
          maxWorkers: 2,
          ...patience,
        },
      },
      {
        test: {
          name: 'realtime',
          sequence: { groupOrder: 2 },
          include: realtime,
          fileParallelism: false,
          ...patience,
        },
      },
      {
        test: {
          name: 'vdi',
          sequence: { groupOrder: 3 },
          include: desktop,
          fileParallelism: false,
          ...patience,
        },
      },
      ...(process.env.THINLINE_PACKAGES
        ? [
            {
              test: {
                name: 'packages',
                sequence: { groupOrder: 4 },
                include: packages,
                fileParallelism: false,
                testTimeout: 300_000,
                hookTimeout: 900_000,
              },
            },
          ]
        : []),
    ],
  },
});

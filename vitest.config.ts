import { defineConfig } from 'vitest/config';

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

/** With real servers, phones and browsers, which take a while to start on a busy machine. */
const patience = { testTimeout: 60_000, hookTimeout: 60_000 };

/**
 * unit: stands beside its file, virtual time, no peers. system: crosses packages or needs real parts, and waits for them
 * more than it works, so two files run at a time. realtime and vdi: as system, one file at a time. They follow one another.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          sequence: { groupOrder: 0 },
          include: ['packages/**/src/**/*.test.ts', 'packages/**/ui/**/*.test.ts', 'scripts/**/*.test.ts'],
        },
      },
      {
        test: {
          name: 'system',
          sequence: { groupOrder: 1 },
          include: ['test/**/*.test.ts', 'packages/endpoint-adapter/plugins/**/*.test.ts'],
          exclude: [...realtime, ...desktop],
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
    ],
  },
});

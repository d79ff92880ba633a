import { expect, test } from 'vitest';
import { allocatedBy, allocationRows, ownerOf, type ProbeReport } from './report.ts';

const report: ProbeReport = {
  watchedMs: 60_000,
  pauses: [],
  profiledMs: 1_000,
  allocations: [
    { name: 'send', url: 'node:dgram', bytes: 30_000 },
    { name: 'receive', url: 'file:///x/packages/endpoint-adapter/src/media/stream.ts', bytes: 10_000 },
    { name: 'receive', url: 'file:///x/packages/endpoint-adapter/src/media/stream.ts', bytes: 2_000 },
    { name: '', url: 'file:///x/node_modules/libopus-wasm/index.js', bytes: 5_000 },
    { name: '(V8 API)', url: '', bytes: 1_000 },
    { name: 'idle', url: 'node:timers', bytes: 0 },
  ],
};

test('bytes for each frame of 10 ms, the greatest first, what is left of each owner in one row', () => {
  expect(allocationRows(report, 2)).toEqual([
    { owner: 'Node', what: 'send in node:dgram', bytesPerFrame: 300 },
    { owner: 'ours', what: 'receive in stream.ts', bytesPerFrame: 120 },
    { owner: 'libraries', what: '1 other functions', bytesPerFrame: 50 },
    { owner: 'Node', what: '1 other functions', bytesPerFrame: 10 },
  ]);
});

test('a sound card that is made up is not our garbage', () => {
  const folder = 'file:///x/packages/endpoint-adapter/src/audio';
  expect([`${folder}/drivers/virtual.ts`, `${folder}/wav.ts`, `${folder}/ring.ts`].map(ownerOf)).toEqual([
    'virtual devices',
    'virtual devices',
    'ours',
  ]);
});

test('what an owner makes in all', () => {
  expect(allocatedBy('Node', report)).toBe(310);
  expect(allocatedBy('ours', report)).toBe(120);
});

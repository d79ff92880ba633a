import { silent } from '@thinline/shared/log/log.ts';
import { expect, it, vi } from 'vitest';
import { Control } from './control.ts';
import { Engine } from './engine.ts';
import type { FromWorker } from './messages.ts';

vi.mock('./ports.ts', () => ({ openRtpSockets: () => Promise.reject(new RangeError('no such port')) }));

it('answers a request that failed unexpectedly', async () => {
  const answered = Promise.withResolvers<FromWorker>();
  const control = new Control({
    engine: new Engine(),
    codecs: [],
    openSocket: () => Promise.resolve(null),
    log: silent,
    post: answered.resolve,
    onProcessing: () => {},
    onDevices: () => {},
    onAlerts: () => {},
    onPreferences: () => {},
    onTest: () => {},
    tellsLevels: () => false,
    onBusy: () => {},
    onStop: () => {},
  });
  control.take({
    type: 'createStream',
    request: 7,
    id: 'c1',
    local: { address: '127.0.0.1', portMin: 70_000, portMax: 70_010 },
  });
  expect(await answered.promise).toEqual({
    type: 'refused',
    request: 7,
    name: 'internal',
    facts: { detail: 'createStream: no such port' },
  });
});

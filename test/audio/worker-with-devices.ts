/** Opens devices in a worker, and leaves them open. */
import { parentPort } from 'node:worker_threads';
import { miniaudio } from '@thinline/endpoint-adapter/audio/drivers/miniaudio.ts';

const driver = miniaudio.make('');
driver.open({
  captureId: 'micA',
  playbackId: 'earA',
  onCaptured: () => parentPort?.postMessage('captured'),
  onLost: (detail) => {
    throw new Error(detail);
  },
});

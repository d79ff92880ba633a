/** Asks for the devices, and says so without waiting for the answer. */
import { parentPort } from 'node:worker_threads';
import { miniaudio } from '@thinline/endpoint-adapter/audio/drivers/miniaudio.ts';

const driver = miniaudio.make('');
await driver.unavailable();
parentPort?.once('message', () => {
  void driver.devices().then(() => parentPort?.postMessage('listed'));
  parentPort?.postMessage('asked');
});
parentPort?.postMessage('ready');

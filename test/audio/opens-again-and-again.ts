/** A process that opens a microphone and a loudspeaker as often as argv[4] says; prints how often they were there. */
import { miniaudio } from '@thinline/endpoint-adapter/audio/drivers/miniaudio.ts';

const [captureId = '', playbackId = '', times = '0'] = process.argv.slice(2);
const driver = miniaudio.make('');
const unavailable = await driver.unavailable();
if (unavailable !== null) throw new Error(unavailable);
let opened = 0;
let refused = 0;
for (let i = 0; i < Number(times); i++) {
  try {
    const stream = driver.open({ captureId, playbackId, onCaptured: () => {}, onLost: () => {} });
    opened++;
    stream.close();
  } catch {
    refused++;
  }
  // What was closed ends by itself.
  await new Promise(setImmediate);
}
driver.close();
console.log(JSON.stringify({ opened, refused }));

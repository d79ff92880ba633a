/** Scores recordings, each message one. */
import { parentPort } from 'node:worker_threads';
import { type Band, readRecording, type Sound, score } from './score.ts';

export interface ScoreRequest {
  sent: Sound;
  /** The file. */
  heard: string;
  band: Band;
}

const port = parentPort;
if (port === null) throw new Error('score-thread.ts runs in a worker thread only');
port.on('message', async ({ sent, heard, band }: ScoreRequest) => {
  port.postMessage(score(sent, await readRecording(heard), band));
});

/** The media worker: RTP, codecs and devices, in a thread that nothing else can hold up. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Audio } from '@thinline/shared/contract/types.ts';
import { type Log, levels, type Text } from '@thinline/shared/log/log.ts';
import { frameSamples } from '../audio/driver.ts';
import { chooseDriver } from '../audio/drivers.ts';
import { Clock } from './clock.ts';
import { loadCodecs } from './codecs/registry.ts';
import { Control } from './control.ts';
import { Engine } from './engine.ts';
import type { FromWorker, ToWorker, WorkerOptions } from './messages.ts';
import { raisePriority } from './priority.ts';
import { VoiceProcessing } from './processing/voice-processing.ts';
import { Sound } from './sound.ts';

const port = parentPort;
if (port === null) throw new Error('worker.ts runs in a worker thread only');
const options = workerData as WorkerOptions;
const post = (message: FromWorker): void => port.postMessage(message);

const put = (level: 'error' | 'warning' | 'info' | 'debug') => (text: Text) => {
  if (levels.indexOf(level) > levels.indexOf(options.logLevel)) return;
  post({ type: 'log', level, text: typeof text === 'string' ? text : text() });
};
/** Names are the main thread's business: it knows this log as "media". */
const log: Log = {
  error: put('error'),
  warning: put('warning'),
  info: put('info'),
  debug: put('debug'),
  child: () => log,
};

raisePriority();
const chosen = await chooseDriver(options.audio ?? undefined, log);
const codecs = await loadCodecs(log.info);

const engine = new Engine();
const voice = new VoiceProcessing();
const microphone = new Int16Array(frameSamples);
const silence = new Int16Array(frameSamples);

const tick = (captured: Int16Array): void => {
  const plays = sound.hungry;
  const played = engine.tick(captured, performance.now(), plays);
  if (plays) sound.write(played);
};
const clock = new Clock(() => tick(silence));
const sound = new Sound({
  chosen,
  asWanted: chosen.driver.name !== 'virtual' || (options.audio ?? '').split(':')[0] === 'virtual',
  log,
  onCaptured: () => {
    clock.captured();
    while (sound.read(microphone)) tick(microphone);
  },
  onChanged: () => post({ type: 'audio', audio: audio() }),
});
const audio = (): Audio => ({ ...sound.audio(), codecs: codecs.map((codec) => codec.name) });

const control = new Control({
  engine,
  codecs,
  log,
  post,
  onProcessing: async (settings) => {
    const missing = await voice.set(settings);
    if (missing !== null) log.warning(missing);
    engine.process(voice);
  },
  onBusy: () => {
    sound.use(engine.busy);
    if (engine.busy) clock.start();
    else clock.stop();
  },
  onStop: () => {
    voice.close();
    clock.stop();
    sound.stop();
    port.close();
  },
});

await sound.start();
control.start();
port.on('message', (message: ToWorker) => control.take(message));
post({ type: 'started', audio: audio() });

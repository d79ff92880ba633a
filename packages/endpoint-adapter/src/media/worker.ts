/** The media worker: RTP, codecs and devices, in a thread that nothing else can hold up. */
import { parentPort, workerData } from 'node:worker_threads';
import { type Log, levels, type Text } from '@thinline/shared/log/log.ts';
import { frameSamples } from '../audio/driver.ts';
import { chooseDriver } from '../audio/drivers.ts';
import type { PlayedAlert } from './alert.ts';
import { AlertOutputs } from './alert-outputs.ts';
import { BeatSockets, socketAddon } from './beat-sockets.ts';
import { Clock } from './clock.ts';
import { loadCodecs } from './codecs/registry.ts';
import { Control } from './control.ts';
import { Engine } from './engine.ts';
import type { FromWorker, ToWorker, WorkerAudio, WorkerOptions } from './messages.ts';
import { openNodeSocket } from './ports.ts';
import { raisePriority } from './priority.ts';
import { VoiceProcessing } from './processing/voice-processing.ts';
import { Sound } from './sound.ts';
import { SoundTest } from './sound-test.ts';
import { warmUp } from './warm-up.ts';

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

/** Codecs that are run once before the first call. */
const warmed = ['PCMU', 'opus'];

raisePriority();
const chosen = await chooseDriver(options.audio ?? undefined, log);
const codecs = await loadCodecs(log.info);

/** A relay is told goodbye after its stream has gone. */
const isBusy = (): boolean =>
  ((engine.busy || outputs.active || test.needsDevices) && !stopped) || sockets?.inUse === true;
const beat = (): void => (isBusy() ? clock.start() : clock.stop());
let stopped = false;
const addon = socketAddon();
const sockets = addon && new BeatSockets(addon, beat);
const engine = new Engine();
const outputs = new AlertOutputs({
  headset: engine.alerts,
  open: (playbackId, onLost) => chosen.driver.open({ captureId: null, playbackId, onCaptured: () => {}, onLost }),
  look: () => sound.look(),
  warn: log.warning,
});
const voice = new VoiceProcessing();
const microphone = new Int16Array(frameSamples);
const silence = new Int16Array(frameSamples);

const tick = (captured: Int16Array): void => {
  sockets?.read();
  if (stopped) return;
  const plays = sound.wants();
  const played = engine.tick(captured, performance.now(), plays);
  if (plays) sound.write(played);
  outputs.tick();
  // An alert that has come to its end may have been all there was to do.
  if (!isBusy()) busyChanged();
};
const clock = new Clock(() => tick(silence));
const sound = new Sound({
  chosen,
  asWanted: chosen.driver.name !== 'virtual' || (options.audio ?? '').split(':')[0] === 'virtual',
  log,
  onCaptured: () => {
    clock.captured();
    // Devices may be open without a call.
    while (sound.read(microphone)) if (isBusy()) tick(microphone);
  },
  onChanged: () => post({ type: 'audio', audio: audio() }),
  onListed: () => {
    outputs.place(sound.places());
    test.opened();
    beat();
  },
});
const audio = (): WorkerAudio => ({
  ...sound.audio(),
  codecs: codecs.map((codec) => codec.name),
  test: test.kind,
});

const busyChanged = (): void => {
  sound.use((engine.busy || test.needsDevices) && !stopped);
  beat();
};

/** Of calls. */
let alerts: readonly PlayedAlert[] = [];
const setAlerts = (): void => outputs.set([...alerts, ...test.alerts]);
const test = new SoundTest({
  plays: () => sound.plays,
  inCall: () => engine.connected,
  onChanged: () => {
    setAlerts();
    busyChanged();
    post({ type: 'audio', audio: audio() });
  },
});

const control = new Control({
  engine,
  codecs,
  openSocket: sockets?.open ?? openNodeSocket,
  log,
  post,
  onProcessing: async (settings) => {
    const missing = await voice.set(settings);
    if (missing !== null) log.warning(missing);
    engine.process(voice);
  },
  onDevices: (settings) => sound.configure(settings),
  onAlerts: (ofCalls) => {
    alerts = ofCalls;
    setAlerts();
  },
  onPreferences: ({ picks, volumes }) => {
    sound.pick(picks);
    engine.setVolumes(volumes);
  },
  onTest: (kind) => {
    test.start(kind);
    // What was heard before is not to be in the first mean.
    if (kind === 'MICROPHONE') engine.levels();
  },
  tellsLevels: () => test.kind === 'MICROPHONE',
  onBusy: busyChanged,
  onStop: () => {
    stopped = true;
    test.stop();
    voice.close();
    beat();
    outputs.stop();
    sound.stop();
    port.close();
  },
});

await sound.start();
control.start();
port.on('message', (message: ToWorker) => control.take(message));
post({ type: 'started', audio: audio() });

// The most frequent ones; the others' own code is the smaller part.
for (const codec of codecs.filter(({ name }) => warmed.includes(name))) {
  await warmUp(codec, () => engine.busy || stopped).catch((error: unknown) => log.debug(`no warm-up: ${error}`));
}

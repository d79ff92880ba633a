/** A sound lab: a private PulseAudio whose null sinks are the microphones and loudspeakers of two phones, A and B. */
import { execFile, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { toneLevel } from '../tools/tone.ts';
import { hurry, startPeer } from './process.ts';
import { until } from './until.ts';

/** Of every device in the lab, and of every recording (mono, 16 bit). */
export const labRate = 48_000;

export interface Playing {
  stop(): Promise<void>;
}

export interface Listening {
  /** The next `samples` samples that arrive; rejects when they take 5 s longer than they last. */
  read(samples: number): Promise<Int16Array>;
  stop(): Promise<void>;
}

export interface SoundLab {
  /** For the environment of a phone: PULSE_SERVER. */
  readonly server: string;
  /** Adds a loudspeaker; what it plays is heard at `${name}.monitor`. */
  plugSpeaker(name: string, description: string): Promise<void>;
  /** Adds a microphone that hears what is played into the sink `mouth`, which is added as well. */
  plugMicrophone(name: string, mouth: string, description: string): Promise<void>;
  /** Takes a loudspeaker or microphone away, as if its plug were pulled; PulseAudio moves its streams to the default one. */
  unplug(name: string): Promise<void>;
  /** Resolves once the tone (dBFS of a full-scale sine) can be heard at the sink's monitor; it goes on until stopped. */
  playTone(sink: string, hz: number, dbfs: number): Promise<Playing>;
  /** Plays the samples into the sink, to their end. */
  play(sink: string, samples: Int16Array): Promise<void>;
  listen(source: string): Promise<Listening>;
  record(source: string, seconds: number): Promise<Int16Array>;
  /** Until 200 ms on end of the tone are at least that loud; rejects at the deadline (ms) with the loudest that was heard. */
  waitForTone(source: string, hz: number, dbfs: number, deadline?: number): Promise<void>;
  /** PulseAudio stands still: it neither plays nor answers, nor does it go away (SIGSTOP). */
  freeze(): void;
  thaw(): void;
  stop(): Promise<void>;
}

const run = promisify(execFile);
const streamFormat = ['--raw', '--format=s16le', `--rate=${labRate}`, '--channels=1'];
/** Ample for what plays into a mouth, so that a busy machine makes no gaps there; the phones choose their own. */
const latency = { '--playback': '--latency-msec=200', '--record': '--latency-msec=50' };

const nullSink = (name: string, description: string): string[] => [
  'module-null-sink',
  `sink_name=${name}`,
  `rate=${labRate}`,
  'channels=1',
  'format=s16le',
  // Without this an idle null sink keeps the first sound back for up to 2 s; with it, 50 ms.
  'norewinds=1',
  `sink_properties=device.description="${description.replaceAll(' ', '\\ ')}"`,
];

const bytesOf = (samples: Int16Array): Buffer => Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);

/** A second of the tone, which joins its own start without a step, as `hz` is a whole number. */
function secondOfTone(hz: number, dbfs: number): Int16Array {
  if (!Number.isInteger(hz)) throw new Error('A tone of the lab has a whole number of Hz.');
  const amplitude = 32_767 * 10 ** (dbfs / 20);
  return Int16Array.from({ length: labRate }, (_, i) =>
    Math.round(amplitude * Math.sin((2 * Math.PI * hz * i) / labRate)),
  );
}

export async function startSoundLab(): Promise<SoundLab> {
  const folder = await mkdtemp(join(tmpdir(), 'thinline-sound-'));
  const runtime = join(folder, 'run');
  await mkdir(runtime, { mode: 0o700 });
  const socket = join(runtime, 'native');
  const server = `unix:${socket}`;
  const script = join(folder, 'default.pa');
  await writeFile(script, `load-module module-native-protocol-unix auth-anonymous=1 socket=${socket}\n`);
  // Small fragments, as large ones would be the greater part of any delay that is measured here. No shared memory, as
  // PulseAudio 16 may abort when a client that has some goes away while its sound is being recorded (pa_memblock_unref).
  await writeFile(
    join(folder, 'daemon.conf'),
    'realtime-scheduling = no\nhigh-priority = no\ndefault-sample-rate = 48000\nenable-shm = no\ndefault-fragments = 2\ndefault-fragment-size-msec = 10\n',
  );
  const env = {
    PULSE_SERVER: server,
    PULSE_RUNTIME_PATH: runtime,
    PULSE_STATE_PATH: folder,
    PULSE_CONFIG_PATH: folder,
    XDG_RUNTIME_DIR: runtime,
    HOME: folder,
  };
  const args = [
    '-n',
    '-F',
    script,
    '--daemonize=no',
    '--exit-idle-time=-1',
    '--use-pid-file=no',
    '--log-target=stderr',
  ];
  const daemon = await startPeer('pulseaudio', args, { env, urgent: true });
  const streamEnv = { ...process.env, ...env };
  const pactl = async (...command: string[]): Promise<string> => {
    const { stdout } = await run('pactl', command, { env: streamEnv, timeout: 5_000 });
    return stdout.trim();
  };

  /** Module numbers, last loaded first, by the name of the device. */
  const modules = new Map<string, string[]>();
  const plug = async (name: string, ...moduleLines: string[][]): Promise<void> => {
    if (modules.has(name)) throw new Error(`${name} is plugged in already.`);
    const loaded: string[] = [];
    modules.set(name, loaded);
    for (const line of moduleLines) loaded.unshift(await pactl('load-module', ...line));
  };
  const plugSpeaker = (name: string, description: string): Promise<void> => plug(name, nullSink(name, description));
  const plugMicrophone = (name: string, mouth: string, description: string): Promise<void> =>
    plug(name, nullSink(mouth, mouth), [
      'module-remap-source',
      `source_name=${name}`,
      `master=${mouth}.monitor`,
      `source_properties=device.description="${description.replaceAll(' ', '\\ ')}"`,
    ]);

  const streams = new Set<{ stop(): Promise<void> }>();
  let frozen = false;
  const thaw = (): void => {
    if (frozen) process.kill(daemon.pid, 'SIGCONT');
    frozen = false;
  };
  const stop = async (): Promise<void> => {
    thaw();
    await Promise.all([...streams].map((stream) => stream.stop()));
    await daemon.stop();
    await rm(folder, { recursive: true, force: true });
  };

  /** pacat, told to end when the lab does. */
  const stream = (mode: '--playback' | '--record', device: string) => {
    const child = spawn('pacat', [mode, ...streamFormat, latency[mode], `--device=${device}`], {
      env: streamEnv,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let complaint = '';
    child.stderr.on('data', (part) => {
      complaint = String(part).trim();
    });
    // A meter that is held up would find gaps that nobody made.
    if (child.pid !== undefined) hurry(child.pid);
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    // Writing to one that was stopped is no mistake.
    child.stdin.on('error', () => {});
    const handle = {
      child,
      ended,
      /** Why it ended, as far as anybody said. */
      async why(): Promise<string> {
        const last = daemon.output.split('\n').at(-1);
        const alive = await pactl('info').then(
          () => 'PulseAudio answers',
          () => `PulseAudio does not answer, its last line: ${last}`,
        );
        return `${complaint || 'pacat said nothing'}; ${alive}`;
      },
      async stop(): Promise<void> {
        streams.delete(handle);
        child.kill('SIGTERM');
        child.stdout.destroy();
        await ended;
      },
    };
    streams.add(handle);
    return handle;
  };

  const listen = async (source: string): Promise<Listening> => {
    const recording = stream('--record', source);
    const chunks = recording.child.stdout[Symbol.asyncIterator]();
    let rest: Buffer = Buffer.alloc(0);
    return {
      async read(samples) {
        const late = pause(5_000 + (samples * 1000) / labRate, undefined, { ref: false }).then(() => {
          throw new Error(`The recording of ${source} stands still.`);
        });
        late.catch(() => {});
        const parts: Buffer[] = [rest];
        let size = rest.length;
        while (size < samples * 2) {
          const { value, done } = await Promise.race([chunks.next(), late]);
          if (done) throw new Error(`The recording of ${source} ended: ${await recording.why()}.`);
          parts.push(value as Buffer);
          size += (value as Buffer).length;
        }
        const all = Buffer.concat(parts);
        rest = all.subarray(samples * 2);
        return Int16Array.from({ length: samples }, (_, i) => all.readInt16LE(i * 2));
      },
      stop: () => recording.stop(),
    };
  };

  const waitForTone = async (source: string, hz: number, dbfs: number, deadline = 10_000): Promise<void> => {
    const listening = await listen(source);
    const window = labRate / 50;
    const end = performance.now() + deadline;
    let loudest = Number.NEGATIVE_INFINITY;
    try {
      for (let windows = 0; windows < 10; ) {
        const level = toneLevel(await listening.read(window), hz, labRate);
        loudest = Math.max(loudest, level);
        windows = level >= dbfs ? windows + 1 : 0;
        if (performance.now() > end) {
          throw new Error(
            `No ${hz} Hz of ${dbfs} dBFS at ${source} within ${deadline} ms; ${loudest.toFixed(1)} at most.`,
          );
        }
      }
    } finally {
      await listening.stop();
    }
  };

  const lab: SoundLab = {
    server,
    plugSpeaker,
    plugMicrophone,
    async unplug(name) {
      const loaded = modules.get(name);
      if (!loaded) throw new Error(`${name} is not plugged in.`);
      modules.delete(name);
      for (const module of loaded) await pactl('unload-module', module);
    },
    async playTone(sink, hz, dbfs) {
      const second = bytesOf(secondOfTone(hz, dbfs));
      const playing = stream('--playback', sink);
      const more = (): void => {
        while (playing.child.stdin.writable && playing.child.stdin.write(second));
      };
      playing.child.stdin.on('drain', more);
      more();
      await waitForTone(`${sink}.monitor`, hz, dbfs - 3);
      return { stop: () => playing.stop() };
    },
    async play(sink, samples) {
      const playing = stream('--playback', sink);
      playing.child.stdin.end(bytesOf(samples));
      await playing.ended;
      streams.delete(playing);
    },
    listen,
    async record(source, seconds) {
      const listening = await listen(source);
      try {
        return await listening.read(Math.round(seconds * labRate));
      } finally {
        await listening.stop();
      }
    },
    waitForTone,
    freeze: () => {
      process.kill(daemon.pid, 'SIGSTOP');
      frozen = true;
    },
    thaw,
    stop,
  };

  try {
    await until('PulseAudio answers', () =>
      pactl('info').then(
        () => true,
        () => false,
      ),
    );
    for (const phone of ['A', 'B']) {
      await plugMicrophone(`mic${phone}`, `mouth${phone}`, `Headset ${phone} Microphone`);
      await plugSpeaker(`ear${phone}`, `Headset ${phone} Speaker`);
    }
    await plugSpeaker('ringer', 'Ringer');
    await pactl('set-default-sink', 'earA');
    await pactl('set-default-source', 'micA');
  } catch (cause) {
    await stop();
    throw new Error(`The sound lab did not start: ${String(cause)}\n${daemon.output}`);
  }
  return lab;
}

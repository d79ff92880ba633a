/** Headsets that are plugged into a sound lab and pulled out again: each microphone says a tone of its own. */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { promisify } from 'node:util';
import { labRate, type SoundLab } from '../peers/pulse.ts';

/** One device that can be plugged. */
export interface Plug {
  readonly id: string;
  readonly isIn: boolean;
  /** Settles when PulseAudio has done it: when it was told to (performance.now()). */
  plug(): Promise<number>;
  unplug(): Promise<number>;
}

export interface Headset {
  readonly microphone: Plug;
  readonly speaker: Plug;
  /** What its microphone says. */
  readonly hz: number;
  /** Both halves, one just after the other. */
  plug(): Promise<number>;
  unplug(): Promise<number>;
}

export interface Plugs {
  /** `name`: as people read it. Its mouth is there from now on, a loudspeaker that only its microphone hears. */
  headset(name: string, hz: number): Promise<Headset>;
  /** A loudspeaker by itself. */
  speaker(name: string): Plug;
  /** The lab's PulseAudio, asked as by pacmd. */
  command(text: string): Promise<string>;
  /** How many streams of ours PulseAudio has: recording, playing. */
  ourStreams(): Promise<number[]>;
  stop(): void;
}

/** Of a full-scale sine. */
const microphoneDbfs = -6;
const prompt = '>>> ';

/** PulseAudio's own command line: a command takes effect as soon as it is written, without a process to be started first. */
async function openCommandLine(lab: SoundLab): Promise<{ socket: Socket; command(text: string): Promise<string> }> {
  const path = `${lab.server.replace(/^unix:/, '')}-cli`;
  const env = { ...process.env, PULSE_SERVER: lab.server };
  await promisify(execFile)('pactl', ['load-module', 'module-cli-protocol-unix', `socket=${path}`], { env });
  const socket = connect(path);
  await once(socket, 'connect');
  let text = '';
  let answered: (answer: string) => void = () => {};
  let refused: (cause: Error) => void = () => {};
  socket.on('error', () => {});
  socket.on('close', () => refused(new Error('PulseAudio closed its command line: it has ended.')));
  socket.setEncoding('utf8').on('data', (part: string) => {
    text += part;
    if (!text.endsWith(prompt)) return;
    const answer = text.slice(0, -prompt.length);
    text = '';
    answered(answer);
  });
  const say = (line: string): Promise<string> =>
    new Promise((resolve, reject) => {
      answered = resolve;
      refused = reject;
      if (socket.destroyed) reject(new Error(`PulseAudio has ended: nobody takes "${line}".`));
      else socket.write(`${line}\n`);
    });
  // Without that it answers, but never says that it has.
  let turn = say('hello');
  return {
    socket,
    command(line) {
      turn = turn.then(() => say(line));
      return turn;
    },
  };
}

const described = (kind: 'source' | 'sink', name: string): string =>
  `${kind}_properties=device.description="${name.replaceAll(' ', '\\ ')}"`;

/** The default loudspeaker, always there: with another default PulseAudio would move what is said into a mouth there. */
export const desk = 'desk';

/** Takes the lab's own devices away, so that there are only the desk's loudspeaker and what is plugged from here. */
export async function startPlugs(lab: SoundLab): Promise<Plugs> {
  await lab.plugSpeaker(desk, 'Desk');
  for (const id of ['micA', 'earA', 'micB', 'earB', 'ringer']) await lab.unplug(id);
  const { socket, command } = await openCommandLine(lab);
  await command(`set-default-sink ${desk}`);

  const makePlug = (id: string, module: string): Plug => {
    let index = '';
    return {
      id,
      get isIn() {
        return index !== '';
      },
      async plug() {
        if (index !== '') throw new Error(`${id} is plugged in already.`);
        const at = performance.now();
        await command(`load-module ${module}`);
        const modules = (await command('list-modules')).split('index: ').filter((it) => it.includes(`name=${id} `));
        index = /^\d+/.exec(modules[0] ?? '')?.[0] ?? '';
        if (index === '') throw new Error(`PulseAudio has not loaded ${module}.`);
        return at;
      },
      async unplug() {
        if (index === '') throw new Error(`${id} is not plugged in.`);
        const at = performance.now();
        await command(`unload-module ${index}`);
        index = '';
        return at;
      },
    };
  };

  const speaker = (name: string): Plug => {
    const id = `ear${name.replaceAll(' ', '')}`;
    const sound = `rate=${labRate} channels=1 format=s16le norewinds=1`;
    return makePlug(id, `module-null-sink sink_name=${id} ${sound} ${described('sink', name)}`);
  };

  return {
    command,
    speaker,
    async ourStreams() {
      const answers = [await command('list-source-outputs'), await command('list-sink-inputs')];
      return answers.map((it) => it.split('application.name = "Thinline"').length - 1);
    },
    async headset(name, hz) {
      const id = name.replaceAll(' ', '');
      const mouth = `mouth${id}`;
      await lab.plugSpeaker(mouth, `Mouth ${hz}`);
      await lab.playTone(mouth, hz, microphoneDbfs);
      const microphone = makePlug(
        `mic${id}`,
        `module-remap-source source_name=mic${id} master=${mouth}.monitor ${described('source', `${name} Microphone`)}`,
      );
      const ear = speaker(`${name} Speaker`);
      const both = async (first: Promise<number>, second: Promise<number>): Promise<number> =>
        Math.min(...(await Promise.all([first, second])));
      return {
        microphone,
        speaker: ear,
        hz,
        plug: () => both(microphone.plug(), ear.plug()),
        unplug: () => both(microphone.unplug(), ear.unplug()),
      };
    },
    stop: () => void socket.destroy(),
  };
}

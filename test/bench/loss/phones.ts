/** The two phones of the loss benchmark, each one talking from a file and writing what it plays into another. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PhoneState } from '@thinline/app-layer/endpoint/replica.ts';
import { freePorts } from '../../peers/ports.ts';
import { type Peer, startPeer } from '../../peers/process.ts';
import { type PhoneOptions, startPhone } from '../../phone.ts';
import { openControl } from '../control.ts';

export type Maker = 'us' | 'baresip';
export type Codec = (typeof codecs)[number]['name'];

/** baresip: its module and the name in its lists; rate and channels of its sound. */
export const codecs = [
  { name: 'PCMU', module: 'g711', format: 'PCMU/8000/1', rate: 8_000, channels: 1 },
  { name: 'PCMA', module: 'g711', format: 'PCMA/8000/1', rate: 8_000, channels: 1 },
  { name: 'G722', module: 'g722', format: 'G722/16000/1', rate: 16_000, channels: 1 },
  { name: 'opus', module: 'opus', format: 'opus/48000/2', rate: 48_000, channels: 2 },
] as const;

export const codecNamed = (name: Codec) => codecs.find((it) => it.name === name) ?? codecs[0];

export interface FilePhoneOptions extends OwnPhoneOptions {
  /** PulseAudio, which beats the time for baresip. */
  sound: string;
}

export interface OwnPhoneOptions {
  user: string;
  sipPort: number;
  /** Where its calls go: a port on this host. */
  server: number;
  codec: Codec;
  /** WAV files; `says` has the codec's rate and channels for baresip, and is 48 kHz mono for us. */
  says: string;
  hears: string;
}

export interface FilePhone {
  dial(user: string): Promise<void>;
  /** Answers the call that comes. */
  answer(): Promise<void>;
  /** Until the call stands. */
  talking(): Promise<void>;
  /** When it returns, the file is whole. */
  stop(): Promise<unknown>;
}

const host = '127.0.0.1';
const patience = 30_000;

export const startFilePhone = (maker: Maker, options: FilePhoneOptions): Promise<FilePhone> =>
  maker === 'us' ? startOwnPhone(options) : startBaresip(options);

export interface OwnPhone extends FilePhone {
  readonly adapterPid: number;
}

/** sound: more options of the virtual devices. */
export async function startOwnPhone(
  { user, sipPort, server, codec, says, hears }: OwnPhoneOptions,
  { sound = '', ...more }: Pick<PhoneOptions, 'env' | 'start'> & { sound?: string } = {},
): Promise<OwnPhone> {
  const phone = await startPhone({
    lines: [{ user, server: `${host}:${server}`, registerTimeout: 0 }],
    sipPorts: { min: sipPort, max: sipPort },
    audio: `virtual:in=file:${says},out=file:${hears}${sound}`,
    settings: { 'codecs.enabled.audio': codec },
    ...more,
  });
  const isReady = ({ phone: it }: PhoneState): boolean =>
    it?.lines[0]?.state === 'STANDALONE' && it.audio?.codecs.includes(codec) === true;
  const { phone: ready } = await phone.waitFor(`the line and ${codec} are there`, isReady, patience);
  const adapterPid = ready?.endpoint?.pid;
  if (adapterPid === undefined) throw new Error('There is no adapter.');
  const control = openControl(phone.folder);
  return {
    adapterPid,
    dial: async (target) => void (await control.send({ dial: { target } })),
    async answer() {
      const { id } = await phone.call('ALERTING', patience);
      await control.send({ answer: { callId: id } });
    },
    async talking() {
      const call = await phone.call('TALKING', patience);
      if (call.codec !== codec) throw new Error(`The call has ${call.codec}, not ${codec}.`);
    },
    async stop() {
      control.close();
      await phone.stop();
    },
  };
}

/** As its authors ship it, apart from where sound comes from and goes to; `plc` is its module for concealment of G.711. */
function config({ sipPort, codec, says }: FilePhoneOptions, rtp: number): string {
  const { module, rate, channels } = codecNamed(codec);
  return `${[
    'poll_method epoll',
    `sip_listen ${host}:${sipPort}`,
    `rtp_ports ${rtp}-${rtp + 7}`,
    `net_interface ${host}`,
    'audio_buffer 20-160',
    'jitter_buffer_delay 5-10',
    'opus_bitrate 28000',
    `audio_source aufile,${says}`,
    'audio_player alsa,ear',
    'audio_alert aubridge,none',
    `ausrc_srate ${rate}`,
    `ausrc_channels ${channels}`,
    'module_path /usr/lib/baresip/modules',
    ...[module, 'plc', 'aufile', 'alsa', 'aubridge'].map((it) => `module ${it}.so`),
    'module_tmp account.so',
    'module_app menu.so',
    'ringback_disabled yes',
    'menu_bell no',
  ].join('\n')}\n`;
}

/** What the player gets is written into the file, and goes on to PulseAudio, which takes it at the pace of a device. */
const alsaSettings = (hears: string): string =>
  `pcm.ear { type file format wav file "${hears}" slave.pcm { type pulse } }\n`;

async function startBaresip(options: FilePhoneOptions): Promise<FilePhone> {
  const { user, server, codec, hears, sound } = options;
  const folder = await mkdtemp(join(tmpdir(), 'thinline-baresip-'));
  await mkdir(join(folder, 'sounds'));
  const account = `<sip:${user}@${host}:${server}>;regint=0;ptime=20;answermode=auto;audio_codecs=${codecNamed(codec).format}`;
  await writeFile(join(folder, 'config'), config(options, await freePorts(8)));
  await writeFile(join(folder, 'accounts'), `${account}\n`);
  await writeFile(join(folder, 'contacts'), '');
  await writeFile(join(folder, '.asoundrc'), alsaSettings(hears));
  const start = async (...words: string[]): Promise<Peer> => {
    const env = { HOME: folder, PULSE_SERVER: sound };
    const started = await startPeer('baresip', ['-f', folder, '-p', join(folder, 'sounds'), ...words], {
      env,
      urgent: true,
    });
    await started.waitForLine(/baresip is ready/);
    return started;
  };
  let peer = await start();
  return {
    async dial(other) {
      await peer.stop();
      peer = await start('-e', `/dial sip:${other}@${host}:${server}`);
    },
    answer: async () => {},
    talking: async () => void (await peer.waitForLine(/Call established/, patience)),
    async stop() {
      await peer.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The phones of this benchmark: each with the default devices of a sound lab of its own, and no server. */
import type { PhoneState } from '@thinline/app-layer/endpoint/replica.ts';
import { startBaresip } from '../../peers/baresip.ts';
import { freePort } from '../../peers/ports.ts';
import { startPeer } from '../../peers/process.ts';
import type { SoundLab } from '../../peers/pulse.ts';
import { startPhone } from '../../phone.ts';
import type { Who } from '../benchmark.ts';
import { openControl } from '../control.ts';
import { makeProbe, type Probe } from '../probe/probe.ts';
import type { Codec, Maker } from './cells.ts';

export interface DevicePhone {
  readonly sipPort: number;
  readonly processes: readonly { who: Who; pid: number }[];
  /** The process that sound goes through. */
  readonly soundPid: number;
  /** Calls the one who is at that port. */
  dial(user: string): Promise<void>;
  /** Answers the call that comes. */
  answer(): Promise<void>;
  /** Until the call stands. */
  talking(): Promise<void>;
  /** Looks into its media worker, where it has one and that was asked for. */
  readonly probe: Probe | null;
  /** What it says of the call by itself. */
  account(): string;
  stop(): Promise<unknown>;
}

export interface DevicePhoneOptions {
  user: string;
  /** Where its calls go: a port on this host. */
  server: number;
  codec: Codec;
  sound: SoundLab;
  probed: boolean;
}

const host = '127.0.0.1';
const patience = 30_000;

export const startDevicePhone = (maker: Maker, options: DevicePhoneOptions): Promise<DevicePhone> =>
  maker === 'us' ? startUs(options) : startOther(options);

async function startUs({ user, server, codec, sound, probed }: DevicePhoneOptions): Promise<DevicePhone> {
  const sipPort = await freePort();
  const probe = probed ? await makeProbe() : null;
  const phone = await startPhone({
    lines: [{ user, server: `${host}:${server}`, registerTimeout: 0 }],
    sipPorts: { min: sipPort, max: sipPort },
    audio: 'miniaudio',
    settings: { 'codecs.enabled.audio': codec },
    env: { PULSE_SERVER: sound.server, ...probe?.env },
    // As baresip is started.
    start: (program, args, options) => startPeer(program, args, { ...options, urgent: true }),
  });
  const isReady = ({ phone: it }: PhoneState): boolean =>
    it?.lines[0]?.state === 'STANDALONE' && it.audio?.codecs.includes(codec) === true;
  const { phone: ready } = await phone.waitFor(`the line and ${codec} are there`, isReady, patience);
  const soundPid = ready?.endpoint?.pid;
  if (soundPid === undefined) throw new Error('There is no adapter.');
  const control = openControl(phone.folder);
  return {
    sipPort,
    processes: [
      { who: 'adapter', pid: soundPid },
      { who: 'app layer', pid: phone.app.pid },
    ],
    soundPid,
    probe,
    dial: async (target) => void (await control.send({ dial: { target } })),
    async answer() {
      const { id } = await phone.call('ALERTING', patience);
      await control.send({ answer: { callId: id } });
    },
    async talking() {
      const call = await phone.call('TALKING', patience);
      if (call.codec !== codec) throw new Error(`The call has ${call.codec}, not ${codec}.`);
    },
    account() {
      const it = phone.state().phone?.qualities[0];
      if (it === undefined) return '';
      const stretched = `${it.acceleratedMs?.toFixed(0)} taken out, ${it.expandedMs?.toFixed(0)} put in`;
      return `jitter buffer ${it.bufferMs?.toFixed(0)} ms of ${it.bufferTargetMs?.toFixed(0)}, ${it.concealedMs.toFixed(0)} made up, ${stretched}`;
    },
    async stop() {
      control.close();
      await phone.stop();
      await probe?.stop();
    },
  };
}

async function startOther({ user, server, codec, sound }: DevicePhoneOptions): Promise<DevicePhone> {
  const address = `${host}:${server}`;
  const phone = await startBaresip({
    user,
    password: '',
    server: address,
    register: false,
    autoAnswer: true,
    codecs: [codec === 'PCMU' ? 'pcmu' : 'opus'],
    audio: { server: sound.server, source: 'micA', player: 'earA' },
  });
  return {
    sipPort: phone.sipPort,
    processes: [{ who: 'baresip', pid: phone.pid }],
    soundPid: phone.pid,
    probe: null,
    dial: (other) => phone.dial(`sip:${other}@${address}`),
    answer: async () => {},
    talking: async () => void (await phone.waitForEvent('CALL_ESTABLISHED', patience)),
    account: () => '',
    stop: () => phone.stop(),
  };
}

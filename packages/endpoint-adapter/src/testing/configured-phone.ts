/**
 * The phone that a Softphone.config makes, between wire and sound: the endpoint, with lines and media that do what a test
 * tells them. The test mocks sip/stack.ts by fake-stack.ts.
 */
import { configured, type Settings } from '@thinline/shared/config/testing/configured.ts';
import type { Command, DeviceSettings } from '@thinline/shared/contract/types.ts';
import { silent } from '@thinline/shared/log/log.ts';
import {
  FakeInvite,
  type FakeInviteOptions,
  type FakeLine,
  FakeMedia,
  type FakeSession,
  farSdp,
} from '../call/fakes.ts';
import { Endpoint } from '../endpoint.ts';
import type { PlayedAlert } from '../media/alert.ts';
import type { Media } from '../media/media.ts';
import type { LocalAddress, StreamPlace } from '../media/stream-settings.ts';
import { type FakeStack, openedStacks } from './fake-stack.ts';

const credentials = { ufrag: 'ours', password: 'a-password-of-22-characters' };

export class ConfiguredMedia extends FakeMedia {
  readonly audio = {
    codecs: ['opus', 'G722', 'PCMA', 'PCMU', 'iLBC'],
    headsetAvailable: true,
    captureId: 'microphone',
    playbackId: 'loudspeaker',
  };
  /** Where each stream was wanted. */
  readonly places: StreamPlace[] = [];
  /** Digits that were sent as tones in the sound. */
  inBand = '';
  /** What is to be heard of calls now. */
  alerts: readonly PlayedAlert[] = [];
  devices: DeviceSettings | null = null;

  async start(): Promise<void> {}
  async stop(): Promise<void> {}

  override async createStream(id: string, place: StreamPlace): Promise<LocalAddress> {
    this.places.push(place);
    return {
      ...(await super.createStream(id, place)),
      ...(place.ice && { ice: { ...credentials, candidates: [] } }),
      ...(place.dtls && { fingerprint: { algorithm: 'sha-256', value: Array(32).fill('AB').join(':') } }),
    };
  }

  override async sendDtmf(id: string, digits: string, inBand = false): Promise<void> {
    if (inBand) this.inBand += digits;
    else await super.sendDtmf(id, digits);
  }

  setAlerts(alerts: readonly PlayedAlert[]): void {
    this.alerts = alerts;
  }

  setDevices(devices: DeviceSettings): void {
    this.devices = devices;
  }
}

export interface ConfiguredPhone {
  media: ConfiguredMedia;
  /** The stack in use, and its first line. */
  stack(): { stack: FakeStack; line: FakeLine };
  /** An app layer is there from now on, as one is at first, or none is. */
  watch(on: boolean): void;
  /** Another file takes the place of the first. */
  configure(settings: Settings): Promise<void>;
  line: FakeLine;
  /** Dials 602; rejects as the command does. */
  dial(): Promise<FakeSession>;
  /** An INVITE comes. Null where it was refused or redirected. */
  called(invite?: FakeInviteOptions): Promise<{ invite: FakeInvite; session: FakeSession | null }>;
  /** Carries out a command for the call that is there. */
  command(name: 'answer' | 'hold' | 'sendDtmf', more?: { digits: string }): Promise<string>;
  /** What our next offer says. */
  offer(): Promise<string>;
  /** What answers a call with that offer; '': nothing does. */
  answer(offer?: string): Promise<string>;
}

let commands = 0;

export async function openConfiguredPhone(settings: Settings): Promise<ConfiguredPhone> {
  const media = new ConfiguredMedia();
  const endpoint = new Endpoint({
    identity: { epoch: 'e', host: 'h', platform: 'p', productVersion: '0', pid: 1, endpointId: 'endpoint-1' },
    // The endpoint uses no more of it than the fake has.
    media: media as unknown as Media,
    log: silent,
    userAgent: 'test',
  });
  const watch = (on: boolean) => {
    endpoint.watched = on;
  };
  watch(true);
  const execute = (body: Partial<Command>) => endpoint.execute({ id: `${++commands}`, sessionId: 's', ...body });
  await endpoint.start();
  const configure = async (its: Settings): Promise<void> =>
    void (await execute({ configure: { configuration: configured(its) } }));
  await configure(settings);
  const inUse = () => {
    const stack = openedStacks.at(-1);
    const line = stack?.lines[0];
    if (!stack || !line) throw new Error('there is no line');
    return { stack, line };
  };
  const { line } = inUse();

  const phone: ConfiguredPhone = {
    media,
    line,
    stack: inUse,
    watch,
    configure,
    dial: async () => {
      await execute({ dial: { target: '602', lineId: '', anonymous: false, appearance: 0 } });
      const session = line.sessions.at(-1);
      if (!session) throw new Error('nobody is called');
      return session;
    },
    called: async (options) => {
      const invite = new FakeInvite(options);
      line.emit('incoming', invite);
      // The ports are opened and the call rings; all of that is promises.
      for (let turn = 0; turn < 16; turn++) await Promise.resolve();
      return { invite, session: invite.session };
    },
    command: (name, more) => {
      const callId = endpoint.snapshot().calls[0]?.id ?? '';
      return execute({ [name]: { callId, ...more } });
    },
    offer: async () => (await phone.dial()).media.offer(),
    answer: async (offer = farSdp()) => {
      const { session } = await phone.called({ offer });
      return session?.media.answer(offer) ?? '';
    },
  };
  return phone;
}

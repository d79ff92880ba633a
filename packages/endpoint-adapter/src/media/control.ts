/** The worker's side of the messages: streams come, change and go as the main thread says. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DeviceSettings, TestSound } from '@thinline/shared/contract/types.ts';
import type { FailureName } from '@thinline/shared/failures.ts';
import type { Log } from '@thinline/shared/log/log.ts';
import type { PlayedAlert } from './alert.ts';
import type { Codec } from './codecs/codec.ts';
import { findCodec } from './codecs/registry.ts';
import { setDscp } from './dscp.ts';
import { dtlsCertificate } from './dtls/certificate.ts';
import { prepareDtls } from './dtls/prepare.ts';
import type { Engine } from './engine.ts';
import { openIceTransport } from './ice/ice-transport.ts';
import type { FromWorker, ToWorker } from './messages.ts';
import type { OpenSocket, PacketSocket } from './packet-socket.ts';
import { openRtpSockets, type RtpSockets } from './ports.ts';
import type { SoundPreferences } from './preferences.ts';
import { Stream } from './stream.ts';
import {
  type LocalAddress,
  type ProcessingSettings,
  type SoundSettings,
  type StreamPlace,
  usualSound,
} from './stream-settings.ts';
import { isDigits } from './telephone-event.ts';
import { type PacketTransport, PlainTransport } from './transport.ts';

const levelsMs = 200;
const qualityMs = 1_000;

export interface ControlOptions {
  engine: Engine;
  codecs: readonly Codec[];
  openSocket: OpenSocket;
  log: Log;
  post: (message: FromWorker) => void;
  onProcessing: (settings: ProcessingSettings) => void;
  onDevices: (settings: DeviceSettings) => void;
  onAlerts: (alerts: readonly PlayedAlert[]) => void;
  onPreferences: (preferences: SoundPreferences) => void;
  onTest: (kind: TestSound['kind']) => void;
  /** Levels are wanted without a call. */
  tellsLevels: () => boolean;
  /** Whether the engine has something to do may have changed. */
  onBusy: () => void;
  /** All is closed. */
  onStop: () => void;
}

export class Control {
  readonly #options: ControlOptions;
  readonly #streams = new Map<string, Stream>();
  readonly #sockets = new Map<string, RtpSockets<PacketSocket>>();
  #sound: SoundSettings = usualSound;
  #markFailed = false;
  /** Messages are worked off one after another: an update must not overtake the creation before it. */
  #queue: Promise<void> = Promise.resolve();
  #timers: NodeJS.Timeout[] = [];

  constructor(options: ControlOptions) {
    this.#options = options;
  }

  start(): void {
    this.#timers = [setInterval(() => this.#tellLevels(), levelsMs), setInterval(() => this.#tellQuality(), qualityMs)];
  }

  take(message: ToWorker): void {
    const handled = this.#queue.then(() => this.#handle(message));
    const done = handled.catch((error: unknown) => {
      const detail = `${message.type}: ${error instanceof Error ? error.message : String(error)}`;
      this.#options.log.error(detail);
      // Whoever asked would wait for ever.
      if ('request' in message) this.#refuse(message.request, 'internal', { detail });
    });
    // ICE may ask servers that are away; nobody knows of the new stream before it is answered.
    if (message.type !== 'createStream') this.#queue = done;
  }

  async #handle(message: ToWorker): Promise<void> {
    switch (message.type) {
      case 'createStream':
        return this.#create(message);
      case 'updateStream':
        return this.#streams.get(message.id)?.update(message.settings);
      case 'closeStream':
        return this.#close(message.id);
      case 'sendDtmf':
        return this.#sendDtmf(message.request, message.id, message.digits, message.inBand);
      case 'sound':
        return this.#setSound(message.settings);
      case 'devices':
        return this.#options.onDevices(message.settings);
      case 'alerts':
        this.#options.onAlerts(message.alerts);
        return this.#options.onBusy();
      case 'play':
        if (typeof message.tone === 'object' && !this.#sound.dtmfFeedback) return;
        this.#options.engine.play(message.tone);
        return this.#options.onBusy();
      case 'preferences':
        return this.#options.onPreferences(message.preferences);
      case 'test':
        return this.#options.onTest(message.kind);
      case 'stop':
        return this.#stop(message.request);
    }
  }

  async #create({ request, id, local }: Extract<ToWorker, { type: 'createStream' }>): Promise<void> {
    if (this.#streams.has(id)) return this.#refuse(request, 'internal', { detail: `there is a stream ${id} already` });
    const sockets = await openRtpSockets(local, this.#options.openSocket);
    if (sockets === null) return this.#refuse(request, 'noRtpPort', { min: local.portMin, max: local.portMax });
    this.#mark(sockets);
    try {
      const { fingerprint } = local.dtls ? await dtlsCertificate() : {};
      const stream = this.#begin(id, await this.#transport(id, sockets, local));
      this.#sockets.set(id, sockets);
      this.#done(request, fingerprint ? { ...stream.local, fingerprint } : stream.local);
    } catch (error) {
      for (const socket of [sockets.rtp, sockets.rtcp]) socket.close();
      throw error;
    }
  }

  #begin(id: string, transport: PacketTransport): Stream {
    const { engine, codecs, log, post } = this.#options;
    const stream = new Stream({
      id,
      transport,
      findCodec: (name) => findCodec(name, codecs),
      sound: () => this.#sound,
      onDigit: (digit) => post({ type: 'dtmf', id, digit }),
      onTrouble: (trouble) => post({ type: 'trouble', id, trouble }),
      warn: (text) => log.warning(`${id}: ${text}`),
    });
    this.#streams.set(id, stream);
    stream.start();
    engine.add(stream);
    this.#options.onBusy();
    return stream;
  }

  async #transport(id: string, sockets: RtpSockets<PacketSocket>, { ice }: StreamPlace): Promise<PacketTransport> {
    if (ice === undefined) return new PlainTransport(sockets);
    const transport = await openIceTransport({ sockets, servers: ice });
    for (const { server, problem, detail } of transport.problems) {
      this.#options.log.warning(`${id}: the ${server.toUpperCase()} server is of no help, ${problem}: ${detail}`);
    }
    return transport;
  }

  #setSound(settings: SoundSettings): void {
    if (settings.dtls && !this.#sound.dtls) {
      prepareDtls().catch((error: unknown) => this.#options.log.warning(String(error)));
    }
    this.#sound = settings;
    this.#options.onProcessing(settings.processing);
    for (const sockets of this.#sockets.values()) this.#mark(sockets);
    for (const stream of this.#streams.values()) stream.adapt();
  }

  #mark({ rtp, rtcp }: RtpSockets<PacketSocket>): void {
    const { dscp } = this.#sound;
    const reason = setDscp(rtp, dscp) ?? setDscp(rtcp, dscp);
    if (reason === null || dscp === 0 || this.#markFailed) return;
    this.#markFailed = true;
    this.#options.log.warning(`packets are not marked as urgent (DSCP ${dscp}): ${reason}`);
  }

  /** Digits take their time, and other messages must not wait for them. */
  #sendDtmf(request: number, id: string, digits: string, inBand: boolean): void {
    const stream = this.#streams.get(id);
    if (stream === undefined) this.#done(request, null);
    else if (!isDigits(digits)) this.#refuse(request, 'malformedDigits', { digits });
    else if (!stream.takesDtmf) this.#refuse(request, 'dtmfNotTaken', {});
    else stream.sendDtmf(digits, inBand).then(() => this.#done(request, null));
  }

  #close(id: string): void {
    const stream = this.#streams.get(id);
    if (stream === undefined) return;
    this.#options.log.debug(() => `${id}: refused packets ${JSON.stringify(stream.refused)}`);
    this.#options.post({ type: 'quality', quality: stream.quality() });
    this.#options.engine.remove(stream);
    this.#streams.delete(id);
    this.#sockets.delete(id);
    stream.close();
    this.#options.onBusy();
  }

  async #stop(request: number): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    for (const id of [...this.#streams.keys()]) this.#close(id);
    // What the streams had promised is answered before the worker falls silent.
    await nextTurn();
    this.#done(request, null);
    this.#options.onStop();
  }

  #done(request: number, result: LocalAddress | null): void {
    this.#options.post({ type: 'done', request, result });
  }

  #refuse(request: number, name: FailureName, facts: Record<string, string | number>): void {
    this.#options.post({ type: 'refused', request, name, facts });
  }

  #tellLevels(): void {
    const { engine, tellsLevels, post } = this.#options;
    if (engine.connected || tellsLevels()) post({ type: 'levels', levels: engine.levels() });
  }

  #tellQuality(): void {
    for (const stream of this.#streams.values()) this.#options.post({ type: 'quality', quality: stream.quality() });
  }
}

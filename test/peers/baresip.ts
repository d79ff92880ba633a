/** baresip as the far end: a real phone with its own SIP, RTP, jitter buffer and codecs, driven over its control socket. */
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, freePorts } from './ports.ts';
import { type Peer, startPeer } from './process.ts';
import { waitForToneIn } from './recording.ts';
import { until } from './until.ts';

export interface BaresipOptions {
  user: string;
  password: string;
  /** host:port of the registrar, or of the phone to call directly when `register` is false. */
  server: string;
  transport?: 'udp' | 'tcp' | 'tls';
  /** host:port that every request goes to first; the server itself when not said. */
  outboundProxy?: string;
  /** PEM files: whom it trusts over TLS, and its own certificate with the key. */
  authorities?: string;
  certificate?: string;
  /** host:port of its DNS server. */
  dns?: string;
  /** In the order of the offer. */
  codecs?: readonly ('pcmu' | 'pcma' | 'opus')[];
  /** Devices of a sound lab, or a tone (Hz) that it says all the time; without it the phone plays and hears nothing at all. */
  audio?: { server: string; source: string; player: string } | { tone: number };
  /** SRTP by its account's mediaenc: offered, demanded (-mand, -mandf as SAVPF), or by DTLS; plain sound when not said. */
  mediaEncryption?: 'srtp' | 'srtp-mand' | 'srtp-mandf' | 'dtls_srtp';
  register?: boolean;
  /** Answers by itself. */
  autoAnswer?: boolean;
}

/** An event of baresip's ctrl_tcp module, e.g. REGISTER_OK, CALL_INCOMING, CALL_RINGING, CALL_ESTABLISHED, CALL_CLOSED. */
export interface BaresipEvent {
  type: string;
  class?: string;
  id?: string;
  peeruri?: string;
  param?: string;
}

export interface Baresip {
  readonly user: string;
  readonly pid: number;
  readonly sipPort: number;
  /** Its own log. */
  readonly log: string;
  /** Everything that happened so far. */
  readonly events: readonly BaresipEvent[];
  /** The first event of that type not yet waited for; each event satisfies one wait. Rejects at the deadline (ms). */
  waitForEvent(type: string, deadline?: number): Promise<BaresipEvent>;
  /** Until it is registered. */
  registered(): Promise<void>;
  dial(uri: string): Promise<void>;
  accept(): Promise<void>;
  hangup(): Promise<void>;
  hold(): Promise<void>;
  resume(): Promise<void>;
  mute(): Promise<void>;
  sendDigits(digits: string): Promise<void>;
  transfer(uri: string): Promise<void>;
  /** Until that many more RTP packets have come in its current call. */
  waitForPackets(count: number, deadline?: number): Promise<void>;
  /**
   * Until 200 ms on end of the tone have come, from now on, in the call that was the last to begin; needs `audio.tone`, and
   * PCMU or PCMA. Not in a call that was held: baresip 1.0.0 no longer records what it hears then.
   */
  waitForTone(hz: number, deadline?: number): Promise<void>;
  /** Any command of its menu; resolves with what it printed. */
  command(name: string, params?: string): Promise<string>;
  stop(): Promise<void>;
}

/** ctrl_tcp's framing: <length>:<JSON>, */
function* netstrings(buffer: { bytes: Buffer }): Generator<string> {
  for (;;) {
    const colon = buffer.bytes.indexOf(':');
    if (colon < 0) return;
    const length = Number(buffer.bytes.toString('latin1', 0, colon));
    const end = colon + 1 + length;
    if (!Number.isInteger(length) || buffer.bytes.length < end + 1) return;
    yield buffer.bytes.toString('utf8', colon + 1, end);
    buffer.bytes = buffer.bytes.subarray(end + 1);
  }
}

interface Ports {
  sip: number;
  control: number;
  rtp: number;
}

/** Where its calls are recorded: what it says (-enc.wav) and what it hears (-dec.wav). */
const recordings = 'recordings';

/** That of the call that was the last to begin; '' before the first. */
async function lastRecording(folder: string): Promise<string> {
  const name = (await readdir(folder))
    .filter((it) => it.endsWith('-dec.wav'))
    .sort()
    .at(-1);
  return name === undefined ? '' : join(folder, name);
}

function soundLines(audio: BaresipOptions['audio'], folder: string): string[] {
  if (audio === undefined) {
    return ['module aubridge.so', ...['source', 'player', 'alert'].map((it) => `audio_${it} aubridge,none`)];
  }
  if ('tone' in audio) {
    return [
      ...['ausine', 'aubridge', 'sndfile'].map((name) => `module ${name}.so`),
      `snd_path ${join(folder, recordings)}`,
      `audio_source ausine,${audio.tone}`,
      // The only rate and number of channels that ausine has.
      'ausrc_srate 48000',
      'ausrc_channels 2',
      'audio_player aubridge,none',
      'audio_alert aubridge,none',
    ];
  }
  return [
    'module alsa.so',
    `audio_source alsa,pulse:${audio.source}`,
    `audio_player alsa,pulse:${audio.player}`,
    `audio_alert alsa,pulse:${audio.player}`,
  ];
}

function config(options: BaresipOptions, ports: Ports, folder: string): string {
  const { audio, codecs = ['pcmu', 'opus'], authorities, certificate, dns, mediaEncryption } = options;
  return `${[
    'poll_method epoll',
    `sip_listen 127.0.0.1:${ports.sip}`,
    ...(authorities === undefined ? [] : [`sip_cafile ${authorities}`]),
    ...(certificate === undefined ? [] : [`sip_certificate ${certificate}`]),
    ...(dns === undefined ? [] : [`dns_server ${dns}`]),
    `rtp_ports ${ports.rtp}-${ports.rtp + 7}`,
    'net_interface 127.0.0.1',
    'call_max_calls 4',
    'module_path /usr/lib/baresip/modules',
    'module g711.so',
    ...(codecs.includes('opus') ? ['module opus.so'] : []),
    ...(mediaEncryption === undefined ? [] : [`module ${mediaEncryption === 'dtls_srtp' ? 'dtls_srtp' : 'srtp'}.so`]),
    ...soundLines(audio, folder),
    'module_tmp account.so',
    'module_app menu.so',
    'module_app ctrl_tcp.so',
    `ctrl_tcp_listen 127.0.0.1:${ports.control}`,
    'ringback_disabled yes',
    'menu_bell no',
  ].join('\n')}\n`;
}

/** As in its file of accounts, and as its command "uanew" takes it. */
export function account(options: BaresipOptions): string {
  const { user, password, server, transport = 'udp', outboundProxy = server, codecs = ['pcmu', 'opus'] } = options;
  const names = codecs.map((codec) => (codec === 'opus' ? 'opus/48000/2' : `${codec.toUpperCase()}/8000/1`));
  const parameters = [
    `auth_user=${user}`,
    `auth_pass=${password}`,
    `audio_codecs=${names.join(',')}`,
    `answermode=${options.autoAnswer ? 'auto' : 'manual'}`,
    ...(options.mediaEncryption === undefined ? [] : [`mediaenc=${options.mediaEncryption}`]),
    `regint=${options.register === false ? 0 : 60}`,
    `outbound="sip:${outboundProxy};transport=${transport}"`,
    'ptime=20',
  ];
  return `<sip:${user}@${server};transport=${transport}>;${parameters.join(';')}`;
}

export async function startBaresip(options: BaresipOptions): Promise<Baresip> {
  const folder = await mkdtemp(join(tmpdir(), 'thinline-baresip-'));
  const ports: Ports = { sip: await freePort(), control: await freePort(), rtp: await freePorts(8) };
  // An empty folder of ring tones: a phone that rings into the ear would be heard in the recordings.
  await mkdir(join(folder, 'sounds'));
  await mkdir(join(folder, recordings));
  await writeFile(join(folder, 'config'), config(options, ports, folder));
  await writeFile(join(folder, 'accounts'), `${account(options)}\n`, { mode: 0o600 });
  await writeFile(join(folder, 'contacts'), '');
  const peer = await startPeer('baresip', ['-f', folder, '-p', join(folder, 'sounds')], {
    env: {
      HOME: folder,
      ...(options.audio && 'server' in options.audio ? { PULSE_SERVER: options.audio.server } : {}),
    },
    urgent: options.audio !== undefined,
  });
  try {
    await peer.waitForLine(/baresip is ready/);
    const control = await openControl(ports.control);
    return phone(options.user, ports.sip, peer, control, join(folder, recordings), async () => {
      control.socket.destroy();
      await peer.stop();
      await rm(folder, { recursive: true, force: true });
    });
  } catch (cause) {
    await peer.stop();
    await rm(folder, { recursive: true, force: true });
    throw cause;
  }
}

interface Control {
  socket: Socket;
  events: BaresipEvent[];
  waitForEvent(type: string, deadline: number): Promise<BaresipEvent>;
  command(name: string, params: string): Promise<string>;
}

async function openControl(port: number): Promise<Control> {
  const socket = connect(port, '127.0.0.1');
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  socket.on('error', () => {});
  const events: BaresipEvent[] = [];
  const unclaimed: BaresipEvent[] = [];
  const waiting = new Set<{ type: string; take(event: BaresipEvent): void }>();
  const replies = new Map<string, (reply: { ok: boolean; data: string }) => void>();

  const onEvent = (event: BaresipEvent): void => {
    events.push(event);
    const wait = [...waiting].find(({ type }) => type === event.type);
    if (wait) wait.take(event);
    else unclaimed.push(event);
  };
  const buffer = { bytes: Buffer.alloc(0) };
  socket.on('data', (data) => {
    buffer.bytes = Buffer.concat([buffer.bytes, data]);
    for (const text of netstrings(buffer)) {
      const message = JSON.parse(text);
      if (message.event) onEvent(message);
      else replies.get(message.token)?.(message);
    }
  });

  let number = 0;
  return {
    socket,
    events,
    waitForEvent(type, deadline) {
      const index = unclaimed.findIndex((event) => event.type === type);
      const [seen] = index < 0 ? [] : unclaimed.splice(index, 1);
      if (seen) return Promise.resolve(seen);
      return new Promise((resolve, reject) => {
        const wait = {
          type,
          take(event: BaresipEvent): void {
            clearTimeout(timer);
            waiting.delete(wait);
            resolve(event);
          },
        };
        const timer = setTimeout(() => {
          waiting.delete(wait);
          reject(
            new Error(`baresip: no ${type} within ${deadline} ms; there was ${events.map((it) => it.type).join(' ')}.`),
          );
        }, deadline);
        waiting.add(wait);
      });
    },
    command(name, params) {
      const token = String(++number);
      const text = JSON.stringify({ command: name, params, token });
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          replies.delete(token);
          reject(new Error(`baresip did not reply to ${name}.`));
        }, 5_000);
        replies.set(token, ({ ok, data }) => {
          clearTimeout(timer);
          replies.delete(token);
          if (ok) resolve(data);
          else reject(new Error(`baresip refused ${name} ${params}: ${data}`));
        });
        socket.write(`${Buffer.byteLength(text)}:${text},`);
      });
    },
  };
}

function phone(
  user: string,
  sipPort: number,
  peer: Peer,
  control: Control,
  recorded: string,
  stop: () => Promise<void>,
): Baresip {
  const { command } = control;
  const quietly = async (name: string, params = ''): Promise<void> => void (await command(name, params));
  return {
    user,
    pid: peer.pid,
    sipPort,
    get log() {
      return peer.output;
    },
    events: control.events,
    waitForEvent: (type, deadline = 10_000) => control.waitForEvent(type, deadline),
    registered: async () => {
      await peer.waitForLine(/200 OK .*\[\d+ binding|registered successfully/);
    },
    dial: (uri) => quietly('dial', uri),
    accept: () => quietly('accept'),
    hangup: () => quietly('hangup'),
    hold: () => quietly('hold'),
    resume: () => quietly('resume'),
    mute: () => quietly('mute'),
    async sendDigits(digits) {
      for (const digit of digits) await quietly('sndcode', digit);
    },
    transfer: (uri) => quietly('transfer', uri),
    waitForTone: (hz, deadline) =>
      waitForToneIn(user, { file: () => lastRecording(recorded), rate: 8_000 }, hz, deadline),
    async waitForPackets(count, deadline) {
      const received = async (): Promise<number> =>
        [...(await command('audio_debug', '')).matchAll(/ rcvd=(\d+)/g)].reduce((sum, [, it]) => sum + Number(it), 0);
      const before = await received();
      await until(`${user} gets ${count} RTP packets`, async () => (await received()) >= before + count, deadline, 100);
    },
    command: (name, params = '') => command(name, params),
    stop,
  };
}

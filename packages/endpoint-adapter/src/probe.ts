/** thinline-adapter --probe: what of the endpoint adapter works on this machine. Takes no call and registers nowhere. */
import { readCommandLine } from '@thinline/shared/command-line.ts';
import type { Audio } from '@thinline/shared/contract/types.ts';
import { failureOf, sentence } from '@thinline/shared/failures.ts';
import { silent } from '@thinline/shared/log/log.ts';
import { connectOwn } from '@thinline/shared/own-socket.ts';
import { adapterSocket, pluginSocket } from '@thinline/shared/paths.ts';
import { type Finding, isWell, probeReport, tried } from '@thinline/shared/probe.ts';
import { readWanted } from './audio/drivers.ts';
import { Media } from './media/media.ts';
import { loadApm } from './media/processing/apm.ts';
import { loadRnnoise } from './media/processing/rnnoise.ts';

async function contractFound(): Promise<string> {
  const { protocol } = await import('@thinline/shared/contract/service.ts');
  return `protocol versions ${protocol.min} to ${protocol.max}`;
}

async function systemCallsFound(): Promise<string> {
  const { default: koffi } = await import('koffi');
  return `koffi ${koffi.version}, for libraries of the system and marks on packets`;
}

/** Everything that the worker knows when it has started; rejects when it doesn't start. */
async function soundFound(audio: string | null): Promise<Audio> {
  const media = new Media({ log: silent, audio });
  await media.start();
  const found = media.audio;
  await media.stop();
  return found;
}

function devicesOf(sound: Audio, kind: 'CAPTURE' | 'PLAYBACK'): string {
  const names = sound.devices.filter((it) => it.kind === kind).map(({ name }) => name);
  if (names.length === 0) throw new Error('there is none');
  return names.join(', ');
}

function driverOf(sound: Audio): string {
  if (sound.driver === '' || sound.driver === 'virtual') throw new Error(sound.driverReason);
  return sound.driverReason;
}

async function runs(): Promise<string> {
  const socket = await connectOwn(adapterSocket());
  socket.destroy();
  return `one runs at ${adapterSocket()}; plugins connect to ${pluginSocket()}`;
}

async function voiceFound(load: () => Promise<unknown>): Promise<string> {
  await load();
  return 'loads';
}

async function look(audio: string | null): Promise<Finding[]> {
  const sound = soundFound(audio);
  return Promise.all([
    tried('contract', true, contractFound),
    tried('media worker', true, async () => {
      await sound;
      return 'starts';
    }),
    tried('codecs', true, async () => (await sound).codecs.join(', ')),
    // Silence is a phone, too: one whose headset isn't plugged in yet.
    tried('sound driver', false, async () => driverOf(await sound)),
    tried('microphones', false, async () => devicesOf(await sound, 'CAPTURE')),
    tried('loudspeakers', false, async () => devicesOf(await sound, 'PLAYBACK')),
    tried('echo, noise, gain', false, () => voiceFound(loadApm)),
    tried('strong noise suppression', false, () => voiceFound(loadRnnoise)),
    tried('system calls', false, systemCallsFound),
    tried('adapter that runs here', false, runs),
  ]);
}

try {
  const { values } = readCommandLine({
    options: { probe: { type: 'boolean' }, json: { type: 'boolean' }, audio: { type: 'string' } },
  });
  if (values.audio !== undefined) readWanted(values.audio);
  const findings = await look(values.audio ?? null);
  process.stdout.write(probeReport('thinline-adapter', findings, values.json === true));
  process.exitCode = isWell(findings) ? 0 : 1;
} catch (error) {
  process.stderr.write(`${sentence(failureOf(error))}\n`);
  process.exitCode = 2;
}

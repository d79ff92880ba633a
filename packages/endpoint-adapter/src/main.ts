/** thinline-adapter: the half beside the agent's headset. */
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { serve } from '@thinline/shared/contract/server.ts';
import { failureOf, sentence } from '@thinline/shared/failures.ts';
import { ProgramLog } from '@thinline/shared/log/program-log.ts';
import { pluginSocket, stateFolder } from '@thinline/shared/paths.ts';
import { version } from '@thinline/shared/version.ts';
import { listenLocally } from './channel/local.ts';
import { listenForPlugins } from './channel/plugin.ts';
import { EndpointService } from './channel/service.ts';
import { listenTls } from './channel/tls.ts';
import { help, readOptions } from './command-line.ts';
import { Endpoint } from './endpoint.ts';
import { goOnWithout } from './go-on-without.ts';
import { identify } from './identity.ts';
import { Desktop } from './local/desktop.ts';
import { openLocalDoors } from './local/local-doors.ts';
import { LocalPhone } from './local/local-phone.ts';
import { Media } from './media/media.ts';
import { SoundMemory } from './sound-memory.ts';

/** What calls, registrations and devices get to end in order, ms. */
const longestFarewell = 8000;

async function main(): Promise<void> {
  const given = readOptions(process.argv.slice(2));
  if (given.show === 'help') return void process.stdout.write(help());
  if (given.show === 'version') return void process.stdout.write(`${version}\n`);

  const programLog = new ProgramLog({ half: 'adapter', level: given.level });
  process.once('exit', () => programLog.flushNow());
  const { log } = programLog;
  // What the worker tells of is sifted here, as its thread knows nothing of later configurations.
  const media = new Media({ log: log.child('media'), audio: given.audio, logLevel: given.level ?? 'debug' });
  const memory = new SoundMemory(join(stateFolder(), 'sound.json'), log.child('media'));
  const endpoint = new Endpoint({ identity: identify(), media, log, userAgent: `Thinline/${version}`, memory });
  endpoint.on('configured', (configuration) => programLog.configure(configuration.log));

  const desktop = new Desktop();
  desktop.on('changed', ({ connected }) => {
    endpoint.watched = connected;
  });
  const service = new EndpointService(endpoint, log.child('channel'));
  service.onWatched = (watched) => desktop.set(watched);
  service.start();
  const link = serve(service.handlers);
  const accept = (pipe: Duplex, mostIdle?: number) => link.accept(pipe, mostIdle);
  const channels = [
    await listenLocally(given.socket, accept),
    given.socketOnly ? null : await listenForPlugins(pluginSocket(), accept).catch(goOnWithout(log)),
    given.tls && (await listenTls({ ...given.tls, log: log.child('channel') }, accept)),
  ];

  const doors = given.socketOnly
    ? null
    : await openLocalDoors(new LocalPhone(endpoint, desktop), given.page, log.child('local'));
  // A program that reads our words may keep them where others read; a person is meant to have the address.
  if (doors?.page && process.stdout.isTTY) process.stdout.write(`Page: ${doors.page.invite()}\n`);

  await endpoint.start();
  log.info(`ready, process ${process.pid}, Node.js ${process.version}; ${media.audio.driverReason}`);

  const end = async () => {
    for (const channel of channels) channel?.close();
    doors?.close();
    const inTime = await Promise.race([endpoint.stop().then(() => true), pause(longestFarewell, false)]);
    link.close();
    await programLog.close();
    // A sound service that hangs would hold up an orderly exit for ever.
    if (!inTime) process.kill(process.pid, 'SIGKILL');
    process.exit(0);
  };
  process.once('SIGTERM', end).once('SIGINT', end);
  endpoint.once('ended', () => setImmediate(end));
  if (given.linger !== null) endWithoutDesktop(desktop, endpoint, given.linger * 1000, end);
}

/** A phone that nobody can see or answer should not go on ringing for ever. */
function endWithoutDesktop(desktop: Desktop, endpoint: Endpoint, ms: number, end: () => void): void {
  let timer: NodeJS.Timeout | undefined;
  const wait = () => {
    timer = setTimeout(() => (endpoint.callsUp ? wait() : end()), ms);
  };
  desktop.on('changed', ({ connected }) => {
    clearTimeout(timer);
    if (!connected) wait();
  });
  if (!desktop.status.connected) wait();
}

// Whoever read our log may be gone; the calls are not.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

main().catch((error: unknown) => {
  process.stderr.write(`${sentence(failureOf(error))}\n`);
  process.exit(1);
});

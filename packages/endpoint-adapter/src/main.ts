/** thinline-adapter: the half beside the agent's headset. */
import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { readCommandLine, readLevel } from '@thinline/shared/command-line.ts';
import { serve } from '@thinline/shared/contract/server.ts';
import { FailureError, failureOf, sentence } from '@thinline/shared/failures.ts';
import { levels } from '@thinline/shared/log/log.ts';
import { ProgramLog } from '@thinline/shared/log/program-log.ts';
import { adapterSocket } from '@thinline/shared/paths.ts';
import { version } from '@thinline/shared/version.ts';
import { readWanted } from './audio/drivers.ts';
import { listenLocally } from './channel/local.ts';
import { EndpointService } from './channel/service.ts';
import { Endpoint } from './endpoint.ts';
import { Media } from './media/media.ts';

const help =
  (): string => `thinline-adapter: SIP, sound and devices at the endpoint. The app layer (thinline) tells it what to do.

  --socket PATH       where the app layer comes in (default: ${adapterSocket()})
  --audio DRIVER      miniaudio, portaudio or virtual[:in=…,out=…]; default: the best that works here
  --linger SECONDS    end when no app layer has been there for so long and no call is up (default: never)
  --log-level LEVEL   ${levels.join(', ')}; wins over the levels of the configuration
                      (default: what the configuration says, else info)
  --version, --help
`;

/** What calls, registrations and devices get to end in order, ms. */
const longestFarewell = 8000;

/** A day: more would not fit a timer for ever, s. */
const longestLinger = 86_400;

function options() {
  const { values } = readCommandLine({
    options: {
      socket: { type: 'string' },
      audio: { type: 'string' },
      linger: { type: 'string' },
      'log-level': { type: 'string' },
      version: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  const linger = values.linger === undefined ? null : Number(values.linger);
  if (linger !== null && !(linger >= 0 && linger <= longestLinger)) {
    throw new FailureError('usage', { detail: `--linger takes seconds, at most ${longestLinger}.` });
  }
  // Said here in one sentence, rather than by a media worker that can't start.
  if (values.audio !== undefined) readWanted(values.audio);
  const word = values['log-level'];
  return { ...values, level: word === undefined ? null : readLevel(word), linger };
}

async function main(): Promise<void> {
  const given = options();
  if (given.help) return void process.stdout.write(help());
  if (given.version) return void process.stdout.write(`${version}\n`);

  const programLog = new ProgramLog({ half: 'adapter', level: given.level });
  process.once('exit', () => programLog.flushNow());
  const { log } = programLog;
  const identity = {
    epoch: randomBytes(8).toString('hex'),
    host: hostname(),
    platform: `${process.platform}-${process.arch}`,
    productVersion: version,
    pid: process.pid,
  };
  // What the worker tells of is sifted here, as its thread knows nothing of later configurations.
  const media = new Media({ log: log.child('media'), audio: given.audio ?? null, logLevel: given.level ?? 'debug' });
  const endpoint = new Endpoint({ identity, media, log, userAgent: `Thinline/${version}` });
  endpoint.on('configured', (configuration) => programLog.configure(configuration.log));
  const service = new EndpointService(endpoint, log.child('channel'));
  service.start();
  const link = serve(service.handlers);
  const channel = await listenLocally(given.socket ?? adapterSocket(), (socket) => link.accept(socket));
  await endpoint.start();
  log.info(`ready, process ${process.pid}, Node.js ${process.version}; ${media.audio.driverReason}`);

  const end = async () => {
    channel.close();
    const inTime = await Promise.race([endpoint.stop().then(() => true), pause(longestFarewell, false)]);
    link.close();
    await programLog.close();
    // A sound service that hangs would hold up an orderly exit for ever.
    if (!inTime) process.kill(process.pid, 'SIGKILL');
    process.exit(0);
  };
  process.once('SIGTERM', end).once('SIGINT', end);
  endpoint.once('ended', () => setImmediate(end));
  if (given.linger !== null) endUnwatched(service, endpoint, given.linger * 1000, end);
}

/** A phone that nobody can see or answer should not go on ringing for ever. */
function endUnwatched(service: EndpointService, endpoint: Endpoint, ms: number, end: () => void): void {
  let timer: NodeJS.Timeout | undefined;
  const wait = () => {
    timer = setTimeout(() => (endpoint.callsUp ? wait() : end()), ms);
  };
  service.onWatched = (watched) => {
    clearTimeout(timer);
    if (!watched) wait();
  };
  wait();
}

// Whoever read our log may be gone; the calls are not.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

main().catch((error: unknown) => {
  process.stderr.write(`${sentence(failureOf(error))}\n`);
  process.exit(1);
});

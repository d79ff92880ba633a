/** thinline: the half in the desktop. Panel, control, and the replica of the phone. */
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import { readCommandLine, readLevel } from '@thinline/shared/command-line.ts';
import { FailureError, failureOf, sentence } from '@thinline/shared/failures.ts';
import { levels } from '@thinline/shared/log/log.ts';
import { ProgramLog } from '@thinline/shared/log/program-log.ts';
import { adapterSocket, controlSocket } from '@thinline/shared/paths.ts';
import { version } from '@thinline/shared/version.ts';
import { local } from './channel/local.ts';
import { loadConfiguration } from './configuration.ts';
import { EndpointLink } from './endpoint/link.ts';
import { startPanel } from './panel/server.ts';
import { standalone } from './standalone.ts';

const defaultConfig = 'Softphone.config';

const help = (): string => `thinline: the agent's half of the phone. Serves the panel and talks to the endpoint adapter.

  thinline [options]
  --standalone        run the endpoint adapter on this machine too
  --config FILE       the configuration (default: ${defaultConfig} in the working folder, if it is there)
  --port PORT         the panel's port on 127.0.0.1 (default: 8000)
  --socket PATH       where the endpoint adapter waits (default: ${adapterSocket()})
  --audio DRIVER      handed on to an adapter started by --standalone; see thinline-adapter --help
  --log-level LEVEL   ${levels.join(', ')}; wins over the levels of the configuration,
                      here and in an adapter that this starts
                      (default: what the configuration says, else info)
  --version, --help

  thinline ctl --help      control a running phone from the command line
  thinline config --help   look at configuration files, and write new ones
`;

function options() {
  const { values } = readCommandLine({
    options: {
      standalone: { type: 'boolean', default: false },
      config: { type: 'string' },
      port: { type: 'string', default: '8000' },
      socket: { type: 'string', default: adapterSocket() },
      audio: { type: 'string' },
      'log-level': { type: 'string' },
      version: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new FailureError('usage', { detail: `"${values.port}" is not a port.` });
  }
  const word = values['log-level'];
  return { ...values, level: word === undefined ? null : readLevel(word), port };
}

async function main(): Promise<void> {
  const given = options();
  if (given.help) return void process.stdout.write(help());
  if (given.version) return void process.stdout.write(`${version}\n`);

  const programLog = new ProgramLog({ half: 'app', level: given.level });
  process.once('exit', () => programLog.flushNow());
  try {
    await start(given, programLog);
  } catch (error) {
    await programLog.close();
    throw error;
  }
}

async function start(given: ReturnType<typeof options>, programLog: ProgramLog): Promise<void> {
  const { log } = programLog;
  const file = given.config ?? (existsSync(defaultConfig) ? defaultConfig : null);
  const configuration =
    file === null ? null : loadConfiguration(file, log, (settings) => programLog.configure(settings));
  const provider = given.standalone
    ? standalone({ socket: given.socket, audio: given.audio, logLevel: given.level, log })
    : local(given.socket);
  const session = { id: randomUUID(), user: userInfo().username, host: hostname() };
  const link = new EndpointLink({ provider, session, configuration, log });
  // First the panel: a second Thinline fails there, before it could take the phone over from the first.
  const panel = await startPanel({
    replica: link,
    host: '127.0.0.1',
    port: given.port,
    controlPath: controlSocket(),
    log: log.child('panel'),
  });
  link.start();
  process.stdout.write(`Panel: ${panel.url}\n`);

  const end = async () => {
    // Standing alone, the phone ends with its panel; in a desktop the endpoint goes on.
    if (given.standalone) await link.shutDownEndpoint();
    else link.stop();
    await panel.close();
    await programLog.close();
    process.exit(0);
  };
  process.once('SIGTERM', end).once('SIGINT', end);
}

// Whoever reads the log or our words may be gone; the phone is not.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

main().catch((error: unknown) => {
  process.stderr.write(`${sentence(failureOf(error))}\n`);
  process.exit(1);
});

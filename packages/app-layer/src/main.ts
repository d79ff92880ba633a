/** thinline: the half in the desktop. Panel, control, and the replica of the phone. */
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import { readCommandLine, readLevel } from '@thinline/shared/command-line.ts';
import { type LinkSettings, usualLinkSettings } from '@thinline/shared/config/link.ts';
import { FailureError, failureOf, sentence } from '@thinline/shared/failures.ts';
import { type Log, levels } from '@thinline/shared/log/log.ts';
import { ProgramLog } from '@thinline/shared/log/program-log.ts';
import { adapterSocket, controlSocket } from '@thinline/shared/paths.ts';
import { version } from '@thinline/shared/version.ts';
import { type ChosenChannel, chooseProvider } from './channel/choose.ts';
import { loadConfiguration } from './configuration.ts';
import { EndpointLink } from './endpoint/link.ts';
import { startPanel } from './panel/server.ts';
import { desktopSound, standalone } from './standalone.ts';

const defaultConfig = 'Softphone.config';

const help = (): string => `thinline: the agent's half of the phone. Serves the panel and talks to the endpoint adapter.

  thinline [options]
  --standalone        run the endpoint adapter on this machine too
  --config FILE       the configuration (default: ${defaultConfig} in the working folder, if it is there)
  --channel NAME      the way to the endpoint: auto, local, tls, xrdp, wts, citrix or horizon; wins over
                      policy.link.channel (default: what the configuration says, else auto)
  --port PORT         the panel's port on 127.0.0.1 (default: 8000)
  --socket PATH       where an endpoint adapter on this machine waits (default: ${adapterSocket()})
  --audio DRIVER      handed on to an adapter that this starts; see thinline-adapter --help
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
      channel: { type: 'string' },
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

async function start(given: Given, programLog: ProgramLog): Promise<void> {
  const { log } = programLog;
  const file = given.config ?? (existsSync(defaultConfig) ? defaultConfig : null);
  const reading = file === null ? null : loadConfiguration(file, log, (it) => programLog.configure(it));
  const { configuration = null, link: settings = usualLinkSettings } = reading ?? {};
  const session = { id: randomUUID(), user: userInfo().username, host: hostname() };
  const { provider, reason } = wayToEndpoint(given, settings, log);
  log.info(`the way to the endpoint is ${reason}`);
  const desktop = given.standalone ? null : desktopSound({ ...adapterOptions(given), log });
  const link = new EndpointLink({ provider, reason, session, configuration, settings, desktop, log });
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
    // An adapter beside us ends with the panel; one at the endpoint goes on.
    if (given.standalone || link.state().link.inDesktop) await link.shutDownEndpoint();
    else link.stop();
    await panel.close();
    await programLog.close();
    process.exit(0);
  };
  process.once('SIGTERM', end).once('SIGINT', end);
}

type Given = ReturnType<typeof options>;

const adapterOptions = ({ socket, audio, level }: Given) => ({ socket, audio, logLevel: level });

function wayToEndpoint(given: Given, settings: LinkSettings, log: Log): ChosenChannel {
  if (given.standalone) {
    const provider = standalone({ ...adapterOptions(given), log });
    return { provider, reason: `${provider.name}: --standalone asks for it` };
  }
  const { channel: commandLine, socket } = given;
  return chooseProvider({ ...settings, commandLine, socket }, { platform: process.platform, env: process.env });
}

// Whoever reads the log or our words may be gone; the phone is not.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

main().catch((error: unknown) => {
  process.stderr.write(`${sentence(failureOf(error))}\n`);
  process.exit(1);
});

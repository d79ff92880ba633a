/** thinline: the half in the desktop. Panel, control, and the replica of the phone. */
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { readCommandLine, readLevel } from '@thinline/shared/command-line.ts';
import { usualConnectorSettings } from '@thinline/shared/config/connector.ts';
import { type LinkSettings, usualLinkSettings } from '@thinline/shared/config/link.ts';
import { usualPanelSettings } from '@thinline/shared/config/panel.ts';
import type { LogSettings } from '@thinline/shared/contract/types.ts';
import { FailureError, failureOf, sentence } from '@thinline/shared/failures.ts';
import { printsToJournal } from '@thinline/shared/journal.ts';
import { type Log, levels } from '@thinline/shared/log/log.ts';
import { ProgramLog } from '@thinline/shared/log/program-log.ts';
import { adapterSocket, controlSocket, stateFolder } from '@thinline/shared/paths.ts';
import { stateFile } from '@thinline/shared/state-file.ts';
import { version } from '@thinline/shared/version.ts';
import { makeAccountMemory, mostBytes } from './account/memory.ts';
import { type ChosenChannel, chooseProvider } from './channel/choose.ts';
import { machinePolicy } from './config/policy.ts';
import { loadConfiguration } from './configuration.ts';
import { Connector } from './connector/connector.ts';
import { connectorRoutes } from './connector/routes.ts';
import { EndpointLink } from './endpoint/link.ts';
import { CallHistory, mostHistoryBytes } from './history/call-history.ts';
import { openDoors } from './http/doors.ts';
import { keptToken, mostTokenBytes } from './http/kept-token.ts';
import { openKeyring } from './keyring/keyring.ts';
import { makeToDialDesk } from './open/to-dial.ts';
import { historyRoutes } from './panel/history-routes.ts';
import { phoneRoutes } from './phone-api/phone-routes.ts';
import { PhoneConfiguration } from './phone-configuration.ts';
import { desktopSound, standalone } from './standalone.ts';

const defaultConfig = 'Softphone.config';

const help = (): string => `thinline: the agent's half of the phone. Serves the panel and talks to the endpoint adapter.

  thinline [options]
  --standalone        run the endpoint adapter on this machine too
  --config FILE       the configuration (default: ${defaultConfig} in the working folder, if it is there)
  --channel NAME      the way to the endpoint: auto, local, tls, xrdp, wts, citrix or horizon; wins over
                      policy.link.channel (default: what the configuration says, else auto)
  --port PORT         the panel's port on 127.0.0.1, or at policy.connector.address where that is set (default: 8000)
  --new-address       a new address for the panel: whoever has the old one is shut out
  --socket PATH       where an endpoint adapter on this machine waits (default: ${adapterSocket()})
  --audio DRIVER      handed on to an adapter that this starts; see thinline-adapter --help
  --log-level LEVEL   ${levels.join(', ')}; wins over the levels of the configuration,
                      here and in an adapter that this starts
                      (default: what the configuration says, else info)
  --version, --help
  --probe [--json]    say what of this program works on this machine, and end: 0 all that is needed, 1 not

  thinline ctl --help      control a running phone from the command line
  thinline config --help   look at configuration files, and write new ones
  thinline certificate --help   the certificate that agent desktops meet over https
  thinline open [LINK]     opens the panel; puts the number of a tel: or sip: link into its field
`;

function options() {
  const { values } = readCommandLine({
    options: {
      standalone: { type: 'boolean', default: false },
      config: { type: 'string' },
      channel: { type: 'string' },
      port: { type: 'string', default: '8000' },
      socket: { type: 'string', default: adapterSocket() },
      'new-address': { type: 'boolean', default: false },
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
  const configFile = given.config ?? (existsSync(defaultConfig) ? defaultConfig : null);
  const policy = await machinePolicy();
  const configureLog = (settings: LogSettings | null) => programLog.configure(settings);
  const reading = loadConfiguration(configFile, { policy, log, configureLog });
  const { link: linkSettings, connector: settings, panel } = reading ?? usualSettings;
  const session = { id: randomUUID(), user: userInfo().username, host: hostname() };
  const { provider, reason } = wayToEndpoint(given, linkSettings, log);
  log.info(`the way to the endpoint is ${reason}`);

  const hasConnector = settings.port !== null;
  const phone = new PhoneConfiguration({
    file: reading?.file ?? null,
    policy: policy.policy,
    hasConnector,
    autoRestart: settings.autoRestart,
    panel,
    apply: (configuration) => {
      programLog.configure(configuration.log);
      return link.configure(configuration);
    },
    memory: makeAccountMemory({ file: kept('account.json', mostBytes), openKeyring, log }),
    log,
  });
  const desktop = given.standalone ? null : desktopSound({ ...adapterOptions(given), log });
  const link = new EndpointLink({
    provider,
    reason,
    session,
    configuration: phone.atFirst,
    settings: linkSettings,
    desktop,
    log,
  });
  const history = new CallHistory({ replica: link, file: kept('history.json', mostHistoryBytes), log });
  const connector = new Connector({ replica: link, configuration: phone, settings, log: log.child('connector') });

  // First the doors: a second Thinline fails there, before it could take the phone over from the first.
  const doors = await openDoors({
    panel: {
      replica: link,
      port: given.port,
      controlPath: controlSocket(),
      desk: phone,
      token: await keptToken(kept('panel.json', mostTokenBytes), {
        fresh: given['new-address'],
        nowMs: Date.now(),
        log,
      }),
      toDial: makeToDialDesk(),
      routes: (app) => historyRoutes(app, history),
    },
    connector: hasConnector
      ? {
          settings,
          boundOrigin: () => connector.boundOrigin(),
          routes: (app, panelUrl) => {
            connectorRoutes(app, connector);
            phoneRoutes(app, { replica: link, settings, boundOrigin: () => connector.phoneOrigin(), panelUrl });
          },
        }
      : null,
    log,
  });
  await Promise.all([history.start(), phone.start()]);
  connector.start();
  link.start();
  // Its token is for the agent alone, and a journal is read by others.
  process.stdout.write(printsToJournal() ? 'The panel is opened by "thinline open".\n' : `Panel: ${doors.panelUrl}\n`);
  if (doors.connectorUrl) process.stdout.write(`Agent desktops: ${doors.connectorUrl}\n`);

  const end = async () => {
    // An adapter beside us ends with the panel; one at the endpoint goes on.
    if (given.standalone || link.state().link.inDesktop) await link.shutDownEndpoint();
    else link.stop();
    connector.close();
    await doors.close();
    await history.close();
    await programLog.close();
    process.exit(0);
  };
  process.once('SIGTERM', end).once('SIGINT', end);
}

const usualSettings = { link: usualLinkSettings, connector: usualConnectorSettings, panel: usualPanelSettings };

const kept = (name: string, mostBytes: number) => stateFile(join(stateFolder(), name), mostBytes);

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

/** thinline --probe: what of the app layer works on this machine. */
import { existsSync } from 'node:fs';
import { readCommandLine } from '@thinline/shared/command-line.ts';
import { usualLinkSettings } from '@thinline/shared/config/link.ts';
import { faultText, type PolicyReading } from '@thinline/shared/config/policy.ts';
import { failureOf, sentence } from '@thinline/shared/failures.ts';
import { silent } from '@thinline/shared/log/log.ts';
import { connectOwn } from '@thinline/shared/own-socket.ts';
import { adapterSocket } from '@thinline/shared/paths.ts';
import { type Finding, isWell, probeReport, tried } from '@thinline/shared/probe.ts';
import { adapterProgram } from './adapter-program.ts';
import { chooseProvider, virtualChannels } from './channel/choose.ts';
import { machinePolicy } from './config/policy.ts';
import { loadConfiguration } from './configuration.ts';

const pages = new URL('../ui/dist/index.html', import.meta.url);

async function contractFound(): Promise<string> {
  const { protocol } = await import('@thinline/shared/contract/service.ts');
  return `protocol versions ${protocol.min} to ${protocol.max}`;
}

function pagesFound(): string {
  if (!existsSync(pages)) throw new Error('its pages are not here (in the sources, "npm run build:panel" makes them)');
  return 'its pages are here';
}

async function systemCallsFound(): Promise<string> {
  const { default: koffi } = await import('koffi');
  return `koffi ${koffi.version}, for virtual channels`;
}

function wayFound(channel: string | undefined): string {
  const asked = { ...usualLinkSettings, commandLine: channel, socket: adapterSocket() };
  const { provider, reason } = chooseProvider(asked, { platform: process.platform, env: process.env });
  return `${provider.name}, leads to ${provider.placement} (${reason})`;
}

function policyFound({ policy, faults }: PolicyReading): string {
  const sets = policy.size === 0 ? 'there is none' : `sets ${policy.size} ${policy.size === 1 ? 'option' : 'options'}`;
  const [first] = faults;
  if (!first) return sets;
  throw new Error(`${sets}; ${faults.length} of it cannot be used, first ${faultText(first)}`);
}

function configurationFound(file: string | undefined, policy: PolicyReading): string {
  if (file === undefined) return 'none was given';
  const loaded = loadConfiguration(file, { policy, log: silent });
  if (!loaded) throw new Error(`${file} cannot be read; "thinline config check" says why`);
  const lines = loaded.configuration?.lines.length ?? 0;
  return `${file}, ${lines} ${lines === 1 ? 'line' : 'lines'}`;
}

function adapterFound(): string {
  const { program, words } = adapterProgram();
  return [program, ...words].join(' ');
}

async function adapterAnswers(): Promise<string> {
  const socket = await connectOwn(adapterSocket());
  socket.destroy();
  return `one runs at ${adapterSocket()}`;
}

/** What an administrator has to allow where this program opens a virtual channel. */
const allowLists = (): Finding[] =>
  virtualChannels
    .filter(({ name }) => (name === 'xrdp') === (process.platform !== 'win32'))
    .flatMap((channel) => channel.allowList(process.execPath).map(({ list, line }) => ({ channel, list, line })))
    .map(({ channel, list, line }) => ({
      name: `allow list, ${channel.name}`,
      works: true,
      needed: false,
      detail: `${line} in ${list}`,
    }));

async function look({ channel, config }: { channel?: string; config?: string }): Promise<Finding[]> {
  const policy = await machinePolicy();
  const findings = await Promise.all([
    tried('contract', true, contractFound),
    tried('panel', true, pagesFound),
    tried('configuration', true, () => configurationFound(config, policy)),
    tried('policy', false, () => policyFound(policy)),
    tried('system calls', false, systemCallsFound),
    tried('way to the endpoint', true, () => wayFound(channel)),
    tried('adapter on this machine', false, adapterFound),
    tried('adapter that runs here', false, adapterAnswers),
  ]);
  return [...findings, ...allowLists()];
}

try {
  const { values } = readCommandLine({
    options: {
      probe: { type: 'boolean' },
      json: { type: 'boolean' },
      channel: { type: 'string' },
      config: { type: 'string' },
    },
  });
  const findings = await look(values);
  process.stdout.write(probeReport('thinline', findings, values.json === true));
  process.exitCode = isWell(findings) ? 0 : 1;
} catch (error) {
  process.stderr.write(`${sentence(failureOf(error))}\n`);
  process.exitCode = 2;
}

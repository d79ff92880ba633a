/** From what a Softphone.config says to what the endpoint is told: defaults filled in, values judged. */
import { randomUUID } from 'node:crypto';
import type { Configuration, LineConfiguration } from '../contract/types.ts';
import { FailureError } from '../failures.ts';
import { type OptionPath, optionAt, options } from './options.ts';
import type { Setting, SoftphoneConfig } from './softphone-config.ts';

export interface Reading {
  configuration: Configuration;
  /** One sentence for each value that was not usable and what is used instead. */
  mistakes: string[];
  /** Paths of settings that are there and have no effect yet. */
  unused: string[];
}

const mostLines = 6;
const upTo = (port: number): number => Math.min(port, 65_535);

class Reader {
  readonly mistakes: string[] = [];
  #settings: Map<string, Setting>;
  #anyCase: Map<string, Setting>;

  constructor(settings: Map<string, Setting>) {
    this.#settings = settings;
    this.#anyCase = new Map([...settings].map(([path, setting]) => [path.toLowerCase(), setting]));
  }

  /** Names are taken as they are written, else in whatever case. */
  setting(path: string): Setting | undefined {
    return this.#settings.get(path) ?? this.#anyCase.get(path.toLowerCase());
  }

  text(option: OptionPath, path: string): string {
    return this.setting(path)?.value ?? String(optionAt(option).default);
  }

  integer(option: OptionPath, path: string, instead?: number): number {
    const { min = 0, max = Number.MAX_SAFE_INTEGER, default: fallback } = optionAt(option);
    const otherwise = instead ?? Number(fallback);
    const setting = this.setting(path);
    if (!setting?.value) return otherwise;
    const value = Number(setting.value);
    if (/^\d+$/.test(setting.value) && value >= min && value <= max) return value;
    this.mistakes.push(
      `line ${setting.line}: ${path} is "${setting.value}", which is not a whole number from ${min} to ${max}; ${otherwise} is used.`,
    );
    return otherwise;
  }

  mistake(text: string): void {
    this.mistakes.push(text);
  }
}

/** Throws FailureError configurationPorts: the one mistake that stops the phone. */
export function configurationFrom(file: SoftphoneConfig): Reading {
  const reader = new Reader(file.settings);
  const sipMin = reader.integer('policy.endpoint.sip_port_min', 'policy.endpoint.sip_port_min');
  const sipMax = reader.integer('policy.endpoint.sip_port_max', 'policy.endpoint.sip_port_max', upTo(sipMin + 6));
  const rtpMin = reader.integer('policy.endpoint.rtp_port_min', 'policy.endpoint.rtp_port_min');
  const rtpMax = reader.integer('policy.endpoint.rtp_port_max', 'policy.endpoint.rtp_port_max', upTo(rtpMin + 999));
  if (sipMin > sipMax) throw new FailureError('configurationPorts', { option: 'sip_port', min: sipMin, max: sipMax });
  if (rtpMin > rtpMax) throw new FailureError('configurationPorts', { option: 'rtp_port', min: rtpMin, max: rtpMax });

  const lines = file.connectivities.flatMap((_, index) => lineFrom(file, index, reader) ?? []);
  const told: Omit<Configuration, 'revision'> = {
    lines,
    sipPorts: { min: sipMin, max: sipMax },
    rtpPorts: { min: rtpMin, max: rtpMax },
  };
  // Not a hash: it is seen where the passwords must not be guessed from it.
  const revision = randomUUID();
  return { configuration: { revision, ...told }, mistakes: reader.mistakes, unused: unusedPaths(file) };
}

function lineFrom(file: SoftphoneConfig, index: number, reader: Reader): LineConfiguration | null {
  const connectivity = file.connectivities[index];
  if (!connectivity) return null;
  const { user, server, protocol, line } = connectivity;
  const leftOut = (why: string): null => {
    reader.mistake(`line ${line}: the Connectivity of "${user}" is left out: ${why}.`);
    return null;
  };
  // The installer's placeholders (RFC 2606 §2) mean "not configured" and are no mistake.
  if (/\.invalid(:\d+)?$/i.test(server)) return null;
  if (index >= mostLines) return leftOut(`there are more than ${mostLines}`);
  if (!user || !server) return leftOut('user and server are needed');
  if (protocol !== 'udp' && protocol !== 'tcp') return leftOut(`the protocol "${protocol}" is not available`);
  // A line without a section of its own takes that of the first.
  const section = [...file.settings.keys()].some((path) => path.toLowerCase().startsWith(`proxies.proxy${index}.`))
    ? index
    : 0;
  const at = (name: string) => `proxies.proxy${section}.${name}`;
  const timeout = reader.setting(at('reg_timeout'));
  // Empty or not a number means stand-alone, as 0 does.
  const standalone = timeout !== undefined && !/^\d+$/.test(timeout.value);
  return {
    id: `line${index}`,
    user,
    server,
    transport: protocol,
    displayName: reader.text('proxies.proxyN.display_name', at('display_name')),
    password: reader.text('proxies.proxyN.password', at('password')),
    registerTimeoutS: standalone ? 0 : reader.integer('proxies.proxyN.reg_timeout', at('reg_timeout')),
    registerIntervalS: reader.integer('proxies.proxyN.reg_interval', at('reg_interval')),
  };
}

function unusedPaths(file: SoftphoneConfig): string[] {
  const known = new Set(options.map((option) => option.path.toLowerCase()));
  return [...file.settings.keys()].filter(
    (path) => !known.has(path.toLowerCase().replace(/^proxies\.proxy\d+\./, 'proxies.proxyn.')),
  );
}

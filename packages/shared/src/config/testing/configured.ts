/** What a Softphone.config with some settings makes of the phone, for tests of what each setting does. */
import type { Configuration } from '../../contract/types.ts';
import { readConfigurationFile } from '../configuration-file.ts';
import { findingText } from '../finding.ts';
import type { OptionPath } from '../options.ts';

type CodecPath = `codecs.${string}/${number}.${'payload_type' | 'fmtp' | 'ptime' | 'bitrate'}`;

/** By the paths of the option table; those of a line are of the first one, and codecs have their names. */
export type Settings = Partial<Record<Exclude<OptionPath, `codecs.NAME.${string}`> | CodecPath, string>>;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

/** A section in a domain, and what is in it, each as deep as its path says. */
function settingText(path: string, value: string): string {
  const [domain = '', ...names] = path.replace('proxyN', 'proxy0').split('.');
  const setting = `<setting name="${names.pop() ?? ''}" value="${escaped(value)}"/>`;
  const sections = names.reduceRight((inside, name) => `<section name="${name}">${inside}</section>`, setting);
  return `<domain name="${domain}">${sections}</domain>`;
}

/** The text of a file with one line, and these settings. */
export function softphoneConfig(settings: Settings): string {
  const {
    'user:N': user = '701',
    'server:N': server = '127.0.0.1',
    'protocol:N': protocol = 'udp',
    ...rest
  } = settings;
  const line = { user, server, protocol };
  const attributes = Object.entries(line).map(([name, value]) => `${name}="${escaped(value)}"`);
  return [
    '<Configuration>',
    `<Container name="Basic"><Connectivity ${attributes.join(' ')}/></Container>`,
    '<Container name="Genesys"><settings>',
    ...Object.entries(rest).map(([path, value = '']) => settingText(path, value)),
    '</settings></Container>',
    '</Configuration>',
  ].join('\n');
}

/** Throws where anything in the settings is not usable. */
export function configured(settings: Settings = {}): Configuration {
  const reading = readConfigurationFile(Buffer.from(softphoneConfig(settings)));
  if ('unreadable' in reading) throw new Error(findingText(reading.unreadable));
  const { configuration, mistakes, unknown } = reading;
  if (mistakes.length > 0 || unknown.length > 0) {
    throw new Error([...mistakes.map(findingText), ...unknown.map((path) => `there is no ${path}`)].join(' '));
  }
  return configuration;
}

/** A new Softphone.config: every option with its meaning, filled in as the vendor's installer does where it is harmless. */
import { writtenValue } from './judgement.ts';
import { escaped } from './markup.ts';
import type { Option } from './option.ts';
import { defaultText, meaningText, valuesText } from './option-words.ts';
import { options } from './options.ts';

/** The installer's placeholders; a host below .invalid is none (RFC 2606 §2). */
const placeholders = [0, 1].map((line) => ({ user: `dn${line}`, server: `SipServer${line}.domain.invalid:5060` }));

/** As the vendor ships them; a section counts only for a codec that the list has. */
const codecSections: readonly (readonly [string, string, string])[] = [
  ['iLBC/8000', 'payload_type', '102'],
  ['iSAC/16000', 'payload_type', '103'],
  ['iSAC/32000', 'payload_type', '104'],
  ['G729/8000', 'fmtp', 'annexb=yes'],
  ['opus/48000/2', 'payload_type', '120'],
];

export function template(): string {
  const basic = options.filter(({ path }) => path.endsWith(':N'));
  const others = options.filter(({ path }) => !path.endsWith(':N'));
  const domains = [...new Set(others.map(({ path }) => path.split('.')[0] ?? ''))];
  return `${[
    '<?xml version="1.0" encoding="utf-8"?>',
    '<Softphone>',
    '  <Container name="Basic">',
    ...basic.map((option) => `    ${comment(option, option.path.replace(':N', ''))}`),
    ...placeholders.map(({ user, server }) => `    <Connectivity user="${user}" server="${server}" protocol="udp"/>`),
    '  </Container>',
    '  <Container name="Genesys">',
    '    <settings version="1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns="http://www.genesyslab.com/sip">',
    ...domains.flatMap((name) => element('domain', name, domainBody(name, others))).map((line) => `      ${line}`),
    '    </settings>',
    '  </Container>',
    '</Softphone>',
  ].join('\n')}\n`;
}

function domainBody(domain: string, all: readonly Option[]): string[] {
  const within = all.filter(({ path }) => path.startsWith(`${domain}.`));
  const names = [...new Set(within.map(({ path }) => path.split('.')[1] ?? ''))];
  return names.flatMap((name) => {
    const prefix = `${domain}.${name}.`;
    const section = within.filter(({ path }) => path.startsWith(prefix));
    if (name === 'NAME') return codecsBody(section);
    return element('section', name === 'proxyN' ? 'proxy0' : name, sectionBody(prefix, section));
  });
}

/** Settings, and sections of their own below. */
function sectionBody(prefix: string, section: readonly Option[]): string[] {
  const rest = (option: Option): string[] => option.path.slice(prefix.length).split('.');
  const inner = [...new Set(section.filter((it) => rest(it).length > 1).map((it) => rest(it)[0] ?? ''))];
  return [
    ...section.filter((it) => rest(it).length === 1).flatMap((it) => settingLines(it, rest(it)[0] ?? '')),
    ...inner.flatMap((name) =>
      element(
        'section',
        name,
        sectionBody(
          `${prefix}${name}.`,
          section.filter((it) => rest(it)[0] === name && rest(it).length > 1),
        ),
      ),
    ),
  ];
}

const codecsBody = (section: readonly Option[]): string[] => [
  ...section.map((option) => comment(option, option.path.slice('codecs.NAME.'.length))),
  ...codecSections.flatMap(([name, parameter, value]) => element('section', name, [setting(parameter, value)])),
];

const settingLines = (option: Option, name: string): string[] => [
  comment(option, name),
  setting(name, option.initial ?? writtenValue(option.default)),
];

const setting = (name: string, value: string): string => `<setting name="${escaped(name)}" value="${escaped(value)}"/>`;

const element = (tag: string, name: string, body: readonly string[]): string[] => [
  `<${tag} name="${escaped(name)}">`,
  ...body.map((line) => `  ${line}`),
  `</${tag}>`,
];

const comment = (option: Option, name: string): string =>
  `<!-- ${name}: ${meaningText(option)} Values: ${valuesText(option)}. Default: ${defaultText(option) || 'empty'}. -->`;

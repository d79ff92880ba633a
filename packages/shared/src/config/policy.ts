/** What the administrator of a machine says of options, whatever file, agent desktop or agent say. */
import { type Finding, findingText, policyLine, quoted } from './finding.ts';
import { judge, textOf, wanted, writtenValue } from './judgement.ts';
import { optionOf } from './options.ts';
import { inherit } from './overlay.ts';
import type { Connectivity, Setting, SoftphoneConfig } from './softphone-config.ts';

/** By path, as canonicalPath has it. */
export type Policy = ReadonlyMap<string, PolicyValue>;

export interface PolicyValue {
  /** Judged, and as a file says it. */
  value: string;
  /** The name of where it stands. */
  source: string;
}

export const noPolicy: Policy = new Map();

/** One file, or one key of the registry. */
export interface PolicySource {
  /** For people. */
  name: string;
  /** Path and value, neither of them judged. */
  options: readonly (readonly [path: string, value: unknown])[];
}

export interface PolicyFault {
  source: string;
  finding: Finding;
}

export interface PolicyReading {
  policy: Policy;
  /** What is left out. */
  faults: PolicyFault[];
}

/** Of all sources together. */
export const mostPolicyOptions = 1000;
const mostFaults = 100;
/** No option's is half as long. */
const longestPath = 256;

const leftOut = 'it is left out';

/** The last source that says something of an option counts. */
export function policyFrom(sources: readonly PolicySource[]): PolicyReading {
  const policy = new Map<string, PolicyValue>();
  const faults: PolicyFault[] = [];
  let unlisted = 0;
  for (const { name, options } of sources) {
    for (const [path, value] of options) {
      const judged = judgedOption(path, value);
      if ('path' in judged) {
        if (policy.has(judged.path) || policy.size < mostPolicyOptions) {
          policy.set(judged.path, { value: judged.value, source: name });
          continue;
        }
      }
      const problem = 'problem' in judged ? judged.problem : `there are more than ${mostPolicyOptions} options`;
      if (faults.length === mostFaults) unlisted += 1;
      else faults.push(faultOf(name, problem, leftOut, 'isSecret' in judged ? '' : shown(path)));
    }
  }
  if (unlisted > 0)
    faults.push(faultOf('policy', `${unlisted} more options are wrong, and not listed`, 'they are left out'));
  return { policy, faults };
}

export const faultOf = (source: string, problem: string, instead: string, path = ''): PolicyFault => ({
  source,
  finding: { line: 0, path, problem, instead },
});

/** One sentence. */
export const faultText = ({ source, finding }: PolicyFault): string => `${source}: ${findingText(finding)}`;

const shown = (path: string): string => (path.length > longestPath ? `${path.slice(0, longestPath)}…` : path);

type Judged = { path: string; value: string } | { problem: string; isSecret?: true };

function judgedOption(given: string, value: unknown): Judged {
  const path = canonicalPath(given);
  const option = optionOf(given);
  if (path === null || !option) return { problem: 'it is unknown' };
  // In quotation marks, as a log would take the next word for the secret.
  if (option.secret) return { problem: `${quoted(path)} is secret, and everybody can read a policy`, isSecret: true };
  const text = textOf(value);
  if (text === null) return { problem: 'it is neither text nor a number' };
  const judged = judge(option, text);
  if (judged === null) return { problem: `${quoted(text)} is not ${wanted(option)}` };
  return { path, value: writtenValue(judged) };
}

/**
 * One spelling for all that mean the same: the table's, with the number of the line (N: each of them) and the name of the
 * codec that are given. null: there is no such option.
 */
export function canonicalPath(path: string): string | null {
  if (path.length > longestPath) return null;
  const option = optionOf(path);
  if (!option) return null;
  const [, codec = ''] = /^codecs[.:](.+)[.:]\w+$/i.exec(path) ?? [];
  const [, line = 'N'] = /^(?:proxies[.:]proxy(\d+)[.:]|\w+[.:](\d+)$)/i.exec(path)?.filter((it) => it) ?? [];
  return option.path
    .replace(/^codecs\.NAME\./, () => `codecs.${codec}.`)
    .replace(/(?<=^proxies\.proxy|:)N/, () => (line === 'N' ? line : String(Number(line))));
}

/** The policy laid over what everybody else says. It sets what lines have, and makes no line. */
export function underPolicy(said: SoftphoneConfig, policy: Policy): SoftphoneConfig {
  if (policy.size === 0) return said;
  const settings = new Map(said.settings);
  const ofLines = [...policy.keys()].flatMap((path) => /^proxies\.proxy(\d+)\./.exec(path)?.[1] ?? []);
  for (const line of new Set(ofLines)) inherit(settings, Number(line));
  const ruled = ruledSettings(policy, sectionsIn(settings));
  const isRuled = new Set([...ruled.keys()].map((path) => path.toLowerCase()));
  for (const path of settings.keys()) {
    if (isRuled.has((canonicalPath(path) ?? path).toLowerCase())) settings.delete(path);
  }
  for (const [path, setting] of ruled) settings.set(path, setting);
  const connectivities = said.connectivities.map((it, line) => ruledConnectivity(it, line, policy));
  const repeated = said.repeated.filter(({ path }) => !isRuled.has((canonicalPath(path) ?? path).toLowerCase()));
  return { connectivities, settings, repeated };
}

/** The numbers of lines that have a section of their own, and 0: the others take that of the first. */
function sectionsIn(settings: ReadonlyMap<string, Setting>): Set<string> {
  const found = [...settings.keys()].flatMap((path) => /^proxies\.proxy(\d+)\./i.exec(path)?.[1] ?? []);
  return new Set(['0', ...found.map((it) => String(Number(it)))]);
}

/** What is said of one line goes before what is said of each. */
function ruledSettings(policy: Policy, sections: ReadonlySet<string>): Map<string, Setting> {
  const ruled = new Map<string, Setting>();
  const each = [...policy].filter(([path]) => path.startsWith('proxies.proxyN.'));
  const single = [...policy].filter(([path]) => !path.startsWith('proxies.proxyN.') && !isAttribute(path));
  for (const [path, { value }] of each) {
    for (const section of sections) ruled.set(path.replace('proxyN', `proxy${section}`), { value, line: policyLine });
  }
  for (const [path, { value }] of single) ruled.set(path, { value, line: policyLine });
  return ruled;
}

const isAttribute = (path: string): boolean => /^(?:user|server|protocol):/.test(path);

function ruledConnectivity(said: Connectivity, line: number, policy: Policy): Connectivity {
  const ruled = { ...said };
  for (const attribute of ['user', 'server', 'protocol'] as const) {
    const { value } = policy.get(`${attribute}:${line}`) ?? policy.get(`${attribute}:N`) ?? { value: '' };
    // An empty value is as none.
    if (value === '') continue;
    ruled[attribute] = value;
    ruled.line = policyLine;
  }
  return ruled;
}

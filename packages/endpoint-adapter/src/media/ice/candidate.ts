/** Candidates (RFC 8445 §5.1) and how SDP writes them (RFC 8839 §5.1). One component only: RTP and RTCP share it. */
import { isIP } from 'node:net';
import { canonical } from './stun.ts';

export type CandidateType = 'host' | 'srflx' | 'prflx' | 'relay';

export interface Candidate {
  type: CandidateType;
  address: string;
  port: number;
  priority: number;
}

/** Whoever names more than this is not believed further. */
export const maxRemoteCandidates = 32;

/** RFC 8445 §5.1.2.2. */
const typePreference = { host: 126, prflx: 110, srflx: 100, relay: 0 } as const;
const foundation = { host: 1, srflx: 2, prflx: 3, relay: 4 } as const;

/** RFC 8445 §5.1.2.1; every type has one address, so the local preference is the greatest. */
export const priorityOf = (type: CandidateType): number => typePreference[type] * 2 ** 24 + 65_535 * 2 ** 8 + 255;

/** The value of a=candidate. `base`: where it is reached from, which SDP names for all but host candidates. */
export function writeCandidate({ type, address, port, priority }: Candidate, base: Candidate | null): string {
  const related = base === null ? '' : ` raddr ${base.address} rport ${base.port}`;
  return `${foundation[type]} 1 UDP ${priority} ${address} ${port} typ ${type}${related}`;
}

const grammar =
  /^[\w+/]{1,32} (?<component>\d{1,3}) (?<transport>\S{1,16}) (?<priority>\d{1,10}) (?<address>\S{1,64}) (?<port>\d{1,5}) typ (?<type>host|srflx|prflx|relay)(?: |$)/i;

const isType = (text: string): text is CandidateType => text in typePreference;

/** Null for what we can't check: TCP, another component, a name instead of an address (nobody may make us ask DNS). */
export function readCandidate(line: string): Candidate | null {
  const groups = line.slice(0, 512).match(grammar)?.groups;
  if (groups === undefined) return null;
  const { component, transport = '', address = '', type: written = '' } = groups;
  const [priority, port, type] = [Number(groups.priority), Number(groups.port), written.toLowerCase()];
  if (component !== '1' || transport.toLowerCase() !== 'udp' || isIP(address) === 0 || !isType(type)) return null;
  // Another host's name of its link says nothing here.
  if (address.includes('%')) return null;
  if (port === 0 || port > 65_535 || priority >= 2 ** 32 || isNobody(address)) return null;
  return { type, address: canonical(address), port, priority };
}

/** What no packet of a call may be sent to: nobody, or many. */
function isNobody(address: string): boolean {
  if (isIP(address) === 6) return canonical(address) === '::' || /^ff/i.test(address);
  const first = Number(address.split('.')[0]);
  return first === 0 || first >= 224;
}

/** Those that can be paired with ours: the same version of IP. */
export function readCandidates(lines: readonly string[], ipVersion: number): Candidate[] {
  const found: Candidate[] = [];
  for (const line of lines.slice(0, maxRemoteCandidates)) {
    const candidate = readCandidate(line);
    if (candidate !== null && isIP(candidate.address) === ipVersion) found.push(candidate);
  }
  return found;
}

/** The pair that is more than the other comes first (RFC 8445 §6.1.2.3); numbers hold 53 bits, the formula has 64. */
export function comparePairs(a: PairPriority, b: PairPriority): number {
  return b.least - a.least || b.most - a.most || Number(b.controllingMore) - Number(a.controllingMore);
}

export interface PairPriority {
  least: number;
  most: number;
  controllingMore: boolean;
}

export function pairPriority(local: number, remote: number, controlling: boolean): PairPriority {
  const [ours, theirs] = controlling ? [local, remote] : [remote, local];
  return { least: Math.min(local, remote), most: Math.max(local, remote), controllingMore: ours > theirs };
}

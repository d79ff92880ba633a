/** What the endpoint's answer to the handshake comes to: whether it may be used, what it can do, and what is to be said of it. */
import type { LinkSettings } from '@thinline/shared/config/link.ts';
import {
  type Capability,
  capabilities,
  capabilitiesFrom,
  capabilityNames,
} from '@thinline/shared/contract/capabilities.ts';
import type { Failure, HandshakeResponse } from '@thinline/shared/contract/types.ts';
import { failure } from '@thinline/shared/failures.ts';
import { judgeAdapter } from './judge-adapter.ts';

export interface Reception {
  /**
   * taken: another agent has it, and it is asked again soon; displaced: another session took it from this one, which
   * doesn't ask again by itself; blocked: its adapter can't be used.
   */
  kind: 'welcome' | 'taken' | 'displaced' | 'blocked';
  /** Why it isn't welcome. */
  failure: Failure | null;
  /** What is to be known of one that is. */
  notice: Failure | null;
  /** Why it isn't told what it doesn't do. */
  refusals: ReadonlyMap<Capability, Failure>;
}

const kinds: ReadonlyMap<string, Reception['kind']> = new Map([
  [failure('endpointTaken').code, 'taken'],
  [failure('takenOver').code, 'displaced'],
]);

export function receive(
  greeting: HandshakeResponse,
  settings: Pick<LinkSettings, 'minAdapter' | 'onMismatch'>,
): Reception {
  const none = { notice: null, refusals: new Map<Capability, Failure>() };
  if (greeting.failure) {
    return { ...none, kind: kinds.get(greeting.failure.code) ?? 'blocked', failure: greeting.failure };
  }
  const version = greeting.endpoint?.productVersion ?? '';
  const facts = { version: version || 'unknown', needed: settings.minAdapter };
  switch (judgeAdapter(version, settings)) {
    case 'block':
      return { ...none, kind: 'blocked', failure: failure('adapterBlocked', facts) };
    case 'readonly': {
      const notice = failure('adapterReadOnly', facts);
      return { kind: 'welcome', failure: null, notice, refusals: new Map(capabilityNames.map((it) => [it, notice])) };
    }
    case 'warn':
      return { kind: 'welcome', failure: null, notice: failure('adapterOld', facts), refusals: missing(greeting) };
    case 'good':
      return { kind: 'welcome', failure: null, notice: null, refusals: missing(greeting) };
  }
}

function missing({ capabilities: announced, endpoint }: HandshakeResponse): Map<Capability, Failure> {
  const able = capabilitiesFrom(announced);
  const refusal = (name: Capability): Failure => {
    const { words, version } = capabilities[name];
    return failure('featureMissing', {
      feature: words,
      version: endpoint?.productVersion || 'unknown',
      needed: version,
    });
  };
  return new Map(capabilityNames.filter((name) => !able.has(name)).map((name) => [name, refusal(name)]));
}

/** For whoever shows it beside a button. */
export const reasonsOf = (refusals: Reception['refusals']): Partial<Record<Capability, string>> =>
  Object.fromEntries([...refusals].map(([name, { message, cause }]) => [name, `${message} ${cause}`]));

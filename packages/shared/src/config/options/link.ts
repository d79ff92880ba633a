/** policy.link: how the two halves find each other, and what becomes of calls while they don't. All of it is ours. */
import type { Option } from '../option.ts';

export const linkOptions = [
  {
    path: 'policy.link.channel',
    type: 'choice',
    choices: ['auto', 'local', 'tls', 'xrdp', 'wts', 'citrix', 'horizon'],
    default: 'auto',
    effect: 'restart',
    where: 'app',
    meaning:
      'The way to the endpoint: `auto` takes what the desktop session is made of, and a socket on this machine where it is none. Ours.',
  },
  {
    path: 'policy.link.endpoint',
    type: 'text',
    default: '',
    effect: 'restart',
    where: 'app',
    meaning: 'host:port of an endpoint that listens with TLS, for `policy.link.channel` tls. Ours.',
  },
  {
    path: 'policy.link.certificate',
    type: 'text',
    default: '',
    effect: 'restart',
    where: 'app',
    meaning: 'What shows the endpoint who we are, over TLS: a PEM file with chain and private key. Ours.',
  },
  {
    path: 'policy.link.authorities',
    type: 'text',
    default: '',
    effect: 'restart',
    where: 'app',
    meaning: "A PEM file with the authorities that may have signed the endpoint's certificate, over TLS. Ours.",
  },
  {
    path: 'policy.link.min_adapter',
    type: 'text',
    form: { pattern: /^(\d+\.\d+\.\d+)?$/, words: 'a version such as 1.2.0' },
    default: '',
    effect: 'restart',
    where: 'app',
    meaning: 'The oldest endpoint adapter that is good enough; empty: any that speaks our protocol. Ours.',
  },
  {
    path: 'policy.link.on_mismatch',
    type: 'choice',
    choices: ['warn', 'readonly', 'block'],
    default: 'warn',
    effect: 'restart',
    where: 'app',
    meaning:
      'What becomes of an adapter older than that: `warn` says so and uses it, `readonly` shows its calls and takes no commands, `block` does without it. Ours.',
  },
  {
    path: 'policy.link.fallback',
    type: 'choice',
    choices: ['none', 'desktop'],
    default: 'none',
    effect: 'restart',
    where: 'app',
    meaning:
      'Where no endpoint can be used: `none` takes no calls and says why, `desktop` has sound inside the desktop, and says so. Ours.',
  },
  {
    path: 'policy.link.roaming',
    type: 'choice',
    choices: ['at_once', 'after_calls'],
    default: 'at_once',
    effect: 'restart',
    where: 'app',
    meaning:
      'When the agent comes to another endpoint while the old one has calls: the new one registers `at_once`, or `after_calls`, when they have ended. A call is never moved. Ours.',
  },
  {
    path: 'policy.link.calls_when_lost',
    type: 'choice',
    choices: ['accept', 'refuse'],
    default: 'accept',
    effect: 'at once',
    where: 'adapter',
    fields: ['calls.whenLost'],
    meaning:
      'What becomes of calls that come while no desktop is connected: `accept` lets them ring, `refuse` answers 480. Ours.',
  },
] as const satisfies readonly Option[];

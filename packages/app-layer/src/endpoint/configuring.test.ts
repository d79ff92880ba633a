import { expect, it } from 'vitest';
import { type Configuring, type ConfiguringFacts, configuring } from './configuring.ts';

const facts: ConfiguringFacts = { wanted: { revision: 'r1' }, inForce: 'r0', isCertain: true, callsUp: false };

it.each<[string, Partial<ConfiguringFacts>, Configuring]>([
  ['an endpoint with another is told', {}, 'now'],
  ['one without any too', { inForce: '', callsUp: true }, 'now'],
  ['one that has it is not', { inForce: 'r1' }, 'done'],
  ['nor is any where none is wanted', { wanted: null, callsUp: true }, 'done'],
  ['one that is only remembered to have it is told', { inForce: 'r1', isCertain: false }, 'now'],
  ['after its calls', { inForce: 'r1', isCertain: false, callsUp: true }, 'assumed'],
  ['another one is told after its calls', { callsUp: true }, 'waits'],
  ['whether that is remembered or known', { callsUp: true, isCertain: false }, 'waits'],
])('%s', (_, more, expected) => {
  expect(configuring({ ...facts, ...more })).toBe(expected);
});

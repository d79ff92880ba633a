import { expect, it } from 'vitest';
import { type LadderFacts, nextStep } from './ladder.ts';

const atStart: LadderFacts = {
  fallback: 'desktop',
  rung: 'endpoint',
  soughtMs: 0,
  met: false,
  blocked: false,
  found: false,
  leftBehind: false,
  callsUp: false,
};

it.each<[string, Partial<LadderFacts>, string]>([
  ['at the start the endpoint is sought', {}, 'endpoint'],
  ['and for a while', { soughtMs: 4999 }, 'endpoint'],
  ['after which sound is in the desktop', { soughtMs: 5000 }, 'desktop, seeking'],
  ['but not where nobody allows that', { soughtMs: 60_000, fallback: 'none' }, 'endpoint'],
  ['an adapter that is too old is as none, and at once', { blocked: true }, 'desktop, seeking'],
  ['also one that came later', { blocked: true, met: true, soughtMs: 60_000 }, 'desktop, seeking'],
  ['but not where nobody allows that', { blocked: true, fallback: 'none' }, 'endpoint'],
  ['an endpoint that was met keeps the phone, though its link is lost', { met: true, soughtMs: 60_000 }, 'endpoint'],
  ['what an earlier app layer left in the desktop is gone on with', { leftBehind: true }, 'desktop, seeking'],
  ['but not once the endpoint was met', { leftBehind: true, met: true }, 'endpoint'],
  ['in the desktop the endpoint is looked for', { rung: 'desktop', soughtMs: 60_000 }, 'desktop, seeking'],
  ['unless a call is up', { rung: 'desktop', callsUp: true }, 'desktop'],
  ['which stays where it is, whatever is found', { rung: 'desktop', callsUp: true, found: true }, 'desktop'],
  ['and gone back to', { rung: 'desktop', found: true }, 'endpoint'],
])('%s', (_, facts, step) => {
  const { rung, seek } = nextStep({ ...atStart, ...facts });
  expect(seek ? `${rung}, seeking` : rung).toBe(step);
});

import { expect, it } from 'vitest';
import { type RemoteCommand, remoteCommand, type Standing } from './remote-control.ts';

const standings: Record<string, Standing> = {
  ringing: { ringing: true, established: false, held: false },
  calling: { ringing: false, established: false, held: false },
  talking: { ringing: false, established: true, held: false },
  held: { ringing: false, established: true, held: true },
};

it.each<[string, Record<keyof typeof standings, RemoteCommand | null>]>([
  ['talk', { ringing: 'answer', calling: null, talking: null, held: 'resume' }],
  ['hold', { ringing: null, calling: null, talking: 'hold', held: null }],
  ['dtmf', { ringing: null, calling: null, talking: 'sendDtmf', held: 'sendDtmf' }],
  ['beep', { ringing: 'beep', calling: 'beep', talking: 'beep', held: 'beep' }],
  ['constructor', { ringing: null, calling: null, talking: null, held: null }],
  ['presence', { ringing: null, calling: null, talking: null, held: null }],
])('%s', (event, expected) => {
  const found = Object.entries(standings).map(([name, standing]) => [name, remoteCommand(event, standing)]);
  expect(Object.fromEntries(found)).toEqual(expected);
});

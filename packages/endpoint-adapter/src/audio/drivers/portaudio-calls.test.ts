import { expect, it } from 'vitest';
import { answer, awaitAnswer, makeReply } from './portaudio-calls.ts';

it('carries an answer from one thread to the other', () => {
  const reply = makeReply();
  const devices = [{ id: '0', name: 'Kopfhörer', kind: 'PLAYBACK', isDefault: true } as const];
  answer(reply, { devices });
  expect(awaitAnswer(reply, 0)).toEqual({ devices });
});

it('says so when no answer comes, or one that is too large', () => {
  expect(awaitAnswer(makeReply(), 1)).toEqual({ failure: 'the main thread does not answer' });
  const reply = makeReply();
  answer(reply, { failure: 'x'.repeat(70_000) });
  expect(awaitAnswer(reply, 0)).toEqual({ failure: 'it has too many devices' });
});

/** What is said and offered about devices: pure, but that `sendLatest` sends. */
import type { Audio } from '../../src/panel/api.ts';

export type Part = 'microphone' | 'speaker' | 'ringer';

export interface DeviceChoice {
  id: string;
  /** Empty: it has none. */
  name: string;
}

/** automatic: nothing was chosen. chosen: it is in use. other: something else is. gone: it isn't there, and neither may be anything else. */
export type ChoiceState = 'automatic' | 'chosen' | 'other' | 'gone' | 'none';

export interface DeviceView {
  choices: readonly DeviceChoice[];
  /** Empty: the configuration chooses. */
  chosenId: string;
  /** null: it isn't connected. */
  chosen: DeviceChoice | null;
  /** null: none is. */
  inUse: DeviceChoice | null;
  state: ChoiceState;
}

const idsOf = (part: Part, audio: Audio): { used: string; chosenId: string } => {
  switch (part) {
    case 'microphone':
      return { used: audio.captureId, chosenId: audio.chosenCaptureId };
    case 'speaker':
      return { used: audio.playbackId, chosenId: audio.chosenPlaybackId };
    case 'ringer':
      return { used: audio.ringerId, chosenId: audio.chosenRingerId };
  }
};

function stateOf(chosenId: string, chosen: DeviceChoice | null, inUse: DeviceChoice | null): ChoiceState {
  if (chosenId !== '' && !chosen) return 'gone';
  if (!inUse) return 'none';
  if (!chosen) return 'automatic';
  return chosen.id === inUse.id ? 'chosen' : 'other';
}

export function deviceView(part: Part, audio: Audio): DeviceView {
  const kind = part === 'microphone' ? 'CAPTURE' : 'PLAYBACK';
  const choices = audio.devices.filter((it) => it.kind === kind).map(({ id, name }) => ({ id, name }));
  const { used, chosenId } = idsOf(part, audio);
  const find = (id: string) => (id === '' ? null : (choices.find((it) => it.id === id) ?? null));
  const chosen = find(chosenId);
  const inUse = find(used);
  return { choices, chosenId, chosen, inUse, state: stateOf(chosenId, chosen, inUse) };
}

/** Sends what is newest, one at a time: of those that come while one is on its way only the last is sent after it. */
export function sendLatest<Value>(send: (value: Value) => Promise<unknown>): (value: Value) => void {
  let waiting: { value: Value } | null = null;
  let sending = false;

  const work = async () => {
    sending = true;
    while (waiting) {
      const { value } = waiting;
      waiting = null;
      await send(value);
    }
    sending = false;
  };

  return (value) => {
    waiting = { value };
    if (!sending) void work();
  };
}

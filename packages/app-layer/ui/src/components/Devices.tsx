import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Audio } from '../../../src/panel/api.ts';
import { numberText } from '../../../src/words/numbers.ts';
import { say } from '../../../src/words/say.ts';
import { type DeviceView, deviceView, type Part, sendLatest } from '../devices.ts';
import { useSource } from '../hooks.ts';
import { abilityTo, command, levels } from '../store.ts';
import { levelShare, levelText } from '../view.ts';
import { FailureCard } from './FailureCard.tsx';
import { Icon } from './Icon.tsx';

const silenceDbfs = -127;

interface Props {
  audio: Audio;
  /** The phone is not there. */
  disabled: boolean;
  /** Somebody is being talked to. */
  inCall: boolean;
}

/** What one hears and speaks with: choosing, volumes, levels, and trying it out. */
export const Devices = ({ audio, disabled, inCall }: Props) => (
  <section class="card devices" aria-labelledby="devices-title">
    <h2 class="view-title" id="devices-title">
      {say('devices.heading')}
    </h2>
    {audio.failure && <FailureCard failure={audio.failure} />}
    <section class="device-part" aria-label={say('devices.microphone')}>
      <Choice part="microphone" audio={audio} disabled={disabled} />
      <Meter side="microphone" muted={audio.microphoneMuted} />
      <Volume side="microphone" audio={audio} disabled={disabled} />
      <Trial kind="MICROPHONE" audio={audio} disabled={disabled || audio.captureId === ''} hidden={inCall} />
    </section>
    <section class="device-part" aria-label={say('devices.speaker')}>
      <Choice part="speaker" audio={audio} disabled={disabled} />
      <Meter side="speaker" muted={audio.speakerMuted} />
      <Volume side="speaker" audio={audio} disabled={disabled} />
      <Trial kind="TONE" audio={audio} disabled={disabled || audio.playbackId === ''} />
    </section>
    <section class="device-part" aria-label={say('devices.ringer')}>
      <Choice part="ringer" audio={audio} disabled={disabled} />
      <Trial kind="RINGER" audio={audio} disabled={disabled || audio.ringerId === ''} />
    </section>
    <p class="detail">
      {audio.driverReason
        ? say('devices.driverBecause', { driver: audio.driver || say('devices.noDriver'), reason: audio.driverReason })
        : say('devices.driver', { driver: audio.driver || say('devices.noDriver') })}
    </p>
  </section>
);

const fieldOf = { microphone: 'captureId', speaker: 'playbackId', ringer: 'ringerId' } as const;

const nameOf = (device: { name: string } | null): string => device?.name || say('devices.unnamed');

function stateText(part: Part, { state, chosen, inUse }: DeviceView): string {
  switch (state) {
    case 'none':
      return say(`devices.none.${part}`);
    case 'gone':
      return inUse ? say('devices.chosenGone', { other: nameOf(inUse) }) : say('devices.chosenGoneNone');
    case 'other':
      return say('devices.chosenNotUsed', { device: nameOf(chosen), other: nameOf(inUse) });
    case 'chosen':
      return say('devices.inUseByChoice');
    case 'automatic':
      return say('devices.inUse', { device: nameOf(inUse) });
  }
}

function Choice({ part, audio, disabled }: { part: Part; audio: Audio; disabled: boolean }) {
  const view = deviceView(part, audio);
  const { choices, chosenId, chosen, state } = view;
  const id = `device-${part}`;
  const choose = (wanted: string) => void command({ selectDevices: { [fieldOf[part]]: wanted } });
  return (
    <div class="entry">
      <label for={id}>{say(`devices.${part}`)}</label>
      <select
        id={id}
        value={chosenId}
        {...abilityTo('selectDevices', disabled)}
        aria-describedby={`${id}-state`}
        onChange={(event) => choose(event.currentTarget.value)}
      >
        <option value="">{say('devices.automatic')}</option>
        {choices.map((it) => (
          <option key={it.id} value={it.id}>
            {it.name || say('devices.unnamed')}
          </option>
        ))}
        {chosenId !== '' && !chosen && <option value={chosenId}>{say('devices.gone', { device: chosenId })}</option>}
      </select>
      <p
        id={`${id}-state`}
        class={state === 'none' || state === 'gone' || state === 'other' ? 'device-state wrong' : 'device-state detail'}
        role="status"
      >
        {stateText(part, view)}
      </p>
    </div>
  );
}

type Side = 'microphone' | 'speaker';

function Meter({ side, muted }: { side: Side; muted: boolean }) {
  const level = useSource(levels);
  const dbfs = (side === 'microphone' ? level?.microphoneDbfs : level?.speakerDbfs) ?? silenceDbfs;
  return (
    <div class="level">
      <p class="detail" aria-hidden="true">
        {say(muted ? `devices.${side}Muted` : `devices.${side}Level`)}
      </p>
      <meter
        min={0}
        max={1}
        value={levelShare(dbfs)}
        aria-label={say(`devices.${side}Level`)}
        aria-valuetext={levelText(dbfs)}
      />
    </div>
  );
}

function Volume({ side, audio, disabled }: { side: Side; audio: Audio; disabled: boolean }) {
  const told = side === 'microphone' ? audio.microphoneVolume : audio.speakerVolume;
  const muted = side === 'microphone' ? audio.microphoneMuted : audio.speakerMuted;
  const [volume, setVolume] = useState(told);
  const held = useRef(false);
  const send = useMemo(
    () => sendLatest((value: number) => command({ setVolume: { [side]: value } }).finally(() => undefined)),
    [side],
  );
  // What the phone tells moves the slider, unless it is being moved here.
  useEffect(() => {
    if (!held.current) setVolume(told);
  }, [told]);
  const move = (value: number) => {
    setVolume(value);
    send(value);
  };
  const ability = abilityTo('setVolume', disabled);
  const mute = side === 'microphone' ? say('devices.muteMicrophone') : say('devices.muteSpeaker');
  const muteIt = { [side === 'microphone' ? 'microphoneMuted' : 'speakerMuted']: !muted };
  return (
    <>
      <div class="volume">
        <label for={`volume-${side}`}>{say(`devices.${side}Volume`)}</label>
        <output for={`volume-${side}`}>{numberText(volume)}</output>
        <input
          id={`volume-${side}`}
          type="range"
          min={0}
          max={100}
          step={5}
          value={volume}
          {...ability}
          onInput={(event) => move(event.currentTarget.valueAsNumber)}
          onPointerDown={() => {
            held.current = true;
          }}
          onPointerUp={() => {
            held.current = false;
          }}
        />
      </div>
      <div class="setting">
        <span id={`mute-${side}`}>{mute}</span>
        <button
          type="button"
          class="switch"
          role="switch"
          {...ability}
          aria-checked={muted}
          aria-labelledby={`mute-${side}`}
          onClick={() => void command({ setVolume: muteIt })}
        />
      </div>
    </>
  );
}

interface TrialProps {
  kind: 'MICROPHONE' | 'TONE' | 'RINGER';
  audio: Audio;
  disabled: boolean;
  /** There is no need for it. */
  hidden?: boolean;
}

const trialNames = { MICROPHONE: 'microphone', TONE: 'tone', RINGER: 'ringer' } as const;

function Trial({ kind, audio, disabled, hidden = false }: TrialProps) {
  const runs = audio.test === kind;
  if (hidden && !runs) return null;
  return (
    <div class="trial">
      <button
        type="button"
        class="quiet"
        {...abilityTo('testSound', disabled)}
        onClick={() => void command({ testSound: { kind: runs ? 'NONE' : kind } })}
      >
        <Icon name={runs ? 'stop' : kind === 'MICROPHONE' ? 'unmute' : 'sound'} />
        {say(runs ? 'devices.test.stop' : `devices.test.${trialNames[kind]}`)}
      </button>
      <p class="detail" role="status">
        {runs ? say(`devices.test.running.${kind}`) : ''}
      </p>
    </div>
  );
}

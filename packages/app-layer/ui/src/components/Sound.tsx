import type { Audio } from '../../../src/panel/api.ts';
import { useSource } from '../hooks.ts';
import { levels } from '../store.ts';
import { levelShare, levelText } from '../view.ts';
import { FailureCard } from './FailureCard.tsx';

const silenceDbfs = -127;

const Meter = ({ label, device, dbfs }: { label: string; device: string; dbfs: number }) => (
  <div class="level">
    <p>
      <span>{label}</span>
      <span class="detail device">{device}</span>
    </p>
    <meter min={0} max={1} value={levelShare(dbfs)} aria-label={`${label} level`} aria-valuetext={levelText(dbfs)} />
  </div>
);

export function Sound({ audio, muted }: { audio: Audio; muted: boolean }) {
  const level = useSource(levels);
  const name = (id: string) => audio.devices.find((device) => device.id === id)?.name ?? (id || 'none');
  return (
    <section class="card sound" aria-label="Sound">
      <Meter
        label={muted ? 'Microphone, muted' : 'Microphone'}
        device={name(audio.captureId)}
        dbfs={level?.microphoneDbfs ?? silenceDbfs}
      />
      <Meter label="Speaker" device={name(audio.playbackId)} dbfs={level?.speakerDbfs ?? silenceDbfs} />
      {audio.failure && <FailureCard failure={audio.failure} />}
      <p class="detail">
        Sound driver: {audio.driver || 'none'}
        {audio.driverReason && ` – ${audio.driverReason}`}
      </p>
    </section>
  );
}

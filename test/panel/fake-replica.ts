/** A phone that does at once what it is told, for tests of what shows and commands it. */
import { EventEmitter } from 'node:events';
import { blankLink, blankState } from '@thinline/app-layer/endpoint/blank-state.ts';
import type {
  CommandBody,
  LinkStatus,
  PhoneState,
  Replica,
  ReplicaEvents,
} from '@thinline/app-layer/endpoint/replica.ts';
import { blankAudio, blankCall, blankLine } from '@thinline/shared/contract/blank.ts';
import type {
  Agent,
  Call,
  CallQuality,
  CommandResult,
  Failure,
  Line,
  Snapshot,
} from '@thinline/shared/contract/types.ts';
import { failure } from '@thinline/shared/failures.ts';

export const makeCall = (more: Partial<Call> & { id: string }): Call =>
  blankCall({
    lineId: 'line0',
    state: 'TALKING',
    remote: { uri: 'sip:602@example.org', number: '602', displayName: '' },
    createdAtMs: Date.now(),
    sipCallId: `${more.id}@example.org`,
    ...more,
  });

export const makeAgent = (more: Partial<Agent> = {}): Agent => ({
  state: 'LOGGED_OUT',
  agentId: '',
  reason: '',
  pending: false,
  failure: null,
  ...more,
});

export const makeQuality = (callId: string, more: Partial<CallQuality> = {}): CallQuality => ({
  callId,
  packetsSent: 1000,
  packetsReceived: 990,
  packetsLost: 10,
  packetsDiscarded: 0,
  jitterMs: 4,
  bufferMs: 40,
  concealedMs: 0,
  longestGapMs: 0,
  ...more,
});

const makeSnapshot = (): Snapshot => ({
  endpoint: {
    epoch: 'epoch',
    host: 'desk',
    platform: 'linux',
    productVersion: '0.1.0',
    pid: 1,
    endpointId: 'endpoint-1',
  },
  configurationRevision: 'revision',
  lines: [
    blankLine({
      id: 'line0',
      state: 'REGISTERED',
      address: 'sip:701@example.org',
      displayName: 'Ada Lovelace',
      server: 'example.org:5060',
      transport: 'udp',
    }),
  ],
  calls: [],
  audio: blankAudio({
    driver: 'miniaudio',
    driverReason: 'the sound service answers',
    devices: [
      { id: 'capture', name: 'USB headset microphone', kind: 'CAPTURE', isDefault: true },
      { id: 'playback', name: 'USB headset', kind: 'PLAYBACK', isDefault: true },
    ],
    captureId: 'capture',
    playbackId: 'playback',
    codecs: ['opus', 'PCMU', 'PCMA'],
    ringerId: 'playback',
  }),
  qualities: [],
  notices: [],
});

export class FakeReplica extends EventEmitter<ReplicaEvents> implements Replica {
  readonly executed: CommandBody[] = [];
  readonly phone: Snapshot = makeSnapshot();
  link: LinkStatus = blankLink({ state: 'up', placement: 'this machine' });
  unavailable: PhoneState['unavailable'] = {};
  /** What the next commands are answered with. */
  refusal: Failure | null = null;
  sequence = 0;

  state(): PhoneState {
    const { link, phone, sequence, unavailable } = this;
    return blankState({ link, phone, sequence, unavailable });
  }

  /** Changes the phone and tells so. */
  change(change: (phone: Snapshot) => void): void {
    change(this.phone);
    this.sequence++;
    this.emit('changed');
  }

  /** Ends a call as the replica tells it: the last of the call, then a state without it. */
  release(call: Call, why: Failure | null = null): void {
    this.emit('released', { ...call, state: 'RELEASED', releasedAtMs: Date.now(), failure: why });
    this.change((phone) => {
      phone.calls = phone.calls.filter((it) => it !== call);
    });
  }

  setLink(said: Partial<LinkStatus>): void {
    this.link = { ...this.link, ...said };
    this.emit('changed');
  }

  ring(more: Partial<Call> = {}): Call {
    const call = makeCall({ id: `call${this.sequence}`, state: 'ALERTING', direction: 'INCOMING', ...more });
    this.change((phone) => phone.calls.push(call));
    return call;
  }

  async execute(body: CommandBody, id = 'none'): Promise<CommandResult> {
    this.executed.push(body);
    if (this.refusal) return { id, failure: this.refusal, callId: '' };
    return this.#do(body, id);
  }

  #do(body: CommandBody, id: string): CommandResult {
    if (body.dial) {
      const number = body.dial.target ?? '';
      const remote = { uri: `sip:${number}@example.org`, number, displayName: '' };
      const call = makeCall({ id: `call${this.sequence}`, state: 'RINGING', direction: 'OUTGOING', remote });
      this.change((phone) => {
        this.#holdOthers();
        phone.calls.push(call);
      });
      return { id, failure: null, callId: call.id };
    }
    if (body.conference) {
      const { on = false } = body.conference;
      this.change(({ calls }) => {
        for (const call of calls)
          Object.assign(call, { conference: on, state: on || call === calls[0] ? 'TALKING' : 'HELD' });
      });
      return { id, failure: null, callId: '' };
    }
    if (body.register) {
      this.change(({ lines }) => {
        for (const line of lines) Object.assign(line, { state: 'REGISTERED', failure: null, retryAtMs: 0 });
      });
      return { id, failure: null, callId: '' };
    }
    if (body.setAgentState || body.setDoNotDisturb || body.setForwarding) return this.#doToLine(body, id);
    if (body.selectDevices || body.setVolume || body.testSound) return this.#doToAudio(body, id);
    const { answer, reject, hangUp, hold, resume, mute, sendDtmf, transfer } = body;
    const callId = (answer ?? reject ?? hangUp ?? hold ?? resume ?? mute ?? sendDtmf ?? transfer)?.callId;
    const call = this.phone.calls.find((it) => it.id === callId);
    if (!call) return { id, failure: failure('noSuchCall', { call: String(callId) }), callId: '' };
    if (reject || hangUp) {
      this.release(call);
      return { id, failure: null, callId: '' };
    }
    this.change(() => {
      if (answer || resume) this.#holdOthers();
      if (answer) Object.assign(call, { state: 'TALKING', connectedAtMs: Date.now(), codec: 'opus' });
      if (hold) call.state = 'HELD';
      if (resume) call.state = 'TALKING';
      if (mute) call.muted = mute.on ?? false;
      if (sendDtmf) call.dtmfSent += sendDtmf.digits ?? '';
      if (transfer) call.transfer = { target: transfer.target || '603', status: 0, done: false, failure: null };
    });
    return { id, failure: null, callId: '' };
  }

  #doToAudio({ selectDevices, setVolume, testSound }: CommandBody, id: string): CommandResult {
    this.change(({ audio }) => {
      if (!audio) return;
      audio.chosenCaptureId = selectDevices?.captureId ?? audio.chosenCaptureId;
      audio.chosenPlaybackId = selectDevices?.playbackId ?? audio.chosenPlaybackId;
      audio.chosenRingerId = selectDevices?.ringerId ?? audio.chosenRingerId;
      audio.microphoneVolume = setVolume?.microphone ?? audio.microphoneVolume;
      audio.speakerVolume = setVolume?.speaker ?? audio.speakerVolume;
      audio.microphoneMuted = setVolume?.microphoneMuted ?? audio.microphoneMuted;
      audio.speakerMuted = setVolume?.speakerMuted ?? audio.speakerMuted;
      if (typeof testSound?.kind === 'string') audio.test = testSound.kind;
    });
    return { id, failure: null, callId: '' };
  }

  /** Nobody is talked to beside the call that is dialled, answered or resumed. */
  #holdOthers(): void {
    for (const call of this.phone.calls) if (call.state === 'TALKING') call.state = 'HELD';
  }

  #doToLine({ setAgentState, setDoNotDisturb, setForwarding }: CommandBody, id: string): CommandResult {
    const lineId = (setAgentState ?? setDoNotDisturb ?? setForwarding)?.lineId;
    this.change(({ lines }) => {
      const line: Line | undefined = lines.find((it) => it.id === lineId);
      if (!line) return;
      const state = setAgentState?.state;
      if (setAgentState && typeof state === 'string') {
        const agentId = state === 'LOGGED_OUT' ? '' : setAgentState.agentId || (line.agent?.agentId ?? '');
        line.agent = makeAgent({ state, agentId, reason: setAgentState.reason ?? '' });
      }
      if (setDoNotDisturb) line.doNotDisturb = setDoNotDisturb.on ?? false;
      const { kind, on = false, target = '', seconds = 0 } = setForwarding?.forwarding ?? {};
      if (typeof kind !== 'string') return;
      line.forwardings = line.forwardings.filter((it) => it.kind !== kind);
      line.forwardings.push({ kind, on, target, seconds });
    });
    return { id, failure: null, callId: '' };
  }
}

/** A phone that does at once what it is told, for tests of what shows and commands it. */
import { EventEmitter } from 'node:events';
import type { CommandBody, PhoneState, Replica, ReplicaEvents } from '@thinline/app-layer/endpoint/replica.ts';
import type { Call, CallQuality, CommandResult, Failure, Snapshot } from '@thinline/shared/contract/types.ts';
import { failure } from '@thinline/shared/failures.ts';

export function makeCall(more: Partial<Call> & { id: string }): Call {
  return {
    lineId: 'line0',
    state: 'TALKING',
    direction: 'OUTGOING',
    remote: { uri: 'sip:602@example.org', number: '602', displayName: '' },
    muted: false,
    heldByRemote: false,
    createdAtMs: Date.now(),
    connectedAtMs: 0,
    releasedAtMs: 0,
    failure: null,
    redirections: [],
    codec: '',
    dtmfSent: '',
    dtmfReceived: '',
    sipCallId: `${more.id}@example.org`,
    earlyMedia: false,
    ...more,
  };
}

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
  endpoint: { epoch: 'epoch', host: 'desk', platform: 'linux', productVersion: '0.1.0', pid: 1 },
  configurationRevision: 'revision',
  lines: [
    {
      id: 'line0',
      state: 'REGISTERED',
      address: 'sip:701@example.org',
      displayName: 'Ada Lovelace',
      server: 'example.org:5060',
      transport: 'udp',
      failure: null,
      retryAtMs: 0,
      expiresAtMs: 0,
    },
  ],
  calls: [],
  audio: {
    driver: 'miniaudio',
    driverReason: 'the sound service answers',
    devices: [
      { id: 'capture', name: 'USB headset microphone', kind: 'CAPTURE', isDefault: true },
      { id: 'playback', name: 'USB headset', kind: 'PLAYBACK', isDefault: true },
    ],
    captureId: 'capture',
    playbackId: 'playback',
    failure: null,
    codecs: ['opus', 'PCMU', 'PCMA'],
  },
  qualities: [],
  notices: [],
});

export class FakeReplica extends EventEmitter<ReplicaEvents> implements Replica {
  readonly executed: CommandBody[] = [];
  readonly phone: Snapshot = makeSnapshot();
  link: PhoneState['link'] = { state: 'up', placement: 'this machine', failure: null };
  /** What the next commands are answered with. */
  refusal: Failure | null = null;
  sequence = 0;

  state(): PhoneState {
    return { link: this.link, phone: this.phone, released: [], sequence: this.sequence };
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

  setLink(link: PhoneState['link']): void {
    this.link = link;
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
      const call = makeCall({ id: `call${this.sequence}`, state: 'RINGING', remote });
      this.change((phone) => phone.calls.push(call));
      return { id, failure: null, callId: call.id };
    }
    if (body.register) {
      this.change(({ lines }) => {
        for (const line of lines) Object.assign(line, { state: 'REGISTERED', failure: null, retryAtMs: 0 });
      });
      return { id, failure: null, callId: '' };
    }
    const { answer, reject, hangUp, hold, resume, mute, sendDtmf } = body;
    const callId = (answer ?? reject ?? hangUp ?? hold ?? resume ?? mute ?? sendDtmf)?.callId;
    const call = this.phone.calls.find((it) => it.id === callId);
    if (!call) return { id, failure: failure('noSuchCall', { call: String(callId) }), callId: '' };
    if (reject || hangUp) {
      this.release(call);
      return { id, failure: null, callId: '' };
    }
    this.change(() => {
      if (answer) Object.assign(call, { state: 'TALKING', connectedAtMs: Date.now(), codec: 'opus' });
      if (hold) call.state = 'HELD';
      if (resume) call.state = 'TALKING';
      if (mute) call.muted = mute.on ?? false;
      if (sendDtmf) call.dtmfSent += sendDtmf.digits ?? '';
    });
    return { id, failure: null, callId: '' };
  }
}

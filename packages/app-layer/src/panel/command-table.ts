/** What may be commanded over HTTP, each with the JSON Schema of its fields: the panel's API and the phone's say it by this. */
import type { CommandName } from './api.ts';

export type Schema = Readonly<Record<string, unknown>>;

/** The fields of one command. */
export interface CommandShape {
  required?: readonly string[];
  minProperties?: number;
  properties: Readonly<Record<string, Schema>>;
}

const callId = { type: 'string', maxLength: 128, description: 'Which call; empty: the only one in question.' };
const lineId = { type: 'string', maxLength: 128, description: 'Which line, "line1" for the second; empty: the first.' };
const target = { type: 'string', maxLength: 256, description: 'A number, user@host, or a sip: or tel: address.' };
const deviceId = {
  type: 'string',
  maxLength: 512,
  description: 'Of a device of `audio`; empty: the configuration chooses.',
};
const volume = { type: 'integer', minimum: 0, maximum: 100 };
const on = { type: 'boolean' };

/** An object with these fields and no others. */
export const closed = (shape: object): Schema => ({ type: 'object', additionalProperties: false, ...shape });

const forwarding = closed({
  required: ['kind', 'on'],
  properties: {
    kind: { type: 'string', enum: ['ALWAYS', 'BUSY', 'NO_ANSWER'] },
    on,
    target,
    seconds: {
      type: 'integer',
      minimum: 0,
      maximum: 3600,
      description: 'NO_ANSWER: how long a call rings before it is sent on.',
    },
  },
});

export const commandTable: Readonly<Record<CommandName, CommandShape>> = {
  dial: {
    required: ['target'],
    properties: {
      target,
      lineId,
      anonymous: { type: 'boolean', description: 'Neither name nor number is shown to the far end.' },
      appearance: {
        type: 'integer',
        minimum: 0,
        maximum: 999,
        description: 'The appearance of a shared line to call on; 0: none.',
      },
    },
  },
  answer: { properties: { callId } },
  reject: {
    properties: {
      callId,
      status: {
        type: 'integer',
        minimum: 0,
        maximum: 699,
        description: 'A SIP status from 400 to 699; 0: 486 Busy Here.',
      },
    },
  },
  hangUp: { properties: { callId } },
  hold: { properties: { callId } },
  resume: { properties: { callId } },
  mute: { required: ['on'], properties: { callId, on } },
  sendDtmf: {
    required: ['digits'],
    properties: { callId, digits: { type: 'string', maxLength: 64, description: '0 to 9, *, #, A to D.' } },
  },
  register: {
    properties: { lineId, remove: { type: 'boolean', description: 'Takes the registration away.' } },
  },
  conference: { required: ['on'], properties: { on } },
  transfer: {
    properties: {
      callId,
      target,
      otherCallId: { ...callId, description: 'Another call of ours, whose far end this one is joined with.' },
    },
  },
  setAgentState: {
    required: ['state'],
    properties: {
      lineId,
      state: { type: 'string', enum: ['LOGGED_OUT', 'READY', 'NOT_READY', 'AFTER_CALL_WORK'] },
      agentId: { type: 'string', maxLength: 128, description: 'Logs this agent in.' },
      password: { type: 'string', maxLength: 128 },
      reason: { type: 'string', maxLength: 64, description: 'The code of a reason for not being ready.' },
    },
  },
  setDoNotDisturb: { required: ['on'], properties: { lineId, on } },
  setForwarding: { required: ['forwarding'], properties: { lineId, forwarding } },
  selectDevices: { properties: { captureId: deviceId, playbackId: deviceId, ringerId: deviceId } },
  setVolume: {
    minProperties: 1,
    properties: { microphone: volume, speaker: volume, microphoneMuted: on, speakerMuted: on },
  },
  testSound: {
    required: ['kind'],
    properties: {
      kind: {
        type: 'string',
        enum: ['NONE', 'TONE', 'RINGER', 'MICROPHONE'],
        description: 'NONE ends what is being tried out.',
      },
    },
  },
};

/** What a Softphone.config says about what the agent hears of calls. */
import type { AlertingSettings } from '../contract/types.ts';
import { Reader } from './reader.ts';

export function alertingFrom(reader: Reader): AlertingSettings {
  return {
    ringingMode: reader.integer('policy.session.ringing_enabled'),
    ringingFile: reader.text('policy.session.ringing_file'),
    systemRingingFile: reader.text('system.media.ringing_file'),
    ringbackMode: Number(reader.choice('policy.session.ringback_enabled')),
    ringbackFile: reader.text('policy.session.ringback_file'),
    callWaitingTone: reader.flag('policy.session.callwait_tone_enabled'),
    callWaitingFile: reader.text('policy.session.callwait_tone_file'),
    ringWhileHeld: reader.flag('policy.session.ringing_while_call_held'),
    beeps: reader.flag('policy.session.beeps'),
  };
}

/** What goes for an endpoint that was told nothing about what is heard of calls. */
export const usualAlerting = (): AlertingSettings => alertingFrom(new Reader(new Map()));

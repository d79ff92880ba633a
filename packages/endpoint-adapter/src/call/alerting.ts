/** What the phone lets the agent hear of its calls, beside the calls themselves, as data. */
import type { AlertingSettings, Call } from '@thinline/shared/contract/types.ts';
import type { AlertRole, AlertTone } from '../media/alert.ts';
import { announcement, type OtherCalls } from './call-waiting.ts';
import { ringChoice } from './ring-choice.ts';
import { type EarlyMedia, ringback } from './ringback.ts';
import { type RingingMode, ringingMode, stopsRinging } from './ringing.ts';
import { holdsTheEar } from './states.ts';

/** While no configuration says otherwise: a tone of ours for whatever rings, and what the far end sends is heard. */
export const usualAlerting: AlertingSettings = {
  ringingMode: 1,
  ringingFile: '',
  systemRingingFile: '',
  ringbackMode: 6,
  ringbackFile: '',
  callWaitingTone: false,
  callWaitingFile: '',
  ringWhileHeld: true,
  beeps: false,
};

export interface AlertingCall {
  id: string;
  state: Call['state'];
  /** What its caller's server asks for (Alert-Info). */
  ring: string;
  early: EarlyMedia;
  /** No ringing is wanted for it, or not yet. */
  quiet: boolean;
  /** Somebody has answered it; the far end need not know yet. */
  answered: boolean;
  /** It has rung for as long as it may. */
  timedOut: boolean;
  /** Its one ring has begun, where it rings once. */
  rang: boolean;
}

/** One that has the key of an earlier one is the same, and goes on. */
export interface Alert {
  key: string;
  /** Of the call that rings once; '' where it goes on until it is stopped. */
  callId: string;
  role: AlertRole;
  /** On the endpoint; '': none. */
  file: string;
  /** In place of a file that isn't there. */
  tone: AlertTone;
  loop: boolean;
  /** Between two rounds of a file, ms. */
  pauseMs: number;
  /** 1: as it is. */
  gain: number;
}

/** Beside somebody who is talked to. */
const callWaitingGain = 0.5;
const callWaitingPauseMs = 4_000;

/** Those that are to be announced, by ringing or otherwise. */
const isAlerting = (call: AlertingCall): boolean =>
  call.state === 'ALERTING' && !call.quiet && !call.answered && !call.timedOut;

function othersOf(calls: readonly AlertingCall[]): OtherCalls {
  if (calls.some(({ state }) => holdsTheEar(state))) return 'active';
  return calls.some(({ state }) => state === 'HELD') ? 'held' : 'none';
}

const isStopped = (mode: RingingMode, { answered, timedOut }: AlertingCall): boolean =>
  (answered && stopsRinging(mode, 'answer')) || (timedOut && stopsRinging(mode, 'timeout'));

/** The calls that are heard to ring: the first that is to, or each once. */
function ringingCalls(calls: readonly AlertingCall[], settings: AlertingSettings): AlertingCall[] {
  const mode = ringingMode(settings.ringingMode);
  const rings = announcement(othersOf(calls), settings) === 'ringing';
  const alerting = rings ? calls.filter(isAlerting) : [];
  if (!mode.once) return alerting.slice(0, 1);
  return calls.filter((call) => alerting.includes(call) || (call.rang && !isStopped(mode, call)));
}

function ringAlerts(call: AlertingCall, settings: AlertingSettings): Alert[] {
  const { roles, once } = ringingMode(settings.ringingMode);
  const chosen = ringChoice(call.ring);
  const callId = once ? call.id : '';
  return roles.map((role) => {
    // Who asks for a ring of its own is to be told apart, whatever the usual one.
    const file = chosen ? '' : role === 'system' ? settings.systemRingingFile : settings.ringingFile;
    const tone = chosen ?? 'ringing';
    return { key: `${role} ${callId} ${tone} ${file}`, callId, role, file, tone, loop: !once, pauseMs: 0, gain: 1 };
  });
}

function headsetAlert(tone: 'callWaiting' | 'ringback', file: string, pauseMs: number, gain: number): Alert {
  return { key: `${tone} ${file}`, callId: '', role: 'headset', file, tone, loop: true, pauseMs, gain };
}

/** All that is to be heard now; who plays it sees by the keys what is new, and what is over. */
export function alertsFor(calls: readonly AlertingCall[], settings: AlertingSettings): Alert[] {
  const alerts = ringingCalls(calls, settings).flatMap((call) => ringAlerts(call, settings));
  if (calls.some(isAlerting) && announcement(othersOf(calls), settings) === 'callWaiting') {
    alerts.push(headsetAlert('callWaiting', settings.callWaitingFile, callWaitingPauseMs, callWaitingGain));
  }
  const ringsBack = (call: AlertingCall) =>
    call.state === 'RINGING' && ringback(settings.ringbackMode, call.early).local;
  // Who calls here goes before whom we call.
  if (calls.some(ringsBack) && !alerts.some(({ role }) => role === 'headset'))
    alerts.push(headsetAlert('ringback', settings.ringbackFile, 0, 1));
  return alerts;
}

/** A call that ends is beeped at, unless it was never ours: nobody here had answered or dialled it. */
export const beepsAtEnd = ({ direction, connectedAtMs }: Pick<Call, 'direction' | 'connectedAtMs'>): boolean =>
  direction === 'OUTGOING' || connectedAtMs > 0;

/** The files that may be wanted. */
export const alertFiles = (settings: AlertingSettings): string[] =>
  [settings.ringingFile, settings.systemRingingFile, settings.ringbackFile, settings.callWaitingFile].filter(
    (file) => file !== '',
  );

/** What a row of the tables in topics/ says, and steps that users take in many of them. */
import assert from 'node:assert/strict';
import type { Call } from '@thinline/shared/contract/types.ts';
import type { Phone } from '../../phone.ts';

/** Addresses of SIPp: the server of line0, another host (the server of line1), another port (the registrar of line2). */
export type Place = 'server' | 'elsewhere' | 'registrar';

/** The phone as it comes, and others that are configured otherwise. */
export type PhoneName = 'usual' | 'other' | 'eager' | 'featured';

export interface Scenario {
  /** What the phone does, in one sentence. */
  behaviour: string;
  /** The RFC, or the requirement, that asks for it. */
  source: string;
  /** Who begins. */
  caller: 'phone' | 'sipp';
  phone?: PhoneName;
  /** Where SIPp is; the server, when not said. */
  at?: Place;
  /** Where a second SIPp is, that the phone calls: it follows NAME.beside.xml. */
  beside?: Place;
  /** How many Call-IDs the phone uses, one when not said: SIPp follows the scenario once for each. */
  calls?: number;
  /** false where retransmissions of the phone are what the scenario is about. */
  retransmissions?: false;
  /** What stands for [form], one run each. */
  forms?: readonly string[];
  /** What the user has done before. */
  before?: (phone: Phone) => Promise<unknown>;
  /** What the user does and sees meanwhile. */
  user?: (phone: Phone) => Promise<unknown>;
  /** What makes the phone as it was. */
  after?: (phone: Phone) => Promise<unknown>;
}

export type Topic = Readonly<Record<string, Scenario>>;

export const dial = (phone: Phone, ...words: string[]): Promise<string> => phone.does('dial', '42', ...words);

export async function talk(phone: Phone): Promise<Call> {
  await dial(phone);
  return phone.call('TALKING');
}

export async function answer(phone: Phone): Promise<Call> {
  await phone.call('ALERTING');
  await phone.does('answer');
  return phone.call('TALKING');
}

/** Takes a call that may have been changed, or have ended, before anybody has looked. */
export async function pickUp(phone: Phone): Promise<void> {
  await phone.call('ALERTING');
  await phone.does('answer');
}

/** Ends a call once it is up. */
export async function talkAndLeave(phone: Phone): Promise<void> {
  await phone.call('TALKING', 15_000);
  await phone.does('hangup');
}

/** A call of ours ends with that failure. */
export async function fail(phone: Phone, code: string): Promise<void> {
  const released = phone.released();
  await dial(phone);
  assert.equal((await released).failure?.code, code);
}

/** The only call, once that holds. */
export async function sees(phone: Phone, what: string, holds: (call: Call) => boolean): Promise<Call> {
  const found = await phone.waitFor(what, ({ phone: it }) => it?.calls.length === 1 && it.calls.every(holds));
  const call = found.phone?.calls[0];
  if (!call) throw new Error('unreachable: the condition held');
  return call;
}

/** The REGISTERs that nobody answers while the phone starts are given up first. */
export const settled = (phone: Phone): Promise<unknown> =>
  phone.waitFor(
    'no line tries to register',
    ({ phone: it }) => it?.lines.every(({ state }) => state !== 'REGISTERING') ?? false,
  );

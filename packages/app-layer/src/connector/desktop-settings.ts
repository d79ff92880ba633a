/** What an agent desktop has said of the phone so far, and what that makes of it. */
import type { DesktopLine, DesktopWishes } from '../phone-configuration.ts';
import { readOptions } from './desktop-options.ts';

export interface DesktopSettings {
  /** By path. */
  options: ReadonlyMap<string, string>;
  lines: readonly DesktopLine[];
  /** Of lines that say nothing else. */
  protocol: string;
  password: string;
  /** Calls are taken and made with a headset only. */
  enforcesHeadset: boolean;
  /** Of the panel; empty: whatever it is. */
  language: string;
}

export const nothingSaid: DesktopSettings = {
  options: new Map(),
  lines: [],
  protocol: '',
  password: '',
  enforcesHeadset: false,
  language: '',
};

/** All that there are come to less; what comes again and again under other names must not fill the memory. */
const mostOptions = 500;

export interface Update {
  settings: DesktopSettings;
  /** How many were taken. */
  count: number;
  /** Sentences about those that were not. */
  faults: string[];
}

export function withOptions(settings: DesktopSettings, sent: Readonly<Record<string, unknown>>): Update {
  const reading = readOptions(sent);
  const options = new Map([...settings.options, ...reading.settings]);
  if (options.size > mostOptions) return { settings, count: 0, faults: [`there are more than ${mostOptions}`] };
  return { settings: { ...settings, options }, count: reading.settings.size, faults: reading.faults };
}

export interface Parameter {
  Key: string;
  Value?: unknown;
}

/** V1's list of keys and values. Keys that are nothing to us are left out. */
export const withParameters = (settings: DesktopSettings, parameters: readonly Parameter[]): DesktopSettings =>
  parameters.reduce(withParameter, settings);

function withParameter(settings: DesktopSettings, { Key: key, Value: value }: Parameter): DesktopSettings {
  switch (key.toLowerCase().replaceAll('_', '')) {
    case 'sipendpointtransportprotocol':
      return { ...settings, protocol: textOf(value).toLowerCase() };
    case 'enforceheadsetusage':
      return { ...settings, enforcesHeadset: ['1', 'true', 'yes'].includes(textOf(value).toLowerCase()) };
    case 'preferredlanguage':
      return { ...settings, language: textOf(value) };
    // What desktops call it is not known.
    case 'password':
    case 'sipendpointpassword':
      return { ...settings, password: textOf(value) };
    default:
      return settings;
  }
}

const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value).trim() : '';

const headsetOptions = [
  ['policy.device.use_headset', '1'],
  ['policy.session.reject_session_when_headset_na', '1'],
] as const;

/** While there is a call, which counts, no other one is taken. */
const noMoreCalls = [
  ['policy.session.reject_session_when_busy', '1'],
  ['policy.session.number_sessions_for_busy', '1'],
] as const;

/** client: who it is, for people. takesCalls: further ones, beside those that are up. */
export function desktopOf(settings: DesktopSettings, client: string, takesCalls = true): DesktopWishes {
  const { options, lines, protocol, password, enforcesHeadset, language } = settings;
  return {
    options: new Map([...options, ...(enforcesHeadset ? headsetOptions : []), ...(takesCalls ? [] : noMoreCalls)]),
    lines: lines.map((line) => ({
      ...line,
      protocol: line.protocol || protocol,
      ...(line.password || password ? { password: line.password || password } : {}),
    })),
    language,
    client,
  };
}

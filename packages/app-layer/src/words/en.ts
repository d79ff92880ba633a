/** English, the language that the others have the shape of. */
import { agent } from './en/agent.ts';
import { app } from './en/app.ts';
import { calls } from './en/calls.ts';
import { devices } from './en/devices.ts';
import { dial } from './en/dial.ts';
import { failure } from './en/failure.ts';
import { history } from './en/history.ts';
import { lines } from './en/lines.ts';
import { link } from './en/link.ts';
import { quality } from './en/quality.ts';
import { selfTest } from './en/self-test.ts';
import { settings } from './en/settings.ts';
import { shortcuts } from './en/shortcuts.ts';
import { signIn } from './en/sign-in.ts';
import { transfer } from './en/transfer.ts';
import type { Translated } from './message.ts';

export const en = {
  agent,
  app,
  calls,
  devices,
  dial,
  failure,
  history,
  lines,
  link,
  quality,
  selfTest,
  settings,
  shortcuts,
  signIn,
  transfer,
} as const;

/** What every language says. */
export type Words = Translated<typeof en>;

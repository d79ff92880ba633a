/** Who says what this phone is, and what the panel offers beside that. */
import type { EventEmitter } from 'node:events';
import { type BesideDesktop, type PanelPage, usualPanelSettings } from '@thinline/shared/config/panel.ts';

export interface SignIn {
  /** An agent desktop, the agent at the panel, the file; nobody: there is no line. */
  by: 'desktop' | 'panel' | 'file' | 'nobody';
  /** Of the first line; what the form begins with where nobody has signed in. */
  user: string;
  displayName: string;
  /** Empty: as user. */
  authUser: string;
  /** host:port */
  server: string;
  transport: string;
  /** The agent is to be signed in again at the next start. */
  keep: boolean;
  /** There is a keyring here for the password; without one it has to be typed again. */
  canKeep: boolean;
}

export interface Desk {
  signIn: SignIn;
  /** What the agent desktop wants the panel to speak, as it writes it; empty: it doesn't say. */
  language: string;
  /** The agent desktop that has a session; sinceMs: since 1970. */
  desktop: { client: string; sinceMs: number } | null;
  besideDesktop: BesideDesktop;
  /** Pages of the panel, beside what it always shows. */
  tabs: readonly PanelPage[];
  /** So many calls are shown whole. */
  callLines: number;
  /** A number that sends sound back; empty: none is known. */
  echoTarget: string;
}

/** `changed`: desk() is another. */
export interface DeskSource extends EventEmitter<{ changed: [] }> {
  desk(): Desk;
}

/** A desk of which nothing is said but what is given. */
export const blankDesk = (said: Partial<Desk> = {}): Desk => ({
  signIn: {
    by: 'file',
    user: '',
    displayName: '',
    authUser: '',
    server: '',
    transport: '',
    keep: false,
    canKeep: false,
  },
  language: '',
  desktop: null,
  ...usualPanelSettings,
  ...said,
});

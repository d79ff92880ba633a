/** Messages waiting in mailboxes (RFC 3842). */
import { bodyOf, type EventPackage, isEmpty } from './event-package.ts';

export interface MessageCounts {
  new: number;
  old: number;
  urgentNew: number;
  urgentOld: number;
}

export interface Mailbox {
  /** A URI; '' where the body doesn't name it: the one that the subscription is for. */
  account: string;
  waiting: boolean;
  /** By class: "voice", "fax", "pager", "multimedia", "text", "none". */
  messages: ReadonlyMap<string, MessageCounts>;
}

export interface MessageSummary {
  mailboxes: readonly Mailbox[];
}

const contentType = 'application/simple-message-summary';
const MAX_MAILBOXES = 32;
const MAX_LINES = 512;
const MAX_ACCOUNT = 256;

const classOf = /^(voice|fax|pager|multimedia|text)-message$|^(none)$/;

/** "4/8 (1/2)": new and old, and how many of these are urgent. */
function readCounts(value: string): MessageCounts | null {
  const match = /^(\d{1,9})\/(\d{1,9})(?:\((\d{1,9})\/(\d{1,9})\))?$/.exec(value.replace(/[ \t]/g, ''));
  if (!match) return null;
  const [, fresh, old, urgentNew = 0, urgentOld = 0] = match;
  return { new: Number(fresh), old: Number(old), urgentNew: Number(urgentNew), urgentOld: Number(urgentOld) };
}

interface Draft {
  account: string | null;
  waiting: boolean | null;
  messages: Map<string, MessageCounts>;
}

const finish = ({ account, waiting, messages }: Draft): Mailbox => ({
  account: account ?? '',
  waiting: waiting ?? [...messages.values()].some((counts) => counts.new > 0),
  messages,
});

/** RFC 3842 §5.2 has one account a body; servers that have several repeat the first lines for each. */
export function readMessageSummary(body: string): Mailbox[] {
  const drafts: Draft[] = [];
  const begin = (): Draft => {
    const draft: Draft = { account: null, waiting: null, messages: new Map() };
    drafts.push(draft);
    return draft;
  };
  for (const line of body.split(/\r?\n/, MAX_LINES)) {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(colon, 0)).trim().toLowerCase();
    const value = line.slice(colon + 1).trim();
    const current = drafts.at(-1);
    if (name === 'messages-waiting') {
      const draft = current && current.waiting === null ? current : begin();
      draft.waiting = value.toLowerCase() === 'yes';
    } else if (name === 'message-account') {
      const draft = current && current.account === null ? current : begin();
      draft.account = value.slice(0, MAX_ACCOUNT);
    } else {
      const match = classOf.exec(name);
      const counts = match && readCounts(value);
      if (counts) (current ?? begin()).messages.set(match[1] ?? match[2] ?? '', counts);
    }
    if (drafts.length > MAX_MAILBOXES) break;
  }
  return drafts.slice(0, MAX_MAILBOXES).map(finish);
}

export const messageSummary: EventPackage<MessageSummary> = {
  event: 'message-summary',
  accept: [contentType],
  expires: 1_800,
  read(type, body) {
    if (isEmpty(body)) return { mailboxes: [] };
    const mailboxes = readMessageSummary(bodyOf(contentType, type, body) ?? '');
    return mailboxes.length === 0 ? null : { mailboxes };
  },
};

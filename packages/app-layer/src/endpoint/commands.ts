/** Commands on their way: each settles once, and none is done on a phone other than the one that its sender saw. */
import type { CommandInput, CommandResult, Failure } from '@thinline/shared/contract/types.ts';
import { failure } from '@thinline/shared/failures.ts';

/** How long a command waits for a lost link before it fails, ms. */
const patience = 3000;
/** How long it may take in all, ms. */
const longestCommand = 10_000;

/** A link that is up. */
export interface UpLink {
  /** The endpoint and its epoch: within it a repeated id does nothing twice. */
  readonly phone: string;
  /** null: no answer came before the deadline (ms since 1970) or the end of the link. */
  send(command: CommandInput, deadline: number): Promise<CommandResult | null>;
}

export interface Reach {
  /** null: the link is down. */
  up(): UpLink | null;
  /** The endpoint and epoch whose state the sender of a command sees; empty: none yet. */
  seen(): string;
  /** Nothing is to be waited for. */
  hopeless(): boolean;
  whyDown(): Failure;
  /** Settles at the next change of the link, or after so long, ms. */
  changed(ms: number): Promise<void>;
}

/** Never rejects. The command has its id. */
export async function carryOut(reach: Reach, command: CommandInput & { id: string }): Promise<CommandResult> {
  const end = Date.now() + longestCommand;
  const failed = (why: Failure): CommandResult => ({ id: command.id, callId: '', failure: why });
  let phone = reach.seen();
  let sent: UpLink | null = null;
  for (;;) {
    const link = await linkOtherThan(sent, reach, Math.min(Date.now() + patience, end));
    if (!link) return failed(sent ? failure('commandUnanswered') : reach.whyDown());
    if (phone !== '' && link.phone !== phone) {
      return failed(failure(sent ? 'commandUnanswered' : 'phoneChanged'));
    }
    phone = link.phone;
    sent = link;
    const result = await link.send(command, end);
    if (result) return result;
  }
}

/** The link that is up, unless it is the one that gave no answer; null: there is none before the deadline. */
async function linkOtherThan(sent: UpLink | null, reach: Reach, deadline: number): Promise<UpLink | null> {
  for (;;) {
    const link = reach.up();
    if (link && link !== sent) return link;
    const left = deadline - Date.now();
    if (left <= 0 || reach.hopeless()) return null;
    await reach.changed(left);
  }
}

/** Whether calls that come are refused because the agent has lost the desktop, and sees none of them. */
import type { CallPolicy } from '@thinline/shared/contract/types.ts';

export interface Unreachable {
  status: number;
  /** RFC 3261 §21.4.18: what the phrase of a 480 says is the phone's to choose, and it should say why. */
  reason: string;
}

const desktopLost: Unreachable = { status: 480, reason: 'Desktop Not Connected' };

/** watched: an app layer sees what happens here. null: calls are taken as usual. */
export const unreachable = ({ whenLost }: Pick<CallPolicy, 'whenLost'>, watched: boolean): Unreachable | null =>
  whenLost === 'refuse' && !watched ? desktopLost : null;

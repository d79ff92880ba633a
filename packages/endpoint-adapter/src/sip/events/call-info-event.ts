/** Shared call appearances: which are free (call-info), and one for ourselves before going off hook (line-seize). */
import { type Appearance, readAppearances } from '../headers/call-info.ts';
import { fieldsOf, type SipMessage } from '../message/message.ts';
import type { EventPackage } from './event-package.ts';

export interface Appearances {
  /** They are in the NOTIFY's Call-Info, not in its body. */
  appearances: readonly Appearance[];
}

const read = (_type: string, _body: string, notify: SipMessage): Appearances => ({
  appearances: readAppearances(fieldsOf(notify, 'call-info')),
});

export const callInfo: EventPackage<Appearances> = { event: 'call-info', accept: [], expires: 3_600, read };

export const lineSeize: EventPackage<Appearances> = { event: 'line-seize', accept: [], expires: 30, read };

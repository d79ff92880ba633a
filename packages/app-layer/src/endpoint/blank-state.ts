/** States in which nothing is said but what is given. */
import type { LinkStatus, PhoneState } from './replica.ts';

export const blankLink = (said: Partial<LinkStatus> = {}): LinkStatus => ({
  state: 'connecting',
  placement: '',
  failure: null,
  channel: '',
  reason: '',
  inDesktop: false,
  notices: [],
  ...said,
});

export const blankState = (said: Partial<PhoneState> = {}): PhoneState => ({
  link: blankLink(),
  phone: null,
  released: [],
  sequence: 0,
  elsewhere: [],
  unavailable: {},
  ...said,
});

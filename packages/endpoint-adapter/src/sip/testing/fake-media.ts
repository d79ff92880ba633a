/** Canned SDP, and a record of what the session asked for. */
import type { SessionMedia } from '../session/session.ts';

export interface FakeMedia extends SessionMedia {
  /** What was asked, in order: "offer", "answer <sdp>", "accept <sdp>". */
  readonly asked: string[];
  /** What comes next: null refuses an offer, false an answer. */
  refuse: boolean;
}

export const sdp = (name: string): string =>
  `v=0\r\no=${name} 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 40000 RTP/AVP 0\r\n`;

export function fakeMedia(name: string): FakeMedia {
  const asked: string[] = [];
  const media: FakeMedia = {
    asked,
    refuse: false,
    offer: () => {
      asked.push('offer');
      return sdp(`${name}-offer`);
    },
    answer: (offer) => {
      asked.push(`answer ${/o=(\S+)/.exec(offer)?.[1]}`);
      return media.refuse ? null : sdp(`${name}-answer`);
    },
    accept: (answer) => {
      asked.push(`accept ${/o=(\S+)/.exec(answer)?.[1]}`);
      return !media.refuse;
    },
    current: () => {
      asked.push('current');
      return sdp(`${name}-current`);
    },
  };
  return media;
}

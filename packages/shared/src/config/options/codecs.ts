/** codecs: which codecs, in which order, with which parameters. */
import type { Option } from '../option.ts';

export const codecOptions = [
  {
    path: 'codecs.enabled.audio',
    type: 'text',
    default: 'opus,G722,PCMA,PCMU,G729',
    effect: 'next call',
    where: 'adapter',
    fields: ['media.codecs'],
    meaning:
      'The codecs, the preferred one first; one that is not named is not used. `NAME[/RATE[/CHANNELS]][=(PARAMETER=VALUE,…)]`, with the parameters below and `pt` for payload_type; values may be quoted. Names: opus, G722, PCMA, PCMU, G729, iLBC, iSAC (needs its rate, 16000 or 32000).',
  },
  {
    path: 'codecs.enabled.video',
    type: 'text',
    default: '',
    effect: 'next call',
    where: 'adapter',
    noEffect: 'there is no video',
    meaning: 'The codecs of video.',
  },
  {
    path: 'codecs.NAME.payload_type',
    type: 'text',
    default: '',
    effect: 'next call',
    where: 'adapter',
    fields: ['media.codecs'],
    meaning:
      "The number in RTP, 96 to 127; empty: the codec's own, or any that is free. NAME is the codec, `iLBC/8000`. What stands in the list above wins, here and below.",
  },
  {
    path: 'codecs.NAME.fmtp',
    type: 'text',
    default: '',
    effect: 'next call',
    where: 'adapter',
    fields: ['media.codecs'],
    meaning: "What is said about what we want to receive, such as `annexb=no`; empty: the codec's own.",
  },
  {
    path: 'codecs.NAME.ptime',
    type: 'text',
    default: '',
    effect: 'next call',
    where: 'adapter',
    fields: ['media.codecs'],
    meaning: 'ms of sound in a packet, 10 to 60; empty: 20. Ours.',
  },
  {
    path: 'codecs.NAME.bitrate',
    type: 'text',
    default: '',
    effect: 'next call',
    where: 'adapter',
    fields: ['media.codecs'],
    meaning: "The most that is sent and asked for, bit/s, for opus and iSAC; empty: the codec's own. Ours.",
  },
] as const satisfies readonly Option[];

/** policy.device: which devices sound comes from and goes to. */
import type { Option } from '../option.ts';

export const deviceOptions = [
  {
    path: 'policy.device.use_headset',
    type: 'boolean',
    default: false,
    effect: 'at once',
    where: 'adapter',
    fields: ['devices.useHeadset'],
    meaning:
      '1: a headset of `headset_name` is wanted; 0: `audio_in_device` and `audio_out_device` say it, each for itself.',
  },
  {
    path: 'policy.device.headset_name',
    type: 'text',
    default: '',
    initial: '*',
    effect: 'at once',
    where: 'adapter',
    fields: ['devices.headsetName'],
    meaning: 'Headsets: names, parts of names or regular expressions (ECMAScript), the preferred one first; `*`: any.',
  },
  {
    path: 'policy.device.audio_in_device',
    type: 'text',
    default: '',
    effect: 'at once',
    where: 'adapter',
    fields: ['devices.audioInDevice'],
    meaning:
      'Microphones: names, parts of names or regular expressions (ECMAScript), the preferred one first; empty or none there: the system says it.',
  },
  {
    path: 'policy.device.audio_out_device',
    type: 'text',
    default: '',
    effect: 'at once',
    where: 'adapter',
    fields: ['devices.audioOutDevice'],
    meaning:
      'Loudspeakers: names, parts of names or regular expressions (ECMAScript), the preferred one first; empty or none there: the system says it.',
  },
  {
    path: 'policy.device.capture_device',
    type: 'text',
    default: '',
    effect: 'at once',
    where: 'adapter',
    noEffect: 'there is no video',
    meaning: 'Cameras.',
  },
  {
    path: 'policy.device.ringer_device',
    type: 'text',
    default: '',
    effect: 'at once',
    where: 'adapter',
    fields: ['devices.ringerDevice'],
    meaning: 'What rings where `ringing_enabled` is 4 or 5: a name or a regular expression.',
  },
  {
    path: 'policy.device.include_headset',
    type: 'text',
    default: '',
    effect: 'at once',
    where: 'adapter',
    fields: ['devices.includeHeadset'],
    meaning:
      'Pairs that count as headsets too: `MICROPHONE:LOUDSPEAKER,…`; a name with one of `, :` or quotes in it stands in quotes.',
  },
  {
    path: 'policy.device.exclude_headset',
    type: 'text',
    default: '',
    effect: 'at once',
    where: 'adapter',
    fields: ['devices.excludeHeadset'],
    meaning: 'What is no headset, whatever its name: a regular expression.',
  },
  {
    path: 'policy.device.follow',
    type: 'boolean',
    default: true,
    effect: 'at once',
    where: 'adapter',
    fields: ['devices.follow'],
    meaning:
      '1: a named device that appears in a call replaces one that was taken for want of a named one; 0: not before the call has ended. Ours.',
  },
] as const satisfies readonly Option[];

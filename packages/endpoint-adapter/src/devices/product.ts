/** Which product a device belongs to, as far as its driver, its id and its name tell. Pure. */
import type { Device } from '@thinline/shared/contract/types.ts';

/** A device as a driver lists it. */
export interface ListedDevice extends Device {
  /** The same for all devices of one piece of hardware, where the driver knows that. */
  readonly group?: string;
}

/** Of PulseAudio and PipeWire (ALSA's card, Bluetooth's address), and of ALSA itself. */
const cardInId = [
  /^alsa_(?:input|output)\.(.+)\.[^.]+$/,
  /^bluez_(?:sink|source|input|output)\.([0-9A-F]{2}(?:[_:][0-9A-F]{2}){5})/i,
  /^:(\d+),\d+/,
  /\bCARD=([^,]+)/,
];

/** What only says which part of a product it is, or which of its modes. */
const partWords = new Set(
  (
    'microphone mic speaker speakers speakerphone headphone headphones earphone earphones ' +
    'input output in out capture playback source sink device mono stereo analog analogue digital'
  ).split(' '),
);
const saysNothing = new Set(['default', 'sysdefault', 'pulse', 'pipewire']);
const saysHowOnly = /^(?:bluetooth|usb(?: audio)?|hdmi|displayport|hw:.*|\d+)$/;

/** PulseAudio's way to hear what a loudspeaker plays: no microphone. */
export const isMonitor = (device: Device): boolean =>
  device.kind === 'CAPTURE' && (device.id.endsWith('.monitor') || device.name.startsWith('Monitor of '));

/** The hardware that it is a part of; null when only its name can tell. */
export function cardOf(device: ListedDevice): string | null {
  if (device.group !== undefined && device.group !== '') return device.group;
  for (const pattern of cardInId) {
    const card = pattern.exec(device.id)?.[1];
    if (card !== undefined) return card;
  }
  return null;
}

/** "Headset A Microphone" and "Headset A Speaker" are of the product "Headset A"; empty: the name doesn't tell. */
export function productOf(name: string): string {
  const words = name.trim().split(/\s+/);
  while (words.length > 0 && partWords.has(words.at(-1)?.toLowerCase() ?? '')) words.pop();
  const product = words.join(' ');
  return saysNothing.has(product.toLowerCase()) ? '' : product;
}

/** Windows' names have the form "Headset Microphone (Jabra Evolve2 65)"; empty: it isn't one of those. */
export function productInBrackets(name: string): string {
  const product = /^[^(]+\((.+)\)$/.exec(name.trim())?.[1] ?? '';
  return saysHowOnly.test(product.toLowerCase()) ? '' : product;
}

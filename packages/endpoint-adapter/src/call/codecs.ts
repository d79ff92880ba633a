/** The codecs as our offers have them: each dynamic one gets a payload type. */
import type { CodecSettings } from '@thinline/shared/contract/types.ts';
import type { Codec } from '../media/codecs/codec.ts';
import { findCodec, registryName } from '../media/codecs/registry.ts';
import { shortened, withBitrate } from './sdp/fmtp.ts';
import { freeTypes } from './sdp/formats.ts';
import type { OfferedCodec } from './sdp.ts';

/** names: of the registry, in order of preference; unknown ones are left out. */
export function offeredCodecs(names: readonly string[]): OfferedCodec[] {
  const codecs = names.flatMap((name) => findCodec(name) ?? []);
  const free = freeTypes(codecs.flatMap((it) => it.payloadType ?? []));
  return codecs.flatMap(({ name, payloadType, clockRate, channels, fmtp }) => {
    const type = payloadType ?? free();
    return type === undefined ? [] : [{ name, payloadType: type, clockRate, channels, fmtp }];
  });
}

/** available: names of the registry. What the configuration wants and the endpoint has, in the configuration's order. */
export function configuredCodecs(wanted: readonly CodecSettings[], available: readonly string[]): OfferedCodec[] {
  const found = wanted.flatMap((settings) => {
    const codec = availableCodec(settings, available);
    return codec ? [{ settings, codec, payloadType: settings.payloadType || codec.payloadType }] : [];
  });
  const free = freeTypes(found.flatMap((it) => it.payloadType ?? []));
  return found.flatMap(({ settings, codec, payloadType }, index) => {
    // Of two that were given the same number, the first has it.
    const first = found.findIndex((it) => it.payloadType === payloadType) === index;
    const type = payloadType !== null && first ? payloadType : free();
    if (type === undefined) return [];
    const { clockRate, channels, ptime, bitrate } = settings;
    return [
      {
        name: codec.name,
        payloadType: type,
        clockRate,
        channels,
        fmtp: withBitrate(codec.name, settings.fmtp || shortened(codec.name, codec.fmtp), bitrate),
        ...(ptime > 0 ? { ptime } : {}),
        ...(bitrate > 0 ? { bitrate } : {}),
      },
    ];
  });
}

/** The names of configured codecs that the endpoint doesn't have, for one clear line. */
export const missingCodecs = (wanted: readonly CodecSettings[], available: readonly string[]): string[] =>
  wanted.filter((it) => !availableCodec(it, available)).map((it) => `${it.name}/${it.clockRate}`);

const namedWithRate = ({ name, clockRate }: Pick<OfferedCodec, 'name' | 'clockRate'>): Codec | undefined =>
  findCodec(`${name}/${clockRate}`);

function availableCodec(settings: CodecSettings, available: readonly string[]): Codec | undefined {
  const codec = namedWithRate(settings);
  return codec && available.includes(registryName(codec)) ? codec : undefined;
}

/** How the media worker calls it. */
export function workerName(codec: OfferedCodec): string {
  const found = namedWithRate(codec);
  return found ? registryName(found) : codec.name;
}

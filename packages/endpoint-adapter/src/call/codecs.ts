/** The codecs as our offers have them: each dynamic one gets a payload type. */
import { findCodec } from '../media/codecs/registry.ts';
import type { OfferedCodec } from './sdp.ts';

/** RFC 3551 §3: 96 to 127 are dynamic; 101 and 102 are our telephone-events. */
const firstDynamic = 110;

/** names: of the registry, in order of preference; unknown ones are left out. */
export function offeredCodecs(names: readonly string[]): OfferedCodec[] {
  let dynamic = firstDynamic;
  return names.flatMap((name) => {
    const codec = findCodec(name);
    if (!codec) return [];
    const payloadType = codec.payloadType ?? dynamic++;
    return [{ name: codec.name, payloadType, clockRate: codec.clockRate, channels: codec.channels, fmtp: codec.fmtp }];
  });
}

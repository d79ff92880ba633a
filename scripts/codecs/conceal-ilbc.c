// Concealment of one lost frame of iLBC, because WebRtcIlbcfix_DecodePlc takes the success of each frame for a failure.
#include "modules/audio_coding/codecs/ilbc/decode.h"

/** Returns the samples that were made up; 0 where that failed. */
int ThinlineConcealIlbc(IlbcDecoder* decoder, int16_t* sound) {
  const uint16_t none[NO_OF_BYTES_30MS / 2] = {0};
  return WebRtcIlbcfix_DecodeImpl(sound, none, decoder, 0) == 0 ? (int)decoder->blockl : 0;
}

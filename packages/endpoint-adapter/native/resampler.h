/*
 * A polyphase FIR filter over 16-bit sound: what src/media/resampler.ts does, four products at a time.
 *
 *   out[group * phases + phase] = sum of line[(group + 1) * step + i] * taps[phase * length + i], i from 0 to length - 1
 *
 * `line` holds the last `length` samples and then the new ones. Nothing here allocates but resampler_make.
 */
#ifndef THINLINE_RESAMPLER_H
#define THINLINE_RESAMPLER_H

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Known to gcc and clang: one register of SSE2 or NEON. */
typedef float Lanes __attribute__((vector_size(16)));
enum { LANES = 4 };

typedef struct {
  uint32_t step, phases, length, frame_samples;
  float *taps; /* phases * length */
  float *line; /* length + frame_samples */
} Resampler;

static inline Lanes lanes_at(const float *from) {
  Lanes lanes;
  memcpy(&lanes, from, sizeof(lanes));
  return lanes;
}

/* `length` is a multiple of 8. Two sums at once, as each addition would wait for the one before. */
static inline float resampler_dot(const float *restrict line, const float *restrict taps, uint32_t length) {
  Lanes a = {0}, b = {0};
  for (uint32_t i = 0; i < length; i += 2 * LANES) {
    a += lanes_at(line + i) * lanes_at(taps + i);
    b += lanes_at(line + i + LANES) * lanes_at(taps + i + LANES);
  }
  a += b;
  return (a[0] + a[2]) + (a[1] + a[3]);
}

static inline int16_t resampler_clip(float value) {
  if (value > 32767.0f) return 32767;
  if (value < -32768.0f) return -32768;
  /* To the nearest; lrintf would be a call for each sample. */
  return (int16_t)((int32_t)(value + 32768.5f) - 32768);
}

/* Takes frame_samples, gives frame_samples / step * phases. */
static inline void resampler_process(Resampler *resampler, const int16_t *restrict frame, int16_t *restrict out) {
  const uint32_t step = resampler->step, phases = resampler->phases, length = resampler->length;
  const uint32_t count = resampler->frame_samples;
  float *restrict line = resampler->line;
  memmove(line, line + count, length * sizeof(float));
  for (uint32_t i = 0; i < count; i++) line[length + i] = frame[i];
  for (uint32_t from = step; from <= count; from += step) {
    for (uint32_t phase = 0; phase < phases; phase++) {
      *out++ = resampler_clip(resampler_dot(line + from, resampler->taps + phase * length, length));
    }
  }
}

static inline void resampler_free(Resampler *resampler) {
  free(resampler->taps);
  free(resampler->line);
  free(resampler);
}

/* NULL when there is no memory. */
static inline Resampler *resampler_make(uint32_t step, uint32_t phases, uint32_t length, uint32_t frame_samples,
                                        const float *taps) {
  Resampler *resampler = calloc(1, sizeof(*resampler));
  if (resampler == NULL) return NULL;
  resampler->step = step;
  resampler->phases = phases;
  resampler->length = length;
  resampler->frame_samples = frame_samples;
  resampler->taps = malloc((size_t)phases * length * sizeof(float));
  resampler->line = calloc((size_t)length + frame_samples, sizeof(float));
  if (resampler->taps == NULL || resampler->line == NULL) {
    resampler_free(resampler);
    return NULL;
  }
  memcpy(resampler->taps, taps, (size_t)phases * length * sizeof(float));
  return resampler;
}

#endif

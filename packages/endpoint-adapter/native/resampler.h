/*
 * Filters over 16-bit sound, several products at a time.
 *
 * Resampler: a polyphase FIR filter, what src/media/resampler.ts does.
 *
 *   out[group * phases + phase] = sum of line[(group + 1) * step + i] * taps[phase * length + i], i from 0 to length - 1
 *
 * `line` holds the last `length` samples and then the new ones.
 *
 * VariableRate: a windowed sinc at places that go on by a little more or less than one sample, what src/audio/variable-rate.ts
 * does, with the same sums in the same order. Nothing here allocates but resampler_make and variable_rate_make.
 */
#ifndef THINLINE_RESAMPLER_H
#define THINLINE_RESAMPLER_H

#include <stdbool.h>
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

/* One register too. */
typedef double Pair __attribute__((vector_size(16)));

enum {
  RATE_TAPS = 16,
  RATE_AHEAD = RATE_TAPS / 2,
  RATE_PLACES = 512,
  RATE_KERNELS = (RATE_PLACES + 1) * RATE_TAPS,
  RATE_FRAME = 480,
  /* At 1000 ppm. */
  RATE_OUT = RATE_FRAME + 2
};
static const double rate_most_ppm = 1000;
/* Way back to a whole place when nothing is to be changed any more, per sample. */
static const double rate_creep = 20e-6;

typedef struct {
  double at; /* of the next sample, in `line` */
  double line[RATE_TAPS + RATE_FRAME];
  double kernels[RATE_KERNELS]; /* for each place its taps */
} VariableRate;

static inline Pair pair_at(const double *from) {
  Pair pair;
  memcpy(&pair, from, sizeof(pair));
  return pair;
}

static inline double rate_dot(const double *restrict line, const double *restrict taps) {
  Pair ab = {0}, cd = {0};
  for (uint32_t i = 0; i < RATE_TAPS; i += 4) {
    ab += pair_at(line + i) * pair_at(taps + i);
    cd += pair_at(line + i + 2) * pair_at(taps + i + 2);
  }
  return (ab[0] + ab[1]) + (cd[0] + cd[1]);
}

static inline int16_t rate_clip(double value) {
  if (value > 32767.0) return 32767;
  if (value < -32768.0) return -32768;
  return (int16_t)((int32_t)(value + 32768.5) - 32768);
}

static inline uint32_t variable_rate_interpolate(VariableRate *rate, double ppm, int16_t *restrict out) {
  const bool returns = ppm == 0;
  double step = returns ? 1 - rate_creep : 1 / (1 + ppm / 1e6);
  double at = rate->at;
  uint32_t made = 0;
  while (at < RATE_TAPS + RATE_FRAME - RATE_AHEAD) {
    const uint32_t whole = (uint32_t)at;
    if (returns && at - whole <= rate_creep) {
      at = whole;
      step = 1;
    }
    const uint32_t place = (uint32_t)((at - whole) * RATE_PLACES + 0.5);
    out[made++] = rate_clip(rate_dot(rate->line + whole - RATE_AHEAD + 1, rate->kernels + place * RATE_TAPS));
    at += step;
  }
  rate->at = at;
  return made;
}

/* Takes RATE_FRAME samples; returns how many it has written, at most RATE_OUT. `ppm` is at most rate_most_ppm. */
static inline uint32_t variable_rate_process(VariableRate *rate, double ppm, const int16_t *restrict frame,
                                             int16_t *restrict out) {
  const uint32_t whole = (uint32_t)rate->at;
  uint32_t made = RATE_FRAME;
  memmove(rate->line, rate->line + RATE_FRAME, RATE_TAPS * sizeof(double));
  for (uint32_t i = 0; i < RATE_FRAME; i++) rate->line[RATE_TAPS + i] = frame[i];
  if (ppm != 0 || rate->at != whole) {
    made = variable_rate_interpolate(rate, ppm, out);
    rate->at -= RATE_FRAME;
  } else {
    for (uint32_t i = 0; i < RATE_FRAME; i++) out[i] = (int16_t)rate->line[whole + i];
  }
  return made;
}

/* `kernels`: RATE_KERNELS of them. NULL when there is no memory. */
static inline VariableRate *variable_rate_make(const double *kernels) {
  VariableRate *rate = calloc(1, sizeof(*rate));
  if (rate == NULL) return NULL;
  rate->at = RATE_TAPS - RATE_AHEAD;
  memcpy(rate->kernels, kernels, sizeof(rate->kernels));
  return rate;
}

#endif

/*
 * A queue of samples between a device's thread and a JavaScript thread, in a SharedArrayBuffer.
 *
 * Layout, the same as in src/audio/ring.ts:
 *   byte 0   uint32 header[16]   places below; positions count samples for ever and wrap round at 2^32
 *   byte 64  int16  samples[]    a power of two of them; position p lies at samples[p & mask]
 *
 * One thread writes and moves RING_WRITTEN, one reads and moves RING_TAKEN. Nobody waits, locks or allocates. How full the
 * ring may get is decided by the JavaScript side alone.
 */
#ifndef THINLINE_RING_H
#define THINLINE_RING_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum {
  RING_WRITTEN = 0,
  RING_TAKEN = 1,
  RING_CALLBACKS = 2,
  RING_UNDERRUNS = 3,
  RING_OVERRUNS = 4,
  RING_STOPPED = 5,
  RING_CALLED_AT = 6,
  RING_HEADER_SLOTS = 16
};

typedef struct {
  _Atomic uint32_t *header;
  int16_t *samples;
  uint32_t mask;
} Ring;

static inline uint32_t ring_length(const Ring *ring) {
  return atomic_load(&ring->header[RING_WRITTEN]) - atomic_load(&ring->header[RING_TAKEN]);
}

static inline void ring_count(Ring *ring, int counter) { atomic_fetch_add(&ring->header[counter], 1); }

/* The device calls, before it reads or writes; microseconds of libuv's clock. */
static inline void ring_called(Ring *ring, uint32_t at_us) {
  atomic_store(&ring->header[RING_CALLED_AT], at_us);
  ring_count(ring, RING_CALLBACKS);
}

/* Samples from `position` to the end of the memory, where a copy must be split. */
static inline uint32_t ring_until_wrap(const Ring *ring, uint32_t position, uint32_t count) {
  uint32_t rest = ring->mask + 1 - (position & ring->mask);
  return count < rest ? count : rest;
}

/* Adds `count` samples, or none of them and counts an overrun when they have no room. */
static inline void ring_write(Ring *ring, const int16_t *from, uint32_t count) {
  if (ring->mask + 1 - ring_length(ring) < count) {
    ring_count(ring, RING_OVERRUNS);
    return;
  }
  uint32_t position = atomic_load(&ring->header[RING_WRITTEN]);
  uint32_t first = ring_until_wrap(ring, position, count);
  memcpy(ring->samples + (position & ring->mask), from, first * sizeof(int16_t));
  memcpy(ring->samples, from + first, (count - first) * sizeof(int16_t));
  atomic_store(&ring->header[RING_WRITTEN], position + count);
}

/* Takes up to `count` samples and fills the rest with silence. Before anything was written, nothing is missing. */
static inline void ring_read_or_silence(Ring *ring, int16_t *to, uint32_t count) {
  uint32_t there = ring_length(ring);
  if (there > count) there = count;
  uint32_t position = atomic_load(&ring->header[RING_TAKEN]);
  uint32_t first = ring_until_wrap(ring, position, there);
  memcpy(to, ring->samples + (position & ring->mask), first * sizeof(int16_t));
  memcpy(to + first, ring->samples, (there - first) * sizeof(int16_t));
  memset(to + there, 0, (count - there) * sizeof(int16_t));
  atomic_store(&ring->header[RING_TAKEN], position + there);
  if (there < count && atomic_load(&ring->header[RING_WRITTEN]) != 0) ring_count(ring, RING_UNDERRUNS);
}

#endif

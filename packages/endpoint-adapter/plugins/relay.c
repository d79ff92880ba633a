#include "relay.h"

#include <stdlib.h>
#include <string.h>

#include "platform.h"

struct Relay {
  const RelayChannel *channel;
  void *owner;
  Line line; /* of the relay's thread, but for line_wake() */
  Thread thread;

  Lock lock; /* for all that follows */
  Condition ended;
  unsigned references; /* one of who opened it until relay_release(), one of the thread, one of each write under way */
  uintptr_t runner;    /* the thread, once it runs */
  bool has_ended;
  bool is_closing;
  bool is_carrying; /* or about to: what is pushed is kept */
  bool is_overfull;
  bool is_woken;
  bool may_read;
  size_t queue_start, queue_length; /* bytes that the thread is just sending stay in it meanwhile */
  RelayWrite writes[RELAY_WRITES];
  uint8_t queue[RELAY_QUEUE_BYTES];
};

/* ---- With the lock. ---- */

static void wake(Relay *relay) {
  if (relay->is_woken) return;
  relay->is_woken = true;
  line_wake(&relay->line);
}

static RelayWrite *free_write(Relay *relay) {
  for (int i = 0; i < RELAY_WRITES; i++) {
    if (!relay->writes[i].is_under_way) return &relay->writes[i];
  }
  return NULL;
}

static void enqueue(Relay *relay, const uint8_t *bytes, size_t length) {
  size_t end = (relay->queue_start + relay->queue_length) % RELAY_QUEUE_BYTES;
  size_t first = RELAY_QUEUE_BYTES - end < length ? RELAY_QUEUE_BYTES - end : length;
  memcpy(relay->queue + end, bytes, first);
  memcpy(relay->queue, bytes + first, length - first);
  relay->queue_length += length;
}

/* Up to the end of the memory, where what follows must be sent by itself. */
static size_t next_in_queue(const Relay *relay) {
  size_t until_wrap = RELAY_QUEUE_BYTES - relay->queue_start;
  return relay->queue_length < until_wrap ? relay->queue_length : until_wrap;
}

/* ---- References. ---- */

static void destroy(Relay *relay) {
  line_destroy(&relay->line);
  condition_destroy(&relay->ended);
  lock_destroy(&relay->lock);
  free(relay);
}

/* Gives the lock back, and the reference too. */
static void let_go(Relay *relay) {
  bool was_last = --relay->references == 0;
  lock_give(&relay->lock);
  if (was_last) destroy(relay);
}

/* ---- On the relay's thread. ---- */

static bool goes_on(Relay *relay) {
  lock_take(&relay->lock);
  bool goes_on = !relay->is_closing;
  relay->is_woken = false;
  lock_give(&relay->lock);
  return goes_on;
}

static bool deliver(Relay *relay, RelayWrite *write) {
  lock_take(&relay->lock);
  bool open = !relay->is_closing;
  write->is_under_way = open;
  if (open) relay->references++;
  lock_give(&relay->lock);
  if (!open) return false;
  if (relay->channel->write(relay->owner, write)) return true;
  relay_written(write);
  return false;
}

/* Returns when the connection is to be given up, or the relay. */
static void carry(Relay *relay) {
  for (;;) {
    lock_take(&relay->lock);
    bool give_up = relay->is_closing || relay->is_overfull;
    RelayWrite *write = relay->may_read ? free_write(relay) : NULL;
    const uint8_t *next = relay->queue + relay->queue_start;
    size_t length = next_in_queue(relay);
    relay->is_woken = false;
    lock_give(&relay->lock);
    if (give_up) return;

    bool moved = false;
    if (write != NULL) {
      ptrdiff_t count = line_read(&relay->line, write->bytes, RELAY_WRITE_BYTES);
      if (count < 0) return;
      if (count > 0) {
        write->length = (size_t)count;
        if (!deliver(relay, write)) return;
        moved = true;
      }
    }
    if (length > 0) {
      ptrdiff_t count = line_write(&relay->line, next, length);
      if (count < 0) return;
      if (count > 0) {
        lock_take(&relay->lock);
        relay->queue_start = (relay->queue_start + (size_t)count) % RELAY_QUEUE_BYTES;
        relay->queue_length -= (size_t)count;
        lock_give(&relay->lock);
        moved = true;
      }
    }
    if (!moved) line_wait(&relay->line, write != NULL, length > 0, -1);
  }
}

/* An attempt to reach the adapter, and the connection that comes of it, from its begin to its end. */
static void try_adapter(Relay *relay) {
  lock_take(&relay->lock);
  relay->is_carrying = true;
  lock_give(&relay->lock);
  if (line_connect(&relay->line)) carry(relay);
  line_disconnect(&relay->line);
  lock_take(&relay->lock);
  relay->is_carrying = false;
  relay->is_overfull = false;
  relay->queue_start = relay->queue_length = 0;
  lock_give(&relay->lock);
}

static void run(void *argument) {
  Relay *relay = argument;
  lock_take(&relay->lock);
  relay->runner = thread_self();
  lock_give(&relay->lock);
  while (goes_on(relay)) {
    try_adapter(relay);
    /* A write that is done wakes us too. */
    while (goes_on(relay) && line_wait(&relay->line, false, false, RELAY_RETRY_MS)) {
    }
  }
  relay->channel->release(relay->owner);
  lock_take(&relay->lock);
  relay->has_ended = true;
  condition_signal(&relay->ended);
  let_go(relay);
}

/* ---- On the client's threads. ---- */

Relay *relay_open(const RelayChannel *channel, void *owner) {
  Relay *relay = calloc(1, sizeof(*relay));
  if (relay == NULL) return NULL;
  relay->channel = channel;
  relay->owner = owner;
  relay->references = 2;
  for (int i = 0; i < RELAY_WRITES; i++) relay->writes[i].relay = relay;
  lock_make(&relay->lock);
  if (condition_make(&relay->ended)) {
    if (line_make(&relay->line)) {
      if (thread_start(&relay->thread, run, relay)) return relay;
      line_destroy(&relay->line);
    }
    condition_destroy(&relay->ended);
  }
  lock_destroy(&relay->lock);
  free(relay);
  return NULL;
}

void relay_push(Relay *relay, const void *bytes, size_t length) {
  lock_take(&relay->lock);
  relay->may_read = true;
  if (relay->is_carrying && !relay->is_overfull && length > 0) {
    if (length <= RELAY_QUEUE_BYTES - relay->queue_length) enqueue(relay, bytes, length);
    else relay->is_overfull = true;
    wake(relay);
  }
  lock_give(&relay->lock);
}

void relay_written(RelayWrite *write) {
  Relay *relay = write->relay;
  lock_take(&relay->lock);
  if (!write->is_under_way) {
    lock_give(&relay->lock);
    return;
  }
  /* The thread waits for this only when all were under way. */
  bool is_awaited = free_write(relay) == NULL;
  write->is_under_way = false;
  if (is_awaited) wake(relay);
  let_go(relay);
}

void relay_close(Relay *relay) {
  lock_take(&relay->lock);
  relay->is_closing = true;
  wake(relay);
  bool is_patient = relay->runner != thread_self();
  while (is_patient && !relay->has_ended) is_patient = condition_wait(&relay->ended, &relay->lock, RELAY_PATIENCE_MS);
  bool has_ended = relay->has_ended;
  lock_give(&relay->lock);
  thread_forget(relay->thread, has_ended);
}

void relay_release(Relay *relay) {
  lock_take(&relay->lock);
  let_go(relay);
}

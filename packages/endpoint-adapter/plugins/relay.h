/*
 * Carries bytes between one channel of a remoting client and the plugin socket of the endpoint adapter, both ways, as they
 * come; where a message ends isn't kept.
 *
 * A relay connects whenever the adapter is there, as long as the channel is open; what comes meanwhile is dropped. It reads nothing
 * before the session has said something: until then a client has perhaps not told the session that a dynamic channel is open.
 *
 * Each relay has a thread of its own. No call here waits for the adapter, and none but relay_close() for the client.
 * Towards the adapter a queue of fixed size is all that is kept: when it is full, the connection is given up and made anew, and
 * the session layer above begins anew. Towards the client a fixed number of writes is under way, and nothing more is read until
 * one of them is done.
 */
#ifndef THINLINE_RELAY_H
#define THINLINE_RELAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
  RELAY_QUEUE_BYTES = 256 * 1024, /* towards the adapter */
  RELAY_WRITES = 4,               /* towards the client, at a time */
  RELAY_WRITE_BYTES = 16 * 1024,
  RELAY_RETRY_MS = 500, /* between two attempts to reach the adapter */
  RELAY_PATIENCE_MS = 2000 /* how long relay_close() waits for a client that holds up our thread */
};

typedef struct Relay Relay;

/* Some bytes of the adapter. They stay where they are until relay_written(). */
typedef struct {
  Relay *relay;
  bool is_under_way;
  size_t length;
  uint8_t bytes[RELAY_WRITE_BYTES];
} RelayWrite;

/* What a kind of channel does. */
typedef struct {
  /* On the relay's thread. True: relay_written() follows, or has been called already. False: the channel takes no more. */
  bool (*write)(void *owner, RelayWrite *write);
  /* On the relay's thread, at its end: nothing of the relay calls `owner` any more. */
  void (*release)(void *owner);
} RelayChannel;

/* NULL: no memory, or no thread; `owner` isn't released then. */
Relay *relay_open(const RelayChannel *channel, void *owner);

/* Bytes of the client, from any thread of it, until relay_release(). */
void relay_push(Relay *relay, const void *bytes, size_t length);

/* The client is done with these bytes, sent or not. On any thread, also after relay_release(). */
void relay_written(RelayWrite *write);

/*
 * Once. When it returns, the client isn't called any more, unless a call of it has taken longer than RELAY_PATIENCE_MS or this is
 * the relay's own thread.
 */
void relay_close(Relay *relay);

/* Once, after relay_close(): who opened it doesn't use it any more. */
void relay_release(Relay *relay);

#endif

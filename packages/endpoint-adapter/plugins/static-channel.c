#include "static-channel.h"

#include <stdlib.h>

static bool write_to_client(void *owner, RelayWrite *write) {
  StaticChannel *channel = owner;
  return channel->write(channel, write);
}

static void let_go(void *owner) {
  StaticChannel *channel = owner;
  lock_take(&channel->lock);
  bool was_last = --channel->references == 0;
  lock_give(&channel->lock);
  if (!was_last) return;
  lock_destroy(&channel->lock);
  free(channel);
}

static const RelayChannel relayed = {.write = write_to_client, .release = let_go};

/* Of `relay`, which may be none, instead of the one that there was. */
static void replace_relay(StaticChannel *channel, Relay *relay) {
  lock_take(&channel->lock);
  Relay *before = channel->relay;
  channel->relay = relay;
  lock_give(&channel->lock);
  if (before == NULL) return;
  relay_close(before);
  relay_release(before);
}

void static_channel_make(StaticChannel *channel, bool (*write)(StaticChannel *channel, RelayWrite *write)) {
  lock_make(&channel->lock);
  channel->write = write;
  channel->references = 1;
  channel->relay = NULL;
}

void static_channel_connected(StaticChannel *channel) {
  static_channel_disconnected(channel);
  lock_take(&channel->lock);
  channel->references++;
  lock_give(&channel->lock);
  Relay *relay = relay_open(&relayed, channel);
  if (relay != NULL) replace_relay(channel, relay);
  else let_go(channel);
}

void static_channel_received(StaticChannel *channel, const void *bytes, size_t length) {
  lock_take(&channel->lock);
  if (channel->relay != NULL) relay_push(channel->relay, bytes, length);
  lock_give(&channel->lock);
}

void static_channel_disconnected(StaticChannel *channel) { replace_relay(channel, NULL); }

void static_channel_end(StaticChannel *channel) {
  static_channel_disconnected(channel);
  let_go(channel);
}

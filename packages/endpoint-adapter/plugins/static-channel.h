/* The static channel of one session, whatever the client's interface: a relay from "connected" to "disconnected". */
#ifndef THINLINE_STATIC_CHANNEL_H
#define THINLINE_STATIC_CHANNEL_H

#include "platform.h"
#include "relay.h"

#define STATIC_CHANNEL_NAME "THNLINE"

/* The first member of what an interface keeps for a session; static_channel_end() leads to its free(). */
typedef struct StaticChannel {
  /* Hands over to the client, which tells when it is done with it. False: it doesn't take it. */
  bool (*write)(struct StaticChannel *channel, RelayWrite *write);
  Lock lock;
  unsigned references; /* one of the client, one of each relay */
  Relay *relay;
} StaticChannel;

void static_channel_make(StaticChannel *channel, bool (*write)(StaticChannel *channel, RelayWrite *write));
void static_channel_connected(StaticChannel *channel);
void static_channel_received(StaticChannel *channel, const void *bytes, size_t length);
void static_channel_disconnected(StaticChannel *channel);
/* Disconnects too. The channel isn't there any more for the client, but perhaps for a thread that the client holds up. */
void static_channel_end(StaticChannel *channel);

#endif

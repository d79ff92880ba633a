/* The plugin for the Horizon client on Linux: a static channel. */
#include "cchannel-sessions.h"

__attribute__((visibility("default"))) BOOL VirtualChannelEntry(PCHANNEL_ENTRY_POINTS client) {
  return cchannel_session_begin(client);
}

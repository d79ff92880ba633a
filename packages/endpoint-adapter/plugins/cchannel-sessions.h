/*
 * The static channel over cchannel.h (client-api.h). That interface has no place for a plugin's own data: sessions are told
 * apart by the handles that the client gave them.
 */
#ifndef THINLINE_CCHANNEL_SESSIONS_H
#define THINLINE_CCHANNEL_SESSIONS_H

#include <stdbool.h>

#include "client-api.h"

/* For VirtualChannelEntry: one more session. */
bool cchannel_session_begin(const CHANNEL_ENTRY_POINTS *client);
/* Whether there is any. */
bool cchannel_sessions_exist(void);

#endif

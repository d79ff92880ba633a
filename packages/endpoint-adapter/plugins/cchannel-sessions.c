#include "cchannel-sessions.h"

#include <stdlib.h>
#include <string.h>

#include "static-channel.h"

typedef struct Session {
  StaticChannel channel; /* first */
  CHANNEL_ENTRY_POINTS client;
  LPVOID init;
  bool is_open;
  DWORD handle; /* while it is open */
  struct Session *next;
} Session;

static Lock lock = LOCK_INITIAL; /* for the list, and for what is in it but the channels */
static Session *sessions;

static Session *session_of_init(LPVOID init) {
  Session *session = sessions;
  while (session != NULL && session->init != init) session = session->next;
  return session;
}

static Session *session_of_handle(DWORD handle) {
  Session *session = sessions;
  while (session != NULL && !(session->is_open && session->handle == handle)) session = session->next;
  return session;
}

static void forget(const Session *session) {
  for (Session **place = &sessions; *place != NULL; place = &(*place)->next) {
    if (*place != session) continue;
    *place = session->next;
    return;
  }
}

/* `handle` doesn't change while the relay lives. */
static bool write_to_client(StaticChannel *channel, RelayWrite *write) {
  Session *session = (Session *)channel;
  return session->client.pVirtualChannelWrite(session->handle, write->bytes, (ULONG)write->length, write) == CHANNEL_RC_OK;
}

static void VCAPITYPE on_open_event(DWORD handle, UINT event, LPVOID data, UINT32 length, UINT32 total, UINT32 flags) {
  (void)total;
  if (event == CHANNEL_EVENT_WRITE_COMPLETE || event == CHANNEL_EVENT_WRITE_CANCELLED) {
    if (data != NULL) relay_written(data);
  } else if (event == CHANNEL_EVENT_DATA_RECEIVED && (flags & (CHANNEL_FLAG_SUSPEND | CHANNEL_FLAG_RESUME)) == 0) {
    lock_take(&lock);
    Session *session = session_of_handle(handle);
    if (session != NULL) static_channel_received(&session->channel, data, length);
    lock_give(&lock);
  }
}

/* The client's functions are called without the lock, as they may call us in turn. */
static void disconnect(Session *session) {
  lock_take(&lock);
  bool was_open = session->is_open;
  session->is_open = false;
  lock_give(&lock);
  static_channel_disconnected(&session->channel);
  if (was_open) session->client.pVirtualChannelClose(session->handle);
}

static void connect_session(Session *session) {
  char name[] = STATIC_CHANNEL_NAME;
  DWORD handle = 0;
  disconnect(session);
  if (session->client.pVirtualChannelOpen(session->init, &handle, name, on_open_event) != CHANNEL_RC_OK) return;
  lock_take(&lock);
  session->handle = handle;
  session->is_open = true;
  lock_give(&lock);
  static_channel_connected(&session->channel);
}

static void terminate(Session *session) {
  disconnect(session);
  lock_take(&lock);
  forget(session);
  lock_give(&lock);
  static_channel_end(&session->channel);
}

/* Of one session, a client calls one after the other. */
static void VCAPITYPE on_init_event(LPVOID init, UINT event, LPVOID data, UINT length) {
  (void)data;
  (void)length;
  lock_take(&lock);
  Session *session = session_of_init(init);
  lock_give(&lock);
  if (session == NULL) return;
  if (event == CHANNEL_EVENT_CONNECTED) connect_session(session);
  else if (event == CHANNEL_EVENT_DISCONNECTED) disconnect(session);
  else if (event == CHANNEL_EVENT_TERMINATED) terminate(session);
}

bool cchannel_session_begin(const CHANNEL_ENTRY_POINTS *client) {
  if (client == NULL || client->cbSize < sizeof(*client)) return false;
  Session *session = calloc(1, sizeof(*session));
  if (session == NULL) return false;
  static_channel_make(&session->channel, write_to_client);
  session->client = *client;
  CHANNEL_DEF channel = {
      .name = STATIC_CHANNEL_NAME,
      .options = CHANNEL_OPTION_INITIALIZED | CHANNEL_OPTION_ENCRYPT_RDP,
  };
  if (client->pVirtualChannelInit(&session->init, &channel, 1, VIRTUAL_CHANNEL_VERSION_WIN2000, on_init_event) !=
      CHANNEL_RC_OK) {
    static_channel_end(&session->channel);
    return false;
  }
  lock_take(&lock);
  session->next = sessions;
  sessions = session;
  lock_give(&lock);
  return true;
}

bool cchannel_sessions_exist(void) {
  lock_take(&lock);
  bool exist = sessions != NULL;
  lock_give(&lock);
  return exist;
}

/*
 * The add-in for FreeRDP 2 and 3: a static channel (/vc:thinline) and a dynamic one (/dvc:thinline). The same source serves both:
 * what it uses of their interfaces is spelt alike, but laid out differently, so each needs a build of its own.
 */
#include <stdio.h>
#include <stdlib.h>
/* After stdio.h. */
#include <freerdp/dvc.h>
#include <freerdp/svc.h>
#include <winpr/stream.h>

#include "static-channel.h"

#define EXPORTED __attribute__((visibility("default")))
#define DYNAMIC_CHANNEL_NAME "thinline.grpc"
#define PLUGIN_NAME "thinline"

/* ---- Static. ---- */

typedef struct {
  StaticChannel channel; /* first */
  CHANNEL_ENTRY_POINTS_EX client;
  LPVOID init;
  BOOL is_open;
  DWORD handle;
} Session;

/* FreeRDP keeps the bytes where they are until it is done with them. */
static bool write_static(StaticChannel *channel, RelayWrite *write) {
  Session *session = (Session *)channel;
  return session->client.pVirtualChannelWriteEx(session->init, session->handle, write->bytes, (ULONG)write->length, write) ==
         CHANNEL_RC_OK;
}

/* The last writes are told after the session has been freed. */
static VOID VCAPITYPE on_open_event(LPVOID user, DWORD handle, UINT event, LPVOID data, UINT32 length, UINT32 total,
                                    UINT32 flags) {
  (void)handle;
  (void)total;
  if (event == CHANNEL_EVENT_WRITE_COMPLETE || event == CHANNEL_EVENT_WRITE_CANCELLED) {
    if (data != NULL) relay_written(data);
  } else if (event == CHANNEL_EVENT_DATA_RECEIVED && (flags & (CHANNEL_FLAG_SUSPEND | CHANNEL_FLAG_RESUME)) == 0) {
    static_channel_received(&((Session *)user)->channel, data, length);
  }
}

static void disconnect(Session *session) {
  static_channel_disconnected(&session->channel);
  if (session->is_open) session->client.pVirtualChannelCloseEx(session->init, session->handle);
  session->is_open = FALSE;
}

static void connect_session(Session *session) {
  char name[] = STATIC_CHANNEL_NAME;
  disconnect(session);
  session->is_open =
      session->client.pVirtualChannelOpenEx(session->init, &session->handle, name, on_open_event) == CHANNEL_RC_OK;
  if (session->is_open) static_channel_connected(&session->channel);
}

static VOID VCAPITYPE on_init_event(LPVOID user, LPVOID init, UINT event, LPVOID data, UINT length) {
  (void)init;
  (void)data;
  (void)length;
  Session *session = user;
  if (event == CHANNEL_EVENT_CONNECTED) connect_session(session);
  else if (event == CHANNEL_EVENT_DISCONNECTED) disconnect(session);
  else if (event == CHANNEL_EVENT_TERMINATED) {
    disconnect(session);
    static_channel_end(&session->channel);
  }
}

EXPORTED BOOL VCAPITYPE VirtualChannelEntryEx(PCHANNEL_ENTRY_POINTS_EX client, PVOID init) {
  if (client->cbSize < sizeof(*client)) return FALSE;
  Session *session = calloc(1, sizeof(*session));
  if (session == NULL) return FALSE;
  static_channel_make(&session->channel, write_static);
  session->client = *client;
  session->init = init;
  CHANNEL_DEF channel = {
      .name = STATIC_CHANNEL_NAME,
      .options = CHANNEL_OPTION_INITIALIZED | CHANNEL_OPTION_ENCRYPT_RDP,
  };
  if (client->pVirtualChannelInitEx(session, NULL, init, &channel, 1, VIRTUAL_CHANNEL_VERSION_WIN2000, on_init_event) ==
      CHANNEL_RC_OK) {
    return TRUE;
  }
  static_channel_end(&session->channel);
  return FALSE;
}

/* ---- Dynamic. ---- */

typedef struct {
  IWTSVirtualChannelCallback callback; /* first */
  IWTSVirtualChannel *channel;         /* until FreeRDP closes it */
  Relay *relay;
} Connection;

typedef struct {
  IWTSPlugin plugin; /* first */
  IWTSListenerCallback listener;
} Plugin;

/* FreeRDP copies the bytes, and doesn't tell when it has sent them. */
static bool write_dynamic(void *owner, RelayWrite *write) {
  Connection *connection = owner;
  if (connection->channel->Write(connection->channel, (ULONG)write->length, write->bytes, NULL) != CHANNEL_RC_OK) return false;
  relay_written(write);
  return true;
}

static const RelayChannel relayed = {.write = write_dynamic, .release = free};

static UINT on_data(IWTSVirtualChannelCallback *callback, wStream *data) {
  relay_push(((Connection *)callback)->relay, Stream_Pointer(data), Stream_GetRemainingLength(data));
  return CHANNEL_RC_OK;
}

static UINT on_open(IWTSVirtualChannelCallback *callback) {
  (void)callback;
  return CHANNEL_RC_OK;
}

/*
 * The last call for this connection, which it frees: FreeRDP delivers and closes on one thread, or closes after that has ended.
 * FreeRDP frees the channel next.
 */
static UINT on_close(IWTSVirtualChannelCallback *callback) {
  Relay *relay = ((Connection *)callback)->relay;
  relay_close(relay);
  relay_release(relay);
  return CHANNEL_RC_OK;
}

/* Accepted without an adapter, too: each refusal costs xrdp-chansrv 0.9 one of its 255 places for good. */
static UINT on_new_connection(IWTSListenerCallback *listener, IWTSVirtualChannel *channel, BYTE *data, BOOL *accept,
                              IWTSVirtualChannelCallback **callback) {
  (void)listener;
  (void)data;
  *accept = FALSE;
  Connection *connection = calloc(1, sizeof(*connection));
  if (connection == NULL) return CHANNEL_RC_OK;
  connection->callback.OnDataReceived = on_data;
  connection->callback.OnOpen = on_open;
  connection->callback.OnClose = on_close;
  connection->channel = channel;
  connection->relay = relay_open(&relayed, connection);
  if (connection->relay == NULL) {
    free(connection);
    return CHANNEL_RC_OK;
  }
  *callback = &connection->callback;
  *accept = TRUE;
  return CHANNEL_RC_OK;
}

static UINT on_initialize(IWTSPlugin *plugin, IWTSVirtualChannelManager *manager) {
  IWTSListener *listener = NULL;
  return manager->CreateListener(manager, DYNAMIC_CHANNEL_NAME, 0, &((Plugin *)plugin)->listener, &listener);
}

static UINT on_terminated(IWTSPlugin *plugin) {
  free(plugin);
  return CHANNEL_RC_OK;
}

EXPORTED UINT VCAPITYPE DVCPluginEntry(IDRDYNVC_ENTRY_POINTS *client) {
  if (client->GetPlugin(client, PLUGIN_NAME) != NULL) return CHANNEL_RC_OK;
  Plugin *plugin = calloc(1, sizeof(*plugin));
  if (plugin == NULL) return CHANNEL_RC_NO_MEMORY;
  plugin->plugin.Initialize = on_initialize;
  plugin->plugin.Terminated = on_terminated;
  plugin->listener.OnNewChannelConnection = on_new_connection;
  UINT status = client->RegisterPlugin(client, PLUGIN_NAME, &plugin->plugin);
  if (status != CHANNEL_RC_OK) free(plugin);
  return status;
}

/*
 * The plugin for clients on Windows: one library for mstsc, the Horizon client and Citrix's adapter of dynamic channels.
 *
 *   VirtualChannelEntry        the static channel (cchannel.h)
 *   VirtualChannelGetInstance  the dynamic channel, of a library that is named by its path alone
 *   DllGetClassObject          the dynamic channel, as a COM class
 *   DllCanUnloadNow
 *
 * It registers nothing itself; docs/plugins.md has the keys.
 */
#define COBJMACROS
#define INITGUID
#include <windows.h>
/* After windows.h. */
#include <tsvirtualchannels.h>

#include <stdlib.h>

#include "cchannel-sessions.h"
#include "relay.h"

#define EXPORTED __declspec(dllexport)
#define DYNAMIC_CHANNEL_NAME "thinline.grpc"
/* A dynamic channel takes so much at a time (IWTSVirtualChannel::Write). */
enum { DYNAMIC_WRITE_BYTES = 1590 };

/* {2e855633-9315-4673-8cf7-f67ce5299b9b} */
DEFINE_GUID(CLSID_Thinline, 0x2e855633, 0x9315, 0x4673, 0x8c, 0xf7, 0xf6, 0x7c, 0xe5, 0x29, 0x9b, 0x9b);

/* Objects that a client has, and locks of the class. */
static LONG objects;

/* ---- One dynamic channel. ---- */

typedef struct {
  IWTSVirtualChannelCallback callback; /* first */
  LONG references;                     /* the client's, and one of the relay */
  LONG is_closed;
  IWTSVirtualChannel *channel;
  Relay *relay; /* released last: a client may deliver on one thread while it closes on another */
} Connection;

static HRESULT STDMETHODCALLTYPE connection_query(IWTSVirtualChannelCallback *self, REFIID id, void **object) {
  *object = NULL;
  if (!IsEqualIID(id, &IID_IUnknown) && !IsEqualIID(id, &IID_IWTSVirtualChannelCallback)) return E_NOINTERFACE;
  IWTSVirtualChannelCallback_AddRef(self);
  *object = self;
  return S_OK;
}

static ULONG STDMETHODCALLTYPE connection_add(IWTSVirtualChannelCallback *self) {
  return (ULONG)InterlockedIncrement(&((Connection *)self)->references);
}

static ULONG STDMETHODCALLTYPE connection_release(IWTSVirtualChannelCallback *self) {
  Connection *connection = (Connection *)self;
  LONG references = InterlockedDecrement(&connection->references);
  if (references == 0) {
    IWTSVirtualChannel_Release(connection->channel);
    relay_release(connection->relay);
    free(connection);
    InterlockedDecrement(&objects);
  }
  return (ULONG)references;
}

static HRESULT STDMETHODCALLTYPE connection_data(IWTSVirtualChannelCallback *self, ULONG length, BYTE *bytes) {
  relay_push(((Connection *)self)->relay, bytes, length);
  return S_OK;
}

static HRESULT STDMETHODCALLTYPE connection_close(IWTSVirtualChannelCallback *self) {
  Connection *connection = (Connection *)self;
  if (InterlockedExchange(&connection->is_closed, 1) == 0) relay_close(connection->relay);
  return S_OK;
}

static IWTSVirtualChannelCallbackVtbl connection_methods = {
    connection_query, connection_add, connection_release, connection_data, connection_close,
};

/* The client copies the bytes, and doesn't tell when it has sent them. */
static bool write_dynamic(void *owner, RelayWrite *write) {
  Connection *connection = owner;
  for (size_t at = 0; at < write->length; at += DYNAMIC_WRITE_BYTES) {
    size_t rest = write->length - at;
    ULONG length = (ULONG)(rest < DYNAMIC_WRITE_BYTES ? rest : DYNAMIC_WRITE_BYTES);
    if (FAILED(IWTSVirtualChannel_Write(connection->channel, length, write->bytes + at, NULL))) return false;
  }
  relay_written(write);
  return true;
}

static void connection_released(void *owner) { IWTSVirtualChannelCallback_Release(&((Connection *)owner)->callback); }

static const RelayChannel relayed = {.write = write_dynamic, .release = connection_released};

static Connection *connection_open(IWTSVirtualChannel *channel) {
  Connection *connection = calloc(1, sizeof(*connection));
  if (connection == NULL) return NULL;
  connection->callback.lpVtbl = &connection_methods;
  connection->references = 2;
  connection->channel = channel;
  connection->relay = relay_open(&relayed, connection);
  if (connection->relay == NULL) {
    free(connection);
    return NULL;
  }
  return connection;
}

/* ---- What listens for dynamic channels. ---- */

typedef struct {
  IWTSPlugin plugin; /* first */
  IWTSListenerCallback listener;
  LONG references;
} Plugin;

static Plugin *plugin_of_listener(IWTSListenerCallback *listener) {
  return (Plugin *)((BYTE *)listener - offsetof(Plugin, listener));
}

static ULONG STDMETHODCALLTYPE plugin_add(IWTSPlugin *self) {
  return (ULONG)InterlockedIncrement(&((Plugin *)self)->references);
}

static ULONG STDMETHODCALLTYPE plugin_release(IWTSPlugin *self) {
  LONG references = InterlockedDecrement(&((Plugin *)self)->references);
  if (references == 0) {
    free(self);
    InterlockedDecrement(&objects);
  }
  return (ULONG)references;
}

static HRESULT STDMETHODCALLTYPE plugin_query(IWTSPlugin *self, REFIID id, void **object) {
  *object = NULL;
  if (IsEqualIID(id, &IID_IUnknown) || IsEqualIID(id, &IID_IWTSPlugin)) *object = self;
  else if (IsEqualIID(id, &IID_IWTSListenerCallback)) *object = &((Plugin *)self)->listener;
  else return E_NOINTERFACE;
  plugin_add(self);
  return S_OK;
}

static HRESULT STDMETHODCALLTYPE listener_query(IWTSListenerCallback *self, REFIID id, void **object) {
  return plugin_query(&plugin_of_listener(self)->plugin, id, object);
}

static ULONG STDMETHODCALLTYPE listener_add(IWTSListenerCallback *self) {
  return plugin_add(&plugin_of_listener(self)->plugin);
}

static ULONG STDMETHODCALLTYPE listener_release(IWTSListenerCallback *self) {
  return plugin_release(&plugin_of_listener(self)->plugin);
}

/* Accepted without an adapter, too: that may come later. */
static HRESULT STDMETHODCALLTYPE listener_connection(IWTSListenerCallback *self, IWTSVirtualChannel *channel, BSTR data,
                                                     WINBOOL *accept, IWTSVirtualChannelCallback **callback) {
  (void)self;
  (void)data;
  *accept = FALSE;
  *callback = NULL;
  IWTSVirtualChannel_AddRef(channel);
  InterlockedIncrement(&objects);
  Connection *connection = connection_open(channel);
  if (connection == NULL) {
    InterlockedDecrement(&objects);
    IWTSVirtualChannel_Release(channel);
    return S_OK;
  }
  *callback = &connection->callback;
  *accept = TRUE;
  return S_OK;
}

static HRESULT STDMETHODCALLTYPE plugin_initialize(IWTSPlugin *self, IWTSVirtualChannelManager *manager) {
  IWTSListener *listener = NULL;
  char name[] = DYNAMIC_CHANNEL_NAME;
  HRESULT result = IWTSVirtualChannelManager_CreateListener(manager, name, 0, &((Plugin *)self)->listener, &listener);
  if (SUCCEEDED(result) && listener != NULL) IWTSListener_Release(listener);
  return result;
}

static HRESULT STDMETHODCALLTYPE plugin_connected(IWTSPlugin *self) {
  (void)self;
  return S_OK;
}

static HRESULT STDMETHODCALLTYPE plugin_disconnected(IWTSPlugin *self, DWORD reason) {
  (void)self;
  (void)reason;
  return S_OK;
}

static HRESULT STDMETHODCALLTYPE plugin_terminated(IWTSPlugin *self) {
  (void)self;
  return S_OK;
}

static IWTSListenerCallbackVtbl listener_methods = {listener_query, listener_add, listener_release, listener_connection};
static IWTSPluginVtbl plugin_methods = {
    plugin_query, plugin_add, plugin_release, plugin_initialize, plugin_connected, plugin_disconnected, plugin_terminated,
};

static IWTSPlugin *plugin_make(void) {
  Plugin *plugin = calloc(1, sizeof(*plugin));
  if (plugin == NULL) return NULL;
  plugin->plugin.lpVtbl = &plugin_methods;
  plugin->listener.lpVtbl = &listener_methods;
  plugin->references = 1;
  InterlockedIncrement(&objects);
  return &plugin->plugin;
}

/* ---- Its COM class. ---- */

static HRESULT STDMETHODCALLTYPE factory_query(IClassFactory *self, REFIID id, void **object) {
  *object = NULL;
  if (!IsEqualIID(id, &IID_IUnknown) && !IsEqualIID(id, &IID_IClassFactory)) return E_NOINTERFACE;
  IClassFactory_AddRef(self);
  *object = self;
  return S_OK;
}

/* There is always one of it; references to it keep the library. */
static ULONG STDMETHODCALLTYPE factory_add(IClassFactory *self) {
  (void)self;
  return (ULONG)InterlockedIncrement(&objects) + 1;
}

static ULONG STDMETHODCALLTYPE factory_release(IClassFactory *self) {
  (void)self;
  return (ULONG)InterlockedDecrement(&objects) + 1;
}

static HRESULT STDMETHODCALLTYPE factory_create(IClassFactory *self, IUnknown *outer, REFIID id, void **object) {
  (void)self;
  *object = NULL;
  if (outer != NULL) return CLASS_E_NOAGGREGATION;
  IWTSPlugin *plugin = plugin_make();
  if (plugin == NULL) return E_OUTOFMEMORY;
  HRESULT result = plugin_query(plugin, id, object);
  plugin_release(plugin);
  return result;
}

static HRESULT STDMETHODCALLTYPE factory_lock(IClassFactory *self, WINBOOL lock) {
  if (lock) factory_add(self);
  else factory_release(self);
  return S_OK;
}

static IClassFactoryVtbl factory_methods = {factory_query, factory_add, factory_release, factory_create, factory_lock};
static IClassFactory factory = {&factory_methods};

/* ---- Exports. ---- */

EXPORTED BOOL VCAPITYPE VirtualChannelEntry(PCHANNEL_ENTRY_POINTS client) { return cchannel_session_begin(client); }

/* Called with no room first, to learn how many there are. */
EXPORTED HRESULT VCAPITYPE VirtualChannelGetInstance(REFIID id, ULONG *count, void **plugins) {
  if (!IsEqualIID(id, &IID_IWTSPlugin)) return E_NOINTERFACE;
  if (plugins != NULL) {
    if (*count < 1) return E_INVALIDARG;
    plugins[0] = plugin_make();
    if (plugins[0] == NULL) return E_OUTOFMEMORY;
  }
  *count = 1;
  return S_OK;
}

EXPORTED HRESULT WINAPI DllGetClassObject(REFCLSID class, REFIID id, void **object) {
  *object = NULL;
  return IsEqualCLSID(class, &CLSID_Thinline) ? factory_query(&factory, id, object) : CLASS_E_CLASSNOTAVAILABLE;
}

EXPORTED HRESULT WINAPI DllCanUnloadNow(void) {
  return InterlockedCompareExchange(&objects, 0, 0) == 0 && !cchannel_sessions_exist() ? S_OK : S_FALSE;
}

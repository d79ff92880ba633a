/*
 * Plays a client on Windows and the endpoint adapter in one process, for the plugin that is named on the command line. Prints a
 * line for each step; the status is 0 when all were right. plugins-windows.test.ts runs it under Wine.
 */
#define COBJMACROS
#define INITGUID
#include <windows.h>
/* After windows.h. */
#include <tsvirtualchannels.h>

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../client-api.h"

enum { PATIENCE_MS = 30000, ROUNDS = 6, ROUND_BYTES = 50000, CHUNK_BYTES = 1590, CALL_MS = 1000, CYCLES = 200 };

/* {2e855633-9315-4673-8cf7-f67ce5299b9b} */
DEFINE_GUID(CLSID_Thinline, 0x2e855633, 0x9315, 0x4673, 0x8c, 0xf7, 0xf6, 0x7c, 0xe5, 0x29, 0x9b, 0x9b);

static void step(const char *what, bool is_right) {
  printf("%s: %s\n", is_right ? "right" : "WRONG", what);
  fflush(stdout);
  if (!is_right) ExitProcess(1);
}

static uint8_t byte_at(uint32_t place) { return (uint8_t)(place * 167 + (place >> 8) * 13 + (place >> 16) * 7); }

/* ---- The adapter: one pipe at a time. ---- */

typedef struct {
  HANDLE pipe;
  bool echoes; /* else it reads nothing */
  HANDLE connected, thread;
} Adapter;

static void pipe_name(wchar_t *name) {
  wchar_t user[257];
  DWORD length = 257;
  if (!GetUserNameW(user, &length)) step("the user has a name", false);
  wcscpy(name, L"\\\\.\\pipe\\thinline-");
  wcscat(name, user);
  wcscat(name, L"-plugin");
}

static DWORD WINAPI serve(void *argument) {
  Adapter *adapter = argument;
  static uint8_t bytes[4096];
  DWORD count, written;
  if (!ConnectNamedPipe(adapter->pipe, NULL) && GetLastError() != ERROR_PIPE_CONNECTED) return 1;
  SetEvent(adapter->connected);
  while (adapter->echoes && ReadFile(adapter->pipe, bytes, sizeof(bytes), &count, NULL) && count > 0) {
    if (!WriteFile(adapter->pipe, bytes, count, &written, NULL)) break;
  }
  return 0;
}

static void adapter_open(Adapter *adapter, bool echoes) {
  wchar_t name[320];
  pipe_name(name);
  adapter->echoes = echoes;
  adapter->connected = CreateEventW(NULL, TRUE, FALSE, NULL);
  adapter->pipe = CreateNamedPipeW(name, PIPE_ACCESS_DUPLEX, PIPE_TYPE_BYTE | PIPE_WAIT, 1, 65536, 65536, 0, NULL);
  adapter->thread = CreateThread(NULL, 0, serve, adapter, 0, NULL);
  if (adapter->pipe == INVALID_HANDLE_VALUE || adapter->thread == NULL) step("the adapter waits", false);
}

static void adapter_await(Adapter *adapter) {
  if (WaitForSingleObject(adapter->connected, PATIENCE_MS) != WAIT_OBJECT_0) step("the adapter is found", false);
}

/* Of one that doesn't echo: what comes until the plugin gives the connection up. */
static uint32_t adapter_drain(Adapter *adapter) {
  static uint8_t bytes[4096];
  DWORD count;
  uint32_t total = 0;
  while (ReadFile(adapter->pipe, bytes, sizeof(bytes), &count, NULL)) total += count;
  return total;
}

static void adapter_close(Adapter *adapter) {
  /* Its thread waits in a read or for a client. */
  CancelSynchronousIo(adapter->thread);
  DisconnectNamedPipe(adapter->pipe);
  WaitForSingleObject(adapter->thread, PATIENCE_MS);
  CloseHandle(adapter->thread);
  CloseHandle(adapter->pipe);
  CloseHandle(adapter->connected);
}

/* ---- What comes from the plugin, of either kind of channel. ---- */

static SRWLOCK lock = SRWLOCK_INIT;
static CONDITION_VARIABLE changed = CONDITION_VARIABLE_INIT;
static uint32_t pushed, received, wanted;
static bool is_checked;

static void take(const uint8_t *bytes, size_t length) {
  AcquireSRWLockExclusive(&lock);
  bool is_right = true;
  for (size_t i = 0; i < length; i++) is_right = bytes[i] == byte_at(received++) && is_right;
  if (is_checked && !is_right) step("the bytes come back as they were", false);
  WakeAllConditionVariable(&changed);
  ReleaseSRWLockExclusive(&lock);
}

static bool await(bool (*is_reached)(void)) {
  AcquireSRWLockExclusive(&lock);
  BOOL in_time = TRUE;
  while (in_time && !is_reached()) in_time = SleepConditionVariableSRW(&changed, &lock, PATIENCE_MS, 0);
  bool reached = is_reached();
  ReleaseSRWLockExclusive(&lock);
  return reached;
}

static bool all_came(void) { return received >= wanted; }

static void begin_counting(void) {
  AcquireSRWLockExclusive(&lock);
  pushed = received = wanted = 0;
  is_checked = false;
  ReleaseSRWLockExclusive(&lock);
}

/* Either kind of channel. */
typedef void Push(void *to, uint8_t *bytes, ULONG length);

static void push_all(Push *push, void *to, uint32_t total) {
  static uint8_t bytes[CHUNK_BYTES];
  while (total > 0) {
    ULONG length = total < CHUNK_BYTES ? total : CHUNK_BYTES;
    for (ULONG i = 0; i < length; i++) bytes[i] = byte_at(pushed + i);
    ULONGLONG before = GetTickCount64();
    push(to, bytes, length);
    if (GetTickCount64() - before > CALL_MS) step("a call returns at once", false);
    pushed += length;
    total -= length;
  }
}

static void echo_all(Push *push, void *to) {
  begin_counting();
  is_checked = true;
  for (int i = 0; i < ROUNDS; i++) {
    push_all(push, to, ROUND_BYTES);
    AcquireSRWLockExclusive(&lock);
    wanted = pushed;
    ReleaseSRWLockExclusive(&lock);
    if (!await(all_came)) step("all bytes come back", false);
  }
  step("bytes go both ways", true);
}

/* ---- Dynamic channels. ---- */

typedef struct {
  IWTSVirtualChannel channel; /* first */
  LONG references;
} Channel;

static HRESULT STDMETHODCALLTYPE channel_query(IWTSVirtualChannel *self, REFIID id, void **object) {
  (void)self;
  (void)id;
  *object = NULL;
  return E_NOINTERFACE;
}
static ULONG STDMETHODCALLTYPE channel_add(IWTSVirtualChannel *self) {
  return (ULONG)InterlockedIncrement(&((Channel *)self)->references);
}
static ULONG STDMETHODCALLTYPE channel_release(IWTSVirtualChannel *self) {
  return (ULONG)InterlockedDecrement(&((Channel *)self)->references);
}
static HRESULT STDMETHODCALLTYPE channel_write(IWTSVirtualChannel *self, ULONG length, BYTE *bytes, IUnknown *reserved) {
  (void)self;
  (void)reserved;
  if (length == 0 || length > CHUNK_BYTES) step("a write is not longer than allowed", false);
  take(bytes, length);
  return S_OK;
}
static HRESULT STDMETHODCALLTYPE channel_close(IWTSVirtualChannel *self) {
  (void)self;
  step("only the client closes a channel", false);
  return S_OK;
}

static IWTSVirtualChannelVtbl channel_methods = {channel_query, channel_add, channel_release, channel_write, channel_close};
static IWTSListenerCallback *listener;

static HRESULT STDMETHODCALLTYPE manager_query(IWTSVirtualChannelManager *self, REFIID id, void **object) {
  (void)self;
  (void)id;
  *object = NULL;
  return E_NOINTERFACE;
}
static ULONG STDMETHODCALLTYPE manager_count(IWTSVirtualChannelManager *self) {
  (void)self;
  return 1;
}
static HRESULT STDMETHODCALLTYPE manager_listen(IWTSVirtualChannelManager *self, const char *name, ULONG flags,
                                                IWTSListenerCallback *callback, IWTSListener **made) {
  (void)self;
  (void)flags;
  *made = NULL;
  step("it listens for thinline.grpc", strcmp(name, "thinline.grpc") == 0);
  IWTSListenerCallback_AddRef(callback);
  listener = callback;
  return S_OK;
}

static IWTSVirtualChannelManagerVtbl manager_methods = {manager_query, manager_count, manager_count, manager_listen};
static IWTSVirtualChannelManager manager = {&manager_methods};

static IWTSVirtualChannelCallback *open_dynamic(Channel *channel) {
  IWTSVirtualChannelCallback *callback = NULL;
  WINBOOL accept = TRUE;
  channel->channel.lpVtbl = &channel_methods;
  channel->references = 1;
  HRESULT result = IWTSListenerCallback_OnNewChannelConnection(listener, &channel->channel, NULL, &accept, &callback);
  return SUCCEEDED(result) && accept ? callback : NULL;
}

static void push_dynamic(void *to, uint8_t *bytes, ULONG length) {
  IWTSVirtualChannelCallback_OnDataReceived((IWTSVirtualChannelCallback *)to, length, bytes);
}

static LONG is_pushing;

static DWORD WINAPI push_all_the_time(void *to) {
  static uint8_t bytes[CHUNK_BYTES];
  while (InterlockedCompareExchange(&is_pushing, 0, 0) != 0) push_dynamic(to, bytes, CHUNK_BYTES);
  return 0;
}

/* Bytes come on another thread before, during and after. */
static void close_dynamic(Channel *channel, IWTSVirtualChannelCallback *callback) {
  InterlockedExchange(&is_pushing, 1);
  HANDLE pusher = CreateThread(NULL, 0, push_all_the_time, callback, 0, NULL);
  if (pusher == NULL) step("there is a thread", false);
  IWTSVirtualChannelCallback_OnClose(callback);
  IWTSVirtualChannelCallback_OnClose(callback);
  InterlockedExchange(&is_pushing, 0);
  WaitForSingleObject(pusher, PATIENCE_MS);
  CloseHandle(pusher);
  push_all(push_dynamic, callback, 1000);
  IWTSVirtualChannelCallback_Release(callback);
  if (channel->references != 1) step("it lets the channel go", false);
}

static DWORD handle_count(void) {
  DWORD count = 0;
  GetProcessHandleCount(GetCurrentProcess(), &count);
  return count;
}

static void try_dynamic(void) {
  Adapter adapter;
  Channel channel;
  IWTSVirtualChannelCallback *callback = open_dynamic(&channel);
  step("a channel is accepted without an adapter", callback != NULL);
  begin_counting();
  push_all(push_dynamic, callback, 1000000);
  for (int i = 0; i < 2; i++) {
    adapter_open(&adapter, true);
    adapter_await(&adapter);
    echo_all(push_dynamic, callback);
    adapter_close(&adapter);
  }

  adapter_open(&adapter, false);
  adapter_await(&adapter);
  begin_counting();
  push_all(push_dynamic, callback, 4000000);
  step("an adapter that does not keep up loses its connection", adapter_drain(&adapter) < 1000000);
  adapter_close(&adapter);
  adapter_open(&adapter, true);
  adapter_await(&adapter);
  echo_all(push_dynamic, callback);
  adapter_close(&adapter);
  close_dynamic(&channel, callback);

  DWORD before = 0;
  for (int i = 0; i < CYCLES; i++) {
    adapter_open(&adapter, true);
    callback = open_dynamic(&channel);
    if (callback == NULL) step("a channel is accepted again", false);
    adapter_await(&adapter);
    begin_counting();
    push_all(push_dynamic, callback, 1000);
    close_dynamic(&channel, callback);
    adapter_close(&adapter);
    if (i == 0) before = handle_count();
  }
  step("no handle is left", handle_count() <= before + 2);
}

/* ---- The static channel. ---- */

enum { HANDLE_GIVEN = 7 };

static PCHANNEL_INIT_EVENT_FN init_event;
static PCHANNEL_OPEN_EVENT_FN open_event;
static char session;

static UINT VCAPITYPE init_static(LPVOID *init, PCHANNEL_DEF channel, INT count, ULONG version, PCHANNEL_INIT_EVENT_FN event) {
  (void)version;
  step("it defines THNLINE", count == 1 && strcmp(channel->name, "THNLINE") == 0);
  *init = &session;
  init_event = event;
  return CHANNEL_RC_OK;
}
static UINT VCAPITYPE open_static(LPVOID init, LPDWORD handle, PCHAR name, PCHANNEL_OPEN_EVENT_FN event) {
  step("it opens THNLINE", init == &session && strcmp(name, "THNLINE") == 0);
  *handle = HANDLE_GIVEN;
  open_event = event;
  return CHANNEL_RC_OK;
}
static UINT VCAPITYPE close_static(DWORD handle) {
  step("it closes what it opened", handle == HANDLE_GIVEN);
  return CHANNEL_RC_OK;
}
static UINT VCAPITYPE write_static(DWORD handle, LPVOID bytes, ULONG length, LPVOID mark) {
  take(bytes, length);
  open_event(handle, CHANNEL_EVENT_WRITE_COMPLETE, mark, length, length, 0);
  return CHANNEL_RC_OK;
}

static void push_static(void *to, uint8_t *bytes, ULONG length) {
  (void)to;
  open_event(HANDLE_GIVEN, CHANNEL_EVENT_DATA_RECEIVED, bytes, length, length, CHANNEL_FLAG_FIRST | CHANNEL_FLAG_LAST);
}

static bool one_came(void) { return received > 0; }

/* Until an echo comes, what is pushed is perhaps dropped. */
static void await_carrying(void) {
  begin_counting();
  do {
    uint8_t zero = byte_at(0);
    push_static(NULL, &zero, 1);
    AcquireSRWLockExclusive(&lock);
    SleepConditionVariableSRW(&changed, &lock, 50, 0);
    ReleaseSRWLockExclusive(&lock);
  } while (!one_came());
}

static void try_static(HMODULE library) {
  Adapter adapter;
  PVIRTUALCHANNELENTRY entry = (PVIRTUALCHANNELENTRY)(void *)GetProcAddress(library, "VirtualChannelEntry");
  CHANNEL_ENTRY_POINTS client = {
      .cbSize = sizeof(client),
      .protocolVersion = VIRTUAL_CHANNEL_VERSION_WIN2000,
      .pVirtualChannelInit = init_static,
      .pVirtualChannelOpen = open_static,
      .pVirtualChannelClose = close_static,
      .pVirtualChannelWrite = write_static,
  };
  step("the static channel begins", entry != NULL && entry(&client));
  init_event(&session, CHANNEL_EVENT_CONNECTED, NULL, 0);
  begin_counting();
  push_all(push_static, NULL, 1000000);
  for (int i = 0; i < 2; i++) {
    adapter_open(&adapter, true);
    adapter_await(&adapter);
    if (i == 0) await_carrying();
    adapter_close(&adapter);
  }
  init_event(&session, CHANNEL_EVENT_DISCONNECTED, NULL, 0);
  init_event(&session, CHANNEL_EVENT_CONNECTED, NULL, 0);
  init_event(&session, CHANNEL_EVENT_TERMINATED, NULL, 0);
}

/* ---- All of it. ---- */

static void try_class(HMODULE library) {
  HRESULT(WINAPI * get)(REFCLSID, REFIID, void **) =
      (HRESULT(WINAPI *)(REFCLSID, REFIID, void **))(void *)GetProcAddress(library, "DllGetClassObject");
  IClassFactory *factory = NULL;
  IWTSPlugin *plugin = NULL;
  void *none = NULL;
  step("it has no other class", get(&IID_IUnknown, &IID_IClassFactory, &none) == CLASS_E_CLASSNOTAVAILABLE);
  step("it has its class", get(&CLSID_Thinline, &IID_IClassFactory, (void **)&factory) == S_OK);
  step("which makes plugins", IClassFactory_CreateInstance(factory, NULL, &IID_IWTSPlugin, (void **)&plugin) == S_OK);
  IWTSPlugin_Release(plugin);
  IClassFactory_Release(factory);
}

int wmain(int count, wchar_t **words) {
  ULONG plugins = 0;
  IWTSPlugin *plugin = NULL;
  HMODULE library = count == 2 ? LoadLibraryW(words[1]) : NULL;
  step("it is loaded", library != NULL);
  HRESULT(WINAPI * can_unload)(void) = (HRESULT(WINAPI *)(void))(void *)GetProcAddress(library, "DllCanUnloadNow");
  HRESULT(VCAPITYPE * instances)(REFIID, ULONG *, void **) =
      (HRESULT(VCAPITYPE *)(REFIID, ULONG *, void **))(void *)GetProcAddress(library, "VirtualChannelGetInstance");
  step("all is exported", can_unload != NULL && instances != NULL);
  try_class(library);
  step("it says how many plugins it has", instances(&IID_IWTSPlugin, &plugins, NULL) == S_OK && plugins == 1);
  step("and gives it", instances(&IID_IWTSPlugin, &plugins, (void **)&plugin) == S_OK);
  step("it begins", IWTSPlugin_Initialize(plugin, &manager) == S_OK && IWTSPlugin_Connected(plugin) == S_OK);
  step("it is in use", can_unload() == S_FALSE);
  try_dynamic();
  IWTSPlugin_Terminated(plugin);
  IWTSListenerCallback_Release(listener);
  IWTSPlugin_Release(plugin);
  try_static(library);
  step("it can be unloaded", can_unload() == S_OK);
  step("it is unloaded", FreeLibrary(library));
  printf("all right\n");
  return 0;
}

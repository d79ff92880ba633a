/*
 * Plays a remoting client, as far as a plugin sees one, for the tests: loads the plugin and does what lines on standard input say,
 * each answered by one line of JSON. Built with HOST_FREERDP it is FreeRDP (over its headers), else the Horizon client.
 *
 *   begin                       one more session: the entry point; {"ok", "session"}
 *   connect|disconnect|terminate SESSION
 *                               events of a static channel; of a dynamic one: opened, closed, the plugin ends; {"ok"}
 *   push SESSION BYTES CHUNK    bytes from the session for the plugin; {"ok", "longestUs"}; ok: the channel is still open
 *   writes now|later|held|stuck how the plugin's writes are completed: within the call, by another thread, or not before
 *                               "complete" or "cancel"; stuck: the call itself doesn't return before another way is chosen
 *   complete|cancel             all that are held; {"ok", "count"}
 *   await SESSION BYTES         until so many have come from the plugin; {"ok"}
 *   await-held COUNT            until so many writes are held or stuck; {"ok"}
 *   facts SESSION               {"received", "hash", "held", "heldBytes", "threads", "descriptors", "residentKiB"}
 *   cycle SESSION TIMES BYTES   connect, push, disconnect, so many times; {"ok", "opened"}
 *   interrupt SESSION TIMES     connect, wait for the first bytes, disconnect, so many times; {"ok"}
 *   storm SESSION TIMES         the same, while another thread of the client pushes all the time (static); {"ok"}
 *   unload                      {"ok"}
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#ifdef HOST_FREERDP
#include <freerdp/dvc.h>
#include <freerdp/svc.h>
#include <winpr/stream.h>
#else
#include "../client-api.h"
#endif

enum { SESSIONS = 8, HELD = 64, PATIENCE_S = 30, CHUNK_BYTES = 1 << 20 };

typedef enum { WRITES_NOW, WRITES_LATER, WRITES_HELD, WRITES_STUCK } Writes;

typedef struct {
  bool is_connected, is_open;
  bool is_ended; /* the plugin was told so, and has returned from that */
  uint32_t handle;
  uint64_t pushed, received;
  uint32_t hash; /* FNV-1a of what was received */
#ifdef HOST_FREERDP
  void *user;
  PCHANNEL_INIT_EVENT_EX_FN init_event_ex;
  PCHANNEL_OPEN_EVENT_EX_FN open_event_ex;
  IWTSPlugin *plugin;
  IWTSListenerCallback *listener;
  IWTSVirtualChannelCallback *callback;
  IWTSVirtualChannel channel;
#else
  CHANNEL_INIT_EVENT_FN *init_event;
  CHANNEL_OPEN_EVENT_FN *open_event;
#endif
} Session;

typedef struct {
  Session *session;
  const uint8_t *bytes;
  size_t length;
  void *mark;
} Held;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* for all that follows */
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static Session sessions[SESSIONS];
static int session_count;
static Session *beginning;
static Writes writes = WRITES_NOW;
static Held held[HELD];
static int held_count, stuck_count;

static bool is_dynamic;
static void *library;
static uint8_t chunk[CHUNK_BYTES];

static void fail(const char *why) {
  fprintf(stderr, "host: %s\n", why);
  exit(2);
}

static uint64_t now_us(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

/* ---- What the plugin writes. ---- */

/* With the lock. */
static void check_alive(const Session *session) {
  if (session->is_ended) fail("the plugin writes to a channel that it was told is closed");
}

/* Read only when the write is completed: until then the plugin must leave the bytes alone. */
static void take(Session *session, const uint8_t *bytes, size_t length) {
  pthread_mutex_lock(&lock);
  for (size_t i = 0; i < length; i++) session->hash = (session->hash ^ bytes[i]) * 16777619u;
  session->received += length;
  pthread_cond_broadcast(&changed);
  pthread_mutex_unlock(&lock);
}

static void complete(const Held *write, uint32_t event) {
  take(write->session, write->bytes, write->length);
  Session *session = write->session;
#ifdef HOST_FREERDP
  session->open_event_ex(session->user, session->handle, event, write->mark, (UINT32)write->length, (UINT32)write->length, 0);
#else
  session->open_event(session->handle, event, write->mark, (UINT32)write->length, (UINT32)write->length, 0);
#endif
}

static bool take_held(Held *write) {
  bool any = held_count > 0;
  if (any) {
    *write = held[0];
    memmove(held, held + 1, (size_t)--held_count * sizeof(held[0]));
  }
  return any;
}

static void *complete_later(void *unused) {
  (void)unused;
  for (;;) {
    Held write;
    pthread_mutex_lock(&lock);
    while (writes != WRITES_LATER || held_count == 0) pthread_cond_wait(&changed, &lock);
    take_held(&write);
    pthread_mutex_unlock(&lock);
    complete(&write, CHANNEL_EVENT_WRITE_COMPLETE);
  }
  return NULL;
}

static int complete_held(uint32_t event) {
  Held write;
  for (int count = 0;; count++) {
    pthread_mutex_lock(&lock);
    bool any = take_held(&write);
    pthread_mutex_unlock(&lock);
    if (!any) return count;
    complete(&write, event);
  }
}

static Session *session_of_handle(uint32_t handle) {
  if (handle < 1 || handle > SESSIONS) fail("the plugin used a handle that it was not given");
  return &sessions[handle - 1];
}

static uint32_t write_static(uint32_t handle, void *bytes, unsigned long length, void *mark) {
  Held write = {.session = session_of_handle(handle), .bytes = bytes, .length = length, .mark = mark};
  pthread_mutex_lock(&lock);
  check_alive(write.session);
  stuck_count++;
  pthread_cond_broadcast(&changed);
  while (writes == WRITES_STUCK) pthread_cond_wait(&changed, &lock);
  stuck_count--;
  bool is_open = write.session->is_open;
  Writes how = writes;
  if (is_open && how != WRITES_NOW) {
    if (held_count == HELD) fail("too many writes are under way");
    held[held_count++] = write;
    pthread_cond_broadcast(&changed);
  }
  pthread_mutex_unlock(&lock);
  if (!is_open) return 4; /* CHANNEL_RC_NOT_CONNECTED */
  if (how == WRITES_NOW) complete(&write, CHANNEL_EVENT_WRITE_COMPLETE);
  return CHANNEL_RC_OK;
}

static uint32_t close_static(uint32_t handle) {
  Session *session = session_of_handle(handle);
  pthread_mutex_lock(&lock);
  bool was_open = session->is_open;
  session->is_open = false;
  pthread_mutex_unlock(&lock);
  return was_open ? CHANNEL_RC_OK : 10; /* CHANNEL_RC_NOT_OPEN */
}

static uint32_t open_static(Session *session, uint32_t *handle, const char *name) {
  if (strcmp(name, "THNLINE") != 0) fail("the plugin opened a channel that it did not define");
  pthread_mutex_lock(&lock);
  bool was_open = session->is_open;
  session->is_open = session->is_connected;
  *handle = session->handle;
  pthread_mutex_unlock(&lock);
  if (was_open) return 14; /* CHANNEL_RC_ALREADY_OPEN */
  return session->is_connected ? CHANNEL_RC_OK : 4;
}

static void check_definition(const char *name, unsigned long version, int count) {
  if (strcmp(name, "THNLINE") != 0 || version != 1 || count != 1) fail("the plugin defined another channel");
}

/* ---- The client's interface. ---- */

#ifdef HOST_FREERDP
static Session *session_of_init(LPVOID init) { return init; }

static UINT VCAPITYPE init_ex(LPVOID user, LPVOID context, LPVOID init, PCHANNEL_DEF channel, INT count, ULONG version,
                              PCHANNEL_INIT_EVENT_EX_FN event) {
  (void)context;
  check_definition(channel->name, version, count);
  session_of_init(init)->user = user;
  session_of_init(init)->init_event_ex = event;
  return CHANNEL_RC_OK;
}

static UINT VCAPITYPE open_ex(LPVOID init, LPDWORD handle, PCHAR name, PCHANNEL_OPEN_EVENT_EX_FN event) {
  if (session_of_init(init)->open_event_ex == NULL) session_of_init(init)->open_event_ex = event;
  uint32_t given = 0;
  UINT status = open_static(session_of_init(init), &given, name);
  *handle = given;
  return status;
}

static UINT VCAPITYPE close_ex(LPVOID init, DWORD handle) {
  (void)init;
  return close_static(handle);
}

static UINT VCAPITYPE write_ex(LPVOID init, DWORD handle, LPVOID bytes, ULONG length, LPVOID mark) {
  (void)init;
  return write_static(handle, bytes, length, mark);
}

static void init_event(Session *session, UINT event) { session->init_event_ex(session->user, session, event, NULL, 0); }

static void push_static(Session *session, const uint8_t *bytes, size_t length) {
  session->open_event_ex(session->user, session->handle, CHANNEL_EVENT_DATA_RECEIVED, (void *)(uintptr_t)bytes, (UINT32)length,
                         (UINT32)length, 3);
}

static Session *session_of_channel(IWTSVirtualChannel *channel) {
  return (Session *)((uint8_t *)channel - offsetof(Session, channel));
}

static UINT write_dynamic(IWTSVirtualChannel *channel, ULONG length, const BYTE *bytes, void *reserved) {
  (void)reserved;
  take(session_of_channel(channel), bytes, length);
  /* FreeRDP frees the channel when the plugin has returned from OnClose(). */
  pthread_mutex_lock(&lock);
  check_alive(session_of_channel(channel));
  pthread_mutex_unlock(&lock);
  return CHANNEL_RC_OK;
}

/* As in FreeRDP 2. */
static UINT close_dynamic(IWTSVirtualChannel *channel) {
  (void)channel;
  return CHANNEL_RC_OK;
}

static UINT create_listener(IWTSVirtualChannelManager *manager, const char *name, ULONG flags, IWTSListenerCallback *callback,
                            IWTSListener **listener) {
  (void)manager;
  (void)flags;
  (void)listener;
  if (strcmp(name, "thinline.grpc") != 0) fail("the plugin listens for another channel");
  beginning->listener = callback;
  return CHANNEL_RC_OK;
}

static UINT register_plugin(IDRDYNVC_ENTRY_POINTS *client, const char *name, IWTSPlugin *plugin) {
  (void)client;
  if (strcmp(name, "thinline") != 0) fail("the plugin has another name");
  beginning->plugin = plugin;
  return CHANNEL_RC_OK;
}

static IWTSPlugin *get_plugin(IDRDYNVC_ENTRY_POINTS *client, const char *name) {
  (void)client;
  (void)name;
  return beginning->plugin;
}

static bool begin_dynamic(Session *session) {
  UINT (*entry)(IDRDYNVC_ENTRY_POINTS *) = (UINT(*)(IDRDYNVC_ENTRY_POINTS *))dlsym(library, "DVCPluginEntry");
  IDRDYNVC_ENTRY_POINTS client = {.RegisterPlugin = register_plugin, .GetPlugin = get_plugin};
  IWTSVirtualChannelManager manager = {.CreateListener = create_listener};
  if (entry == NULL) fail("no DVCPluginEntry");
  session->channel.Write = write_dynamic;
  session->channel.Close = close_dynamic;
  return entry(&client) == CHANNEL_RC_OK && session->plugin->Initialize(session->plugin, &manager) == CHANNEL_RC_OK;
}

static bool begin(Session *session) {
  if (is_dynamic) return begin_dynamic(session);
  BOOL (*entry)(PCHANNEL_ENTRY_POINTS_EX, PVOID) =
      (BOOL(*)(PCHANNEL_ENTRY_POINTS_EX, PVOID))dlsym(library, "VirtualChannelEntryEx");
  CHANNEL_ENTRY_POINTS_FREERDP_EX client = {
      .cbSize = sizeof(client),
      .protocolVersion = VIRTUAL_CHANNEL_VERSION_WIN2000,
      .pVirtualChannelInitEx = init_ex,
      .pVirtualChannelOpenEx = open_ex,
      .pVirtualChannelCloseEx = close_ex,
      .pVirtualChannelWriteEx = write_ex,
      .MagicNumber = FREERDP_CHANNEL_MAGIC_NUMBER,
  };
  if (entry == NULL) fail("no VirtualChannelEntryEx");
  return entry((PCHANNEL_ENTRY_POINTS_EX)&client, session);
}

static bool open_channel(Session *session) {
  BOOL accept = TRUE;
  if (session->listener->OnNewChannelConnection(session->listener, &session->channel, NULL, &accept, &session->callback) !=
          CHANNEL_RC_OK ||
      !accept) {
    session->callback = NULL;
    return false;
  }
  return session->callback->OnOpen(session->callback) == CHANNEL_RC_OK;
}

static void close_channel(Session *session) {
  IWTSVirtualChannelCallback *callback = session->callback;
  session->callback = NULL;
  if (callback != NULL) callback->OnClose(callback);
}

/* FreeRDP closes the channel when its plugin is not content. */
static bool push_channel(Session *session, const uint8_t *bytes, size_t length) {
  if (session->callback == NULL) return false;
  wStream stream = {
      .buffer = (BYTE *)(uintptr_t)bytes,
      .pointer = (BYTE *)(uintptr_t)bytes,
      .length = length,
      .capacity = length,
  };
  bool is_fine = session->callback->OnDataReceived(session->callback, &stream) == CHANNEL_RC_OK;
  if (!is_fine) close_channel(session);
  return is_fine;
}

static void end_plugin(Session *session) { session->plugin->Terminated(session->plugin); }
#else
static UINT init_static(LPVOID *init, PCHANNEL_DEF channel, INT count, ULONG version, CHANNEL_INIT_EVENT_FN *event) {
  check_definition(channel->name, version, count);
  beginning->init_event = event;
  *init = beginning;
  return CHANNEL_RC_OK;
}

static UINT open_channel_static(LPVOID init, LPDWORD handle, PCHAR name, CHANNEL_OPEN_EVENT_FN *event) {
  Session *session = init;
  if (session->open_event == NULL) session->open_event = event;
  return open_static(session, handle, name);
}

static void init_event(Session *session, UINT event) { session->init_event(session, event, NULL, 0); }

static void push_static(Session *session, const uint8_t *bytes, size_t length) {
  session->open_event(session->handle, CHANNEL_EVENT_DATA_RECEIVED, (void *)(uintptr_t)bytes, (UINT32)length, (UINT32)length, 3);
}

static bool begin(Session *session) {
  (void)session;
  BOOL (*entry)(PCHANNEL_ENTRY_POINTS) = (BOOL(*)(PCHANNEL_ENTRY_POINTS))dlsym(library, "VirtualChannelEntry");
  CHANNEL_ENTRY_POINTS client = {
      .cbSize = sizeof(client),
      .protocolVersion = VIRTUAL_CHANNEL_VERSION_WIN2000,
      .pVirtualChannelInit = init_static,
      .pVirtualChannelOpen = open_channel_static,
      .pVirtualChannelClose = close_static,
      .pVirtualChannelWrite = write_static,
  };
  if (entry == NULL) fail("no VirtualChannelEntry");
  return entry(&client);
}

static bool open_channel(Session *session) {
  (void)session;
  return false;
}
static void close_channel(Session *session) { (void)session; }
static bool push_channel(Session *session, const uint8_t *bytes, size_t length) {
  (void)session;
  (void)bytes;
  (void)length;
  return false;
}
static void end_plugin(Session *session) { (void)session; }
#endif

/* ---- What the lines say. ---- */

static void set_ended(Session *session, bool is_ended) {
  pthread_mutex_lock(&lock);
  session->is_ended = is_ended;
  pthread_mutex_unlock(&lock);
}

static bool connect_session(Session *session) {
  set_ended(session, false);
  pthread_mutex_lock(&lock);
  session->pushed = session->received = 0;
  session->hash = 2166136261u;
  session->is_connected = true;
  pthread_mutex_unlock(&lock);
  if (is_dynamic) return open_channel(session);
  init_event(session, CHANNEL_EVENT_CONNECTED);
  return session->is_open;
}

static void disconnect_session(Session *session) {
  session->is_connected = false;
  if (is_dynamic) close_channel(session);
  else init_event(session, CHANNEL_EVENT_DISCONNECTED);
  set_ended(session, true);
}

static void terminate_session(Session *session) {
  session->is_connected = false;
  if (is_dynamic) {
    close_channel(session);
    end_plugin(session);
  } else {
    init_event(session, CHANNEL_EVENT_TERMINATED);
  }
  set_ended(session, true);
}

/* What is pushed follows from its place alone. */
static uint8_t byte_at(uint64_t place) { return (uint8_t)(place * 167 + (place >> 8) * 13 + (place >> 16) * 7); }

static bool push(Session *session, uint64_t total, size_t size, uint64_t *longest_us) {
  bool is_fine = true;
  while (total > 0 && is_fine) {
    size_t length = total < size ? (size_t)total : size;
    for (size_t i = 0; i < length; i++) chunk[i] = byte_at(session->pushed + i);
    uint64_t before = now_us();
    if (is_dynamic) is_fine = push_channel(session, chunk, length);
    else push_static(session, chunk, length);
    uint64_t took = now_us() - before;
    if (took > *longest_us) *longest_us = took;
    session->pushed += length;
    total -= length;
  }
  return is_fine;
}

static bool await(bool (*is_reached)(uint64_t wanted, const Session *session), uint64_t wanted, const Session *session) {
  struct timespec until;
  clock_gettime(CLOCK_REALTIME, &until);
  until.tv_sec += PATIENCE_S;
  pthread_mutex_lock(&lock);
  int status = 0;
  while (status == 0 && !is_reached(wanted, session)) status = pthread_cond_timedwait(&changed, &lock, &until);
  bool reached = is_reached(wanted, session);
  pthread_mutex_unlock(&lock);
  return reached;
}

static bool has_received(uint64_t wanted, const Session *session) { return session->received >= wanted; }

static bool has_held(uint64_t wanted, const Session *session) {
  (void)session;
  return (uint64_t)(held_count + stuck_count) >= wanted;
}

static int entries_of(const char *folder) {
  DIR *opened = opendir(folder);
  if (opened == NULL) return -1;
  int count = 0;
  for (struct dirent *entry = readdir(opened); entry != NULL; entry = readdir(opened)) count += entry->d_name[0] != '.';
  closedir(opened);
  return count;
}

static long resident_kib(void) {
  long size = 0, resident = 0;
  FILE *file = fopen("/proc/self/statm", "r");
  if (file == NULL || fscanf(file, "%ld %ld", &size, &resident) != 2) resident = -1;
  if (file != NULL) fclose(file);
  return resident * (sysconf(_SC_PAGESIZE) / 1024);
}

static void print_facts(const Session *session) {
  int descriptors = entries_of("/proc/self/fd"), threads = entries_of("/proc/self/task");
  size_t held_bytes = 0;
  pthread_mutex_lock(&lock);
  for (int i = 0; i < held_count; i++) held_bytes += held[i].length;
  printf("{\"ok\":true,\"received\":%llu,\"hash\":%u,\"held\":%d,\"heldBytes\":%zu,\"threads\":%d,\"descriptors\":%d,"
         "\"residentKiB\":%ld}\n",
         (unsigned long long)session->received, session->hash, held_count, held_bytes, threads, descriptors, resident_kib());
  pthread_mutex_unlock(&lock);
}

static void set_writes(const char *how) {
  pthread_mutex_lock(&lock);
  const char *const names[] = {"now", "later", "held", "stuck"};
  for (int i = 0; i < 4; i++) {
    if (strcmp(how, names[i]) == 0) writes = (Writes)i;
  }
  pthread_cond_broadcast(&changed);
  pthread_mutex_unlock(&lock);
}

static int cycle(Session *session, long times, uint64_t bytes) {
  int opened = 0;
  uint64_t longest_us = 0;
  for (long i = 0; i < times; i++) {
    if (!connect_session(session)) continue;
    opened++;
    push(session, bytes, 700, &longest_us);
    disconnect_session(session);
  }
  return opened;
}

static bool interrupt(Session *session, long times) {
  uint64_t longest_us = 0;
  bool all_came = true;
  for (long i = 0; i < times && all_came; i++) {
    all_came = connect_session(session) && push(session, 1, 1, &longest_us) && await(has_received, 1, session);
    disconnect_session(session);
  }
  return all_came;
}

static volatile bool is_storming;

static void *push_all_the_time(void *argument) {
  Session *session = argument;
  static uint8_t bytes[1600];
  while (__atomic_load_n(&is_storming, __ATOMIC_RELAXED)) push_static(session, bytes, sizeof(bytes));
  return NULL;
}

/* Events and bytes come on two threads. */
static void storm(Session *session, long times) {
  pthread_t pusher;
  connect_session(session);
  __atomic_store_n(&is_storming, true, __ATOMIC_RELAXED);
  if (pthread_create(&pusher, NULL, push_all_the_time, session) != 0) fail("no thread");
  for (long i = 0; i < times; i++) {
    init_event(session, CHANNEL_EVENT_DISCONNECTED);
    init_event(session, CHANNEL_EVENT_CONNECTED);
  }
  __atomic_store_n(&is_storming, false, __ATOMIC_RELAXED);
  pthread_join(pusher, NULL);
  disconnect_session(session);
}

static bool begin_session(void) {
  if (session_count == SESSIONS) fail("too many sessions");
  Session *session = &sessions[session_count];
  session->handle = (uint32_t)session_count + 1;
  session->hash = 2166136261u;
  beginning = session;
  bool has_begun = begin(session);
  if (has_begun) session_count++;
  return has_begun;
}

static void answer(bool ok) { printf("{\"ok\":%s}\n", ok ? "true" : "false"); }

static void obey(const char *line) {
  char verb[16] = "", word[16] = "";
  long a = 0, b = 0, c = 0;
  if (sscanf(line, "%15s", verb) != 1) return;
  if (strcmp(verb, "begin") == 0) {
    answer(begin_session());
    return;
  }
  if (strcmp(verb, "writes") == 0 && sscanf(line, "%*s %15s", word) == 1) {
    set_writes(word);
    answer(true);
    return;
  }
  if (strcmp(verb, "complete") == 0 || strcmp(verb, "cancel") == 0) {
    uint32_t event = *verb == 'c' && verb[1] == 'o' ? CHANNEL_EVENT_WRITE_COMPLETE : CHANNEL_EVENT_WRITE_CANCELLED;
    printf("{\"ok\":true,\"count\":%d}\n", complete_held(event));
    return;
  }
  if (strcmp(verb, "unload") == 0) {
    answer(dlclose(library) == 0);
    return;
  }
  if (sscanf(line, "%*s %ld %ld %ld", &a, &b, &c) < 1) fail(line);
  if (strcmp(verb, "await-held") == 0) {
    answer(await(has_held, (uint64_t)a, NULL));
    return;
  }
  if (a < 0 || a >= session_count) fail("no such session");
  Session *session = &sessions[a];
  uint64_t longest_us = 0;
  if (strcmp(verb, "connect") == 0) answer(connect_session(session));
  else if (strcmp(verb, "disconnect") == 0) disconnect_session(session), answer(true);
  else if (strcmp(verb, "terminate") == 0) terminate_session(session), answer(true);
  else if (strcmp(verb, "push") == 0 && c > 0 && c <= CHUNK_BYTES) {
    bool ok = push(session, (uint64_t)b, (size_t)c, &longest_us);
    printf("{\"ok\":%s,\"longestUs\":%llu}\n", ok ? "true" : "false", (unsigned long long)longest_us);
  } else if (strcmp(verb, "await") == 0) answer(await(has_received, (uint64_t)b, session));
  else if (strcmp(verb, "facts") == 0) print_facts(session);
  else if (strcmp(verb, "cycle") == 0) printf("{\"ok\":true,\"opened\":%d}\n", cycle(session, b, (uint64_t)c));
  else if (strcmp(verb, "interrupt") == 0) answer(interrupt(session, b));
  else if (strcmp(verb, "storm") == 0) storm(session, b), answer(true);
  else fail(line);
}

int main(int count, char **words) {
  char line[128];
  pthread_t completer;
  if (count != 3) fail("host LIBRARY static|dynamic");
  library = dlopen(words[1], RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) fail(dlerror());
  is_dynamic = strcmp(words[2], "dynamic") == 0;
  if (pthread_create(&completer, NULL, complete_later, NULL) != 0) fail("no thread");
  setvbuf(stdout, NULL, _IOLBF, 0);
  while (fgets(line, sizeof(line), stdin) != NULL) obey(line);
  return 0;
}

/*
 * Stands in for the libraries of remoting vendors: their calls, with what their documents say of them, over a unix socket.
 * One of WTS, VDP or WF is defined, and says whose names the calls have. Errors go to errno, where Windows has GetLastError.
 */
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#if defined(WTS)
#define NAME(call) WTS##call
#elif defined(VDP)
#define NAME(call) VDP_##call
#else
#define NAME(call) WF##call
#endif

/* Windows' numbers. */
enum { FILE_NOT_FOUND = 2, ACCESS_DENIED = 5, INVALID_HANDLE = 6, INVALID_PARAMETER = 87, BROKEN_PIPE = 109, MORE_DATA = 234 };
enum { WAIT_TIMED_OUT = 258, IO_INCOMPLETE = 996 };
enum { CHUNK = 1600, HEADER = 8, FIRST = 1, LAST = 2, DYNAMIC = 1, CURRENT_SESSION = -1 };
/* A dynamic channel of RDP splits what is written at this. */
enum { DYNAMIC_PART = 1590, CITRIX_PACKET = 5000, CITRIX_DATA = 4996, MESSAGE = 65536, CHANNELS = 4096, STATIC_NAME = 7 };

/* What a test may ask for. */
enum {
  REFUSE_DYNAMIC = 1,
  REFUSE_STATIC = 2,
  /* A read that finds nothing says so by 0 bytes, as xrdp's does. */
  NOTHING_IS_DONE = 4,
  /* A write takes 100 bytes at most, and none where the pipe is full, instead of waiting. */
  WRITE_PARTS = 8,
  /* A header announces less than comes with it. */
  WRONG_HEADER = 16,
};

typedef struct {
  int fd;
  int dynamic;
  atomic_int open;
  atomic_int under;
  unsigned char *message;
  size_t length, at;
} channel;

static channel channels[CHANNELS];
static atomic_int opened, closed, overlaps, misuses, discarded;
static atomic_int wishes;
static char place[100];
static pthread_mutex_t opening = PTHREAD_MUTEX_INITIALIZER;

void vendor_configure(const char *path, int wanted) {
  strncpy(place, path, sizeof place - 1);
  atomic_store(&wishes, wanted);
}

int vendor_count(int which) {
  atomic_int *const counts[] = {&opened, &closed, &overlaps, &misuses, &discarded};
  return which < 0 || which > 4 ? -1 : atomic_load(counts[which]);
}

static int wished(int wish) { return (atomic_load(&wishes) & wish) != 0; }

static int fail(int error) {
  errno = error;
  return 0;
}

/* Every call but the first begins with this and ends with leave. */
static channel *enter(void *handle) {
  channel *it = handle;
  if (it < channels || it >= channels + CHANNELS || !atomic_load(&it->open)) {
    atomic_fetch_add(&misuses, 1);
    return NULL;
  }
  if (atomic_fetch_add(&it->under, 1) > 0) atomic_fetch_add(&overlaps, 1);
  return it;
}

static int leave(channel *it, int result) {
  int error = errno;
  atomic_fetch_sub(&it->under, 1);
  errno = error;
  return result;
}

static int say_all(int fd, const char *text) {
  size_t length = strlen(text);
  return send(fd, text, length, MSG_NOSIGNAL) == (ssize_t)length;
}

static void *open_channel(int session, const char *name, int flags) {
  int dynamic = (flags & DYNAMIC) != 0;
  if (session != CURRENT_SESSION || (!dynamic && strlen(name) > STATIC_NAME)) {
    atomic_fetch_add(&misuses, 1);
    fail(INVALID_PARAMETER);
    return NULL;
  }
  if (wished(dynamic ? REFUSE_DYNAMIC : REFUSE_STATIC)) {
    fail(ACCESS_DENIED);
    return NULL;
  }
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  strncpy(address.sun_path, place, sizeof address.sun_path - 1);
  int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return NULL;
  char greeting[300] = {0};
  strcpy(greeting, dynamic ? "dynamic " : "static ");
  strncat(greeting, name, 250);
  strcat(greeting, "\n");
  if (connect(fd, (struct sockaddr *)&address, sizeof address) != 0 || !say_all(fd, greeting)) {
    close(fd);
    fail(FILE_NOT_FOUND);
    return NULL;
  }
  pthread_mutex_lock(&opening);
  int slot = atomic_fetch_add(&opened, 1);
  pthread_mutex_unlock(&opening);
  if (slot >= CHANNELS) {
    close(fd);
    return NULL;
  }
  channel *it = &channels[slot];
  it->fd = fd;
  it->dynamic = dynamic;
  it->message = dynamic ? malloc(MESSAGE) : NULL;
  atomic_store(&it->open, 1);
  return it;
}

#if defined(WF)
void *WFVirtualChannelOpen(void *server, uint32_t session, const char *name) {
  if (server != NULL) atomic_fetch_add(&misuses, 1);
  return open_channel((int)session, name, 0);
}
#else
void *NAME(VirtualChannelOpenEx)(uint32_t session, const char *name, uint32_t flags) {
  return open_channel((int)session, name, (int)flags);
}
#endif

/* 1: bytes are there, or the end. */
static int wait_for_bytes(channel *it, uint32_t ms) {
  struct pollfd waiting = {.fd = it->fd, .events = POLLIN};
  return poll(&waiting, 1, (int)ms) > 0;
}

/* What the client's plugin wrote at once is a message; each read gets a part of it, with a header. */
static int read_dynamic(channel *it, unsigned char *room, uint32_t *count) {
  if (it->at == it->length) {
    ssize_t got = recv(it->fd, it->message, MESSAGE, 0);
    if (got <= 0) return fail(BROKEN_PIPE);
    it->length = (size_t)got;
    it->at = 0;
  }
  size_t part = it->length - it->at < DYNAMIC_PART ? it->length - it->at : DYNAMIC_PART;
  uint32_t flags = (it->at == 0 ? FIRST : 0) | (it->at + part == it->length ? LAST : 0);
  uint32_t length = (uint32_t)it->length - (wished(WRONG_HEADER) ? 1 : 0);
  memcpy(room, &length, 4);
  memcpy(room + 4, &flags, 4);
  memcpy(room + HEADER, it->message + it->at, part);
  it->at += part;
  *count = (uint32_t)part + HEADER;
  return 1;
}

static int read_static(channel *it, unsigned char *room, uint32_t size, uint32_t *count) {
#if defined(WF)
  unsigned char packet[CITRIX_DATA];
  ssize_t got = recv(it->fd, packet, sizeof packet, 0);
  if (got <= 0) return fail(BROKEN_PIPE);
  if ((uint32_t)got > size) {
    atomic_fetch_add(&discarded, 1);
    return fail(MORE_DATA);
  }
  memcpy(room, packet, (size_t)got);
#else
  ssize_t got = recv(it->fd, room, size < CHUNK ? size : CHUNK, 0);
  if (got <= 0) return fail(BROKEN_PIPE);
#endif
  *count = (uint32_t)got;
  return 1;
}

int NAME(VirtualChannelRead)(void *handle, uint32_t ms, unsigned char *room, uint32_t size, uint32_t *count) {
  channel *it = enter(handle);
  if (it == NULL) return fail(INVALID_HANDLE);
  if (size < CHUNK + HEADER) {
    atomic_fetch_add(&misuses, 1);
    return leave(it, fail(INVALID_PARAMETER));
  }
  int is_within = it->dynamic && it->at < it->length;
  if (!is_within && !wait_for_bytes(it, ms)) {
    if (wished(NOTHING_IS_DONE)) {
      *count = 0;
      return leave(it, 1);
    }
#if defined(WF)
    return leave(it, fail(WAIT_TIMED_OUT));
#else
    return leave(it, fail(IO_INCOMPLETE));
#endif
  }
  return leave(it, it->dynamic ? read_dynamic(it, room, count) : read_static(it, room, size, count));
}

int NAME(VirtualChannelWrite)(void *handle, const unsigned char *bytes, uint32_t size, uint32_t *count) {
  channel *it = enter(handle);
  if (it == NULL) return fail(INVALID_HANDLE);
#if defined(WF)
  if (size > CITRIX_DATA) {
    atomic_fetch_add(&misuses, 1);
    return leave(it, fail(INVALID_PARAMETER));
  }
#endif
  int in_parts = wished(WRITE_PARTS);
  uint32_t wanted = in_parts && size > 100 ? 100 : size, done = 0;
  while (done < wanted) {
    ssize_t sent = send(it->fd, bytes + done, wanted - done, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent > 0) {
      done += (uint32_t)sent;
    } else if (errno == EAGAIN) {
      if (in_parts) break;
      struct pollfd waiting = {.fd = it->fd, .events = POLLOUT};
      poll(&waiting, 1, -1);
    } else {
      return leave(it, fail(BROKEN_PIPE));
    }
  }
  *count = done;
  return leave(it, 1);
}

int NAME(VirtualChannelQuery)(void *handle, int kind, void **answer, uint32_t *count) {
  channel *it = enter(handle);
  if (it == NULL) return fail(INVALID_HANDLE);
#if !defined(WF)
  if (kind == 1) {
    int *fd = malloc(sizeof *fd);
    *fd = it->fd;
    *answer = fd;
    *count = sizeof *fd;
    return leave(it, 1);
  }
#endif
  return leave(it, fail(INVALID_PARAMETER));
}

void NAME(FreeMemory)(void *memory) { free(memory); }

int NAME(VirtualChannelClose)(void *handle) {
  channel *it = enter(handle);
  if (it == NULL) return fail(INVALID_HANDLE);
  atomic_store(&it->open, 0);
  close(it->fd);
  free(it->message);
  atomic_fetch_add(&closed, 1);
  return leave(it, 1);
}

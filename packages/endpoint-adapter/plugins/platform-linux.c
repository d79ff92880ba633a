#define _GNU_SOURCE
#include "platform.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

void lock_make(Lock *lock) { pthread_mutex_init(lock, NULL); }
void lock_take(Lock *lock) { pthread_mutex_lock(lock); }
void lock_give(Lock *lock) { pthread_mutex_unlock(lock); }
void lock_destroy(Lock *lock) { pthread_mutex_destroy(lock); }

bool condition_make(Condition *condition) {
  pthread_condattr_t monotonic;
  if (pthread_condattr_init(&monotonic) != 0) return false;
  bool made = pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC) == 0 && pthread_cond_init(condition, &monotonic) == 0;
  pthread_condattr_destroy(&monotonic);
  return made;
}

bool condition_wait(Condition *condition, Lock *lock, unsigned milliseconds) {
  const long second_ns = 1000 * 1000 * 1000;
  struct timespec until;
  clock_gettime(CLOCK_MONOTONIC, &until);
  until.tv_sec += milliseconds / 1000;
  until.tv_nsec += (long)(milliseconds % 1000) * 1000 * 1000;
  if (until.tv_nsec >= second_ns) {
    until.tv_sec++;
    until.tv_nsec -= second_ns;
  }
  return pthread_cond_timedwait(condition, lock, &until) == 0;
}

void condition_signal(Condition *condition) { pthread_cond_signal(condition); }
void condition_destroy(Condition *condition) { pthread_cond_destroy(condition); }

typedef struct {
  void (*run)(void *argument);
  void *argument;
} ThreadTask;

static void *run_task(void *task) {
  ThreadTask copy = *(ThreadTask *)task;
  free(task);
  copy.run(copy.argument);
  return NULL;
}

/* The library is linked with -z nodelete, so it stays anyway. The client's signals are none of our thread's business. */
bool thread_start(Thread *thread, void (*run)(void *argument), void *argument) {
  ThreadTask *task = malloc(sizeof(*task));
  if (task == NULL) return false;
  *task = (ThreadTask){.run = run, .argument = argument};
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  bool started = pthread_create(thread, NULL, run_task, task) == 0;
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  if (!started) free(task);
  return started;
}

uintptr_t thread_self(void) { return (uintptr_t)pthread_self(); }

void thread_forget(Thread thread, bool has_ended) {
  if (has_ended) pthread_join(thread, NULL);
  else pthread_detach(thread);
}

static const char *setting(const char *name) {
  const char *value = getenv(name);
  return value != NULL && *value != 0 ? value : NULL;
}

static const char *temporary_folder(void) {
  const char *const names[] = {"TMPDIR", "TMP", "TEMP"};
  for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
    if (setting(names[i]) != NULL) return setting(names[i]);
  }
  return "/tmp";
}

/* The rule of packages/shared/src/paths.ts. */
static int write_path(char *path, size_t room) {
  const char *own = setting("THINLINE_RUNTIME_DIR"), *runtime = setting("XDG_RUNTIME_DIR");
  if (own != NULL) return snprintf(path, room, "%s/plugin.sock", own);
  if (runtime != NULL) return snprintf(path, room, "%s/thinline/plugin.sock", runtime);
  return snprintf(path, room, "%s/thinline-%lu/plugin.sock", temporary_folder(), (unsigned long)geteuid());
}

bool line_make(Line *line) {
  const size_t room = sizeof(line->address.sun_path);
  memset(line, 0, sizeof(*line));
  line->socket = -1;
  line->address.sun_family = AF_UNIX;
  int length = write_path(line->address.sun_path, room);
  if (length < 0 || (size_t)length >= room) line->address.sun_path[0] = 0;
  line->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  return line->wake >= 0;
}

/* The folder below /tmp could be somebody else's, who made it first. */
static bool is_of_this_user(int socket) {
  struct ucred peer;
  socklen_t length = sizeof(peer);
  return getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &length) == 0 && peer.uid == geteuid();
}

bool line_connect(Line *line) {
  if (line->address.sun_path[0] == 0) return false;
  line->socket = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (line->socket < 0) return false;
  /* Local sockets connect at once or not at all. */
  if (connect(line->socket, (const struct sockaddr *)&line->address, sizeof(line->address)) == 0 &&
      is_of_this_user(line->socket)) {
    return true;
  }
  line_disconnect(line);
  return false;
}

static ptrdiff_t result(ssize_t count) {
  if (count > 0) return count;
  return count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR) ? 0 : -1;
}

ptrdiff_t line_read(Line *line, uint8_t *bytes, size_t room) { return result(recv(line->socket, bytes, room, 0)); }

ptrdiff_t line_write(Line *line, const uint8_t *bytes, size_t length) {
  return result(send(line->socket, bytes, length, MSG_NOSIGNAL));
}

bool line_wait(Line *line, bool to_read, bool to_write, int milliseconds) {
  const short events = (short)((to_read ? POLLIN : 0) | (to_write ? POLLOUT : 0));
  /* An end of the connection would be reported whatever is asked for, again and again. */
  struct pollfd waited[] = {
      {.fd = line->wake, .events = POLLIN},
      {.fd = events == 0 ? -1 : line->socket, .events = events},
  };
  int ready = poll(waited, 2, milliseconds);
  uint64_t count;
  if (ready > 0 && waited[0].revents != 0 && read(line->wake, &count, sizeof(count)) < 0) return true;
  return ready != 0;
}

void line_wake(Line *line) {
  const uint64_t one = 1;
  /* It fails only when the thread is woken already. */
  if (write(line->wake, &one, sizeof(one)) < 0) return;
}

void line_disconnect(Line *line) {
  if (line->socket >= 0) close(line->socket);
  line->socket = -1;
}

void line_destroy(Line *line) {
  line_disconnect(line);
  if (line->wake >= 0) close(line->wake);
  line->wake = -1;
}

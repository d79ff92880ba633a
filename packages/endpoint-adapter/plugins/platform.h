/* What the relay needs of the system: a lock, a thread, and the way to the adapter (platform-linux.c, platform-windows.c). */
#ifndef THINLINE_PLATFORM_H
#define THINLINE_PLATFORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef _WIN32
#include <windows.h>

typedef SRWLOCK Lock;
#define LOCK_INITIAL SRWLOCK_INIT
typedef CONDITION_VARIABLE Condition;
typedef HANDLE Thread;

enum { LINE_BUFFER_BYTES = 16 * 1024, LINE_NAME_UNITS = 320 };

/* A named pipe tells when an operation is done, not when one is possible: there is a buffer for the one under way. */
typedef struct {
  OVERLAPPED overlapped; /* with its event */
  bool is_under_way;
  DWORD start, length; /* of what was read and not taken */
  uint8_t bytes[LINE_BUFFER_BYTES];
} LineOperation;

typedef struct {
  wchar_t name[LINE_NAME_UNITS];
  HANDLE pipe;
  HANDLE wake;
  LineOperation reading, writing;
} Line;
#else
#include <pthread.h>
#include <sys/un.h>

typedef pthread_mutex_t Lock;
#define LOCK_INITIAL PTHREAD_MUTEX_INITIALIZER
typedef pthread_cond_t Condition;
typedef pthread_t Thread;

typedef struct {
  struct sockaddr_un address; /* an empty path: it was too long */
  int socket;
  int wake;
} Line;
#endif

/* Never fails. */
void lock_make(Lock *lock);
void lock_take(Lock *lock);
void lock_give(Lock *lock);
void lock_destroy(Lock *lock);

bool condition_make(Condition *condition);
/* Gives the lock back meanwhile. False: the time is over. */
bool condition_wait(Condition *condition, Lock *lock, unsigned milliseconds);
void condition_signal(Condition *condition);
void condition_destroy(Condition *condition);

/* The library stays in memory as long as the thread runs. */
bool thread_start(Thread *thread, void (*run)(void *argument), void *argument);
/* Tells threads apart. */
uintptr_t thread_self(void);
/* Gives the handle back; waits for the end of a thread that `has_ended` all but its last instructions. */
void thread_forget(Thread thread, bool has_ended);

/* The way to the adapter's plugin socket. Of one thread, but for line_wake(); only line_wait() waits. */
bool line_make(Line *line);
/* False: nobody is there, or somebody else than this user. */
bool line_connect(Line *line);
/* How many bytes; 0: none just now, -1: the adapter is gone. */
ptrdiff_t line_read(Line *line, uint8_t *bytes, size_t room);
ptrdiff_t line_write(Line *line, const uint8_t *bytes, size_t length);
/* Until it can be read or written, as asked, or line_wake(); a negative time has no end. False: the time is over. */
bool line_wait(Line *line, bool to_read, bool to_write, int milliseconds);
void line_wake(Line *line);
void line_disconnect(Line *line);
void line_destroy(Line *line);

#endif

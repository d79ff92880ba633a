#include "platform.h"

#include <stdlib.h>
#include <string.h>

void lock_make(Lock *lock) { InitializeSRWLock(lock); }
void lock_take(Lock *lock) { AcquireSRWLockExclusive(lock); }
void lock_give(Lock *lock) { ReleaseSRWLockExclusive(lock); }
void lock_destroy(Lock *lock) { (void)lock; }

bool condition_make(Condition *condition) {
  InitializeConditionVariable(condition);
  return true;
}

bool condition_wait(Condition *condition, Lock *lock, unsigned milliseconds) {
  return SleepConditionVariableSRW(condition, lock, milliseconds, 0);
}

void condition_signal(Condition *condition) { WakeConditionVariable(condition); }
void condition_destroy(Condition *condition) { (void)condition; }

typedef struct {
  void (*run)(void *argument);
  void *argument;
  HMODULE library;
} ThreadTask;

static DWORD WINAPI run_task(void *task) {
  ThreadTask copy = *(ThreadTask *)task;
  free(task);
  copy.run(copy.argument);
  FreeLibraryAndExitThread(copy.library, 0);
}

/* Each thread holds the library, which a client may let go at any time. */
static bool hold_library(HMODULE *library) {
  static const char inside;
  return GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS, (LPCWSTR)(const void *)&inside, library);
}

bool thread_start(Thread *thread, void (*run)(void *argument), void *argument) {
  ThreadTask *task = malloc(sizeof(*task));
  if (task == NULL) return false;
  *task = (ThreadTask){.run = run, .argument = argument};
  if (hold_library(&task->library)) {
    *thread = CreateThread(NULL, 0, run_task, task, 0, NULL);
    if (*thread != NULL) return true;
    FreeLibrary(task->library);
  }
  free(task);
  return false;
}

uintptr_t thread_self(void) { return GetCurrentThreadId(); }

/* To wait would need the loader's lock, which the client's thread has perhaps. */
void thread_forget(Thread thread, bool has_ended) {
  (void)has_ended;
  CloseHandle(thread);
}

/* The rule of packages/shared/src/paths.ts. */
static bool write_name(wchar_t *name, DWORD room) {
  static const wchar_t before[] = L"\\\\.\\pipe\\thinline-", after[] = L"-plugin";
  const DWORD start = sizeof(before) / sizeof(before[0]) - 1, end = sizeof(after) / sizeof(after[0]);
  DWORD length = room - start - end;
  memcpy(name, before, sizeof(before));
  if (!GetUserNameW(name + start, &length)) return false;
  memcpy(name + wcslen(name), after, sizeof(after));
  return true;
}

bool line_make(Line *line) {
  memset(line, 0, sizeof(*line));
  line->pipe = INVALID_HANDLE_VALUE;
  line->wake = CreateEventW(NULL, FALSE, FALSE, NULL);
  line->reading.overlapped.hEvent = CreateEventW(NULL, TRUE, FALSE, NULL);
  line->writing.overlapped.hEvent = CreateEventW(NULL, TRUE, FALSE, NULL);
  bool has_events =
      line->wake != NULL && line->reading.overlapped.hEvent != NULL && line->writing.overlapped.hEvent != NULL;
  if (has_events && write_name(line->name, LINE_NAME_UNITS)) return true;
  line_destroy(line);
  return false;
}

/* SIDs have at most 68 bytes. */
typedef union {
  TOKEN_USER user;
  uint8_t room[sizeof(TOKEN_USER) + 68];
} User;

static bool user_of(HANDLE process, User *user) {
  HANDLE token;
  DWORD length;
  if (!OpenProcessToken(process, TOKEN_QUERY, &token)) return false;
  bool known = GetTokenInformation(token, TokenUser, user, sizeof(*user), &length);
  CloseHandle(token);
  return known;
}

/* Anybody can make a pipe of this name first. */
static bool is_of_this_user(HANDLE pipe) {
  ULONG id;
  User server, own;
  if (!GetNamedPipeServerProcessId(pipe, &id)) return false;
  HANDLE process = OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, FALSE, id);
  if (process == NULL) return false;
  bool is_known = user_of(process, &server) && user_of(GetCurrentProcess(), &own);
  CloseHandle(process);
  return is_known && EqualSid(server.user.User.Sid, own.user.User.Sid);
}

/* Whoever serves the pipe may learn who we are, and no more. */
bool line_connect(Line *line) {
  const DWORD flags = FILE_FLAG_OVERLAPPED | SECURITY_SQOS_PRESENT | SECURITY_IDENTIFICATION;
  line->pipe = CreateFileW(line->name, GENERIC_READ | GENERIC_WRITE, 0, NULL, OPEN_EXISTING, flags, NULL);
  if (line->pipe == INVALID_HANDLE_VALUE) return false;
  if (is_of_this_user(line->pipe)) return true;
  line_disconnect(line);
  return false;
}

/* 1: done, 0: under way, -1: the adapter is gone. */
static int finish(Line *line, LineOperation *operation, DWORD *count) {
  if (GetOverlappedResult(line->pipe, &operation->overlapped, count, FALSE)) {
    operation->is_under_way = false;
    return 1;
  }
  if (GetLastError() == ERROR_IO_INCOMPLETE) return 0;
  operation->is_under_way = false;
  return -1;
}

static bool begin(LineOperation *operation, BOOL has_begun) {
  operation->is_under_way = has_begun || GetLastError() == ERROR_IO_PENDING;
  return operation->is_under_way;
}

/* 1: there is something in its buffer. */
static int fill(Line *line) {
  LineOperation *reading = &line->reading;
  while (reading->length == 0) {
    if (!reading->is_under_way &&
        !begin(reading, ReadFile(line->pipe, reading->bytes, LINE_BUFFER_BYTES, NULL, &reading->overlapped))) {
      return -1;
    }
    DWORD count;
    int state = finish(line, reading, &count);
    if (state != 1) return state;
    reading->start = 0;
    reading->length = count;
  }
  return 1;
}

ptrdiff_t line_read(Line *line, uint8_t *bytes, size_t room) {
  LineOperation *reading = &line->reading;
  int state = fill(line);
  if (state != 1) return state;
  DWORD count = reading->length < room ? reading->length : (DWORD)room;
  memcpy(bytes, reading->bytes + reading->start, count);
  reading->start += count;
  reading->length -= count;
  return count;
}

ptrdiff_t line_write(Line *line, const uint8_t *bytes, size_t length) {
  LineOperation *writing = &line->writing;
  if (writing->is_under_way) {
    DWORD count;
    int state = finish(line, writing, &count);
    if (state != 1) return state;
    if (count != writing->length) return -1;
  }
  writing->length = length < LINE_BUFFER_BYTES ? (DWORD)length : LINE_BUFFER_BYTES;
  memcpy(writing->bytes, bytes, writing->length);
  BOOL has_begun = WriteFile(line->pipe, writing->bytes, writing->length, NULL, &writing->overlapped);
  return begin(writing, has_begun) ? (ptrdiff_t)writing->length : -1;
}

bool line_wait(Line *line, bool to_read, bool to_write, int milliseconds) {
  HANDLE waited[3] = {line->wake};
  DWORD count = 1;
  if (to_read && line->reading.is_under_way) waited[count++] = line->reading.overlapped.hEvent;
  if (to_write && line->writing.is_under_way) waited[count++] = line->writing.overlapped.hEvent;
  return WaitForMultipleObjects(count, waited, FALSE, milliseconds < 0 ? INFINITE : (DWORD)milliseconds) != WAIT_TIMEOUT;
}

void line_wake(Line *line) { SetEvent(line->wake); }

/* Its memory is the system's until it has ended. */
static void cancel(Line *line, LineOperation *operation) {
  DWORD count;
  if (operation->is_under_way) {
    CancelIoEx(line->pipe, &operation->overlapped);
    GetOverlappedResult(line->pipe, &operation->overlapped, &count, TRUE);
  }
  operation->is_under_way = false;
  operation->start = operation->length = 0;
}

void line_disconnect(Line *line) {
  if (line->pipe == INVALID_HANDLE_VALUE) return;
  cancel(line, &line->reading);
  cancel(line, &line->writing);
  CloseHandle(line->pipe);
  line->pipe = INVALID_HANDLE_VALUE;
}

void line_destroy(Line *line) {
  line_disconnect(line);
  HANDLE events[] = {line->wake, line->reading.overlapped.hEvent, line->writing.overlapped.hEvent};
  for (size_t i = 0; i < sizeof(events) / sizeof(events[0]); i++) {
    if (events[i] != NULL) CloseHandle(events[i]);
  }
}

/*
 * Stands in for iphlpapi.dll and kernel32.dll: the calls of Windows that say whose a TCP connection is, with what
 * Microsoft's documents say of them. In each table are 200 connections from ports of 127.0.0.1 or ::1 to port 8000.
 */
#include <stdint.h>
#include <string.h>
#include <unistd.h>

enum { INSUFFICIENT_BUFFER = 122, INVALID_PARAMETER = 87 };
enum { INET = 2, INET6 = 23, CONNECTIONS_WITH_PROCESS = 4, ESTABLISHED = 5 };
enum { ROWS = 200, SERVER = 8000 };

struct row {
  uint32_t state, near, near_port, far, far_port, process;
};

struct row6 {
  uint8_t near[16];
  uint32_t near_scope, near_port;
  uint8_t far[16];
  uint32_t far_scope, far_port, state, process;
};

static uint32_t network_order(uint32_t port) { return (port >> 8 & 0xff) | (port & 0xff) << 8; }

/* Port …1 is of a process of our session, …2 of another's, …3 of one that has ended. */
static uint32_t process_of(uint32_t port) { return port % 10 == 1 ? (uint32_t)getpid() : 0x70000000u + port % 10; }

uint32_t GetExtendedTcpTable(uint8_t *table, uint32_t *size, int sorted, uint32_t family, int what, uint32_t reserved) {
  static uint32_t asked;
  uint32_t row_bytes = family == INET ? sizeof(struct row) : sizeof(struct row6);
  (void)sorted;
  if ((family != INET && family != INET6) || what != CONNECTIONS_WITH_PROCESS || reserved != 0) return INVALID_PARAMETER;
  /* The size that it names at first is too small by the time of the next question. */
  uint32_t needed = 4 + ROWS * row_bytes;
  if (*size < needed) {
    *size = asked++ == 0 ? 100 : needed;
    return INSUFFICIENT_BUFFER;
  }
  *size = needed;
  uint32_t rows = ROWS;
  memcpy(table, &rows, 4);
  for (uint32_t at = 0; at < ROWS; at++) {
    if (family == INET) {
      uint32_t port = 50000 + at;
      struct row it = {ESTABLISHED, 0x0100007f, network_order(port), 0x0100007f, network_order(SERVER), process_of(port)};
      memcpy(table + 4 + at * row_bytes, &it, row_bytes);
    } else {
      uint32_t port = 51000 + at;
      struct row6 it = {.near_port = network_order(port), .far_port = network_order(SERVER), .state = ESTABLISHED};
      it.near[15] = it.far[15] = 1;
      it.process = process_of(port);
      memcpy(table + 4 + at * row_bytes, &it, row_bytes);
    }
  }
  return 0;
}

int ProcessIdToSessionId(uint32_t process, uint32_t *session) {
  if (process == 0x70000003u) return 0;
  *session = process == (uint32_t)getpid() ? 7 : 8;
  return 1;
}

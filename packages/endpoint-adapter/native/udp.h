/*
 * UDP sockets that are read when it suits us, as the engine does every 10 ms: nothing wakes up for a datagram, and nothing is
 * allocated for one. src/media/beat-sockets.ts is the JavaScript side.
 *
 *   udpOpen(address, port)                 a handle, bound there; port 0: any. Throws an Error that names the system's reason
 *   udpPort(handle)                        where it is bound
 *   udpReceive(handle, datagram, facts)    the length of the next datagram, -1 when there is none. It is cut where `datagram`
 *                                          ends. facts: the sender's port; when it came, as the lower 32 bits of libuv's
 *                                          microseconds; 1 when its address is another one than that of the datagram before
 *   udpSender(handle)                      the address that the last datagram came from
 *   udpSend(handle, datagram, offset, length, port, address)  0, or the system's number of an error. A full buffer is none: the
 *                                          datagram is lost, as it could be anywhere else
 *   udpMark(handle, dscp)                  whether the system marks from now on what is sent
 *   udpClose(handle)                       forgotten handles are closed too
 *
 * POSIX only; elsewhere UDP_FUNCTIONS is empty.
 */
#ifndef THINLINE_UDP_H
#define THINLINE_UDP_H

#ifdef _WIN32
#define UDP_FUNCTIONS
#else
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <netinet/in.h>
#include <node_api.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

/* glibc keeps it from strict C; on Linux it is the same number. */
#if defined(__linux__) && !defined(SCM_TIMESTAMP)
#define SCM_TIMESTAMP SO_TIMESTAMP
#endif

enum { UDP_ADDRESS_BYTES = INET6_ADDRSTRLEN + 1 + IF_NAMESIZE };
enum { UDP_FACT_PORT, UDP_FACT_CAME_AT, UDP_FACT_OTHER_SENDER, UDP_FACTS };

/* libuv's, which Node exports: nanoseconds, the clock of performance.now(). */
uint64_t uv_hrtime(void);

typedef union {
  struct sockaddr any;
  struct sockaddr_in v4;
  struct sockaddr_in6 v6;
} UdpPlace;

typedef struct {
  int descriptor; /* -1: closed */
  int family;
  UdpPlace sender; /* of the last datagram */
} UdpSocket;

static napi_value udp_number(napi_env env, int32_t value) {
  napi_value result = NULL;
  napi_create_int32(env, value, &result);
  return result;
}

static napi_value udp_fail(napi_env env, const char *message) {
  napi_throw_error(env, NULL, message);
  return NULL;
}

static UdpSocket *udp_socket_of(napi_env env, napi_value handle) {
  void *data = NULL;
  return napi_get_value_external(env, handle, &data) == napi_ok ? data : NULL;
}

static bool udp_bytes(napi_env env, napi_value value, napi_typedarray_type wanted, size_t *length, void **data) {
  napi_typedarray_type type;
  return napi_get_typedarray_info(env, value, &type, length, data, NULL, NULL) == napi_ok && type == wanted;
}

/* From numbers alone, never by asking anybody for a name; a zone after % (RFC 4007 section 11). 0: it is no such address. */
static socklen_t udp_place(napi_env env, napi_value address, napi_value port, int family, UdpPlace *place) {
  char text[UDP_ADDRESS_BYTES];
  size_t length;
  uint32_t number;
  memset(place, 0, sizeof(*place));
  if (napi_get_value_string_utf8(env, address, text, sizeof(text), &length) != napi_ok || strlen(text) != length ||
      napi_get_value_uint32(env, port, &number) != napi_ok || number > 65535) {
    return 0;
  }
  if (family == AF_INET) {
    place->v4.sin_family = AF_INET;
    place->v4.sin_port = htons((uint16_t)number);
    return inet_pton(AF_INET, text, &place->v4.sin_addr) == 1 ? sizeof(place->v4) : 0;
  }
  char *zone = strchr(text, '%');
  if (zone != NULL) *zone++ = 0;
  place->v6.sin6_family = AF_INET6;
  place->v6.sin6_port = htons((uint16_t)number);
  place->v6.sin6_scope_id = zone == NULL ? 0 : if_nametoindex(zone);
  return inet_pton(AF_INET6, text, &place->v6.sin6_addr) == 1 ? sizeof(place->v6) : 0;
}

static void udp_end(UdpSocket *socket) {
  if (socket->descriptor >= 0) close(socket->descriptor);
  socket->descriptor = -1;
}

static void udp_free(napi_env env, void *data, void *hint) {
  (void)env;
  (void)hint;
  udp_end(data);
  free(data);
}

/* False with errno. */
static bool udp_start(UdpSocket *udp, const UdpPlace *place, socklen_t length) {
  const int yes = 1;
  udp->descriptor = socket(udp->family, SOCK_DGRAM, 0);
  if (udp->descriptor < 0) return false;
  return fcntl(udp->descriptor, F_SETFD, FD_CLOEXEC) == 0 && fcntl(udp->descriptor, F_SETFL, O_NONBLOCK) == 0 &&
         setsockopt(udp->descriptor, SOL_SOCKET, SO_TIMESTAMP, &yes, sizeof(yes)) == 0 &&
         bind(udp->descriptor, &place->any, length) == 0;
}

static napi_value udp_open(napi_env env, napi_callback_info info) {
  napi_value arguments[2], handle;
  size_t count = 2;
  UdpPlace place;
  napi_get_cb_info(env, info, &count, arguments, NULL, NULL);
  UdpSocket *socket = calloc(1, sizeof(*socket));
  if (socket == NULL) return udp_fail(env, "out of memory");
  socket->family = AF_INET;
  socket->descriptor = -1;
  socklen_t length = udp_place(env, arguments[0], arguments[1], AF_INET, &place);
  if (length == 0) {
    socket->family = AF_INET6;
    length = udp_place(env, arguments[0], arguments[1], AF_INET6, &place);
  }
  const char *failure = NULL;
  if (length == 0) failure = "udpOpen(address, port) was called with something else";
  else if (!udp_start(socket, &place, length)) failure = strerror(errno);
  else if (napi_create_external(env, socket, udp_free, NULL, &handle) != napi_ok) failure = "out of memory";
  if (failure == NULL) return handle;
  udp_fail(env, failure);
  udp_free(env, socket, NULL);
  return NULL;
}

static napi_value udp_port(napi_env env, napi_callback_info info) {
  napi_value handle;
  size_t count = 1;
  UdpPlace place;
  socklen_t length = sizeof(place);
  napi_get_cb_info(env, info, &count, &handle, NULL, NULL);
  const UdpSocket *socket = udp_socket_of(env, handle);
  if (socket == NULL || getsockname(socket->descriptor, &place.any, &length) != 0) {
    return udp_fail(env, "udpPort() wants the handle of an open socket");
  }
  return udp_number(env, ntohs(socket->family == AF_INET ? place.v4.sin_port : place.v6.sin6_port));
}

/* Microseconds. The clock of the stamps can be set; nothing is older than the time for which a socket is not read. */
static int64_t udp_age(struct msghdr *message) {
  const int64_t longest = 10 * 1000 * 1000;
  for (struct cmsghdr *part = CMSG_FIRSTHDR(message); part != NULL; part = CMSG_NXTHDR(message, part)) {
    if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_TIMESTAMP) continue;
    struct timeval came, now;
    memcpy(&came, CMSG_DATA(part), sizeof(came));
    gettimeofday(&now, NULL);
    int64_t age = (int64_t)(now.tv_sec - came.tv_sec) * 1000000 + (now.tv_usec - came.tv_usec);
    return age < 0 || age > longest ? 0 : age;
  }
  return 0;
}

static bool udp_same_address(const UdpPlace *a, const UdpPlace *b, int family) {
  if (a->any.sa_family != b->any.sa_family) return false;
  if (family == AF_INET) return a->v4.sin_addr.s_addr == b->v4.sin_addr.s_addr;
  return memcmp(&a->v6.sin6_addr, &b->v6.sin6_addr, sizeof(a->v6.sin6_addr)) == 0 &&
         a->v6.sin6_scope_id == b->v6.sin6_scope_id;
}

/* The hot path, every 10 ms: most often there is nothing. */
static napi_value udp_receive(napi_env env, napi_callback_info info) {
  napi_value arguments[3];
  size_t count = 3, room, fact_count;
  void *datagram, *fact_data;
  napi_get_cb_info(env, info, &count, arguments, NULL, NULL);
  UdpSocket *socket = udp_socket_of(env, arguments[0]);
  if (socket == NULL || !udp_bytes(env, arguments[1], napi_uint8_array, &room, &datagram) ||
      !udp_bytes(env, arguments[2], napi_int32_array, &fact_count, &fact_data) || fact_count < UDP_FACTS) {
    return udp_fail(env, "udpReceive(handle, datagram, facts) was called with something else");
  }
  UdpPlace sender;
  union {
    struct cmsghdr aligned;
    char bytes[CMSG_SPACE(sizeof(struct timeval))];
  } control;
  struct iovec part = {.iov_base = datagram, .iov_len = room};
  struct msghdr message = {
      .msg_name = &sender,
      .msg_namelen = sizeof(sender),
      .msg_iov = &part,
      .msg_iovlen = 1,
      .msg_control = &control,
      .msg_controllen = sizeof(control),
  };
  ssize_t length = recvmsg(socket->descriptor, &message, 0);
  if (length < 0) return udp_number(env, -1);
  int32_t *facts = fact_data;
  facts[UDP_FACT_PORT] = ntohs(socket->family == AF_INET ? sender.v4.sin_port : sender.v6.sin6_port);
  /* Both clocks are read right here, so that it doesn't matter when JavaScript goes on. */
  int64_t age = udp_age(&message);
  facts[UDP_FACT_CAME_AT] = (int32_t)(uint32_t)(uv_hrtime() / 1000 - (uint64_t)age);
  facts[UDP_FACT_OTHER_SENDER] = !udp_same_address(&sender, &socket->sender, socket->family);
  socket->sender = sender;
  return udp_number(env, (int32_t)length);
}

static napi_value udp_sender(napi_env env, napi_callback_info info) {
  napi_value handle, address = NULL;
  size_t count = 1;
  char text[UDP_ADDRESS_BYTES] = "", zone[IF_NAMESIZE];
  napi_get_cb_info(env, info, &count, &handle, NULL, NULL);
  const UdpSocket *socket = udp_socket_of(env, handle);
  if (socket == NULL) return udp_fail(env, "udpSender() wants a handle");
  const struct sockaddr_in6 *v6 = &socket->sender.v6;
  if (socket->family == AF_INET) inet_ntop(AF_INET, &socket->sender.v4.sin_addr, text, sizeof(text));
  else inet_ntop(AF_INET6, &v6->sin6_addr, text, sizeof(text));
  if (socket->family == AF_INET6 && v6->sin6_scope_id != 0 && if_indextoname(v6->sin6_scope_id, zone) != NULL) {
    size_t end = strlen(text);
    snprintf(text + end, sizeof(text) - end, "%%%s", zone);
  }
  napi_create_string_utf8(env, text, NAPI_AUTO_LENGTH, &address);
  return address;
}

static napi_value udp_send(napi_env env, napi_callback_info info) {
  napi_value arguments[6];
  size_t count = 6, room;
  void *datagram;
  uint32_t offset, length;
  UdpPlace place;
  napi_get_cb_info(env, info, &count, arguments, NULL, NULL);
  const UdpSocket *socket = udp_socket_of(env, arguments[0]);
  if (socket == NULL || !udp_bytes(env, arguments[1], napi_uint8_array, &room, &datagram) ||
      napi_get_value_uint32(env, arguments[2], &offset) != napi_ok || offset > room ||
      napi_get_value_uint32(env, arguments[3], &length) != napi_ok || length > room - offset) {
    return udp_fail(env, "udpSend(handle, datagram, offset, length, port, address) was called with something else");
  }
  socklen_t place_length = udp_place(env, arguments[5], arguments[4], socket->family, &place);
  if (place_length == 0) return udp_number(env, EINVAL);
  if (sendto(socket->descriptor, (const char *)datagram + offset, length, 0, &place.any, place_length) >= 0) return udp_number(env, 0);
  return udp_number(env, errno == EAGAIN || errno == EWOULDBLOCK || errno == ENOBUFS ? 0 : errno);
}

/* DSCP is the upper six bits, ECN the other two (RFC 3168 section 5). */
static napi_value udp_mark(napi_env env, napi_callback_info info) {
  napi_value arguments[2], result = NULL;
  size_t count = 2;
  int32_t dscp;
  napi_get_cb_info(env, info, &count, arguments, NULL, NULL);
  const UdpSocket *socket = udp_socket_of(env, arguments[0]);
  if (socket == NULL || napi_get_value_int32(env, arguments[1], &dscp) != napi_ok || dscp < 0 || dscp > 63) {
    return udp_fail(env, "udpMark(handle, dscp) was called with something else");
  }
  const bool v4 = socket->family == AF_INET;
  const int mark = dscp << 2;
  bool done = setsockopt(socket->descriptor, v4 ? IPPROTO_IP : IPPROTO_IPV6, v4 ? IP_TOS : IPV6_TCLASS, &mark,
                         sizeof(mark)) == 0;
  napi_get_boolean(env, done, &result);
  return result;
}

static napi_value udp_close(napi_env env, napi_callback_info info) {
  napi_value handle;
  size_t count = 1;
  napi_get_cb_info(env, info, &count, &handle, NULL, NULL);
  UdpSocket *socket = udp_socket_of(env, handle);
  if (socket == NULL) return udp_fail(env, "udpClose() wants a handle");
  udp_end(socket);
  return NULL;
}

/* For the list of what the addon exports. */
#define UDP_FUNCTIONS \
  {"udpOpen", NULL, udp_open, NULL, NULL, NULL, napi_enumerable, NULL}, \
      {"udpPort", NULL, udp_port, NULL, NULL, NULL, napi_enumerable, NULL}, \
      {"udpReceive", NULL, udp_receive, NULL, NULL, NULL, napi_enumerable, NULL}, \
      {"udpSender", NULL, udp_sender, NULL, NULL, NULL, napi_enumerable, NULL}, \
      {"udpSend", NULL, udp_send, NULL, NULL, NULL, napi_enumerable, NULL}, \
      {"udpMark", NULL, udp_mark, NULL, NULL, NULL, napi_enumerable, NULL}, \
      {"udpClose", NULL, udp_close, NULL, NULL, NULL, napi_enumerable, NULL},
#endif
#endif

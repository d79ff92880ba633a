/*
 * What clients offer to plugins of static channels: cchannel.h and pchannel.h of Windows. The Horizon client for Linux has the
 * same interface, with its types as wide as there; here are our own declarations of it, as far as it is used.
 */
#ifndef THINLINE_CLIENT_API_H
#define THINLINE_CLIENT_API_H

#ifdef _WIN32
#include <windows.h>
/* In this order. */
#include <pchannel.h>
#include <cchannel.h>
#else
#include <stdint.h>

#define VCAPITYPE

typedef int BOOL;
typedef int INT;
typedef unsigned int UINT;
typedef uint32_t UINT32;
typedef uint32_t DWORD;
/* Those who declare 32 bits here read the same, as only one channel is defined at a time. */
typedef unsigned long ULONG;
typedef void *LPVOID;
typedef DWORD *LPDWORD;
typedef char *PCHAR;

enum { CHANNEL_NAME_LEN = 7 };

typedef struct {
  char name[CHANNEL_NAME_LEN + 1];
  ULONG options;
} CHANNEL_DEF;
typedef CHANNEL_DEF *PCHANNEL_DEF;

typedef void CHANNEL_INIT_EVENT_FN(LPVOID init, UINT event, LPVOID data, UINT length);
typedef void CHANNEL_OPEN_EVENT_FN(DWORD handle, UINT event, LPVOID data, UINT32 length, UINT32 total, UINT32 flags);

typedef struct {
  DWORD cbSize;
  DWORD protocolVersion;
  UINT (*pVirtualChannelInit)(LPVOID *init, PCHANNEL_DEF channels, INT count, ULONG version, CHANNEL_INIT_EVENT_FN *event);
  UINT (*pVirtualChannelOpen)(LPVOID init, LPDWORD handle, PCHAR name, CHANNEL_OPEN_EVENT_FN *event);
  UINT (*pVirtualChannelClose)(DWORD handle);
  UINT (*pVirtualChannelWrite)(DWORD handle, LPVOID data, ULONG length, LPVOID mark);
} CHANNEL_ENTRY_POINTS;
typedef CHANNEL_ENTRY_POINTS *PCHANNEL_ENTRY_POINTS;

enum { VIRTUAL_CHANNEL_VERSION_WIN2000 = 1, CHANNEL_RC_OK = 0 };
enum {
  CHANNEL_EVENT_CONNECTED = 1,
  CHANNEL_EVENT_DISCONNECTED = 3,
  CHANNEL_EVENT_TERMINATED = 4,
  CHANNEL_EVENT_DATA_RECEIVED = 10,
  CHANNEL_EVENT_WRITE_COMPLETE = 11,
  CHANNEL_EVENT_WRITE_CANCELLED = 12
};
enum { CHANNEL_FLAG_SUSPEND = 0x20, CHANNEL_FLAG_RESUME = 0x40 };
#define CHANNEL_OPTION_INITIALIZED 0x80000000u
#define CHANNEL_OPTION_ENCRYPT_RDP 0x40000000u
#endif

#endif

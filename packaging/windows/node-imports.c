/* An addon names node.exe as what it calls; here that is whatever program loads it. */
#include <windows.h>
#include <delayimp.h>
#include <string.h>

static FARPROC WINAPI find_program(unsigned event, DelayLoadInfo *info)
{
    if (event == dliNotePreLoadLibrary && _stricmp(info->szDll, "node.exe") == 0)
        return (FARPROC)GetModuleHandleW(NULL);
    return NULL;
}

PfnDliHook __pfnDliNotifyHook2 = find_program;

/*
 * thinline-start.exe PROGRAM WORDS: starts a program of ours without the window that a console program has, and ends.
 * For what starts when a user signs in, and for links.
 */
#include <windows.h>

/* Where the words for the other program begin: behind our own name, which may be in quotation marks. */
static WCHAR *rest_of(WCHAR *line)
{
    WCHAR end = L' ';
    if (*line == L'"') {
        end = L'"';
        line++;
    }
    while (*line != 0 && *line != end)
        line++;
    if (*line == L'"')
        line++;
    while (*line == L' ')
        line++;
    return line;
}

/* Our folder: Windows looks for libraries in the current one, too, which may be anybody's. */
static WCHAR *own_folder(void)
{
    static WCHAR path[32768];
    DWORD length = GetModuleFileNameW(NULL, path, sizeof path / sizeof *path);

    while (length > 0 && path[length] != L'\\')
        path[length--] = 0;
    return length > 0 ? path : NULL;
}

int WINAPI wWinMain(HINSTANCE instance, HINSTANCE before, PWSTR words, int show)
{
    STARTUPINFOW start = {.cb = sizeof start};
    PROCESS_INFORMATION process;

    (void)instance, (void)before, (void)words, (void)show;
    if (!CreateProcessW(NULL, rest_of(GetCommandLineW()), NULL, NULL, FALSE, CREATE_NO_WINDOW, NULL, own_folder(), &start, &process))
        return (int)GetLastError();
    CloseHandle(process.hThread);
    CloseHandle(process.hProcess);
    return 0;
}

/*
 * thinline-configure.exe: what installers can't do by themselves.
 *
 *   read-settings INI FILE: the ini as lines of UTF-16
 *   write-log LOG FILE...: what is in files of UTF-16, one after the other, as UTF-8; those that aren't there are left out
 *   check CERTIFICATETYPE THUMBPRINT CERTIFICATEFILE
 *   check-folder FOLDER: it has no program but ours
 *   protect FOLDER: ordinary users read what is in it, and no more
 *   write TEMPLATE FILE CONNECTOR PORT HTTPS CERTIFICATETYPE THUMBPRINT CERTIFICATEFILE PRESERVE KEY
 *   remove FILE KEY: where it was made by `write`, of which a value of the key tells
 *   list-add KEY NAME VALUE, list-remove KEY NAME VALUE
 *
 * The last two change one of the names that a value has with commas between them, as 32-bit programs see it. All keys are in
 * HKEY_LOCAL_MACHINE. It ends with 0; 2 where the ini can't be read; 3 for values and words that can't be; 6 where something can't be written.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <windows.h>

#include <aclapi.h>
#include <sddl.h>

enum {
    done = 0,
    cannot_read = 2,
    bad_words = 3,
    cannot_write = 6,
    longest = 1 << 20,
    longest_ini = 1 << 16,
    /* A variable of NSIS holds 1023. */
    longest_line = 1000,
    longest_list = 4096,
    longest_path = 150
};

static int is_yes(const WCHAR *word)
{
    return _wcsicmp(word, L"yes") == 0 || _wcsicmp(word, L"true") == 0 || _wcsicmp(word, L"on") == 0 || wcscmp(word, L"1") == 0;
}

/* As UTF-8, for an attribute of XML. */
static char *xml(const WCHAR *text)
{
    size_t units = wcslen(text);
    char *utf8 = calloc(units + 1, 3);
    char *out = calloc(units + 1, 18);
    char *to = out;

    if (utf8 == NULL || out == NULL || !WideCharToMultiByte(CP_UTF8, 0, text, -1, utf8, (int)(units + 1) * 3, NULL, NULL))
        exit(cannot_write);
    for (const char *from = utf8; *from != 0; from++) {
        const char *written = *from == '&' ? "&amp;" : *from == '<' ? "&lt;" : *from == '"' ? "&quot;" : NULL;
        if (written == NULL)
            *to++ = *from;
        else {
            memcpy(to, written, strlen(written));
            to += strlen(written);
        }
    }
    free(utf8);
    return out;
}

/* The whole file, with a 0 behind it; NULL where it can't be read. */
static char *read_file(const WCHAR *path)
{
    FILE *file = _wfopen(path, L"rb");
    char *text = file == NULL ? NULL : calloc(1, longest + 1);

    if (text != NULL && fread(text, 1, longest, file) == 0)
        text[0] = 0;
    if (file != NULL)
        fclose(file);
    return text;
}

/* By its byte order mark, else as UTF-8 where it is that, else in the system's code page. The length; -1: it is none of them. */
static int decode(const char *bytes, int count, WCHAR *text)
{
    static const char utf16[] = {'\xff', '\xfe'}, utf8[] = {'\xef', '\xbb', '\xbf'};
    int length;

    if (count >= 2 && memcmp(bytes, utf16, 2) == 0) {
        memcpy(text, bytes + 2, count - 2);
        return count % 2 == 0 ? count / 2 - 1 : -1;
    }
    if (count >= 3 && memcmp(bytes, utf8, 3) == 0) {
        bytes += 3;
        count -= 3;
    }
    if (count == 0)
        return 0;
    length = MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, bytes, count, text, longest_ini);
    return length > 0 ? length : MultiByteToWideChar(CP_ACP, 0, bytes, count, text, longest_ini);
}

static int are_lines(const WCHAR *text, int length)
{
    int column = 0;

    for (int i = 0; i < length; i++) {
        if (text[i] == L'\n' || (text[i] == L'\r' && i + 1 < length && text[i + 1] == L'\n'))
            column = 0;
        else if ((text[i] < L' ' && text[i] != L'\t') || ++column > longest_line)
            return 0;
    }
    return 1;
}

static int read_settings(WCHAR **words)
{
    static char bytes[longest_ini + 1];
    static WCHAR text[longest_ini];
    FILE *file = _wfopen(words[0], L"rb");
    size_t count;
    int length;

    if (file == NULL)
        return cannot_read;
    count = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    if (count > longest_ini)
        return bad_words;
    length = decode(bytes, (int)count, text);
    if (length < 0 || !are_lines(text, length))
        return bad_words;
    file = _wfopen(words[1], L"wb");
    if (file == NULL)
        return cannot_write;
    fwrite(text, sizeof *text, length, file);
    return fclose(file) == 0 ? done : cannot_write;
}

static int write_log(int count, WCHAR **words)
{
    static WCHAR text[longest];
    static char utf8[longest * 3];
    FILE *log = _wfopen(words[0], L"wb");

    if (log == NULL)
        return cannot_write;
    for (int i = 1; i < count; i++) {
        FILE *part = _wfopen(words[i], L"rb");
        int length = part == NULL ? 0 : (int)fread(text, sizeof *text, longest, part);
        int bytes = length == 0 ? 0 : WideCharToMultiByte(CP_UTF8, 0, text, length, utf8, sizeof utf8, NULL, NULL);

        fwrite(utf8, 1, bytes, log);
        if (part != NULL)
            fclose(part);
    }
    return fclose(log) == 0 ? done : cannot_write;
}

/* Without blanks, as certificate dialogs show them between the digits. */
static WCHAR *without_blanks(WCHAR *text)
{
    WCHAR *to = text;

    for (const WCHAR *from = text; *from != 0; from++)
        if (*from != L' ')
            *to++ = *from;
    *to = 0;
    return text;
}

static int is_path(const WCHAR *text)
{
    int from_root = iswalpha(text[0]) && text[1] == L':' && text[2] == L'\\';

    return (from_root || wcsncmp(text, L"\\\\", 2) == 0) && wcslen(text) <= longest_path && wcspbrk(text, L"<>\"|?*") == NULL;
}

/* "-": there is none. */
static int check(WCHAR **words)
{
    const WCHAR *thumbprint = without_blanks(words[1]);

    if (wcscmp(thumbprint, L"-") == 0 ? _wcsicmp(words[0], L"WindowsStore") == 0
                                      : wcslen(thumbprint) != 40 || wcsspn(thumbprint, L"0123456789abcdefABCDEF") != 40)
        return bad_words;
    if (wcscmp(words[2], L"-") == 0 ? _wcsicmp(words[0], L"File") == 0 : !is_path(words[2]))
        return bad_words;
    return done;
}

static int check_folder(WCHAR **words)
{
    static const WCHAR ours[] = L"thinline";
    static WCHAR pattern[longest_path * 4];
    WIN32_FIND_DATAW found;
    HANDLE search;
    int code = done;

    if (wcslen(words[0]) > longest_path * 3)
        return bad_words;
    wcscat(wcscpy(pattern, words[0]), L"\\*.exe");
    search = FindFirstFileW(pattern, &found);
    if (search == INVALID_HANDLE_VALUE)
        return done;
    do {
        if (_wcsnicmp(found.cFileName, ours, wcslen(ours)) != 0)
            code = bad_words;
    } while (FindNextFileW(search, &found));
    FindClose(search);
    return code;
}

/* Below C:\, everybody may change what others install: all there inherits it. */
static int protect(WCHAR **words)
{
    PSECURITY_DESCRIPTOR wanted;
    BOOL given, usual;
    PACL list;
    DWORD status;

    if (!ConvertStringSecurityDescriptorToSecurityDescriptorW(
            L"D:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;0x1200a9;;;BU)", SDDL_REVISION_1, &wanted, NULL))
        return cannot_write;
    if (!GetSecurityDescriptorDacl(wanted, &given, &list, &usual))
        return cannot_write;
    status = SetNamedSecurityInfoW(words[0], SE_FILE_OBJECT, DACL_SECURITY_INFORMATION | PROTECTED_DACL_SECURITY_INFORMATION,
                                   NULL, NULL, list, NULL);
    LocalFree(wanted);
    return status == ERROR_SUCCESS ? done : cannot_write;
}

static const WCHAR made[] = L"ConfigurationMade";

static int write_configuration(WCHAR **words)
{
    static const char *const places[] = {"@CONNECTOR_PORT@", "@CONNECTOR_PROTOCOL@", "@CONNECTOR_THUMBPRINT@", "@CONNECTOR_CERTIFICATE@"};
    int connector = is_yes(words[2]);
    char *values[] = {
        xml(connector ? words[3] : L""),
        xml(is_yes(words[4]) ? L"https" : L"http"),
        xml(_wcsicmp(words[5], L"WindowsStore") == 0 ? without_blanks(words[6]) : L""),
        xml(_wcsicmp(words[5], L"File") == 0 ? words[7] : L""),
    };
    int exists = GetFileAttributesW(words[1]) != INVALID_FILE_ATTRIBUTES;
    char *text;
    FILE *file;

    if (exists && (is_yes(words[8]) || connector))
        return done;
    if (!exists && RegSetKeyValueW(HKEY_LOCAL_MACHINE, words[9], made, REG_SZ, L"yes", 4 * sizeof(WCHAR)) != ERROR_SUCCESS)
        return cannot_write;
    text = read_file(words[0]);
    file = text == NULL ? NULL : _wfopen(words[1], L"wb");
    if (file == NULL)
        return cannot_write;
    for (char *from = text; *from != 0;) {
        int place = -1;
        for (int i = 0; i < 4; i++)
            if (strncmp(from, places[i], strlen(places[i])) == 0)
                place = i;
        if (place < 0)
            fputc(*from++, file);
        else {
            fputs(values[place], file);
            from += strlen(places[place]);
        }
    }
    return fclose(file) == 0 ? done : cannot_write;
}

/* The key, and those above it, as long as there is nothing in them. */
static void remove_empty(WCHAR *path, REGSAM view)
{
    WCHAR *end;

    do {
        DWORD keys = 1, values = 1;
        HKEY key;

        if (RegOpenKeyExW(HKEY_LOCAL_MACHINE, path, 0, KEY_READ | view, &key) != ERROR_SUCCESS)
            return;
        RegQueryInfoKeyW(key, NULL, NULL, NULL, &keys, NULL, NULL, &values, NULL, NULL, NULL, NULL);
        RegCloseKey(key);
        if (keys > 0 || values > 0 || RegDeleteKeyExW(HKEY_LOCAL_MACHINE, path, view, 0) != ERROR_SUCCESS)
            return;
        end = wcsrchr(path, L'\\');
        if (end != NULL)
            *end = 0;
    } while (end != NULL);
}

static int remove_configuration(WCHAR **words)
{
    if (RegDeleteKeyValueW(HKEY_LOCAL_MACHINE, words[1], made) != ERROR_SUCCESS)
        return done;
    remove_empty(words[1], KEY_WOW64_64KEY);
    return DeleteFileW(words[0]) || GetLastError() == ERROR_FILE_NOT_FOUND ? done : cannot_write;
}

static int change_list(int add, WCHAR **words)
{
    static WCHAR old[longest_list], list[longest_list * 2];
    WCHAR *rest = NULL;
    DWORD bytes = sizeof old - sizeof *old, type = REG_SZ;
    HKEY key;
    LSTATUS status = add ? RegCreateKeyExW(HKEY_LOCAL_MACHINE, words[0], 0, NULL, 0, KEY_READ | KEY_WRITE | KEY_WOW64_32KEY, NULL, &key, NULL)
                         : RegOpenKeyExW(HKEY_LOCAL_MACHINE, words[0], 0, KEY_READ | KEY_WRITE | KEY_WOW64_32KEY, &key);

    if (status != ERROR_SUCCESS)
        return add ? cannot_write : done;
    if (wcslen(words[2]) >= longest_list / 2)
        return bad_words;
    status = RegQueryValueExW(key, words[1], NULL, &type, (BYTE *)old, &bytes);
    /* Others are in there, too. */
    if ((status != ERROR_SUCCESS && status != ERROR_FILE_NOT_FOUND) || type != REG_SZ)
        return cannot_write;
    for (WCHAR *name = wcstok_s(old, L",", &rest); name != NULL; name = wcstok_s(NULL, L",", &rest)) {
        if (_wcsicmp(name, words[2]) == 0)
            continue;
        if (list[0] != 0)
            wcscat(list, L",");
        wcscat(list, name);
    }
    if (add) {
        if (list[0] != 0)
            wcscat(list, L",");
        wcscat(list, words[2]);
    }
    if (list[0] == 0)
        status = RegDeleteValueW(key, words[1]);
    else
        status = RegSetValueExW(key, words[1], 0, REG_SZ, (const BYTE *)list, (DWORD)(wcslen(list) + 1) * sizeof *list);
    RegCloseKey(key);
    if (!add)
        remove_empty(words[0], KEY_WOW64_32KEY);
    return status == ERROR_SUCCESS || status == ERROR_FILE_NOT_FOUND ? done : cannot_write;
}

int wmain(int count, WCHAR **words)
{
    if (count == 4 && wcscmp(words[1], L"read-settings") == 0)
        return read_settings(words + 2);
    if (count >= 3 && wcscmp(words[1], L"write-log") == 0)
        return write_log(count - 2, words + 2);
    if (count == 5 && wcscmp(words[1], L"check") == 0)
        return check(words + 2);
    if (count == 3 && wcscmp(words[1], L"check-folder") == 0)
        return check_folder(words + 2);
    if (count == 3 && wcscmp(words[1], L"protect") == 0)
        return protect(words + 2);
    if (count == 12 && wcscmp(words[1], L"write") == 0)
        return write_configuration(words + 2);
    if (count == 4 && wcscmp(words[1], L"remove") == 0)
        return remove_configuration(words + 2);
    if (count == 5 && wcscmp(words[1], L"list-add") == 0)
        return change_list(1, words + 2);
    if (count == 5 && wcscmp(words[1], L"list-remove") == 0)
        return change_list(0, words + 2);
    return bad_words;
}

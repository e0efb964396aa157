/* error: the calling thread's last error text.
 *
 * In: a code and a format. Out: the same code, and the text for karaka_error_text.
 * Example: return karaka_fail(KARAKA_ERROR_FILE, "%s: %s", path, strerror(errno));
 */
#include "base/base.h"
#include <stdio.h>

enum { TEXT_ROOM = 1024 };

static _Thread_local char text[TEXT_ROOM];

int karaka_fail(int code, const char *format, ...) {
    /* Through a second buffer: an argument may be the last error itself. */
    char fresh[TEXT_ROOM];
    va_list list;
    va_start(list, format);
    int length = vsnprintf(fresh, sizeof fresh, format, list);
    va_end(list);
    size_t kept = length < 0 ? 0 : (size_t)length < sizeof fresh ? (size_t)length : sizeof fresh - 1;
    /* A cut inside a character would make the text bad UTF-8. */
    if (length >= 0 && (size_t)length > kept)
        while (kept && karaka_utf8_check(fresh, kept) != kept && kept + 4 > sizeof fresh - 1)
            kept--;
    for (size_t i = 0; i < kept; i++)
        text[i] = (fresh[i] >= '\0' && fresh[i] < ' ') || fresh[i] == 0x7F ? ' ' : fresh[i]; /* a terminal obeys them */
    text[kept] = '\0';
    return code;
}

const char *karaka_error_text(void) {
    return text;
}

/* lemma: scripts that turn a form into its lemma.
 *
 * In: form and script. Out: lemma. A script "N:TAIL" takes N code points off the end of the cleaned form, adds TAIL.
 * Example: मुलाकातों, "2:" -> मुलाकात; इन, "2:यह" -> यह; लड़के, "1:ा" -> लड़का.
 */
#include "parse/model.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FORM_BYTES = 1024 };

void karaka_lemma_script(char *out, size_t room, const char *form, const char *lemma) {
    char a[FORM_BYTES], b[FORM_BYTES];
    size_t n = karaka_form_clean(a, sizeof a, form), m = karaka_form_clean(b, sizeof b, lemma), same = 0, cut = 0;
    while (same < n && same < m && a[same] == b[same])
        same++;
    while (same > 0 && (((unsigned char)a[same] & 0xC0) == 0x80 || ((unsigned char)b[same] & 0xC0) == 0x80))
        same--;
    for (size_t i = same; i < n; i++)
        cut += ((unsigned char)a[i] & 0xC0) != 0x80;
    snprintf(out, room, "%zu:%s", cut, b + same);
}

const char *karaka_lemma_apply(karaka_arena *arena, const char *form, const char *script) {
    size_t room = strlen(form) + 1;
    char *tail, *clean = karaka_arena_alloc(arena, room + strlen(script));
    if (!clean)
        return form;
    size_t n = karaka_form_clean(clean, room, form), end = n;
    unsigned long cut = strtoul(script, &tail, 10);
    while (cut > 0 && end > 0)
        cut -= ((unsigned char)clean[--end] & 0xC0) != 0x80;
    if (cut == 0 && *tail == ':' && (end > 0 || tail[1]))
        strcpy(clean + end, tail + 1);
    return *clean ? clean : form;
}

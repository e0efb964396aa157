/* lemma: scripts that turn a form into its lemma.
 *
 * In: form and script. Out: lemma. A script "N:TAIL" takes N code points off the end of the cleaned form, adds TAIL;
 * "lN:TAIL" brings the form to lower case first.
 * Example: मुलाकातों, "2:" -> मुलाकात; इन, "2:यह" -> यह; लड़के, "1:ा" -> लड़का; Troops, "l1:" -> troop.
 */
#include "parse/model.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FORM_BYTES = 1024 };

/* How many bytes of form and lemma are the same; *cut is how many code points of the form come after them. */
static size_t common(const char *form, const char *lemma, size_t *cut) {
    size_t same = 0;
    while (form[same] && form[same] == lemma[same])
        same++;
    while (same > 0 && (((unsigned char)form[same] & 0xC0) == 0x80 || ((unsigned char)lemma[same] & 0xC0) == 0x80))
        same--;
    *cut = 0;
    for (size_t i = same; form[i]; i++)
        *cut += ((unsigned char)form[i] & 0xC0) != 0x80;
    return same;
}

void karaka_lemma_script(char *out, size_t room, const char *form, const char *lemma) {
    char plain[FORM_BYTES], small[FORM_BYTES], wanted[FORM_BYTES];
    size_t cut, cut_small;
    karaka_form_clean(wanted, sizeof wanted, lemma);
    karaka_form_clean(plain, sizeof plain, form);
    karaka_form_lower(small, sizeof small, form);
    size_t same = common(plain, wanted, &cut), same_small = common(small, wanted, &cut_small);
    if (same_small > same)
        snprintf(out, room, "l%zu:%s", cut_small, wanted + same_small);
    else
        snprintf(out, room, "%zu:%s", cut, wanted + same);
}

const char *karaka_lemma_apply(karaka_arena *arena, const char *form, const char *script) {
    size_t room = 2 * strlen(form) + 1; /* in lower case a code point may have a byte more */
    bool lower = *script == 'l';
    script += lower;
    char *tail, *clean = karaka_arena_alloc(arena, room + strlen(script));
    if (!clean)
        return form;
    size_t end = lower ? karaka_form_lower(clean, room, form) : karaka_form_clean(clean, room, form);
    unsigned long cut = strtoul(script, &tail, 10);
    while (cut > 0 && end > 0)
        cut -= ((unsigned char)clean[--end] & 0xC0) != 0x80;
    if (cut == 0 && *tail == ':' && (end > 0 || tail[1]))
        strcpy(clean + end, tail + 1);
    return *clean ? clean : form;
}

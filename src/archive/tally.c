/* tally: what was passed over, by kind.
 *
 * In: a kind a record. Out: one line. Memory is bounded however many kinds a hostile archive makes up.
 * Example: "3 of 9 records passed over: 2 request, 1 status 404"
 */
#include "archive/archive.h"

#include <stdio.h>
#include <string.h>

void karaka_tally_pass(karaka_tally *t, const char *kind) {
    size_t i = 0;
    t->passed++;
    while (i < t->count && strcmp(t->kinds[i].name, kind) != 0)
        i++;
    if (i == KARAKA_TALLY_KINDS)
        i--;
    if (i == t->count) {
        snprintf(t->kinds[i].name, KARAKA_TALLY_NAME, "%s", i + 1 < KARAKA_TALLY_KINDS ? kind : "of other kinds");
        t->count++;
    }
    t->kinds[i].count++;
}

void karaka_tally_tell(const karaka_tally *t, char *out, size_t room) {
    size_t used = 0;
    out[0] = '\0';
    if (t->passed)
        used = (size_t)snprintf(out, room, "%llu of %llu %srecords passed over", (unsigned long long)t->passed,
                                (unsigned long long)t->seen, t->files ? "files and " : "");
    for (size_t i = 0; i < t->count && used < room; i++)
        used += (size_t)snprintf(out + used, room - used, "%s%llu %s", i ? ", " : ": ",
                                 (unsigned long long)t->kinds[i].count, t->kinds[i].name);
}

/* place_sound: cities that no table has in the language's letters, found by their sound.
 *
 * In: a word, the countries of the article. Out: rows of places.cities whose sound is near, nearest first.
 * places.cities is sorted by the skeleton of the sound: its consonants (h and y apart) and "a" for a vowel in front.
 * Example: द्निप्रो sounds "dnipro", skeleton "dnpr" -> Dnipro, UKR; वोनसान sounds "vonsan", skeleton "vnsn" -> Wonsan.
 */
#include "event/place_table.h"

#include <string.h>

enum { FILE_CITIES = 2, MAX_SCANNED = 256 };

static bool is_vowel(char c) {
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}

static size_t skeleton(char out[PLACE_SOUND_ROOM], const char *sound, size_t length) {
    size_t used = 0;
    for (size_t i = 0; i < length && used + 1 < PLACE_SOUND_ROOM; i++) {
        char c = sound[i];
        if (i == 0)
            out[used++] = is_vowel(c) ? 'a' : c;
        else if (!is_vowel(c) && c != 'h' && c != 'y' && c != out[used - 1])
            out[used++] = c;
    }
    out[used] = 0;
    return used;
}

static const char *sound_of_letter(const karaka_gazetteer *g, int32_t first, int32_t second, bool *both) {
    const char *one = NULL;
    for (uint32_t i = 0; i < g->sound_count; i++) {
        if (g->sounds[i].letters[0] != first)
            continue;
        if (second && g->sounds[i].letters[1] == second) {
            *both = true;
            return g->sounds[i].sound;
        }
        if (!g->sounds[i].letters[1])
            one = g->sounds[i].sound;
    }
    return one;
}

/* The sound of a word; as Words.sound in tools/gazetteer. */
static size_t sound_of(char out[PLACE_SOUND_ROOM], const karaka_gazetteer *g, const char *word, size_t length) {
    size_t at = 0, used = 0;
    while (at < length) {
        int32_t first = karaka_utf8_next(word, length, &at);
        size_t next = at;
        int32_t second = at < length ? karaka_utf8_next(word, length, &next) : 0;
        bool both = false;
        const char *s = sound_of_letter(g, first, second, &both);
        if (both)
            at = next;
        for (; s && *s; s++) {
            if (used > 0 && out[used - 1] == *s)
                continue;
            if (used + 1 == PLACE_SOUND_ROOM)
                return 0;
            if ((*s == 'p' || *s == 'b') && used > 0 && out[used - 1] == 'm')
                out[used - 1] = 'n';
            out[used++] = *s;
        }
    }
    out[used] = 0;
    return used;
}

/* Cost of letter `a` against `b` ('\0': of leaving it out), in tenths. The unwritten vowel costs least. */
static int cost(char a, char b) {
    if (a == b)
        return 0;
    if (a == 0 || b == 0) {
        char c = a ? a : b;
        return c == 'a' ? 2 : is_vowel(c) || c == 'h' || c == 'y' ? 5 : 10;
    }
    return is_vowel(a) && is_vowel(b) ? 4 : 10;
}

/* Weighted edit distance of two sounds. */
static int distance(const char *a, size_t n, const char *b, size_t m) {
    int row[PLACE_SOUND_ROOM + 1];
    row[0] = 0;
    for (size_t j = 1; j <= m; j++)
        row[j] = row[j - 1] + cost(0, b[j - 1]);
    for (size_t i = 1; i <= n; i++) {
        int corner = row[0];
        row[0] += cost(a[i - 1], 0);
        for (size_t j = 1; j <= m; j++) {
            int best = corner + cost(a[i - 1], b[j - 1]);
            if (row[j] + cost(a[i - 1], 0) < best)
                best = row[j] + cost(a[i - 1], 0);
            if (row[j - 1] + cost(0, b[j - 1]) < best)
                best = row[j - 1] + cost(0, b[j - 1]);
            corner = row[j];
            row[j] = best;
        }
    }
    return row[m];
}

/* Start of the line that holds byte `at`. */
static uint32_t line_start(place_text text, uint32_t at) {
    while (at > 0 && text.bytes[at - 1] != '\n')
        at--;
    return at;
}

static uint32_t next_line(place_text text, uint32_t at) {
    const char *end = memchr(text.bytes + at, '\n', text.length - at);
    return end ? (uint32_t)(end - text.bytes) + 1 : text.length;
}

static size_t sound_length(place_text text, uint32_t at) {
    const char *tab = memchr(text.bytes + at, '\t', text.length - at);
    size_t length = tab ? (size_t)(tab - (text.bytes + at)) : 0;
    return length < PLACE_SOUND_ROOM ? length : PLACE_SOUND_ROOM - 1;
}

/* -1, 0, 1: the line's skeleton against `want`. Comments stand at the beginning and count as before everything. */
static int compare_line(place_text text, uint32_t at, const char *want) {
    char have[PLACE_SOUND_ROOM];
    if (text.bytes[at] == '#')
        return -1;
    skeleton(have, text.bytes + at, sound_length(text, at));
    return strcmp(have, want);
}

/* First line whose skeleton is not before `want`. */
static uint32_t lower_bound(place_text text, const char *want) {
    uint32_t low = 0, high = text.length;
    while (low < high) {
        uint32_t middle = line_start(text, low + (high - low) / 2);
        if (compare_line(text, middle, want) < 0)
            low = next_line(text, middle);
        else
            high = middle;
    }
    return low;
}

static bool is_named(const char *country, const char *const *countries, size_t count) {
    for (size_t i = 0; country && i < count; i++)
        if (strcmp(country, countries[i]) == 0)
            return true;
    return false;
}

int karaka_place_by_sound(place_row out[PLACE_CANDIDATES], uint32_t *count, karaka_arena *arena,
                          const karaka_gazetteer *g, const char *word, size_t length, const char *const *countries,
                          size_t country_count) {
    char sound[PLACE_SOUND_ROOM], want[PLACE_SOUND_ROOM];
    int costs[PLACE_CANDIDATES];
    place_text text = g->files[FILE_CITIES];
    size_t letters = sound_of(sound, g, word, length);
    *count = 0;
    if (letters < 4 || skeleton(want, sound, letters) < 3)
        return 0;
    uint32_t at = lower_bound(text, want);
    for (uint32_t n = 0; at < text.length && n < MAX_SCANNED && compare_line(text, at, want) == 0; n++) {
        uint32_t here = at;
        int far = distance(sound, letters, text.bytes + at, sound_length(text, at));
        at = next_line(text, at);
        if (far > (int)letters * 6 / 10)
            continue;
        place_row row;
        int rc = karaka_place_line(&row, arena, g, FILE_CITIES, here, here);
        if (rc < 0)
            return rc;
        if (!is_named(row.country, countries, country_count))
            continue;
        if (*count == PLACE_CANDIDATES && far >= costs[PLACE_CANDIDATES - 1])
            continue;
        uint32_t slot = *count < PLACE_CANDIDATES ? (*count)++ : PLACE_CANDIDATES - 1;
        for (; slot > 0 && costs[slot - 1] > far; slot--)
            costs[slot] = costs[slot - 1], out[slot] = out[slot - 1];
        costs[slot] = far, out[slot] = row;
    }
    while (*count > 1 && costs[*count - 1] > costs[0] + 4)
        (*count)--;
    return 0;
}

bool karaka_place_has_sound(const karaka_gazetteer *g, const char *sound) {
    char want[PLACE_SOUND_ROOM];
    place_text text = g->files[FILE_CITIES];
    size_t length = strlen(sound);
    skeleton(want, sound, length);
    for (uint32_t at = lower_bound(text, want); at < text.length && compare_line(text, at, want) == 0;
         at = next_line(text, at))
        if (sound_length(text, at) == length && memcmp(text.bytes + at, sound, length) == 0)
            return true;
    return false;
}

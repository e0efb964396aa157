/* place_table: the tables of place names as loaded, and what one line of them says.
 *
 * In: languages/<code>/places, places.more (forms in the language), places.cities (by sound), places.words.
 * Out: lookups by folded form and by sound.
 * Example: form "वोनसान" -> one row: Wonsan, PRK, city, 39.15, 127.44, geonames 1866923, 329207 people.
 */
#ifndef KARAKA_EVENT_PLACE_TABLE_H
#define KARAKA_EVENT_PLACE_TABLE_H

#include "event/place.h"

enum { PLACE_FORM_ROOM = 256, PLACE_WORD_ROOM = 96, PLACE_CANDIDATES = 24, PLACE_SOUND_ROOM = 40 };

typedef enum place_kind {
    KIND_NONE,
    KIND_COUNTRY,
    KIND_CAPITAL,
    KIND_CITY,
    KIND_PROVINCE,
    KIND_DISTRICT,
    KIND_REGION, /* Kashmir, the Donbas, the Sahel */
    KIND_WATER,
    KIND_SITE, /* a building or camp of note */
} place_kind;

/* One line of places, places.more or places.cities. Strings live in the arena it was read into. */
typedef struct place_row {
    const char *name, *country;
    place_kind kind;
    double lat, lon;
    uint32_t geonames, population;
    uint32_t file, line; /* index into place_files, number of the line */
} place_row;

/* What places.words says of a word. */
typedef struct place_word {
    uint64_t hash;
    bool stop, risky, after;
    place_kind type;
    const char *direction;
} place_word;

typedef struct place_text {
    const char *bytes;
    uint32_t length;
} place_text;

typedef struct form_slot {
    uint64_t hash; /* of the normal form; 0 where free */
    uint32_t file, offset, line;
} form_slot;

typedef struct first_slot {
    uint64_t hash;  /* of the first word */
    uint32_t words; /* in the longest form that begins with it */
} first_slot;

typedef struct sound_letter {
    int32_t letters[2]; /* the second is 0 where there is one */
    char sound[4];
} sound_letter;

typedef struct place_ending {
    const char *from, *to;
} place_ending;

struct karaka_gazetteer {
    place_text files[3]; /* places, places.more, places.cities: text of `mapped` */
    karaka_file mapped[3];
    form_slot *forms;
    uint32_t form_mask, form_count;
    first_slot *firsts;
    uint32_t first_mask, first_count;
    place_word *words;
    uint32_t word_mask, word_count;
    sound_letter *sounds;
    uint32_t sound_count;
    place_ending *endings;
    uint32_t ending_count;
    uint32_t *lines;  /* number of the first line that begins at or after each 4096th byte of places.cities */
    const char *code; /* "hi" */
};

/* The folded form with its words separated by one blank, hyphens and points taken for blanks. Returns its length, 0
 * where nothing is left. */
size_t karaka_place_normal(char out[PLACE_FORM_ROOM], const karaka_spelling *spelling, const char *text, size_t length);
/* Rows whose form has this hash, at most PLACE_CANDIDATES. Names are copied into `arena`. */
int karaka_place_rows(place_row out[PLACE_CANDIDATES], uint32_t *count, karaka_arena *arena,
                      const karaka_gazetteer *gazetteer, uint64_t hash);
/* Words of the longest form that begins with the word, 0 where none does. */
uint32_t karaka_place_first(const karaka_gazetteer *gazetteer, uint64_t hash);
/* NULL where places.words does not know it. */
const place_word *karaka_place_word(const karaka_gazetteer *gazetteer, uint64_t hash);
/* Parses the line that begins at `offset` of file `file`. */
int karaka_place_line(place_row *out, karaka_arena *arena, const karaka_gazetteer *gazetteer, uint32_t file,
                      uint32_t offset, uint32_t line);
const char *karaka_place_rule(karaka_arena *arena, const karaka_gazetteer *gazetteer, const place_row *row,
                              bool by_sound);

/* place_sound.c: cities whose name sounds like the word, of the countries given; at most PLACE_CANDIDATES, the nearest
 * sound first. */
int karaka_place_by_sound(place_row out[PLACE_CANDIDATES], uint32_t *count, karaka_arena *arena,
                          const karaka_gazetteer *gazetteer, const char *word, size_t length,
                          const char *const *countries, size_t country_count);
/* Is there a line with this very sound? */
bool karaka_place_has_sound(const karaka_gazetteer *gazetteer, const char *sound);

#endif

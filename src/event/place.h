/* place: place names in a sentence, with coordinates from the gazetteer.
 *
 * In: a sentence, the countries that the article names. Out: spans with name, country, coordinates.
 * Example: "वोनसान शहर" in an article on North Korea -> Wonsan, PRK, 39.15, 127.44, geonames 1866923.
 */
#ifndef KARAKA_EVENT_PLACE_H
#define KARAKA_EVENT_PLACE_H

#include "document.h"

typedef struct karaka_place_mention {
    uint32_t first, last; /* tokens [first, last] */
    bool country;         /* it is a whole country */
    karaka_place place;   /* name NULL where several places bear the name and the countries do not settle it */
    const char *rule;     /* "hi/places:123", or "hi/places.cities:55 (by sound)" */
} karaka_place_mention;

/* All place names of a sentence, in order, longest first, not overlapping. `countries`: ISO codes named in the
 * article, most frequent first; they settle names that several places bear. */
int karaka_place_find(karaka_place_mention **out, size_t *count, karaka_arena *arena, const karaka_gazetteer *gazetteer,
                      const karaka_spelling *spelling, const karaka_sentence *sentence, const char *const *countries,
                      size_t country_count);

#endif

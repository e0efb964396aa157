/* scene_reach: which place and which time reach a predicate, through the tree or by the order of the words.
 *
 * In: the spots and times of the sentence, a candidate, the type of its event. Out: the spot, the time mention, or
 * NULL; how surely. Example: "ब्रिटेन में हमले की निंदा" -> the attack is in Britain, the condemnation nowhere.
 */
#ifndef KARAKA_EVENT_SCENE_REACH_H
#define KARAKA_EVENT_SCENE_REACH_H

#include "event/reading.h"

#include <string.h>

/* How surely: below KARAKA_LOOSE the tree says so. */
enum {
    KARAKA_LOOSE = 50, /* the tree tells nothing */
    KARAKA_NEVER = 99, /* it is another's */
};

static inline bool karaka_type_is(uint8_t type, const char *names) {
    return type < 16 && strstr(names, karaka_event_types[type].name);
}
/* What people do with their bodies has a place; what they say mostly not. */
static inline bool karaka_type_bodily(uint8_t type) {
    return karaka_type_is(type, "CONSULT COOPERATE AID RETREAT PROTEST MOBILIZE COERCE ASSAULT");
}
static inline bool karaka_type_strikes(uint8_t type) {
    return karaka_type_is(type, "ASSAULT MOBILIZE PROTEST");
}
static inline bool karaka_line_visits(const karaka_predicate_line *line) {
    return (line->flags & KARAKA_FLAG_PLACE_TO) || (line->mode && strcmp(line->mode, "visit") == 0);
}

static inline bool karaka_scene_verb(const karaka_reading *r, int32_t token) {
    return token >= 0 && (r->words[token].pos == POS_VERB || r->words[token].pos == POS_AUX);
}
/* A verb before a noun that it describes ("मनीला में हो रहे सम्मेलन"). */
bool karaka_scene_describes(const karaka_reading *r, int32_t verb);

/* Where the event of a telling, whose type and parties are set, happens, as its sentence tells. */
const karaka_spot *karaka_scene_spot(const karaka_reading *r, const karaka_candidate *c, const karaka_telling *t,
                                     unsigned *rank);
/* When an event of that type happens. */
const karaka_time_mention *karaka_scene_time(karaka_reading *r, const karaka_candidate *c, uint8_t type);

#endif

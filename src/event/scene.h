/* scene: where and when the events of a sentence happen.
 *
 * In: the places and times of the sentence, its tree, the candidates. Out: the place and time of a telling: what is
 * told in the predicate's own phrase, else in its clause, else of the visit that the doer is on, else of the sentence
 * before. Example: "X ने दिल्ली के हैदराबाद हाउस में Y से मुलाकात की" -> "दिल्ली के हैदराबाद हाउस", coordinates of Delhi.
 */
#ifndef KARAKA_EVENT_SCENE_H
#define KARAKA_EVENT_SCENE_H

#include "event/place.h"
#include "event/time.h"

enum { KARAKA_SPOTS = 64 };

/* A phrase that names a place: a place of the gazetteer with the site in it, or a house ("राष्ट्रपति भवन"). */
typedef struct karaka_spot {
    uint32_t first, last; /* tokens */
    uint32_t marker_last; /* last token of its marker */
    uint32_t parts;       /* that its marker gives it */
    karaka_place place;
    bool wide;     /* a country: too wide for what is only said */
    bool house;    /* it ends in the word for a site */
    bool unlisted; /* no table knows it: only its marker says that it is a place */
} karaka_spot;

/* Who was last where, and when: what the next sentences go on from. */
typedef struct karaka_scene {
    karaka_place place;
    karaka_time time;
    bool wide;
    uint32_t sentence;
    int32_t doer; /* a name; -1: nobody known */
    uint8_t type; /* of the event that told it; 255: none did */
} karaka_scene;

#endif

/* ontology: what PLOVER says of a type and mode (quad class, CAMEO code, Goldstein value), and what an event is about.
 *
 * In: the folder `ontology` beside `languages`, and the language's table `contexts`. Out: one read-only ontology; where
 * the folder is absent nothing is known: NULL, NAN, no context.
 * Example: karaka_ontology_find(o, "CONSULT", "visit") -> cameo "042", goldstein 1.9.
 */
#ifndef KARAKA_EVENT_ONTOLOGY_H
#define KARAKA_EVENT_ONTOLOGY_H

#include "event/phrases.h"

enum { KARAKA_CONTEXTS = 64 }; /* most that an ontology may name: a set of them is a uint64_t */

typedef struct karaka_scale {
    const char *type, *mode; /* mode "": where none is told */
    const char *cameo;       /* NULL: unknown */
    double goldstein;        /* NAN: unknown */
} karaka_scale;

/* A sign of a context that is no word: a party's role or code, a mode. */
typedef struct karaka_context_sign {
    enum { KARAKA_SIGN_ROLE, KARAKA_SIGN_CODE, KARAKA_SIGN_MODE, KARAKA_SIGN_SIDES } kind;
    const char *value;
    uint64_t contexts;
} karaka_context_sign;

struct karaka_ontology {
    KARAKA_LIST(karaka_scale) scales;
    struct {
        const char *name;
        int quad;
    } types[32];
    uint32_t type_count;
    const char *contexts[KARAKA_CONTEXTS];
    uint32_t context_count;
    karaka_phrases phrases; /* set 1: words -> item: context + 1, or 0 for words that mean none */
    KARAKA_LIST(karaka_context_sign) signs;
};

/* karaka_ontology_load (language.h) is told the language's folder; the ontology stands at DIRECTORY/../../ontology. */

/* The line of type and mode, else of the type; NULL if there is none. `mode` may be NULL. Borrowed from `o`. */
const karaka_scale *karaka_ontology_find(const karaka_ontology *o, const char *type, const char *mode);
/* 1..4; 0: unknown. */
int karaka_ontology_quad(const karaka_ontology *o, const char *type);

#endif

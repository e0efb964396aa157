/* reading: what is known of an article while its events are found, one sentence after the other.
 *
 * In: a parsed document. Out: names, candidate events, decisions, which story.c turns into the document's own.
 * The files of this chain, in order: words.c names.c compose.c reference.c parts.c predicates.c status.c source.c
 * story.c.
 */
#ifndef KARAKA_EVENT_READING_H
#define KARAKA_EVENT_READING_H

#include "event/event.h"
#include "event/lexicon.h"
#include "event/scene.h"

enum {
    KARAKA_READ_TOKENS = 512, /* a longer sentence (given as CoNLL-U) is read up to here */
    KARAKA_CLIMB = 12,        /* steps up a tree, at most */
};

/* A piece of a token for look-up: "भारत-चीन" has two. `lemma` only where the token is one piece. */
typedef struct karaka_atom {
    karaka_key form, lemma;
    uint32_t token;
} karaka_atom;

enum karaka_pos {
    POS_OTHER,
    POS_NOUN,
    POS_PROPN,
    POS_PRON,
    POS_VERB,
    POS_AUX,
    POS_ADP,
    POS_ADJ,
    POS_ADV,
    POS_DET,
    POS_NUM,
    POS_PUNCT,
    POS_CCONJ,
    POS_SCONJ,
    POS_PART
};

/* Tokens [first, last]. */
typedef struct karaka_stretch {
    uint32_t first, last;
} karaka_stretch;

/* What a token's form and the lemma that the parser gave it are looked up by. */
typedef struct karaka_token_keys {
    karaka_key form, lemma;
} karaka_token_keys;

/* What the table verbs says of the features of a token, kept since few strings of features recur all the time. */
typedef struct karaka_signs {
    const char *feats; /* by its address: the parser has one string for all tokens of the same features */
    uint32_t classes, signs;
} karaka_signs;
enum { KARAKA_SIGNS = 64 };

typedef struct karaka_word {
    karaka_key form, lemma, relation;
    const char *base;       /* the lemma's text */
    uint32_t classes;       /* karaka_word_class */
    uint32_t by_relation;   /* those of them that its relation tells */
    uint32_t shapes, signs; /* karaka_word_shape: by its relation; by its features */
    uint32_t first_atom, atom_count;
    uint32_t clause;                       /* number of its surface clause */
    int32_t head, first_child, next_child; /* tokens, -1: none */
    int32_t name;                          /* the last-made name that covers it, -1: none */
    int32_t doer;                          /* of a verb: a name; -1 none, -2 somebody unknown, -3 not yet looked for */
    uint8_t pos;
    bool genitive; /* a postposition or clitic that makes a genitive */
    bool grouped;  /* a verb with auxiliaries before it */
    bool shared;   /* a verb that shares the auxiliaries of the verb it is joined with */
    bool passive;  /* with `heads content`: a verb in the passive */
    bool plural;
} karaka_word;

/* A mention of a party. Several may have the same words (`sibling`), and several may be joined by "and" (`group`). */
typedef struct karaka_name {
    uint32_t sentence, first, last, head;
    uint32_t end;                   /* last token with a bracket that follows */
    uint32_t told_first, told_last; /* the phrase that it stands for: "FBI agents" */
    const char *code, *name, *rule;
    karaka_key person;                  /* who it is, where a person is named; 0: unknown */
    int32_t sibling;                    /* next party of the same words, -1 */
    uint32_t group;                     /* number, in the article */
    uint32_t marker;                    /* that follows, or goes before, the group */
    uint32_t marker_first, marker_last; /* its tokens */
    int32_t agent;                      /* line of agents, -1 */
    int32_t meant;                      /* of a word that points back: the name that it means, -1 */
    uint8_t kind;                       /* karaka_actor_kind */
    bool reflexive;                     /* "own" */
    bool referring;                     /* pronoun, both: text says no name */
    bool adjective;                     /* one word that is an adjective here: "terrorist acts" */
    bool sided;                         /* only tells whose side others take: "anti-X rebels", "X-backed forces" */
    bool unowned;                       /* a role noun by itself: "the prime minister" */
    bool guessed;                       /* its country is only the home country for want of another */
} karaka_name;

typedef struct karaka_alias {
    karaka_key key, person;
    const char *code, *name, *rule;
    uint8_t kind;
} karaka_alias;

typedef struct karaka_candidate {
    uint32_t sentence;
    uint32_t line;            /* of the lexicon's predicates */
    int32_t noun_first, noun; /* tokens of the noun part, -1 */
    int32_t verb;             /* token of the verb, -1 */
    bool ought;               /* it is the auxiliary of the verb that demands ("करना चाहिए") */
} karaka_candidate;

enum { KARAKA_PARTIES = 8 };

/* An event as one predicate tells it. */
typedef struct karaka_telling {
    const karaka_predicate_line *line;
    uint8_t type; /* the line's, or what the future makes of it */
    uint32_t sentence, token;
    karaka_span trigger;
    const char *lemma;
    karaka_key key;                                             /* of the noun part's lemma, or of the verb's */
    int32_t actors[KARAKA_PARTIES], recipients[KARAKA_PARTIES]; /* names */
    uint32_t actor_count, recipient_count;
    bool mutual, headline, complete_form;
    float score; /* log odds that it is told */
    karaka_status status;
    karaka_time time;
    karaka_place place;
    bool wide; /* the place is a country */
    karaka_source sources[4];
    uint32_t source_count;
    uint64_t contexts; /* of the ontology */
    uint32_t decision; /* its decision */
    int32_t merged;    /* the telling that tells it better, -1 */
    int32_t index;     /* in the document's events */
} karaka_telling;

/* compose.c: a name found word for word, before it is joined with its neighbours. */
typedef struct karaka_piece {
    uint32_t first, last; /* tokens */
    const char *code, *name, *rule;
    karaka_key person;
    int32_t item;  /* of agents or references */
    int32_t meant; /* the name that it points back to, -1 */
    uint8_t kind;
    bool sided; /* as karaka_name.sided */
} karaka_piece;

struct karaka_stance;
struct karaka_draft;
/* What choose.c has put on the scales, for whoever learns the weights from it. */
typedef struct karaka_weighed {
    const char *what; /* "line", "actor", "recipient", "pair" */
    const struct karaka_stance *stance;
    const struct karaka_draft *draft; /* of a pair */
    uint32_t actor, recipient;        /* numbers of the sides */
    const char *features;             /* each with a tab behind */
} karaka_weighed;

typedef struct karaka_reading {
    karaka_document *document;
    karaka_arena *arena;
    const karaka_lexicon *lexicon;
    const char *today; /* ISO date of publication, or "" */

    karaka_observe *observe; /* or NULL */
    void *observer;

    const karaka_token_keys **keys;   /* [sentences][tokens] */
    karaka_signs signs[KARAKA_SIGNS]; /* a cache */

    /* the article so far */
    KARAKA_LIST(karaka_name) names;
    struct {
        karaka_alias *items; /* open addressing */
        size_t mask, used;
    } aliases;
    const char **title_codes; /* [agents]: the code that a title was last given, or NULL */
    bool *title_home;         /* [agents]: it was once given for the home country */
    struct {
        const char *full;     /* a code of the country, last met */
        uint32_t count, last; /* times named, sentence last named in */
        int32_t name;
    } countries[48];
    uint32_t country_count;
    uint32_t groups;
    int32_t last_doer;       /* a name */
    const char *both[2];     /* codes that "both" last stood for, or NULL */
    size_t both_names;       /* names before that */
    const char *rebels;      /* the code of the rebels last named with their country, or NULL */
    const char *there;       /* the country last named as a place, or NULL */
    uint32_t there_sentence; /* where that was */
    bool there_told;         /* some place was named */
    bool home_guessed;       /* a role noun was taken for the home country's for want of another */
    bool home_named;         /* the home country, a city or a person of it is named somewhere in the article */
    uint32_t hushed;         /* sentences with a word of another matter: sport, markets */
    const char *hush_rule;   /* the line that had the last of them */
    KARAKA_LIST(karaka_telling) tellings;
    KARAKA_LIST(karaka_decision) decisions;

    struct {
        bool open;
        uint32_t sentence; /* it began in */
        karaka_source source;
    } quoted; /* a quotation that goes on into the next sentence */

    /* the sentence being read */
    uint32_t index;
    const karaka_sentence *sentence;
    uint32_t count;     /* tokens read */
    karaka_word *words; /* [KARAKA_READ_TOKENS] */
    bool *conditions;   /* [clauses]: it is a condition ("if") */
    karaka_atom *atoms; /* [KARAKA_READ_TOKENS * 4] */
    uint32_t atom_count;
    karaka_piece *pieces;         /* [KARAKA_READ_TOKENS * 4] */
    size_t names_from;            /* first name of this sentence */
    karaka_candidate *candidates; /* [KARAKA_READ_TOKENS * 4]: kept, then found */
    uint32_t *scores;             /* [KARAKA_READ_TOKENS * 2] */
    int32_t *governs;             /* [KARAKA_READ_TOKENS]: the candidate that a token belongs to, -1 */
    uint32_t candidate_count;
    const char *hush; /* the line of a word of another matter, or NULL */
    karaka_time_mention *times;
    size_t time_count;
    karaka_place_mention *places;
    size_t place_count;
    karaka_spot *spots; /* [KARAKA_SPOTS] */
    uint32_t spot_count;
    uint32_t *topics;                 /* [sentences]: bits of the lexicon's topics that it has words of */
    uint32_t main_topics;             /* those of half of the article's sentences and more */
    struct karaka_choosing *choosing; /* choose.c: room for the proposals of a predicate */
    karaka_scene scene, next_scene;   /* of the sentences before; of this one */
} karaka_reading;

/* code.c: a reading from its beginning, and one sentence of it (any order), for those who compare tellings before they
 * become events. */
int karaka_reading_start(karaka_reading *r, karaka_document *document);
int karaka_reading_sentence(karaka_reading *r, uint32_t index);

/* shapes.c: trees with content words as heads, brought to the shape that the others read; their clauses. */
void karaka_shapes_level(karaka_reading *r);
void karaka_shapes_clauses(karaka_reading *r);

/* inflect.c: the lemma of a form by the table inflections, where it knows better than the model. */
const char *karaka_inflect(const karaka_reading *r, const char *form, const char *lemma, uint8_t kind);

/* markers.c: the marker of the phrase [first, last], 0: none; its tokens in *where, which may be NULL. */
uint32_t karaka_marker_of(const karaka_reading *r, uint32_t first, uint32_t last, karaka_stretch *where);
/* Whether the token is a genitive written to the word before it ("'s"). */
bool karaka_words_clitic(const karaka_reading *r, uint32_t token);

/* words.c: fills words, atoms, clauses of the sentence. */
void karaka_words_read(karaka_reading *r);
/* Numbers the surface clauses; once more when the names are known, since a name may look like a verb. */
void karaka_words_clauses(karaka_reading *r);
/* Whether the token is a hyphen inside a name ("जोंग-उन"). */
bool karaka_words_hyphen(const karaka_reading *r, uint32_t token);
/* Does `token` stand at most three steps below `head` in the tree? A word stands at its own. */
bool karaka_words_hang(const karaka_reading *r, uint32_t token, uint32_t head);
/* Finite verb whose group the token belongs to, or that governs it: climbs the tree. -1: none. */
int32_t karaka_words_finite(const karaka_reading *r, int32_t token);

/* names.c: finds the names of the sentence and puts them together (compose.c). */
int karaka_names_find(karaka_reading *r);

/* The name whose words tell a party: where unknown parties count, whom "he" means. */
const karaka_name *karaka_name_told(const karaka_reading *r, int32_t index);

/* compose.c */
int karaka_compose(karaka_reading *r, const karaka_piece *pieces, size_t count);
/* Adds a name to the article and counts its country. */
int karaka_names_add(karaka_reading *r, karaka_name name, int32_t *index);
int karaka_alias_add(karaka_reading *r, karaka_alias alias);
const karaka_alias *karaka_alias_find(const karaka_reading *r, karaka_key key);

/* unknown.c: adds the pieces that no table knows; how many there are then. The code of such a party, and as told. */
size_t karaka_unknown_add(const karaka_reading *r, karaka_piece *pieces, size_t count, size_t room);
char *karaka_unknown_code(const karaka_reading *r, uint32_t token, const char *role);
/* The first token of the phrase that ends in [first, last], with the nouns before it that describe it. */
uint32_t karaka_unknown_first(const karaka_reading *r, uint32_t first, uint32_t last);
/* A word that points back to nobody known is a party by its own words: "the group", "they"; false where it is not. */
bool karaka_unknown_word(const karaka_reading *r, const karaka_piece *p, karaka_name *out);
/* Finds the phrase that a name of the sentence stands for: "FBI agents", "members of Hamas". */
void karaka_unknown_phrase(const karaka_reading *r, karaka_name *n);
const char *karaka_unknown_told(const karaka_reading *r, const char *code);

/* Whether a kind of name is a place that is no country; whether it is a place. */
static inline bool karaka_is_city(uint8_t kind) {
    return kind == KARAKA_CAPITAL || kind == KARAKA_REGION || kind == KARAKA_PLACE_NAME;
}

static inline bool karaka_is_site(uint8_t kind) {
    return kind == KARAKA_COUNTRY || karaka_is_city(kind);
}

/* Whether a kind of name is a person's (an alias mostly is); whether it means people at all. */
static inline bool karaka_is_person(uint8_t kind) {
    return kind == KARAKA_PERSON || kind == KARAKA_ALIAS;
}

static inline bool karaka_is_people(uint8_t kind) {
    return karaka_is_person(kind) || kind == KARAKA_UNKNOWN || kind == KARAKA_TITLE_ROLE || kind == KARAKA_PEOPLE_ROLE;
}

/* owners.c: the code of the place ahead in the clause of piece `at` ("gunmen killed ten people in Kano"), or NULL. */
const char *karaka_scene_ahead(const karaka_reading *r, const karaka_piece *pieces, size_t count, size_t at);

/* owners.c: whether the name owns the role noun (piece `at`) that stands behind it; the piece behind a role noun (last
 * token `last`) that owns it, -1: none; names that stand in apposition are made one. */
bool karaka_owner_before(const karaka_reading *r, const karaka_name *owner, const karaka_piece *pieces, size_t count,
                         size_t at);
int32_t karaka_owner_behind(const karaka_reading *r, const karaka_piece *pieces, size_t count, size_t at, uint32_t last,
                            uint8_t kind);
void karaka_appositions_join(karaka_reading *r);

/* reference.c */
/* The codes that a word which points back stands for, into codes[KARAKA_PARTIES], how many; `piece` grows over the noun
 * after "both" and takes the name and the person. */
size_t karaka_reference_resolve(karaka_reading *r, karaka_piece *piece, const char **codes);
/* The country named in this sentence or the one before, other than that of the code `mine`; NULL: none. */
const char *karaka_reference_other(const karaka_reading *r, const char *mine);
/* The country that is meant where none is told: "ISO", or "" . */
const char *karaka_reference_country(const karaka_reading *r);

/* parts.c */
typedef struct karaka_filler {
    int32_t name;
    uint32_t parts; /* bits */
    uint32_t
        rank; /* 0 by the tree, 1 inside such a phrase, 2 by the words' order, 3 taken over, 4 by another predicate */
    uint32_t distance;
} karaka_filler;
enum { KARAKA_FILLERS = 48 };
typedef struct karaka_frame {
    karaka_filler fillers[KARAKA_FILLERS];
    uint32_t count;
    bool doer_unknown; /* somebody acts whom no table knows */
} karaka_frame;
void karaka_parts_find(karaka_reading *r, karaka_frame *frame, int32_t noun, int32_t verb);
/* The doer of a verb: a name, -1 none told, -2 somebody unknown. */
int32_t karaka_parts_doer(karaka_reading *r, int32_t verb, unsigned depth);
/* Whether the verb group may be a passive. */
bool karaka_parts_passive(const karaka_reading *r, int32_t verb);
/* The doer of an earlier clause or sentence, where the clause of `verb` tells none; -1: none. */
int32_t karaka_parts_dropped_doer(const karaka_reading *r, int32_t verb);
/* The parts that a name may play for its head, and that head; -1 if it hangs on nothing. */
uint32_t karaka_parts_of_name(const karaka_reading *r, const karaka_name *name, int32_t *head);
uint32_t karaka_parts_lookup(const karaka_lexicon *l, karaka_key relation, uint32_t marker, bool verb_head);

/* predicates.c: candidates of the sentence. tell.c: their tellings. */
int karaka_predicates_find(karaka_reading *r);
int karaka_tell(karaka_reading *r);
/* scene.c: the spots of the sentence; place and time of a telling, whose type and parties are set; the scene that the
 * sentence leaves; two tellings of one event complete each other. */
void karaka_scene_read(karaka_reading *r);
void karaka_scene_tell(karaka_reading *r, const karaka_candidate *c, karaka_telling *telling);
void karaka_scene_leave(karaka_reading *r);
void karaka_scene_merge(karaka_telling *a, karaka_telling *b);
/* The time told in the clause of `token`; text NULL if none is. */
karaka_time karaka_tell_time(const karaka_reading *r, uint32_t token);
/* What governs a candidate through the tree: the nearest candidate of another predicate; -1: none. */
enum karaka_way { KARAKA_WITHIN, KARAKA_ACROSS, KARAKA_CONTENT_CLAUSE }; /* the same clause, another, by "that" */
int32_t karaka_predicates_governor(const karaka_reading *r, const karaka_candidate *c, enum karaka_way *way);

/* status.c */
karaka_status karaka_status_of(const karaka_reading *r, const karaka_candidate *c, bool *negated);
/* A finite verb in the future. */
bool karaka_status_will(const karaka_reading *r, int32_t verb);
/* A verb with an auxiliary that says what ought to be. */
bool karaka_status_ought(const karaka_reading *r, int32_t verb);
/* source.c: sources of the telling from its sentence. */
void karaka_source_find(karaka_reading *r, const karaka_candidate *c, karaka_telling *telling);
/* Gives the source that this sentence tells to the tellings of the sentences just before it. */
void karaka_source_look_back(karaka_reading *r);
/* context.c: what the telling is about, as a set of the ontology's contexts. */
uint64_t karaka_context_of(const karaka_reading *r, const karaka_telling *telling);
/* story.c: tellings to events. */
int karaka_story_make(karaka_reading *r);

static inline uint32_t karaka_marker_at(const karaka_reading *r, int32_t token) {
    return karaka_marker_of(r, (uint32_t)token, (uint32_t)token, NULL);
}
/* The marker of a candidate's noun. */
static inline uint32_t karaka_candidate_marker(const karaka_reading *r, const karaka_candidate *c) {
    return karaka_marker_of(r, (uint32_t)(c->noun_first >= 0 ? c->noun_first : c->noun), (uint32_t)c->noun, NULL);
}
static inline bool karaka_word_is(const karaka_reading *r, int32_t token, uint32_t classes) {
    return token >= 0 && (r->words[token].classes & classes);
}
static inline size_t karaka_country_length(const char *code) {
    size_t n = 0;
    while (code[n] && code[n] != ' ')
        n++;
    return n;
}
bool karaka_same_country(const char *a, const char *b);

#endif

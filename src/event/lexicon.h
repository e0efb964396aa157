/* lexicon: the tables roles, predicates, operators, verbs, references, actors, agents, sources in hashed form.
 *
 * In: languages/<code>/ (docs/tables.md). Out: one trie of all phrases and the lines that they stand for.
 * Example: "ACCUSE - complex निंदा करना doer | by object | of" -> set KARAKA_SET_NOUN holds निंदा -> a predicate line
 * whose light list holds the verb stem कर.
 */
#ifndef KARAKA_EVENT_LEXICON_H
#define KARAKA_EVENT_LEXICON_H

#include "event/phrases.h"
#include "event/weigh.h"

typedef enum karaka_part {
    KARAKA_DOER,
    KARAKA_OBJECT,
    KARAKA_ADDRESSEE,
    KARAKA_TARGET,
    KARAKA_AGAINST,
    KARAKA_FOR,
    KARAKA_COMPANION,
    KARAKA_FROM,
    KARAKA_BY,
    KARAKA_BETWEEN,
    KARAKA_OF,
    KARAKA_MODIFIER,
    KARAKA_TO,
    KARAKA_AT,
    KARAKA_WHEN,
    KARAKA_ABOUT,
    KARAKA_CONTENT,
    KARAKA_AS,
    KARAKA_VIA,
    KARAKA_ACCORDING,
    KARAKA_PARTS
} karaka_part;
#define KARAKA_PART_BIT(part) (1u << (part))
const char *karaka_part_name(karaka_part part);

/* The sets of the trie: what kind of line a phrase leads to. */
enum {
    KARAKA_SET_ACTOR = 1, /* -> actors[] */
    KARAKA_SET_AGENT,     /* -> agents[] */
    KARAKA_SET_REFERENCE, /* -> references[] */
    KARAKA_SET_MARKER,    /* -> marker number, index into markers[] */
    KARAKA_SET_NOUN,      /* noun parts and nouns -> predicates[] */
    KARAKA_SET_VERB,      /* verbs, by stem -> predicates[] */
    KARAKA_SET_WORD,      /* -> bits of karaka_word_class, as item */
    KARAKA_SET_SOURCE,    /* -> sources[] */
    KARAKA_SET_TOPIC,     /* -> topics[] */
    KARAKA_SET_LIGHT,     /* the words of light verbs */
    KARAKA_SETS,
};

/* Classes of the verb group and of small words (table verbs); a class may also be told by a feature or relation. */
enum karaka_word_class {
    KARAKA_NEGATION = 1 << 0,
    KARAKA_WILL = 1 << 1,
    KARAKA_MAYBE = 1 << 2,     /* may, perhaps */
    KARAKA_CONDITION = 1 << 3, /* if */
    KARAKA_PASSIVE = 1 << 4,   /* the auxiliary of the passive */
    KARAKA_INTENDED = 1 << 5,  /* about to */
    KARAKA_PARTICLE = 1 << 6,  /* may stand between any two words: too, only */
    KARAKA_OCCUR = 1 << 7,     /* verbs that only let an event be: to be, to go on, to begin */
    KARAKA_FINITE = 1 << 8,    /* ends a clause */
    KARAKA_INFINITIVE = 1 << 9,
    KARAKA_CONVERB = 1 << 10,       /* having done: its doer is the main verb's */
    KARAKA_DOER_INSIDE = 1 << 11,   /* a participle whose head is its doer */
    KARAKA_OBJECT_INSIDE = 1 << 12, /* a participle whose head is its object */
    KARAKA_CONJUNCT = 1 << 13,      /* relation: a member under a conjunction */
    KARAKA_NOUN_PART = 1 << 14,     /* relation: the noun part of a complex predicate */
    KARAKA_OUGHT = 1 << 15,         /* ought to */
    KARAKA_OCCURRED = 1 << 16,      /* adjectives with "be" that let an event be: going on, over */
    KARAKA_NESTED = 1 << 17,        /* relation of a finite clause that is not the main one (relative clause) */
    KARAKA_SUBJECT = 1 << 18,       /* relation of the doer */
    KARAKA_JOINS = 1 << 19,         /* between names: and, as well as */
    KARAKA_NAME_PART = 1 << 20,     /* relation: part of a name or compound */
    KARAKA_THIS = 1 << 21,          /* this, these */
    KARAKA_SAYING = 1 << 22,        /* nouns for what was said: information, remark */
    KARAKA_BARE = 1 << 27,          /* a stem: a wish where no auxiliary follows */
    KARAKA_ONLY = 1 << 28,          /* only: with a negation "not only" */
    KARAKA_WISH = 1 << 23,          /* a finite form that says what ought to be: "let him come" */
    KARAKA_SITE = 1 << 24,          /* nouns for a kind of place, after the name of a place: city, border, base */
    KARAKA_STATE_OWNED = 1 << 26,   /* of the state: before "media" */
    KARAKA_DESCRIBING = 1 << 29,    /* a role noun that may only describe the next noun: "diplomatic" */
    KARAKA_SIDING = 1 << 30,        /* with a party's name: on whose side the next noun is: "anti-X", "X-backed" */
    KARAKA_HOUSE = 1 << 25,         /* nouns that end the name of a house or hall: palace, assembly */
};

/* What only trees with content words as heads tell (setting `heads content`), by a relation or feature. In the table's
 * trie such an item has the bit KARAKA_SHAPE. */
enum karaka_word_shape {
    KARAKA_SHAPE_COPULA = 1 << 0,    /* an auxiliary that carries a noun or adjective */
    KARAKA_SHAPE_CONTENT = 1 << 1,   /* a clause that is what somebody says or wants */
    KARAKA_SHAPE_ATTRIBUTE = 1 << 2, /* a clause that describes the noun before it */
    KARAKA_SHAPE_APPOSED = 1 << 3,   /* another name of the noun before it */
    KARAKA_SHAPE_ASIDE = 1 << 4,     /* a clause put in: "..., he said" */
    KARAKA_SHAPE_PASSIVE = 1 << 5,   /* a verb form of the passive */
    KARAKA_SHAPE_TITLE = 1 << 6,     /* a noun that describes the name after it */
    KARAKA_SHAPE_MEASURE = 1 << 7,   /* a noun that only counts what it owns: dozens, a group (a word, no sign) */
    KARAKA_SHAPE_HONORIFIC = 1 << 8, /* before a last name, and no name itself: Mr (a word) */
};
#define KARAKA_SHAPE (1u << 31)

enum karaka_flag {
    KARAKA_FLAG_MUTUAL = 1 << 0,
    KARAKA_FLAG_NEEDS_ACTOR = 1 << 1,
    KARAKA_FLAG_NEEDS_RECIPIENT = 1 << 2,
    KARAKA_FLAG_PLANNED = 1 << 3,
    KARAKA_FLAG_POSSIBLE = 1 << 4,
    KARAKA_FLAG_DENIED = 1 << 5,
    KARAKA_FLAG_WEAK = 1 << 6,
    KARAKA_FLAG_SPEECH = 1 << 7,
    KARAKA_FLAG_PLACE_TO = 1 << 8,
    KARAKA_FLAG_FOREIGN = 1 << 9,
    KARAKA_FLAG_BIDDING = 1 << 12, /* only where it governs what another should do */
    KARAKA_FLAG_ALONE = 1 << 11,   /* done toward nobody, whatever its type */
    KARAKA_FLAG_SPEAKER = 1 << 10, /* the actor is whoever says the clause */
};

enum karaka_form { KARAKA_FORM_NOUN, KARAKA_FORM_VERB, KARAKA_FORM_COMPLEX };

/* What a predicate line says: an event, something about another predicate, or that somebody is the source. */
enum karaka_use {
    KARAKA_USE_EVENT,
    KARAKA_USE_ABSORB, /* operator: itself no event, swallows what it governs */
    KARAKA_USE_PLANNED,
    KARAKA_USE_POSSIBLE,
    KARAKA_USE_DENIED,
    KARAKA_USE_ASSERTED,
    KARAKA_USE_SPEECH, /* its doer is the source of its content */
    KARAKA_USE_HUSH,   /* a word of sport, markets, ...: its sentence tells no political event */
};

enum { KARAKA_TOPICS = 32 }; /* matters that are no politics */
enum { KARAKA_LIGHT_KEYS = 4, KARAKA_SLOT_PARTS = 8 };

/* "व्यक्त करना": keys व्यक्त, कर (the last as a stem). */
typedef struct karaka_light {
    karaka_key keys[KARAKA_LIGHT_KEYS];
    uint32_t count;
} karaka_light;

typedef struct karaka_slot {
    uint8_t parts[KARAKA_SLOT_PARTS]; /* best first */
    uint8_t count;
} karaka_slot;

typedef struct karaka_predicate_line {
    uint8_t form, use, type; /* type: index into karaka_event_types */
    uint32_t flags, words;   /* words: how many the longest alternative has */
    const char *mode, *rule;
    karaka_slot actor, recipient;
    karaka_light *lights;
    uint32_t light_count;
    bool negative; /* a light verb holds a negation, which then denies nothing ("does not support") */
} karaka_predicate_line;

typedef enum karaka_actor_kind {
    KARAKA_COUNTRY,
    KARAKA_ADJECTIVE,
    KARAKA_CAPITAL,
    KARAKA_PERSON,
    KARAKA_ORGANISATION,
    KARAKA_GROUP,
    KARAKA_PARTY_KIND,
    KARAKA_ORGAN,
    KARAKA_MEDIA,
    KARAKA_STATE_MEDIA,
    KARAKA_COMPANY,
    KARAKA_REGION,
    KARAKA_TITLE_ROLE,
    KARAKA_BODY_ROLE,
    KARAKA_PEOPLE_ROLE, /* from agents */
    KARAKA_ALIAS,
    KARAKA_REFERRING,
    KARAKA_PLACE_NAME,
    KARAKA_VICTIMS, /* made while reading */
    KARAKA_UNKNOWN  /* whom no table knows */
} karaka_actor_kind;

typedef struct karaka_actor_line {
    const char *code, *name, *from, *to, *rule;
    uint8_t kind;
} karaka_actor_line;

typedef struct karaka_agent_line {
    const char *role, *rule;
    uint8_t kind;
    bool home, bare;
    bool weak;        /* counts only where somebody owns it */
    bool victim;      /* anybody: counts only as whom something is done to */
    bool world;       /* many or unknown countries: "the world", "Western countries" */
    bool counterpart; /* of the other side: "his counterpart" */
    bool local;       /* of the country where the story plays: "a gunman" */
    bool counted;     /* counts only with a number before it: "128 countries" */
} karaka_agent_line;

enum karaka_reference_kind {
    KARAKA_REF_PRONOUN,   /* he, they, it */
    KARAKA_REF_SELF,      /* I, we: the speaker */
    KARAKA_REF_REFLEXIVE, /* own: the doer of the clause */
    KARAKA_REF_RELATIVE,  /* who, which */
    KARAKA_REF_BOTH,      /* both */
    KARAKA_REF_BOTH_NOUN, /* countries, leaders, sides */
    KARAKA_REF_NAMED,     /* "the organisation": the last one whose name ends so */
    KARAKA_REF_PERSON,    /* he: a pronoun of people, no state or organisation */
    KARAKA_REF_THERE,     /* there, of there: the country last named as a place */
};

typedef struct karaka_reference_line {
    uint8_t kind;
    uint32_t marker; /* the postposition inside the form, 0: none */
    const char *rule;
} karaka_reference_line;

static inline bool karaka_is_pronoun(const karaka_reference_line *line) {
    return line->kind == KARAKA_REF_PRONOUN || line->kind == KARAKA_REF_PERSON;
}

typedef struct karaka_role_row {
    karaka_key *relations; /* none: any */
    uint32_t relation_count;
    uint8_t head; /* 0 any, 1 verb, 2 noun */
    uint32_t parts;
} karaka_role_row;

typedef struct karaka_marker {
    KARAKA_LIST(karaka_role_row) rows;
} karaka_marker;

/* words.c: bits of karaka_word_class of `key`. */
uint32_t karaka_words_classes(const struct karaka_lexicon *l, karaka_key key);

/* How a form leads to the word that the tables write: a whole form, or an ending and what stands instead. */
typedef struct karaka_inflection {
    const char *ending, *instead;
    uint8_t kind;        /* karaka_form */
    bool whole, doubled; /* doubled: the letter before the ending is, and one of the two goes */
} karaka_inflection;

struct karaka_lexicon {
    karaka_arena *arena;
    const karaka_spelling *spelling;
    const karaka_settings *settings;
    karaka_phrases phrases;
    KARAKA_LIST(karaka_actor_line) actors;
    KARAKA_LIST(karaka_agent_line) agents;
    KARAKA_LIST(karaka_reference_line) references;
    KARAKA_LIST(karaka_predicate_line) predicates;
    KARAKA_LIST(karaka_marker) markers; /* [0]: no marker */
    const char *topics[KARAKA_TOPICS];  /* names */
    uint32_t topic_count;
    KARAKA_LIST(karaka_inflection) inflections;
    karaka_weights *weights; /* NULL: the rules alone decide */
};

typedef struct karaka_event_type {
    const char *name;
    int quad;
} karaka_event_type;
extern const karaka_event_type karaka_event_types[16];

#endif

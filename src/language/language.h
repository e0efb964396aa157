/* language: all that is opened for one language: tables and model, read-only, shared by all threads.
 *
 * Each module owns the type of its tables, declared here by name only, and offers
 *     int karaka_NAME_load(karaka_NAME **out, karaka_arena *arena, const char *directory, const karaka_settings *)
 * which karaka_language_open calls; memory lives in the language's arena.
 */
#ifndef KARAKA_LANGUAGE_H
#define KARAKA_LANGUAGE_H

#include "base/base.h"
#include "language/table.h"

typedef struct karaka_settings {
    const char *code;       /* "hi" */
    const char *name;       /* "Hindi" */
    const char *infinitive; /* ending that turns the parser's verb stem into the infinitive, "" if none */
    const char *home;       /* ISO code of the country meant by "the prime minister", "" if none */
    int32_t script;         /* UScriptCode of its letters; -1: not told */
    bool markers_before;    /* markers stand before their phrase ("with X"), else after it */
    bool verb_final;        /* the verb ends its clause; else a clause is what hangs on a finite verb */
    bool content_heads;     /* trees in which conjunctions and copulas hang on the words they join or carry (UD) */
    bool unknown_parties;   /* a phrase that plays a part is a party though no table knows it */
} karaka_settings;

/* Folding: one spelling for comparing (docs/tables.md). */
typedef struct karaka_spelling karaka_spelling; /* src/language/spelling.c */
int karaka_spelling_load(karaka_spelling **out, karaka_arena *arena, const char *directory);
/* The same from a table that is read already. */
int karaka_spelling_make(karaka_spelling **out, karaka_arena *arena, const karaka_table *table);
/* Folds `length` bytes of NFC `text` into out[room], NUL-terminated; returns the folded length; longer text is cut
 * between characters. */
size_t karaka_spelling_fold(const karaka_spelling *spelling, char *out, size_t room, const char *text, size_t length);

typedef struct karaka_page_rules karaka_page_rules;       /* src/page: tables `page`, `dates` */
typedef struct karaka_markup karaka_markup;               /* src/html: table `markup` of the folder ontology */
typedef struct karaka_segment_rules karaka_segment_rules; /* src/parse: table `segments` */
typedef struct karaka_model karaka_model;                 /* src/parse: file `model` */
typedef struct karaka_lexicon karaka_lexicon;             /* src/event: tables roles, predicates, operators, verbs,
                                                             actors, agents, sources */
typedef struct karaka_time_rules karaka_time_rules;       /* src/event: table `times` */
typedef struct karaka_gazetteer karaka_gazetteer;         /* src/event: table `places` */
typedef struct karaka_ontology karaka_ontology;           /* src/event: folder ontology, table `contexts` */

typedef struct karaka_headline_words karaka_headline_words; /* src/event: table `headlines` */

struct karaka_language {
    karaka_arena *arena;         /* all but the lexicon's */
    karaka_arena *lexicon_arena; /* filled on a thread of its own */
    karaka_settings settings;
    karaka_spelling *spelling;
    karaka_page_rules *page;
    karaka_markup *markup;
    karaka_segment_rules *segments;
    karaka_model *model; /* NULL with KARAKA_OPEN_NO_MODEL */
    karaka_lexicon *lexicon;
    karaka_time_rules *times;
    karaka_gazetteer *places;
    karaka_ontology *ontology;
    karaka_headline_words *headlines;
};

int karaka_page_rules_load(karaka_page_rules **out, karaka_arena *arena, const char *directory,
                           const karaka_spelling *spelling);
int karaka_markup_load(karaka_markup **out, karaka_arena *arena, const char *directory);
int karaka_segment_rules_load(karaka_segment_rules **out, karaka_arena *arena, const char *directory);
int karaka_model_open(karaka_model **out, const char *path); /* own memory; mapped */
void karaka_model_close(karaka_model *model);
int karaka_lexicon_load(karaka_lexicon **out, karaka_arena *arena, const char *directory,
                        const karaka_settings *settings, const karaka_spelling *spelling);
int karaka_time_rules_load(karaka_time_rules **out, karaka_arena *arena, const char *directory,
                           const karaka_spelling *spelling);
int karaka_gazetteer_load(karaka_gazetteer **out, karaka_arena *arena, const char *directory,
                          const karaka_spelling *spelling);
int karaka_ontology_load(karaka_ontology **out, karaka_arena *arena, const char *directory,
                         const karaka_spelling *spelling);
/* Needs settings and spelling of the language. */
int karaka_headline_words_load(karaka_headline_words **out, karaka_arena *arena, const char *directory,
                               const karaka_language *language);
void karaka_gazetteer_close(karaka_gazetteer *gazetteer); /* its files are mapped; before the arena goes */

#endif

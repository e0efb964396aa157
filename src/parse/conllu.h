/* conllu: CoNLL-U bytes to sentences of words.
 *
 * In: CoNLL-U (https://universaldependencies.org/format.html) of any origin. Out: sentences whose strings and words
 * live in the caller's arena. Multiword ranges (1-2) and empty nodes (1.1) are skipped: the words are the tokens.
 * Example: "# text = वह गया\n1\tवह\tवह\tPRON\t_\t_\t2\tk1\t_\t_\n2\tगया\tजा\tVERB\t_\t_\t0\troot\t_\t_\n\n"
 *          -> one sentence, text "वह गया", words[0].head 1, words[1].head -1.
 */
#ifndef KARAKA_PARSE_CONLLU_H
#define KARAKA_PARSE_CONLLU_H

#include "base/base.h"

typedef struct karaka_conllu_word {
    const char *form, *lemma, *upos, *xpos, *feats, *deprel; /* NUL-terminated, in NFC, never NULL or empty */
    int32_t head;                                            /* index in the sentence, -1 for the root */
    bool space_after;
} karaka_conllu_word;

typedef struct karaka_conllu_sentence {
    karaka_conllu_word *words;
    uint32_t count;
    const char *text; /* "# text = ...", or NULL */
    const char *id;   /* "# sent_id = ...", or NULL */
    bool has_tree;    /* false: HEAD is "_" everywhere, so `head` is -1 everywhere */
    bool new_document, new_paragraph;
    const char *document_id; /* of the last "# newdoc id = ...", or NULL */
    const char *published;   /* "# published = ...", a date told for the document, or NULL */
} karaka_conllu_sentence;

/* KARAKA_ERROR_INPUT with `name` (a file's, for the message) and line: not UTF-8, a NUL byte, not ten columns, a word
 * out of order, a head out of range, no root, a cycle. More than one root is allowed. */
int karaka_conllu_read(karaka_conllu_sentence **out, size_t *count, karaka_arena *arena, const char *bytes,
                       size_t length, const char *name);

#endif

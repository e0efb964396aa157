/* What segmentation promises of any text: for the unit test and the fuzz target. */
#ifndef SEGMENT_INVARIANTS_H
#define SEGMENT_INVARIANTS_H

#include "document.h"
#include <stdlib.h>
#include <string.h>

/* One paragraph of `text` as a document; freed with karaka_document_free. NULL without memory. */
static inline karaka_document *segment_document(const karaka_language *language, karaka_paragraph_kind kind,
                                                const char *text, size_t length) {
    karaka_document *d = NULL;
    if (karaka_document_new(&d, language) < 0)
        return NULL;
    karaka_paragraph *paragraph = karaka_arena_alloc(d->arena, sizeof *paragraph);
    d->article.text = karaka_arena_copy(d->arena, text, length);
    d->article.length = (uint32_t)length;
    if (!paragraph || !d->article.text) {
        karaka_document_free(d);
        return NULL;
    }
    *paragraph = (karaka_paragraph){kind, {0, (uint32_t)length}};
    d->article.paragraphs = paragraph;
    d->article.paragraph_count = 1;
    return d;
}

static inline bool is_all_blank(const char *text, size_t start, size_t end) {
    for (size_t at = start; at < end;)
        if (!karaka_utf8_blank(karaka_utf8_next(text, end, &at)))
            return false;
    return true;
}

/* NULL, or the promise that is broken: tokens in order, nothing but blanks between them, forms as the text has them,
 * sentences not too long. */
static inline const char *segment_broken(const karaka_document *d) {
    const char *text = d->article.text;
    size_t at = 0;
    for (uint32_t i = 0; i < d->sentence_count; i++) {
        const karaka_sentence *s = &d->sentences[i];
        if (s->token_count == 0 || s->token_count > KARAKA_SENTENCE_TOKENS)
            return "a sentence is empty or too long";
        if (s->span.start != s->tokens[0].span.start || s->span.end != s->tokens[s->token_count - 1].span.end)
            return "a sentence's span is not its tokens'";
        for (uint32_t j = 0; j < s->token_count; j++) {
            const karaka_token *t = &s->tokens[j];
            if (t->span.start < at || t->span.end <= t->span.start || t->span.end > d->article.length)
                return "tokens overlap or leave the text";
            if (!is_all_blank(text, at, t->span.start))
                return "something is lost between tokens";
            if (memcmp(t->form, text + t->span.start, t->span.end - t->span.start) != 0 ||
                t->form[t->span.end - t->span.start] != '\0')
                return "a form is not its text";
            if (t->head != -1 || strcmp(t->upos, "_") != 0)
                return "a token has a tree";
            if (j > 0 && s->tokens[j - 1].space_after != (t->span.start > s->tokens[j - 1].span.end))
                return "space_after is wrong";
            at = t->span.end;
        }
    }
    return is_all_blank(text, at, d->article.length) ? NULL : "something is lost at the end";
}

#endif

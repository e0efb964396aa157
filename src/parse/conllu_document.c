/* conllu_document: a document whose sentences and trees come as CoNLL-U.
 *
 * In: CoNLL-U and a language. Out: a document as if read and parsed: each document or paragraph that the comments open
 * is a paragraph of one article.
 * Example: "# newdoc\n# text = वह गया।\n..." three words -> article "वह गया।", one sentence, spans 0-6, 7-16, 16-19.
 */
#include "document.h"
#include "parse/conllu.h"

#include <string.h>

typedef struct builder {
    karaka_document *document;
    const karaka_conllu_sentence *from;
    size_t from_count;
    bool keep_trees;
    char *text;
    uint32_t length;
    karaka_paragraph *paragraphs;
    uint32_t paragraph_count;
} builder;

/* Room that all sentences' texts need at most, blanks between included. */
static size_t measure(const builder *b) {
    size_t room = 1;
    for (size_t i = 0; i < b->from_count; i++) {
        size_t forms = 0, text = b->from[i].text ? strlen(b->from[i].text) : 0;
        for (uint32_t j = 0; j < b->from[i].count; j++)
            forms += strlen(b->from[i].words[j].form) + 1;
        room += (forms > text ? forms : text) + 2;
    }
    return room;
}

static size_t skip_blanks(const char *text, size_t length, size_t at) {
    for (size_t next = at; at < length && karaka_utf8_blank(karaka_utf8_next(text, length, &next)); at = next)
        ;
    return at;
}

/* Finds each word in `text`, which holds nothing else but blanks; else false, and `spans` are spoilt. */
static bool align(karaka_token *tokens, const karaka_conllu_sentence *s, const char *text) {
    size_t length = strlen(text), at = 0;
    for (uint32_t i = 0; i < s->count; i++) {
        size_t form = strlen(s->words[i].form), start = skip_blanks(text, length, at);
        if (form > length - start || memcmp(text + start, s->words[i].form, form) != 0)
            return false;
        if (i > 0)
            tokens[i - 1].space_after = start > at;
        at = start + form;
        tokens[i].span = (karaka_span){(uint32_t)start, (uint32_t)at};
    }
    return skip_blanks(text, length, at) == length;
}

static void add(builder *b, const char *text, size_t length) {
    memcpy(b->text + b->length, text, length);
    b->length += (uint32_t)length;
}

/* Puts the sentence's text together from its forms. */
static void join(builder *b, karaka_token *tokens, const karaka_conllu_sentence *s) {
    for (uint32_t i = 0; i < s->count; i++) {
        uint32_t start = b->length;
        add(b, s->words[i].form, strlen(s->words[i].form));
        tokens[i].span = (karaka_span){start, b->length};
        tokens[i].space_after = s->words[i].space_after;
        if (s->words[i].space_after && i + 1 < s->count)
            add(b, " ", 1);
    }
}

static void place(builder *b, karaka_token *tokens, const karaka_conllu_sentence *s) {
    if (!s->text || !align(tokens, s, s->text)) {
        join(b, tokens, s);
        return;
    }
    uint32_t start = b->length;
    add(b, s->text, strlen(s->text));
    for (uint32_t i = 0; i < s->count; i++) {
        tokens[i].span.start += start;
        tokens[i].span.end += start;
    }
    tokens[s->count - 1].space_after = s->words[s->count - 1].space_after;
}

static void fill(karaka_token *token, const karaka_conllu_word *word, bool keep_tree) {
    token->form = word->form;
    token->lemma = keep_tree ? word->lemma : "_";
    token->upos = keep_tree ? word->upos : "_";
    token->xpos = keep_tree ? word->xpos : "_";
    token->feats = keep_tree ? word->feats : "_";
    token->deprel = keep_tree ? word->deprel : "_";
    token->head = keep_tree ? word->head : -1;
}

static void separate(builder *b, const karaka_conllu_sentence *s, const karaka_conllu_sentence *before) {
    bool opens = !before || s->new_document || s->new_paragraph;
    if (before && opens)
        add(b, "\n\n", 2);
    else if (before && before->words[before->count - 1].space_after)
        add(b, " ", 1);
    if (opens)
        b->paragraphs[b->paragraph_count++] = (karaka_paragraph){KARAKA_BODY, {b->length, b->length}};
}

static int add_sentence(builder *b, size_t index) {
    const karaka_conllu_sentence *s = &b->from[index];
    if (b->keep_trees && !s->has_tree)
        return karaka_fail(KARAKA_ERROR_INPUT, "sentence %zu has no tree", index + 1);
    if (s->count > KARAKA_SENTENCE_TOKENS)
        return karaka_fail(KARAKA_ERROR_LIMIT, "sentence %zu has %u words: more than %d", index + 1, s->count,
                           KARAKA_SENTENCE_TOKENS);
    karaka_token *tokens = karaka_arena_array(b->document->arena, s->count, sizeof *tokens);
    if (!tokens)
        return KARAKA_ERROR_MEMORY;
    separate(b, s, index > 0 ? s - 1 : NULL);
    for (uint32_t i = 0; i < s->count; i++)
        fill(&tokens[i], &s->words[i], b->keep_trees);
    place(b, tokens, s);
    b->paragraphs[b->paragraph_count - 1].span.end = b->length;
    b->document->sentences[index] = (karaka_sentence){
        .span = {tokens[0].span.start, tokens[s->count - 1].span.end},
        .paragraph = b->paragraph_count - 1,
        .tokens = tokens,
        .token_count = s->count,
    };
    return KARAKA_OK;
}

static int build(karaka_document *document, const char *bytes, size_t length, bool keep_trees) {
    karaka_arena *arena = document->arena;
    karaka_conllu_sentence *from = NULL;
    builder b = {.document = document, .keep_trees = keep_trees};
    int rc = karaka_conllu_read(&from, &b.from_count, arena, bytes, length, "CoNLL-U");
    if (rc < 0)
        return rc;
    b.from = from;
    b.text = karaka_arena_alloc(arena, measure(&b));
    b.paragraphs = karaka_arena_array(arena, b.from_count, sizeof *b.paragraphs);
    document->sentences = karaka_arena_array(arena, b.from_count, sizeof *document->sentences);
    if (!b.text || !b.paragraphs || !document->sentences)
        return KARAKA_ERROR_MEMORY;
    for (size_t i = 0; i < b.from_count; i++)
        if ((rc = add_sentence(&b, i)) < 0)
            return rc;
    document->sentence_count = (uint32_t)b.from_count;
    document->segmented = true;
    document->parsed = keep_trees;
    document->article = (karaka_article){
        .text = b.text,
        .length = b.length,
        .id = b.from_count > 0 ? b.from[0].document_id : NULL,
        .published = b.from_count > 0 ? b.from[0].published : NULL,
        .lang = document->language ? document->language->settings.code : NULL,
        .paragraphs = b.paragraphs,
        .paragraph_count = b.paragraph_count,
    };
    return KARAKA_OK;
}

int karaka_document_from_conllu(karaka_document **out, const karaka_language *language, const char *bytes,
                                size_t length, bool keep_trees) {
    if (!language || (!bytes && length > 0))
        return karaka_fail(KARAKA_ERROR_ARGUMENT, "no language or no input");
    /* CoNLL-U is some ten times as long as its text. */
    if (length > 8 * KARAKA_INPUT_LIMIT)
        return karaka_fail(KARAKA_ERROR_LIMIT, "CoNLL-U of %zu bytes: larger than %zu", length, 8 * KARAKA_INPUT_LIMIT);
    karaka_document *document = NULL;
    int rc = karaka_document_new(&document, language);
    if (rc == KARAKA_OK)
        rc = karaka_arena_end(document->arena, build(document, length > 0 ? bytes : "", length, keep_trees));
    if (rc < 0) {
        karaka_document_free(document);
        return rc;
    }
    *out = document;
    return KARAKA_OK;
}

/* segment: an article's paragraphs to sentences and tokens. See segment.h.
 *
 * In: the article. Out: the document's sentences; each token has its span, form and space_after, the rest is "_".
 * Example: paragraph "उन्होंने कहा, 'हम तैयार हैं।' बैठक कल है." -> two sentences, the first with the quote after its danda.
 *
 * A sign that may end a sentence makes the end `due`; quotes, brackets and further signs that follow it still belong to
 * the sentence, a comma or a word that begins no sentence takes the end back, any other token begins the next.
 */
#include "parse/segment.h"

#include <string.h>
#include <unicode/uchar.h>

enum { DATELINE_TOKENS = 14 };

typedef struct segmenter {
    karaka_document *document;
    segment_scan scan;
    uint32_t paragraph;
    bool heading;
    segment_token tokens[KARAKA_SENTENCE_TOKENS]; /* of the sentence so far */
    uint32_t count, sentence_first;               /* number of the paragraph's first sentence */
    bool due, has_word;
    KARAKA_LIST(karaka_sentence) sentences;
} segmenter;

/* ---- Writing sentences ------------------------------------------------------------------------------------------- */

static bool space_follows(const segmenter *m, uint32_t index) {
    if (index + 1 < m->count)
        return m->tokens[index + 1].space_before;
    size_t at = m->tokens[index].end;
    return at >= m->scan.end || segment_scan_skip_blanks(&m->scan, at) > at;
}

/* The first `count` tokens become a sentence; the others stay. */
static int write_sentence(segmenter *m, uint32_t count) {
    karaka_arena *arena = m->document->arena;
    size_t bytes = 0;
    for (uint32_t i = 0; i < count; i++)
        bytes += m->tokens[i].end - m->tokens[i].start + 1;
    karaka_token *tokens = karaka_arena_array(arena, count, sizeof *tokens);
    char *form = karaka_arena_alloc(arena, bytes);
    if (!tokens || !form)
        return KARAKA_ERROR_MEMORY;
    for (uint32_t i = 0; i < count; i++) {
        karaka_span span = {m->tokens[i].start, m->tokens[i].end};
        size_t length = span.end - span.start;
        tokens[i] = (karaka_token){.span = span, .form = form, .head = -1, .space_after = space_follows(m, i)};
        tokens[i].lemma = tokens[i].upos = tokens[i].xpos = tokens[i].feats = tokens[i].deprel = "_";
        memcpy(form, m->scan.text + span.start, length);
        form += length;
        *form++ = '\0';
    }
    karaka_sentence sentence = {.span = {tokens[0].span.start, tokens[count - 1].span.end},
                                .paragraph = m->paragraph,
                                .tokens = tokens,
                                .token_count = count};
    m->count -= count;
    memmove(m->tokens, m->tokens + count, m->count * sizeof *m->tokens);
    return KARAKA_PUSH(arena, m->sentences, sentence);
}

/* How many tokens of an overlong sentence make the first part: to the last comma or before the last conjunction of the
 * second half, else all. */
static uint32_t best_cut(const segmenter *m) {
    uint32_t half = m->count / 2;
    for (uint32_t i = m->count; i-- > half;)
        if (m->tokens[i].kind == KIND_COMMA)
            return i + 1;
    for (uint32_t i = m->count; i-- > half;) {
        const segment_token *t = &m->tokens[i];
        if (segment_word_kinds(m->scan.rules, m->scan.text + t->start, t->end - t->start) & WORD_CONJUNCTION)
            return i;
    }
    return m->count;
}

static int flush(segmenter *m) {
    int rc = m->count > 0 ? write_sentence(m, m->count) : KARAKA_OK;
    m->due = m->has_word = false;
    return rc;
}

/* ---- Where a sentence ends --------------------------------------------------------------------------------------- */

static bool is_final_word(const segmenter *m, uint32_t index) {
    const segment_token *t = &m->tokens[index];
    return segment_word_kinds(m->scan.rules, m->scan.text + t->start, t->end - t->start) & WORD_FINAL;
}

/* "1." at the beginning: a number of a list. */
static bool is_list_number(const segmenter *m) {
    return m->count == 2 && m->tokens[0].kind == KIND_NUMBER;
}

/* "डी . वाई . पाटिल" */
static bool is_spaced_initial(const segmenter *m) {
    const segment_token *before = &m->tokens[m->count - 2];
    return m->tokens[m->count - 1].space_before && !is_final_word(m, m->count - 2) &&
           segment_scan_is_initial(&m->scan, before->start, before->end, false);
}

/* No abbreviation that the table lacks: three lower-case letters or more and nothing else. */
static bool is_word(const segmenter *m, uint32_t index) {
    const segment_token *t = &m->tokens[index];
    for (uint32_t i = t->start; i < t->end; i++)
        if (m->scan.text[i] < 'a' || m->scan.text[i] > 'z')
            return false;
    return t->end - t->start >= 3;
}

static bool dot_ends(const segmenter *m) {
    const segment_token *dot = &m->tokens[m->count - 1];
    size_t next, word = segment_scan_skip_blanks(&m->scan, dot->end);
    int32_t cp;
    if (m->count < 2 || is_list_number(m) || is_spaced_initial(m))
        return false;
    segment_class c = segment_scan_peek(&m->scan, word, &next, &cp);
    bool adjacent = word == dot->end && word < m->scan.end;
    if (cp >= 'a' && cp <= 'z')
        return m->scan.rules->lower_opens && !adjacent && is_word(m, m->count - 2);
    return !adjacent || (c != CLASS_DIGIT && cp > 0x7F) || c == CLASS_QUOTE || c == CLASS_CLOSE || c == CLASS_END ||
           !dot->space_before;
}

static bool ellipsis_ends(const segmenter *m) {
    return m->count > 1 && !m->heading && is_final_word(m, m->count - 2);
}

/* Two letters or more, none of them lower case. */
static bool is_capitals(const segmenter *m, const segment_token *t) {
    size_t at = t->start, letters = 0;
    while (at < t->end) {
        int32_t cp = karaka_utf8_next(m->scan.text, t->end, &at);
        letters += u_isupper(cp) != 0;
        if (u_islower(cp))
            return false;
    }
    return letters > 1;
}

/* The dash after the dateline that opens a paragraph: after a bracket, or after a place in capitals. */
static bool is_dateline(const segmenter *m) {
    const segment_token *dash = &m->tokens[m->count - 1];
    return m->sentences.count == m->sentence_first && m->count > 1 && m->count <= DATELINE_TOKENS &&
           dash->space_before && space_follows(m, m->count - 1) &&
           (segment_word_kinds(m->scan.rules, m->scan.text + dash->start, dash->end - dash->start) & WORD_DATELINE) &&
           (m->tokens[m->count - 2].kind == KIND_CLOSE || is_capitals(m, &m->tokens[0]));
}

/* Is the end of the sentence due after its last token? */
static bool ends(const segmenter *m) {
    const segment_token *t = &m->tokens[m->count - 1];
    if (!m->has_word || (m->count > 1 && m->tokens[m->count - 2].kind == KIND_OPEN))
        return false;
    switch (t->kind) {
    case KIND_END:
    case KIND_SOFT_END:
        return true;
    case KIND_WEAK_END:
        return !m->heading && m->count > 2;
    case KIND_DOT:
        return dot_ends(m);
    case KIND_ELLIPSIS:
        return ellipsis_ends(m);
    case KIND_OTHER:
        return !m->heading && is_dateline(m);
    default:
        return false;
    }
}

/* A word that begins no sentence, unless it is an initial ("के एल राहुल"). */
static bool is_continuation(const segmenter *m, const segment_token *t) {
    const segment_scan *s = &m->scan;
    if (!(segment_word_kinds(s->rules, s->text + t->start, t->end - t->start) & WORD_CONTINUATION))
        return false;
    size_t start = segment_scan_skip_blanks(s, t->end), end = segment_scan_skip_word(s, start, start);
    return !segment_scan_is_initial(s, t->start, t->end, false) || end == start ||
           !segment_scan_is_initial(s, start, end, true);
}

/* Does the token show that what seemed the end is none? A danda is always one. */
static bool goes_on(const segmenter *m, const segment_token *t) {
    segment_kind last = m->tokens[m->count - 1].kind;
    if (last == KIND_DOT && m->scan.rules->lower_opens)
        return t->kind == KIND_COMMA;
    return t->kind == KIND_COMMA ||
           (t->kind == KIND_WORD && last != KIND_END && last != KIND_WEAK_END && is_continuation(m, t));
}

/* "in the U.S. The": the dot of the abbreviation is the sentence's as well. "we wait ... The" */
static bool opens(const segmenter *m, const segment_token *t) {
    const segment_scan *s = &m->scan;
    const segment_token *last = &m->tokens[m->count - 1];
    bool ended = last->kind == KIND_ELLIPSIS ||
                 (last->kind <= KIND_ABBREVIATION && s->text[last->end - 1] == '.' && is_final_word(m, m->count - 1));
    return m->count > 1 && t->kind == KIND_WORD && ended &&
           (segment_word_kinds(s->rules, s->text + t->start, t->end - t->start) & WORD_OPENING);
}

/* Does the token still belong to the sentence whose end is due? */
static bool belongs(const segment_token *t) {
    switch (t->kind) {
    case KIND_CLOSE:
    case KIND_QUOTE_CLOSE:
    case KIND_END:
    case KIND_SOFT_END:
    case KIND_DOT:
    case KIND_ELLIPSIS:
    case KIND_WEAK_END:
        return true;
    default:
        return false;
    }
}

static int add(segmenter *m, const segment_token *t) {
    int rc = KARAKA_OK;
    if (m->due && goes_on(m, t))
        m->due = false;
    else if (m->due && !belongs(t))
        rc = flush(m);
    else if (m->has_word && ((t->line_before && is_final_word(m, m->count - 1)) || opens(m, t)))
        rc = flush(m);
    if (rc == KARAKA_OK && m->count == KARAKA_SENTENCE_TOKENS)
        rc = write_sentence(m, best_cut(m));
    if (rc < 0)
        return rc;
    m->tokens[m->count++] = *t;
    m->has_word = m->has_word || t->kind <= KIND_ABBREVIATION;
    m->due = m->due || ends(m);
    return KARAKA_OK;
}

static int segment_paragraph(segmenter *m, const karaka_paragraph *paragraph) {
    m->heading =
        paragraph->kind == KARAKA_TITLE || paragraph->kind == KARAKA_KICKER || paragraph->kind == KARAKA_SUBHEAD;
    m->scan.at = paragraph->span.start;
    m->scan.cut = 0;
    m->sentence_first = (uint32_t)m->sentences.count;
    m->scan.end = paragraph->span.end;
    m->scan.last = KIND_OTHER;
    m->scan.in_single = m->scan.in_double = false;
    segment_token token;
    while (segment_scan_next(&m->scan, &token)) {
        int rc = add(m, &token);
        if (rc < 0)
            return rc;
    }
    return flush(m);
}

int karaka_segment(karaka_document *document) {
    const karaka_article *article = &document->article;
    segmenter m = {.document = document, .scan = {.rules = document->language->segments, .text = article->text}};
    for (uint32_t i = 0; i < article->paragraph_count; i++) {
        m.paragraph = i;
        int rc = segment_paragraph(&m, &article->paragraphs[i]);
        if (rc < 0)
            return rc;
    }
    document->sentences = m.sentences.items;
    document->sentence_count = (uint32_t)m.sentences.count;
    document->segmented = true;
    return KARAKA_OK;
}

/* explain: how each sentence was understood, and what was decided about each predicate.
 *
 * In: a coded document. Out: for each sentence its text, its tree, the parties recognised, and for each predicate the
 * event and the table line that made it, or why there is none, with the parts as they were seen.
 * Example:
 *     जताया  VERB  root  (जताना)
 *     ├─ किम  PROPN  k1
 *     │  └─ ने  ADP  lwg__psp
 *     + समर्थन जताना  SUPPORT, event 1  hi/predicates:214
 */
#include "output/writer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { EXPLAIN_WIDTH = 100, DEPTH_SHOWN = 40, NONE = -1 };

/* The tree as child lists; `stack` and `depth` serve the walk. One allocation for all. */
typedef struct tree {
    int32_t *child;   /* [token] first child */
    int32_t *sibling; /* [token] next child of the same head */
    uint32_t *depth;  /* [token] distance from the root it was reached from */
    int32_t *stack;   /* [token] tokens still to show */
    bool *seen;       /* [token] shown: a given tree may have a cycle */
} tree;

static int tree_make(tree *t, const karaka_sentence *sentence) {
    size_t count = sentence->token_count;
    char *block = calloc(count, 4 * sizeof(int32_t) + sizeof(bool));
    if (!block)
        return karaka_fail(KARAKA_ERROR_MEMORY, "out of memory for a tree of %zu tokens", count);
    t->child = (int32_t *)(void *)block;
    t->sibling = t->child + count;
    t->depth = (uint32_t *)(void *)(t->sibling + count);
    t->stack = (int32_t *)(void *)(t->depth + count);
    t->seen = (bool *)(t->stack + count);
    for (size_t i = 0; i < count; i++)
        t->child[i] = t->sibling[i] = NONE;
    for (size_t i = count; i-- > 0;) {
        int32_t head = sentence->tokens[i].head;
        if (head < 0 || (size_t)head >= count || (size_t)head == i)
            continue;
        t->sibling[i] = t->child[head];
        t->child[head] = (int32_t)i;
    }
    return KARAKA_OK;
}

/* `bars` tells, for each depth shown, whether the branch above goes on. */
static void put_node(karaka_writer *w, const karaka_token *token, uint32_t depth, const bool *bars, bool last) {
    karaka_put(w, "    ");
    karaka_style_on(w, STYLE_DIM);
    for (uint32_t d = 1; d < depth && d < DEPTH_SHOWN; d++)
        karaka_put(w, bars[d] ? "│  " : "   ");
    if (depth >= DEPTH_SHOWN)
        karaka_put_format(w, "%u… ", depth);
    else if (depth)
        karaka_put(w, last ? "└─ " : "├─ ");
    karaka_style_off(w);
    karaka_put_line(w, token->form, strlen(token->form), 0);
    karaka_put(w, "  ");
    karaka_put_style(w, STYLE_BLUE, token->deprel);
    karaka_put(w, "  ");
    karaka_style_on(w, STYLE_DIM);
    karaka_put(w, token->upos);
    if (strcmp(token->lemma, "_") != 0 && strcmp(token->lemma, token->form) != 0) {
        karaka_put(w, "  ");
        karaka_put(w, token->lemma);
    }
    karaka_style_off(w);
    karaka_put(w, "\n");
}

static void put_branch(karaka_writer *w, tree *t, const karaka_sentence *sentence, int32_t root) {
    bool bars[DEPTH_SHOWN + 1] = {false};
    size_t top = 0;
    t->stack[top++] = root;
    t->depth[root] = 0;
    t->seen[root] = true;
    while (top && !w->error) {
        int32_t at = t->stack[--top];
        uint32_t depth = t->depth[at];
        bool last = depth == 0 || t->sibling[at] == NONE;
        if (depth && depth < DEPTH_SHOWN)
            bars[depth] = !last;
        put_node(w, &sentence->tokens[at], depth, bars, last);
        /* Siblings are linked in the order of the sentence; the stack wants them reversed. */
        size_t first = top;
        for (int32_t c = t->child[at]; c != NONE; c = t->sibling[c]) {
            if (t->seen[c])
                continue;
            t->seen[c] = true;
            t->depth[c] = depth + 1;
            t->stack[top++] = c;
        }
        for (size_t i = first, j = top; i + 1 < j; i++) {
            int32_t swap = t->stack[--j];
            t->stack[j] = t->stack[i];
            t->stack[i] = swap;
        }
    }
}

static void put_tree(karaka_writer *w, const karaka_sentence *sentence) {
    tree t = {0};
    if (!sentence->token_count || w->error)
        return;
    int error = tree_make(&t, sentence);
    if (error < 0) {
        w->error = error;
        return;
    }
    for (int pass = 0; pass < 2; pass++) /* roots first, then what no root reaches (a cycle) */
        for (uint32_t i = 0; i < sentence->token_count; i++)
            if (!t.seen[i] && (pass == 1 || sentence->tokens[i].head < 0))
                put_branch(w, &t, sentence, (int32_t)i);
    free(t.child);
}

static void put_actors(karaka_writer *w, const karaka_document *document, karaka_span span, uint32_t *next) {
    bool any = false;
    for (; *next < document->actor_count; ++*next) {
        const karaka_party *party = &document->actors[*next];
        if (party->span.start >= span.end)
            break;
        if (party->span.start < span.start)
            continue;
        karaka_put(w, any ? "            " : "    actors  ");
        any = true;
        karaka_put_line(w, party->text, strlen(party->text), 0);
        karaka_put(w, " = ");
        karaka_put_style(w, STYLE_CYAN, party->code ? party->code : "?");
        if (party->name) {
            karaka_put(w, "  ");
            karaka_put(w, party->name);
        }
        karaka_put(w, "  ");
        karaka_put_style(w, STYLE_DIM, party->rule);
        karaka_put(w, "\n");
    }
    if (any)
        karaka_put(w, "\n");
}

static void put_note(karaka_writer *w, const char *text) {
    if (!text || !*text)
        return;
    karaka_put(w, "      ");
    karaka_put_wrapped(w, text, strlen(text), (karaka_span){0, 0}, 6, 6, EXPLAIN_WIDTH);
    karaka_put(w, "\n");
}

static void put_decision(karaka_writer *w, const karaka_document *document, const karaka_decision *decision) {
    bool made = decision->event >= 0 && (uint32_t)decision->event < document->event_count;
    karaka_put(w, "    ");
    karaka_put_style(w, made ? STYLE_GREEN : STYLE_YELLOW, made ? "+ " : "- ");
    karaka_put_style(w, STYLE_BOLD, decision->lemma);
    karaka_put(w, "  ");
    if (made) {
        karaka_put(w, document->events[decision->event].type);
        karaka_put_format(w, ", event %d", decision->event + 1);
        if (decision->reason && *decision->reason)
            karaka_put(w, " (");
        karaka_put(w, decision->reason);
        if (decision->reason && *decision->reason)
            karaka_put(w, ")");
    } else {
        karaka_put(w, "no event: ");
        karaka_put(w, decision->reason && *decision->reason ? decision->reason : "no line fits");
    }
    if (decision->rule && *decision->rule) {
        karaka_put(w, "  ");
        karaka_put_style(w, STYLE_DIM, decision->rule);
    }
    karaka_put(w, "\n");
    put_note(w, decision->parts);
    if (isfinite(decision->score) && *decision->grounds) {
        karaka_put_format(w, "      weighs %+.1f", decision->score);
        karaka_put(w, "\n");
        put_note(w, decision->grounds);
    }
}

/* The decisions ordered by sentence: those of sentence s stand at order[start[s]] .. order[start[s + 1]]. One
 * allocation, freed through `start`. */
typedef struct by_sentence {
    uint32_t *start, *order;
} by_sentence;

static int group_decisions(by_sentence *out, const karaka_document *document) {
    size_t sentences = document->sentence_count, count = document->decision_count;
    uint32_t *start = calloc(sentences + 2 + count, sizeof *start);
    if (!start)
        return karaka_fail(KARAKA_ERROR_MEMORY, "out of memory for %zu decisions", count);
    uint32_t *order = start + sentences + 2;
    for (size_t i = 0; i < count; i++)
        if (document->decisions[i].sentence < sentences)
            start[document->decisions[i].sentence + 2]++;
    for (size_t s = 2; s < sentences + 2; s++)
        start[s] += start[s - 1];
    for (size_t i = 0; i < count; i++) {
        uint32_t sentence = document->decisions[i].sentence;
        if (sentence < sentences)
            order[start[sentence + 1]++] = (uint32_t)i;
    }
    *out = (by_sentence){start, order};
    return KARAKA_OK;
}

static void put_heading(karaka_writer *w, const karaka_document *document) {
    const karaka_article *article = &document->article;
    karaka_style_on(w, STYLE_BOLD);
    const char *id = article->id ? article->id : "document";
    karaka_put_line(w, id, strlen(id), 0);
    karaka_style_off(w);
    if (article->published) {
        karaka_put(w, "  published ");
        karaka_put(w, article->published);
    }
    karaka_put_format(w, "  %u sentences, %u events\n", document->sentence_count, document->event_count);
    if (document->passed_over) {
        karaka_put_style(w, STYLE_YELLOW, "not parsed: ");
        karaka_put(w, document->passed_over);
        karaka_put(w, "\n");
    }
    karaka_put(w, "\n");
}

int karaka_write_explain(karaka_text *out, const karaka_document *document, bool colour) {
    karaka_writer w = karaka_writer_begin(out, colour);
    uint32_t next_actor = 0;
    by_sentence decisions = {0};
    w.error = group_decisions(&decisions, document);
    if (w.error)
        return w.error;
    put_heading(&w, document);
    for (uint32_t s = 0; s < document->sentence_count && !w.error; s++) {
        const karaka_sentence *sentence = &document->sentences[s];
        karaka_slice text = karaka_article_part(&document->article, sentence->span);
        karaka_style_on(&w, STYLE_DIM);
        karaka_put_format(&w, "%3u ", s + 1);
        karaka_style_off(&w);
        karaka_put_wrapped(&w, text.bytes, text.length, (karaka_span){0, 0}, 4, 4, EXPLAIN_WIDTH);
        karaka_put(&w, "\n\n");
        if (!document->passed_over) {
            put_tree(&w, sentence);
            karaka_put(&w, "\n");
        }
        put_actors(&w, document, sentence->span, &next_actor);
        for (uint32_t i = decisions.start[s]; i < decisions.start[s + 1]; i++)
            put_decision(&w, document, &document->decisions[decisions.order[i]]);
        if (decisions.start[s] < decisions.start[s + 1])
            karaka_put(&w, "\n");
    }
    free(decisions.start);
    return karaka_writer_end(&w);
}

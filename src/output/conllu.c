/* conllu: sentences with their trees as CoNLL-U.
 *
 * In: a segmented or parsed document. Out: `# newdoc id`, `# published` if known, then for each sentence `# sent_id`,
 * `# text` and its tokens. Example: 1<tab>किम<tab>किम<tab>PROPN<tab>NNP<tab>_<tab>2<tab>k1<tab>_<tab>_
 */
#include "output/writer.h"

#include <string.h>

/* A cell never holds a tab or a line break; an empty one is "_". */
static void put_cell(karaka_writer *w, const char *text) {
    if (!text || !*text) {
        karaka_put(w, "_");
        return;
    }
    for (;;) {
        size_t plain = strcspn(text, "\t\r\n");
        karaka_put_bytes(w, text, plain);
        if (!text[plain])
            return;
        karaka_put_bytes(w, " ", 1);
        text += plain + 1;
    }
}

static void put_comment(karaka_writer *w, const char *key, const char *bytes, size_t length) {
    karaka_put_format(w, "# %s = ", key);
    karaka_put_line(w, bytes, length, 0);
    karaka_put(w, "\n");
}

static void put_token(karaka_writer *w, uint32_t index, const karaka_token *token) {
    const char *const cells[] = {token->form, token->lemma, token->upos, token->xpos, token->feats};
    karaka_put_format(w, "%u", index + 1);
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        karaka_put_bytes(w, "\t", 1);
        put_cell(w, cells[i]);
    }
    /* A token without a tree has no head; the root's head is 0. */
    bool no_tree = token->head < 0 && (!token->deprel || strcmp(token->deprel, "_") == 0);
    if (no_tree)
        karaka_put(w, "\t_\t");
    else
        karaka_put_format(w, "\t%d\t", token->head + 1);
    put_cell(w, token->deprel);
    karaka_put(w, token->space_after ? "\t_\t_\n" : "\t_\tSpaceAfter=No\n");
}

int karaka_write_conllu(karaka_text *out, const karaka_document *document) {
    const karaka_article *article = &document->article;
    const char *id = article->id ? article->id : "document";
    karaka_writer w = karaka_writer_begin(out, false);
    put_comment(&w, "newdoc id", id, strlen(id));
    if (article->published)
        put_comment(&w, "published", article->published, strlen(article->published));
    for (uint32_t s = 0; s < document->sentence_count; s++) {
        const karaka_sentence *sentence = &document->sentences[s];
        karaka_slice text = karaka_article_part(article, sentence->span);
        if (s && sentence->paragraph != sentence[-1].paragraph)
            karaka_put(&w, "# newpar\n");
        karaka_put(&w, "# sent_id = ");
        karaka_put_line(&w, id, strlen(id), 0);
        karaka_put_format(&w, "-%u\n", s + 1);
        put_comment(&w, "text", text.bytes, text.length);
        for (uint32_t t = 0; t < sentence->token_count; t++)
            put_token(&w, t, &sentence->tokens[t]);
        karaka_put(&w, "\n");
    }
    return karaka_writer_end(&w);
}

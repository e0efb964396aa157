/* article: pieces of text become the article that a document owns.
 *
 * In: pieces in reading order. Out: one text, pieces joined by an empty line, and the span of each.
 * Example: TITLE "Kim meets Lavrov", LEAD "They met." -> "Kim meets Lavrov\n\nThey met.", [0,16) and [18,27).
 */
#include "page/page.h"
#include <string.h>

static const char JOINT[] = "\n\n";
enum { JOINT_LENGTH = sizeof JOINT - 1 };

int karaka_article_build(karaka_article *article, karaka_arena *arena, const karaka_piece *pieces, size_t count) {
    size_t total = 0;
    for (size_t i = 0; i < count; i++)
        total += pieces[i].text.length + (i ? JOINT_LENGTH : 0);
    if (total >= UINT32_MAX)
        return karaka_fail(KARAKA_ERROR_LIMIT, "article longer than 4 GiB");
    char *text = karaka_arena_alloc(arena, total + 1);
    karaka_paragraph *paragraphs = karaka_arena_array(arena, count, sizeof *paragraphs);
    if (!text || !paragraphs)
        return KARAKA_ERROR_MEMORY;
    uint32_t used = 0;
    for (size_t i = 0; i < count; i++) {
        karaka_slice piece = pieces[i].text;
        if (i) {
            memcpy(text + used, JOINT, JOINT_LENGTH);
            used += JOINT_LENGTH;
        }
        memcpy(text + used, piece.bytes, piece.length);
        paragraphs[i] = (karaka_paragraph){pieces[i].kind, {used, used + (uint32_t)piece.length}};
        used += (uint32_t)piece.length;
    }
    article->text = text;
    article->length = used;
    article->paragraphs = paragraphs;
    article->paragraph_count = (uint32_t)count;
    return KARAKA_OK;
}

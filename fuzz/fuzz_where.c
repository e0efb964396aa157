/* fuzz_where: any bytes as a sentence for the times and places, or as one of their tables.
 *
 * In: bytes; the first chooses: 0 a sentence cut at blanks, looked at with the real tables; 1..4 the rest is the table
 * times, places, places.cities or places.words, with which a fixed sentence is looked at. Checked: no step outside
 * memory, spans inside the text, both ends of a time or none.
 */
#include "document.h"
#include "event/place.h"
#include "event/time.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerInitialize(int *count, char ***words);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static karaka_arena *tables;
static karaka_spelling *spelling;
static karaka_time_rules *times;
static karaka_gazetteer *places;
static char folder[] = "/tmp/karaka-fuzz-XXXXXX";

static void remove_folder(void) {
    static const char *const names[] = {"times", "places", "places.cities", "places.words"};
    char path[128];
    for (size_t i = 0; i < 4; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        remove(path);
    }
    rmdir(folder);
}

int LLVMFuzzerInitialize(int *count, char ***words) {
    char path[1024];
    const char *languages = getenv("KARAKA_LANGUAGES");
    (void)count, (void)words;
    snprintf(path, sizeof path, "%s/hi", languages && *languages ? languages : "languages");
    if (karaka_arena_new(&tables) < 0 || karaka_spelling_load(&spelling, tables, path) < 0 ||
        karaka_time_rules_load(&times, tables, path, spelling) < 0 ||
        karaka_gazetteer_load(&places, tables, path, spelling) < 0 || !mkdtemp(folder)) {
        fprintf(stderr, "%s: %s\n", path, karaka_error_text());
        exit(1);
    }
    return atexit(remove_folder);
}

/* Cuts at blanks; every third word is a proper noun, every third untagged. */
static karaka_sentence cut(karaka_arena *arena, karaka_article *article, const char *text, size_t length) {
    karaka_sentence s = {.span = {0, (uint32_t)length}};
    karaka_token *tokens = karaka_arena_array(arena, KARAKA_SENTENCE_TOKENS, sizeof *tokens);
    for (size_t at = 0; tokens && at < length && s.token_count < KARAKA_SENTENCE_TOKENS;) {
        size_t end = at;
        while (end < length && text[end] != ' ')
            end++;
        if (end > at) {
            static const char *const tags[] = {"PROPN", "_", "NOUN"};
            karaka_token *t = &tokens[s.token_count];
            *t = (karaka_token){.span = {(uint32_t)at, (uint32_t)end},
                                .form = karaka_arena_copy(arena, text + at, end - at),
                                .lemma = "_",
                                .upos = tags[s.token_count % 3],
                                .xpos = "_",
                                .feats = "_",
                                .deprel = "_",
                                .head = -1,
                                .space_after = end < length};
            s.token_count++;
        }
        at = end + 1;
    }
    s.tokens = tokens;
    article->text = karaka_arena_copy(arena, text, length);
    article->length = (uint32_t)length;
    article->published = "2025-07-14T14:20:39+05:30";
    return s;
}

static void look(karaka_arena *arena, const karaka_time_rules *rules, const karaka_gazetteer *gazetteer,
                 const char *text, size_t length) {
    static const char *const countries[] = {"IND", "UKR", "PRK"};
    karaka_article article = {0};
    karaka_sentence s = cut(arena, &article, text, length);
    karaka_time_mention *t;
    karaka_place_mention *p;
    size_t count;
    for (int tense = 0; rules && tense < 4; tense++) {
        if (karaka_time_find(&t, &count, arena, rules, spelling, &s, &article, (karaka_tense)tense) < 0)
            continue;
        for (size_t i = 0; i < count; i++)
            if (t[i].last >= s.token_count || t[i].first > t[i].last || t[i].time.span.end > length ||
                t[i].time.span.start >= t[i].time.span.end || !t[i].time.start != !t[i].time.end ||
                (t[i].time.start && strcmp(t[i].time.start, t[i].time.end) > 0))
                abort();
    }
    if (gazetteer && karaka_place_find(&p, &count, arena, gazetteer, spelling, &s, countries, 3) == 0)
        for (size_t i = 0; i < count; i++)
            if (p[i].last >= s.token_count || p[i].first > p[i].last || p[i].place.span.end > length ||
                p[i].place.span.start >= p[i].place.span.end)
                abort();
}

static void put(const char *name, const uint8_t *data, size_t size) {
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "wb");
    if (!f)
        return;
    fwrite(data, 1, size, f);
    fclose(f);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char *const names[] = {"", "times", "places", "places.cities", "places.words"};
    static const char sentence[] = "पिछले साल 5 मई को द्निप्रो शहर में , 20 से 28 नवंबर तक पूर्वी यूक्रेन";
    karaka_arena *arena = NULL;
    if (size < 1 || size > 20000 || karaka_arena_new(&arena) < 0)
        return 0;
    unsigned mode = data[0] % 5;
    if (mode == 0) {
        if (karaka_utf8_check((const char *)data + 1, size - 1) == size - 1)
            look(arena, times, places, (const char *)data + 1, size - 1);
    } else {
        karaka_time_rules *rules = NULL;
        karaka_gazetteer *gazetteer = NULL;
        put(names[mode], data + 1, size - 1);
        if (mode == 1 && karaka_time_rules_load(&rules, arena, folder, spelling) < 0)
            rules = NULL;
        if (mode > 1 && karaka_gazetteer_load(&gazetteer, arena, folder, spelling) < 0)
            gazetteer = NULL;
        look(arena, rules, gazetteer, sentence, strlen(sentence));
        karaka_gazetteer_close(gazetteer);
    }
    karaka_arena_free(arena);
    return 0;
}

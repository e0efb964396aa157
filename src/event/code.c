/* code: drives the chain from trees to events, sentence by sentence and in order (event.h, reading.h). */
#include "event/event.h"
#include "event/reading.h"

#include <string.h>

/* The day of publication as "YYYY-MM-DD", "" if unknown. */
static const char *day_of(karaka_reading *r) {
    const char *published = r->document->article.published;
    if (!published || strlen(published) < 10 || published[4] != '-')
        return "";
    const char *day = karaka_arena_copy(r->arena, published, 10);
    return day ? day : "";
}

/* Each word is folded once for all who look it up. */
static int read_keys(karaka_reading *r) {
    const karaka_document *document = r->document;
    const karaka_spelling *spelling = r->lexicon->spelling;
    r->keys = karaka_arena_array(r->arena, document->sentence_count + 1, sizeof *r->keys);
    for (uint32_t s = 0; r->keys && s < document->sentence_count; s++) {
        const karaka_sentence *sentence = &document->sentences[s];
        karaka_token_keys *keys = karaka_arena_array(r->arena, sentence->token_count + 1, sizeof *keys);
        if (!keys)
            return KARAKA_ERROR_MEMORY;
        for (uint32_t i = 0; i < sentence->token_count; i++) {
            const karaka_token *t = &sentence->tokens[i];
            keys[i].form = karaka_word_key(spelling, t->form, strlen(t->form));
            keys[i].lemma =
                strcmp(t->lemma, t->form) == 0 ? keys[i].form : karaka_word_key(spelling, t->lemma, strlen(t->lemma));
        }
        r->keys[s] = keys;
    }
    return r->keys ? KARAKA_OK : KARAKA_ERROR_MEMORY;
}

static int start(karaka_reading *r, karaka_document *document) {
    *r = (karaka_reading){
        .document = document, .arena = document->arena, .lexicon = document->language->lexicon, .last_doer = -1};
    const size_t n = KARAKA_READ_TOKENS;
    r->today = day_of(r);
    r->words = karaka_arena_array(r->arena, n, sizeof *r->words);
    r->conditions = karaka_arena_array(r->arena, n + 2, sizeof *r->conditions);
    r->atoms = karaka_arena_array(r->arena, n * 4, sizeof *r->atoms);
    r->pieces = karaka_arena_array(r->arena, n * 4 + 1, sizeof *r->pieces);
    r->candidates = karaka_arena_array(r->arena, n * 4, sizeof *r->candidates);
    r->spots = karaka_arena_array(r->arena, KARAKA_SPOTS, sizeof *r->spots);
    r->scores = karaka_arena_array(r->arena, n * 2, sizeof *r->scores);
    r->governs = karaka_arena_array(r->arena, n, sizeof *r->governs);
    r->topics = karaka_arena_array(r->arena, document->sentence_count + 1, sizeof *r->topics);
    r->title_codes = karaka_arena_array(r->arena, r->lexicon->agents.count + 1, sizeof *r->title_codes);
    r->title_home = karaka_arena_array(r->arena, r->lexicon->agents.count + 1, sizeof *r->title_home);
    if (read_keys(r) < 0)
        return KARAKA_ERROR_MEMORY;
    return r->title_home && r->topics && r->conditions && r->words && r->atoms && r->pieces && r->candidates &&
                   r->scores && r->governs && r->title_codes && r->spots
               ? KARAKA_OK
               : KARAKA_ERROR_MEMORY;
}

/* The doer whom the next sentence's pronouns mean: the first of this one. */
static void remember_doer(karaka_reading *r) {
    for (uint32_t i = 0; i < r->count; i++)
        if (r->words[i].pos == POS_VERB && (r->words[i].classes & KARAKA_FINITE) &&
            karaka_parts_doer(r, (int32_t)i, 0) >= 0) {
            r->last_doer = r->words[i].doer;
            return;
        }
    for (size_t i = r->names_from; i < r->names.count; i++) {
        const karaka_name *n = &r->names.items[i];
        int32_t head = -1;
        if (n->kind == KARAKA_PLACE_NAME)
            continue;
        if (karaka_parts_of_name(r, n, &head) & KARAKA_PART_BIT(KARAKA_DOER)) {
            r->last_doer = (int32_t)i;
            return;
        }
    }
}

static karaka_tense tense_of(const karaka_reading *r) {
    for (uint32_t i = 0; i < r->count && r->lexicon->settings->content_heads; i++)
        if (r->words[i].pos == POS_VERB && r->words[i].head < 0)
            return karaka_status_will(r, (int32_t)i) ? KARAKA_FUTURE : KARAKA_PAST;
    for (uint32_t i = 0; i < r->count; i++)
        if (r->words[i].head < 0 && r->words[i].pos != POS_PUNCT)
            for (uint32_t k = i; k < r->count && (k == i || r->words[k].pos == POS_AUX); k++)
                if (r->words[k].classes & KARAKA_WILL)
                    return KARAKA_FUTURE;
    return KARAKA_PAST;
}

/* The topics whose words begin at token `at`. */
static uint32_t topics_at(const karaka_lexicon *l, const karaka_token_keys *keys, uint32_t count, uint32_t at) {
    uint32_t node = KARAKA_SET_TOPIC, by_lemma = node, bits = 0;
    for (uint32_t i = at; i < count && i < at + 4 && (node || by_lemma); i++) {
        node = node ? karaka_phrasebook_step(&l->phrases, node, keys[i].form) : 0;
        by_lemma = by_lemma ? karaka_phrasebook_step(&l->phrases, by_lemma, keys[i].lemma) : 0;
        for (int way = 0; way < 2; way++)
            for (uint32_t v = karaka_phrasebook_first(&l->phrases, way ? by_lemma : node); v;
                 v = l->phrases.values.items[v].next)
                bits |= 1u << l->phrases.values.items[v].item;
    }
    return bits;
}

static void read_topics(karaka_reading *r) {
    const karaka_lexicon *l = r->lexicon;
    uint32_t counts[KARAKA_TOPICS] = {0}, sentences = r->document->sentence_count;
    for (uint32_t s = 0; s < sentences && l->topic_count; s++) {
        const karaka_sentence *sentence = &r->document->sentences[s];
        for (uint32_t i = 0; i < sentence->token_count && i < KARAKA_READ_TOKENS; i++)
            r->topics[s] |= topics_at(l, r->keys[s], sentence->token_count, i);
        for (uint32_t k = 0; k < l->topic_count; k++)
            counts[k] += r->topics[s] >> k & 1;
    }
    for (uint32_t k = 0; k < l->topic_count; k++)
        if (counts[k] * 2 >= sentences && counts[k])
            r->main_topics |= 1u << k;
}

/* Whether the article names the home country or, by one word, somebody or some city of it. */
static bool names_home(const karaka_reading *r) {
    const karaka_lexicon *l = r->lexicon;
    const char *home = l->settings->home;
    for (uint32_t s = 0; home && s < r->document->sentence_count; s++) {
        const karaka_sentence *sentence = &r->document->sentences[s];
        for (uint32_t i = 0; i < sentence->token_count && i < KARAKA_READ_TOKENS; i++) {
            uint32_t node = karaka_phrasebook_step(&l->phrases, KARAKA_SET_ACTOR, r->keys[s][i].form);
            uint32_t value = node ? karaka_phrasebook_first(&l->phrases, node) : 0;
            if (!value)
                continue;
            const karaka_actor_line *line = &l->actors.items[l->phrases.values.items[value].item];
            if (line->kind != KARAKA_REGION && karaka_same_country(line->code, home))
                return true;
        }
    }
    return false;
}

static int read_sentence(karaka_reading *r, uint32_t index) {
    const karaka_language *language = r->document->language;
    const char *countries[48];
    r->index = index;
    r->sentence = &r->document->sentences[index];
    r->times = NULL, r->places = NULL, r->time_count = 0, r->place_count = 0;
    karaka_words_read(r);
    for (uint32_t i = 0; i < r->country_count; i++) {
        countries[i] = karaka_arena_copy(r->arena, r->countries[i].full, karaka_country_length(r->countries[i].full));
        if (!countries[i])
            return KARAKA_ERROR_MEMORY;
    }
    int rc = karaka_time_find(&r->times, &r->time_count, r->arena, language->times, language->spelling, r->sentence,
                              &r->document->article, tense_of(r));
    if (rc == KARAKA_OK)
        rc = karaka_place_find(&r->places, &r->place_count, r->arena, language->places, language->spelling, r->sentence,
                               countries, r->country_count);
    if (rc == KARAKA_OK)
        rc = karaka_names_find(r);
    karaka_words_clauses(r);
    if (rc == KARAKA_OK)
        rc = karaka_predicates_find(r);
    karaka_scene_read(r);
    if (rc == KARAKA_OK)
        rc = karaka_tell(r);
    if (rc == KARAKA_OK)
        karaka_source_look_back(r);
    karaka_scene_leave(r);
    remember_doer(r);
    return rc;
}

int karaka_reading_start(karaka_reading *r, karaka_document *document) {
    return start(r, document);
}

int karaka_reading_sentence(karaka_reading *r, uint32_t index) {
    return read_sentence(r, index);
}

int karaka_event_code_observed(karaka_document *document, karaka_observe *observe, void *observer) {
    karaka_reading r;
    int rc = start(&r, document);
    r.observe = observe;
    r.observer = observer;
    r.home_named = rc == KARAKA_OK && names_home(&r);
    if (rc == KARAKA_OK)
        read_topics(&r);
    for (uint32_t i = 0; i < document->sentence_count && rc == KARAKA_OK; i++)
        rc = read_sentence(&r, i);
    if (rc == KARAKA_OK)
        rc = karaka_story_make(&r);
    document->coded = rc == KARAKA_OK;
    return rc;
}

int karaka_event_code(karaka_document *document) {
    return karaka_event_code_observed(document, NULL, NULL);
}

/* story: one event that is told several times is one record.
 *
 * In: r->tellings of the whole article, in order. Out: document->events, their mentions; decisions that name them.
 * Example: headline "रूस का यूक्रेन पर हमला", body "रूस ने यूक्रेन पर हमला किया" -> one ASSAULT with two mentions.
 */
#include "event/ontology.h"
#include "event/reading.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const char *code_at(const karaka_reading *r, int32_t name) {
    return r->names.items[name].code;
}

/* Rebels of an unknown country may be those of a known one; "the world" may not be one country. */
static bool unknown_same(const char *a, const char *b) {
    const char *role_a = a + karaka_country_length(a), *role_b = b + karaka_country_length(b);
    if (strchr(a, '#') || strchr(b, '#'))
        return false;
    return (a[0] == '-' || b[0] == '-') && strcmp(role_a, role_b) == 0 && strcmp(role_a, " GOV") != 0;
}

static bool holds(const karaka_reading *r, const int32_t *side, uint32_t count, const char *code) {
    for (uint32_t i = 0; i < count; i++)
        if ((code[0] != '-' && karaka_same_country(code_at(r, side[i]), code)) ||
            strcmp(code_at(r, side[i]), code) == 0 || unknown_same(code, code_at(r, side[i])))
            return true;
    return false;
}

/* Every country of side a is in side b. */
static bool within(const karaka_reading *r, const int32_t *a, uint32_t na, const int32_t *b, uint32_t nb) {
    for (uint32_t i = 0; i < na; i++)
        if (!holds(r, b, nb, code_at(r, a[i])))
            return false;
    return true;
}

static uint32_t countries_of(const karaka_reading *r, const int32_t *side, uint32_t count) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < count; i++)
        n += !holds(r, side, i, code_at(r, side[i]));
    return n;
}

static uint32_t pool(const karaka_telling *t, int32_t *out) {
    memcpy(out, t->actors, t->actor_count * sizeof *out);
    memcpy(out + t->actor_count, t->recipients, t->recipient_count * sizeof *out);
    return t->actor_count + t->recipient_count;
}

/* Sides fit when they overlap, or when one telling leaves the side open. */
static bool side_fits(const karaka_reading *r, const int32_t *a, uint32_t na, const int32_t *b, uint32_t nb) {
    return na == 0 || nb == 0 || within(r, a, na, b, nb) || within(r, b, nb, a, na);
}

/* Both name persons of one country, and not the same ("Kim met Lavrov", "Choi met Lavrov"). */
static bool other_people(const karaka_reading *r, const karaka_telling *a, const karaka_telling *b) {
    int32_t pa[2 * KARAKA_PARTIES], pb[2 * KARAKA_PARTIES];
    uint32_t na = pool(a, pa), nb = pool(b, pb);
    for (uint32_t i = 0; i < na; i++) {
        const karaka_name *x = &r->names.items[pa[i]];
        bool compared = false, same = false;
        for (uint32_t k = 0; k < nb && x->person; k++) {
            const karaka_name *y = &r->names.items[pb[k]];
            if (!y->person || !karaka_same_country(x->code, y->code))
                continue;
            compared = true;
            same |= x->person == y->person || (x->agent >= 0 && x->agent == y->agent); /* one spelt in two ways */
        }
        if (compared && !same)
            return true;
    }
    return false;
}

/* Talks are told apart from messages, which go one way. */
static bool is_message(const karaka_telling *t) {
    return !t->mutual && !t->line->mode && strcmp(karaka_event_types[t->type].name, "CONSULT") == 0;
}

static bool opens(const karaka_reading *r, const karaka_telling *t) {
    const karaka_article *article = &r->document->article;
    uint32_t paragraph = r->document->sentences[t->sentence].paragraph;
    return paragraph >= article->paragraph_count || article->paragraphs[paragraph].kind != KARAKA_BODY;
}

/* Both sides are told: two parties, or several countries that act together. */
static bool is_full(const karaka_reading *r, const karaka_telling *t) {
    return t->actor_count && (t->recipient_count || countries_of(r, t->actors, t->actor_count) > 1);
}

/* Within a paragraph, and between the opening and the body, the same sides and type are the same event; between two
 * paragraphs of the body only where the words are the same too. */
static bool may_repeat(const karaka_reading *r, const karaka_telling *a, const karaka_telling *b) {
    return r->document->sentences[a->sentence].paragraph == r->document->sentences[b->sentence].paragraph ||
           opens(r, a) || opens(r, b) || !a->complete_form || !b->complete_form || a->key == b->key || !is_full(r, a) ||
           !is_full(r, b);
}

/* Both are dated, and no day is common: a visit on Friday, the talks on Saturday. */
static bool other_day(const karaka_telling *a, const karaka_telling *b) {
    const karaka_time *x = &a->time, *y = &b->time;
    return x->start && x->end && y->start && y->end && (strcmp(x->end, y->start) < 0 || strcmp(y->end, x->start) < 0);
}

static bool inside_one_country(const karaka_reading *r, const karaka_telling *t) {
    return t->actor_count == 1 && t->recipient_count == 1 &&
           karaka_same_country(code_at(r, t->actors[0]), code_at(r, t->recipients[0]));
}

/* Within one country the roles tell events apart: police and protesters, court and government. */
static bool other_roles(const karaka_reading *r, const karaka_telling *a, const karaka_telling *b) {
    if (!inside_one_country(r, a) || !inside_one_country(r, b))
        return false;
    const char *aa = code_at(r, a->actors[0]), *ar = code_at(r, a->recipients[0]);
    const char *ba = code_at(r, b->actors[0]), *br = code_at(r, b->recipients[0]);
    bool same = strcmp(aa, ba) == 0 && strcmp(ar, br) == 0;
    return !same && !((a->mutual || b->mutual) && strcmp(aa, br) == 0 && strcmp(ar, ba) == 0);
}

/* A headline that calls somebody by a word which no table knows ("Drones hit Odesa") leaves the side open. */
static uint32_t told_count(const karaka_reading *r, const karaka_telling *t, const int32_t *side, uint32_t count) {
    return t->headline && count == 1 && strchr(code_at(r, side[0]), '#') ? 0 : count;
}

static bool same_event(const karaka_reading *r, const karaka_telling *a, const karaka_telling *b) {
    if (is_message(a) != is_message(b) || !may_repeat(r, a, b))
        return false;
    if (karaka_event_types[a->type].quad == 1 && other_people(r, a, b))
        return false;
    if (a->type != b->type || (a->status == KARAKA_DENIED) != (b->status == KARAKA_DENIED) || other_roles(r, a, b))
        return false;
    if (a->mutual || b->mutual) {
        int32_t pa[2 * KARAKA_PARTIES], pb[2 * KARAKA_PARTIES];
        uint32_t na = pool(a, pa), nb = pool(b, pb);
        uint32_t ca = countries_of(r, pa, na), cb = countries_of(r, pb, nb);
        if (ca > cb + 1 || cb > ca + 1 || (a->mutual != b->mutual && ca != cb))
            return false; /* with five countries, and with one of them; to two countries, and between them */
        return within(r, pa, na, pb, nb) || within(r, pb, nb, pa, na);
    }
    return side_fits(r, a->actors, told_count(r, a, a->actors, a->actor_count), b->actors,
                     told_count(r, b, b->actors, b->actor_count)) &&
           side_fits(r, a->recipients, told_count(r, a, a->recipients, a->recipient_count), b->recipients,
                     told_count(r, b, b->recipients, b->recipient_count));
}

/* How fully a telling tells. */
static int weight(const karaka_reading *r, const karaka_telling *t) {
    int w = (t->actor_count ? 8 : 0) + (t->recipient_count ? 8 : 0) + (t->complete_form ? 4 : 0) +
            (t->status == KARAKA_ASSERTED ? 2 : 0) - (t->headline ? 3 : 0);
    int32_t all[2 * KARAKA_PARTIES];
    uint32_t count = pool(t, all);
    for (uint32_t i = 0; i < count; i++) /* each further country tells more */
        w += holds(r, all, i, code_at(r, all[i])) ? 0 : 5;
    for (uint32_t i = 0; i < t->actor_count; i++)
        w += r->names.items[t->actors[i]].referring ? -1 : 0;
    for (uint32_t i = 0; i < t->recipient_count; i++)
        w += r->names.items[t->recipients[i]].referring ? -1 : 0;
    float sure = t->score < 0 ? 0 : t->score > 5 ? 5 : t->score;
    return w + (int)sure;
}

/* Of two tellings' doers, those whose country is known. */
static void share_actors(const karaka_reading *r, karaka_telling *a, const karaka_telling *b) {
    if (a->actor_count == 1 && b->actor_count && code_at(r, a->actors[0])[0] == '-' &&
        code_at(r, b->actors[0])[0] != '-') {
        memcpy(a->actors, b->actors, sizeof a->actors);
        a->actor_count = b->actor_count;
    }
}

static void merge_all(karaka_reading *r) {
    for (size_t i = 0; i < r->tellings.count; i++) {
        karaka_telling *t = &r->tellings.items[i];
        bool apart =
            false; /* it has a day of its own beside an event that would be the same: no undated one takes it */
        for (size_t k = 0; k < i && t->merged < 0; k++) {
            karaka_telling *o = &r->tellings.items[k];
            if (o->merged >= 0 || !same_event(r, o, t) || (apart && !o->time.start))
                continue;
            if (other_day(o, t)) {
                apart = true;
                continue;
            }
            const karaka_telling *told = t->source_count ? t : o; /* a source once told holds for all tellings */
            karaka_telling *silent = t->source_count ? o : t;
            if (!silent->source_count) {
                memcpy(silent->sources, told->sources, sizeof silent->sources);
                silent->source_count = told->source_count;
            }
            karaka_scene_merge(o, t);
            share_actors(r, o, t);
            share_actors(r, t, o);
            o->contexts = t->contexts |= o->contexts;
            if (weight(r, t) > weight(r, o)) {
                o->merged = (int32_t)i;
                for (size_t m = 0; m < i; m++)
                    if (r->tellings.items[m].merged == (int32_t)k)
                        r->tellings.items[m].merged = (int32_t)i;
            } else
                t->merged = (int32_t)k;
        }
    }
}

/* ---- records --------------------------------------------------------------------------------------------------------
 */

static int party_of(karaka_reading *r, karaka_party *out, int32_t index) {
    const karaka_name *n = karaka_name_told(r, index);
    const karaka_sentence *s = &r->document->sentences[n->sentence];
    out->span = (karaka_span){s->tokens[n->told_first].span.start, s->tokens[n->told_last].span.end};
    out->text =
        karaka_arena_copy(r->arena, r->document->article.text + out->span.start, out->span.end - out->span.start);
    out->name = n->name;
    out->code = karaka_unknown_told(r, n->code);
    out->rule = n->rule ? n->rule : "";
    return out->text ? KARAKA_OK : KARAKA_ERROR_MEMORY;
}

static int parties_of(karaka_reading *r, const karaka_party **out, const int32_t *side, uint32_t count) {
    karaka_party *list = karaka_arena_array(r->arena, count + 1, sizeof *list);
    int rc = list ? KARAKA_OK : KARAKA_ERROR_MEMORY;
    for (uint32_t i = 0; i < count && rc == KARAKA_OK; i++)
        rc = party_of(r, &list[i], side[i]);
    *out = list;
    return rc;
}

static uint64_t hash_side(const karaka_reading *r, const int32_t *side, uint32_t count, uint64_t seed) {
    uint64_t sum = seed;
    for (uint32_t i = 0; i < count; i++) /* order does not matter */
        sum += karaka_hash(code_at(r, side[i]), strlen(code_at(r, side[i])), seed);
    return sum;
}

static const char *id_of(karaka_reading *r, const karaka_telling *t, const char *type) {
    const char *document = r->document->article.id ? r->document->article.id : "";
    uint64_t h = karaka_hash(document, strlen(document), 0);
    h = karaka_hash(type, strlen(type), h);
    h = karaka_hash(t->lemma, strlen(t->lemma), h);
    uint64_t a = hash_side(r, t->actors, t->actor_count, h), b = hash_side(r, t->recipients, t->recipient_count, h);
    h = t->mutual ? a + b : a * 3 + b;
    return karaka_arena_format(r->arena, "%016llx", (unsigned long long)h);
}

static int mentions_of(karaka_reading *r, size_t index, karaka_event *e) {
    size_t count = 0;
    for (size_t i = 0; i < r->tellings.count; i++)
        count += r->tellings.items[i].merged == (int32_t)index;
    karaka_mention *list = karaka_arena_array(r->arena, count + 1, sizeof *list);
    if (!list)
        return KARAKA_ERROR_MEMORY;
    for (size_t i = 0; i < r->tellings.count; i++)
        if (r->tellings.items[i].merged == (int32_t)index)
            list[e->mention_count++] =
                (karaka_mention){.sentence = r->tellings.items[i].sentence, .span = r->tellings.items[i].trigger};
    e->mentions = list;
    return KARAKA_OK;
}

/* What the ontology knows of the type and mode, and the contexts by name. */
static int classify(karaka_reading *r, const karaka_telling *t, karaka_event *e) {
    const karaka_ontology *o = r->document->language->ontology;
    const karaka_scale *scale = o ? karaka_ontology_find(o, e->type, e->mode) : NULL;
    int quad = o ? karaka_ontology_quad(o, e->type) : 0;
    if (quad)
        e->quad = quad;
    if (scale) {
        e->cameo = scale->cameo;
        e->goldstein = scale->goldstein;
    }
    const char **names = karaka_arena_array(r->arena, KARAKA_CONTEXTS, sizeof *names);
    if (!names)
        return KARAKA_ERROR_MEMORY;
    for (uint32_t i = 0; o && i < o->context_count; i++)
        if (t->contexts >> i & 1)
            names[e->context_count++] = o->contexts[i];
    e->contexts = names;
    return KARAKA_OK;
}

static int record(karaka_reading *r, size_t index, karaka_event *e) {
    karaka_telling *t = &r->tellings.items[index];
    const karaka_event_type *type = &karaka_event_types[t->type];
    *e = (karaka_event){.type = type->name,
                        .mode = t->type == t->line->type ? t->line->mode : NULL,
                        .quad = type->quad,
                        .goldstein = NAN,
                        .mutual = t->mutual,
                        .status = t->status,
                        .time = t->time,
                        .place = t->place,
                        .trigger_lemma = t->lemma,
                        .trigger_span = t->trigger,
                        .sentence = t->sentence,
                        .headline = t->headline,
                        .rule = t->line->rule,
                        .actor_count = t->actor_count,
                        .recipient_count = t->recipient_count,
                        .source_count = t->source_count};
    karaka_source *sources = karaka_arena_array(r->arena, t->source_count + 1, sizeof *sources);
    e->trigger =
        karaka_arena_copy(r->arena, r->document->article.text + t->trigger.start, t->trigger.end - t->trigger.start);
    e->id = id_of(r, t, type->name);
    if (!sources || !e->trigger || !e->id)
        return KARAKA_ERROR_MEMORY;
    memcpy(sources, t->sources, t->source_count * sizeof *sources);
    e->sources = sources;
    int rc = classify(r, t, e);
    if (rc == KARAKA_OK)
        rc = parties_of(r, &e->actors, t->actors, t->actor_count);
    if (rc == KARAKA_OK)
        rc = parties_of(r, &e->recipients, t->recipients, t->recipient_count);
    return rc < 0 ? rc : mentions_of(r, index, e);
}

static int list_actors(karaka_reading *r) {
    karaka_document *d = r->document;
    d->actors = karaka_arena_array(r->arena, r->names.count + 1, sizeof *d->actors);
    int rc = d->actors ? KARAKA_OK : KARAKA_ERROR_MEMORY;
    for (size_t i = 0; i < r->names.count && rc == KARAKA_OK; i++)
        if (r->names.items[i].kind != KARAKA_PLACE_NAME)
            rc = party_of(r, &d->actors[d->actor_count++], (int32_t)i);
    return rc;
}

int karaka_story_make(karaka_reading *r) {
    karaka_document *d = r->document;
    merge_all(r);
    d->events = karaka_arena_array(r->arena, r->tellings.count + 1, sizeof *d->events);
    int rc = d->events ? list_actors(r) : KARAKA_ERROR_MEMORY;
    for (size_t i = 0; i < r->tellings.count && rc == KARAKA_OK; i++) {
        karaka_telling *t = &r->tellings.items[i];
        if (t->merged >= 0)
            continue;
        t->index = (int32_t)d->event_count;
        rc = record(r, i, &d->events[d->event_count++]);
    }
    for (size_t i = 0; i < r->tellings.count && rc == KARAKA_OK; i++) {
        const karaka_telling *t = &r->tellings.items[i];
        karaka_decision *decision = &r->decisions.items[t->decision];
        decision->event = t->merged >= 0 ? r->tellings.items[t->merged].index : t->index;
        if (t->merged >= 0)
            decision->reason = "told again";
    }
    d->decisions = r->decisions.items;
    d->decision_count = (uint32_t)r->decisions.count;
    return rc;
}

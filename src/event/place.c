/* place: see place.h. Cuts the tokens into words, looks the longest run of words up in the gazetteer, throws out what
 * is more likely a common word or a person, and settles which of several places is meant.
 *
 * Example: tokens [पूर्वी] [यूक्रेन] [के] [बाख़मुत] [में] -> "पूर्वी यूक्रेन" (Eastern Ukraine, UKR), "बाख़मुत" (by sound: Bakhmut).
 */
#include "event/place_table.h"

#include <math.h>
#include <string.h>
#include <unicode/uchar.h>

enum { MAX_WORDS = 1024, LARGE = 500000, GAP = 10, NEARBY_KM = 200 };

/* A word of the sentence: a token, or a piece of one between hyphens. */
typedef struct word {
    uint32_t token;
    karaka_span span; /* in the token's form */
    const char *folded;
    uint32_t length;
    uint64_t hash;
    const place_word *known; /* what places.words says, or NULL */
    bool broken;             /* a mark stands before it: no name goes on over it */
} word;

typedef struct finder {
    karaka_arena *arena;
    const karaka_gazetteer *gazetteer;
    const karaka_spelling *spelling;
    const karaka_sentence *sentence;
    const char *const *countries;
    size_t country_count;
    word *words;
    uint32_t word_count, word_room;
    bool tagged;
    KARAKA_LIST(karaka_place_mention) found;
} finder;

/* ---- Words ------------------------------------------------------------------------------------------------------ */

static bool is_joint(int32_t c) {
    return c == '-' || c == '.' || c == '\'' || (c >= 0x2010 && c <= 0x2015);
}

static bool is_break(int32_t c) {
    return c < 0 || (c < 0x80 && !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))) ||
           c == 0x0964 || c == 0x0965 || (c >= 0x2018 && c <= 0x205E);
}

static int add_word(finder *f, word w, const char *form) {
    char folded[PLACE_FORM_ROOM];
    size_t length = w.span.end - w.span.start;
    if (length < PLACE_WORD_ROOM * 2)
        length = karaka_place_normal(folded, f->spelling, form + w.span.start, length);
    else
        length = 0;
    w.folded = karaka_arena_copy(f->arena, folded, length);
    w.length = (uint32_t)length;
    w.hash = karaka_hash(folded, length, 0);
    w.known = karaka_place_word(f->gazetteer, w.hash);
    if (!w.folded)
        return KARAKA_ERROR_MEMORY;
    if (f->word_count == f->word_room) {
        size_t room = f->word_room;
        int rc = karaka_list_grow(f->arena, (void **)&f->words, &room, f->word_count, sizeof *f->words);
        if (rc < 0)
            return rc;
        f->word_room = (uint32_t)room;
    }
    f->words[f->word_count++] = w;
    return 0;
}

static int cut_words(finder *f) {
    bool broken = true;
    for (uint32_t t = 0; t < f->sentence->token_count; t++) {
        const char *form = f->sentence->tokens[t].form;
        size_t length = strlen(form), at = 0, begin = 0;
        f->tagged |= strcmp(f->sentence->tokens[t].upos, "_") != 0;
        while (at <= length) {
            size_t here = at;
            int32_t c = at < length ? karaka_utf8_next(form, length, &at) : -1;
            if (!is_break(c) && !is_joint(c))
                continue;
            if (here > begin && f->word_count < MAX_WORDS) {
                word w = {.token = t, .span = {(uint32_t)begin, (uint32_t)here}, .broken = broken};
                int rc = add_word(f, w, form);
                if (rc < 0)
                    return rc;
                broken = false;
            }
            if (here == length)
                break;
            broken |= !is_joint(c);
            begin = at;
        }
    }
    return 0;
}

static const karaka_token *token_of(const finder *f, uint32_t w) {
    return &f->sentence->tokens[f->words[w].token];
}

static bool is_proper(const finder *f, uint32_t w) {
    return strcmp(token_of(f, w)->upos, "PROPN") == 0;
}

/* ---- Is it a place? --------------------------------------------------------------------------------------------- */

static bool has_after(const finder *f, uint32_t next) {
    if (next >= f->word_count)
        return true;
    const word *w = &f->words[next];
    return w->broken || (w->known && (w->known->after || w->known->type != KIND_NONE));
}

static place_kind type_beside(const finder *f, uint32_t from, uint32_t to) {
    if (to < f->word_count && f->words[to].known && !f->words[to].broken && f->words[to].known->type)
        return f->words[to].known->type;
    if (from > 0 && !f->words[from].broken && f->words[from - 1].known)
        return f->words[from - 1].known->type;
    return KIND_NONE;
}

/* Is the name a piece of a longer proper name (a person, a paper, a club)? The tagger ties those together. */
static bool in_longer_name(const finder *f, uint32_t from, uint32_t to) {
    if (!f->tagged)
        return false;
    const karaka_token *last = token_of(f, to - 1);
    if (to < f->word_count && !f->words[to].broken && strcmp(last->xpos, "NNPC") == 0 && is_proper(f, to) &&
        f->words[to].token != f->words[to - 1].token && !(f->words[to].known && f->words[to].known->type) &&
        karaka_place_first(f->gazetteer, f->words[to].hash) == 0)
        return true;
    return from > 0 && !f->words[from].broken && is_proper(f, from - 1) && is_proper(f, from) &&
           strcmp(token_of(f, from - 1)->xpos, "NNPC") == 0 && f->words[from].token != f->words[from - 1].token &&
           !(f->words[from - 1].known && (f->words[from - 1].known->type || f->words[from - 1].known->direction)) &&
           karaka_place_first(f->gazetteer, f->words[from - 1].hash) == 0;
}

/* Letters and digits of a folded form, without its vowel signs: how much there is to tell it from other words. */
static bool is_short(const word *w) {
    size_t at = 0, letters = 0;
    while (at < w->length)
        letters += karaka_utf8_next(w->folded, w->length, &at) >= 0;
    return letters <= 2;
}

/* "A के B", A a province or city of B's country: B is a place even if its name is a common word. */
static bool is_inside(const finder *f, uint32_t from, const place_row *best) {
    const karaka_place_mention *before = f->found.count ? &f->found.items[f->found.count - 1] : NULL;
    return before && !before->country && before->last + 2 == f->words[from].token && best->country &&
           before->place.country && strcmp(before->place.country, best->country) == 0;
}

/* Where letters have cases, no name is written without a capital: "the north-western province" is none. */
static bool is_small(const finder *f, uint32_t from, uint32_t to) {
    for (uint32_t i = from; i < to; i++) {
        size_t at = f->words[i].span.start;
        const char *form = token_of(f, i)->form;
        if (!u_islower(karaka_utf8_next(form, strlen(form), &at)))
            return false;
    }
    return true;
}

static bool is_place(const finder *f, uint32_t from, uint32_t to, const place_row *best) {
    if (is_small(f, from, to))
        return false;
    const word *w = &f->words[from];
    bool settled = best->kind == KIND_COUNTRY || best->population >= LARGE || best->kind >= KIND_REGION;
    bool single = to == from + 1, proper = false, part = w->span.start > 0;
    for (uint32_t i = from; i < to; i++)
        proper |= is_proper(f, i);
    if (single && w->known && (w->known->stop || w->known->direction))
        return false;
    bool risky = single && ((w->known && w->known->risky) || is_short(w));
    if (!f->tagged)
        return !risky || type_beside(f, from, to) != KIND_NONE;
    if (risky && is_inside(f, from, best) && has_after(f, to))
        return true;
    if (risky)
        return proper && has_after(f, to) && !in_longer_name(f, from, to);
    bool called = to < f->word_count && !f->words[to].broken && f->words[to].known && f->words[to].known->type;
    if (!proper && !settled && !called && strcmp(token_of(f, from)->upos, "NOUN") != 0)
        return false;
    if (part && !settled)
        return false;
    return settled || !single || !in_longer_name(f, from, to);
}

/* ---- Which place? ----------------------------------------------------------------------------------------------- */

static size_t country_rank(const finder *f, const char *country) {
    for (size_t i = 0; country && i < f->country_count; i++)
        if (strcmp(f->countries[i], country) == 0)
            return i;
    return f->country_count;
}

static double distance_km(const place_row *a, const place_row *b) {
    double x = (a->lon - b->lon) * cos((a->lat + b->lat) / 2 * 0.017453292519943295), y = a->lat - b->lat;
    return 111.2 * sqrt(x * x + y * y);
}

static bool same_country(const place_row *a, const place_row *b) {
    return a->country && b->country && strcmp(a->country, b->country) == 0;
}

/* A city and the district or province around it bear one name: no doubt that matters. */
static bool is_same_spot(const place_row *a, const place_row *b) {
    if (a->lat == b->lat && a->lon == b->lon)
        return true; /* one line, whose forms are spelt alike */
    return same_country(a, b) && (isnan(a->lat) || isnan(b->lat) || distance_km(a, b) < NEARBY_KM);
}

static bool is_town(place_kind kind) {
    return kind == KIND_CITY || kind == KIND_CAPITAL;
}

/* So much better known that an article need not name the country: Paris in France against Perris in the USA. */
static bool is_far_better_known(const place_row *a, const place_row *b) {
    bool great = a->kind == KIND_COUNTRY || a->kind == KIND_CAPITAL || a->population >= 2 * LARGE || a->file == 1;
    bool small = b->kind != KIND_COUNTRY && b->kind != KIND_PROVINCE && b->population < LARGE / 2 && b->file != 1;
    return great && small && !same_country(a, b);
}

/* Before `b`? By hand before made, then the type word beside it, the article's countries, countries before cities,
 * towns before the district around them, people. */
static bool goes_before(const finder *f, const place_row *a, const place_row *b, place_kind type) {
    bool fa = type && (a->kind == type || (type == KIND_CITY && is_town(a->kind)));
    bool fb = type && (b->kind == type || (type == KIND_CITY && is_town(b->kind)));
    if (fa != fb)
        return fa;
    if (is_far_better_known(a, b) || is_far_better_known(b, a))
        return is_far_better_known(a, b);
    size_t ra = country_rank(f, a->country), rb = country_rank(f, b->country);
    if (ra != rb)
        return ra < rb;
    if ((a->file == 1) != (b->file == 1))
        return a->file == 1;
    if ((a->kind == KIND_COUNTRY) != (b->kind == KIND_COUNTRY))
        return a->kind == KIND_COUNTRY;
    if (is_same_spot(a, b) && is_town(a->kind) != is_town(b->kind))
        return is_town(a->kind);
    if (is_same_spot(a, b) && (a->kind == KIND_CAPITAL) != (b->kind == KIND_CAPITAL))
        return a->kind == KIND_CAPITAL;
    if (same_country(a, b) && (a->kind == KIND_CAPITAL) != (b->kind == KIND_CAPITAL))
        return a->kind == KIND_CAPITAL;
    return a->population > b->population;
}

/* Moves the best candidate to the front; false where the rest cannot be ruled out. */
static bool settle(const finder *f, place_row *rows, uint32_t count, place_kind type) {
    for (uint32_t i = 1; i < count; i++)
        if (goes_before(f, &rows[i], &rows[0], type)) {
            place_row best = rows[i];
            rows[i] = rows[0];
            rows[0] = best;
        }
    for (uint32_t i = 1; i < count; i++) {
        const place_row *a = &rows[0], *b = &rows[i];
        bool by_country = country_rank(f, a->country) < country_rank(f, b->country);
        bool by_people = a->population / GAP > b->population || is_far_better_known(a, b);
        bool by_type = type && (a->kind == type || (type == KIND_CITY && is_town(a->kind))) && b->kind != type;
        bool by_hand = a->file == 1 && b->file != 1;
        bool by_kind = a->kind == KIND_COUNTRY && b->kind != KIND_COUNTRY;
        bool by_town = same_country(a, b) && is_town(a->kind) && !is_town(b->kind); /* the district bears its name */
        if (!by_country && !by_people && !by_type && !by_hand && !by_kind && !by_town && !is_same_spot(a, b))
            return false;
    }
    return true;
}

/* ---- Mentions --------------------------------------------------------------------------------------------------- */

static const char *text_of(const finder *f, uint32_t from, uint32_t to) {

    const char *text = "";
    for (uint32_t i = from; text && i < to; i++) {
        const word *w = &f->words[i];
        const karaka_token *t = token_of(f, i);
        uint32_t begin = w->span.start, end = w->span.end;
        if (i > from && f->words[i - 1].token == w->token)
            begin = f->words[i - 1].span.end; /* the hyphen between */
        bool blank = i > from && f->words[i - 1].token != w->token && token_of(f, i)[-1].space_after;
        text = karaka_arena_format(f->arena, "%s%s%.*s", text, blank ? " " : "", (int)(end - begin), t->form + begin);
    }
    return text;
}

static int add_mention(finder *f, uint32_t from, uint32_t to, const place_row *row, bool settled, bool by_sound) {
    const word *first = &f->words[from], *last = &f->words[to - 1];
    karaka_place_mention m = {.first = first->token, .last = last->token, .country = row->kind == KIND_COUNTRY};
    m.place = (karaka_place){.text = text_of(f, from, to), .lat = NAN, .lon = NAN};
    m.place.span.start = token_of(f, from)->span.start + first->span.start;
    m.place.span.end = token_of(f, to - 1)->span.start + last->span.end;
    m.rule = karaka_place_rule(f->arena, f->gazetteer, row, by_sound);
    if (settled) {
        m.place.name = row->name;
        m.place.country = row->country;
        m.place.lat = row->lat, m.place.lon = row->lon;
        m.place.geonames = row->geonames;
    }
    if (!m.place.text || !m.rule)
        return KARAKA_ERROR_MEMORY;
    return KARAKA_PUSH(f->arena, f->found, m);
}

/* "Eastern Ukraine": takes the direction in front into the name, whose coordinates are then unknown. */
static int add_direction(finder *f, uint32_t from) {
    karaka_place_mention *m = &f->found.items[f->found.count - 1];
    const char *direction = NULL;
    uint32_t begin = from;
    for (uint32_t n = 2; n >= 1 && !direction; n--) {
        if (from < n || f->words[from].broken || (n == 2 && f->words[from - 1].broken))
            continue;
        char form[PLACE_FORM_ROOM];
        size_t length = 0;
        for (uint32_t i = from - n; i < from; i++) {
            if (length + f->words[i].length + 2 > sizeof form)
                return 0;
            if (length)
                form[length++] = ' ';
            memcpy(form + length, f->words[i].folded, f->words[i].length);
            length += f->words[i].length;
        }
        const place_word *known = karaka_place_word(f->gazetteer, karaka_hash(form, length, 0));
        if (known && known->direction)
            direction = known->direction, begin = from - n;
    }
    if (!direction || (f->found.count > 1 && m[-1].last >= f->words[begin].token))
        return 0;
    uint32_t to = from;
    while (to < f->word_count && f->words[to].token <= m->last)
        to++;
    m->first = f->words[begin].token;
    m->place.span.start = token_of(f, begin)->span.start + f->words[begin].span.start;
    m->place.text = text_of(f, begin, to);
    if (m->place.name)
        m->place.name = karaka_arena_format(f->arena, "%s %s", direction, m->place.name);
    m->place.lat = m->place.lon = NAN;
    m->place.geonames = 0;
    return 0;
}

static bool takes_direction(const place_row *row) {
    return row->kind == KIND_COUNTRY || row->kind == KIND_PROVINCE || row->kind == KIND_REGION;
}

/* Tries the words [from, to) as a name; *taken is true where they are one. */
static int try_form(bool *taken, finder *f, uint32_t from, uint32_t to, uint64_t hash) {
    place_row rows[PLACE_CANDIDATES];
    uint32_t count;
    int rc = karaka_place_rows(rows, &count, f->arena, f->gazetteer, hash);
    *taken = false;
    if (rc < 0 || count == 0)
        return rc;
    bool settled = settle(f, rows, count, type_beside(f, from, to));
    if (!is_place(f, from, to, &rows[0]))
        return 0;
    *taken = true;
    rc = add_mention(f, from, to, &rows[0], settled, false);
    if (rc == 0 && takes_direction(&rows[0]) && from > 0)
        rc = add_direction(f, from);
    return rc;
}

/* The form with its oblique ending put back: आगरे -> आगरा. */
static int try_endings(bool *taken, finder *f, uint32_t at) {
    const word *w = &f->words[at];
    for (uint32_t i = 0; !*taken && i < f->gazetteer->ending_count; i++) {
        const place_ending *e = &f->gazetteer->endings[i];
        size_t cut = strlen(e->from), put = strlen(e->to);
        char form[PLACE_FORM_ROOM];
        if (w->length <= cut || w->length - cut + put >= sizeof form || !f->tagged || !is_proper(f, at) ||
            memcmp(w->folded + w->length - cut, e->from, cut) != 0)
            continue;
        memcpy(form, w->folded, w->length - cut);
        memcpy(form + w->length - cut, e->to, put);
        int rc = try_form(taken, f, at, at + 1, karaka_hash(form, w->length - cut + put, 0));
        if (rc < 0)
            return rc;
    }
    return 0;
}

/* A name that no table has: by its sound, where the sentence asks for a place and the countries settle it. */
static int try_sound(bool *taken, finder *f, uint32_t at) {
    const word *w = &f->words[at];
    const karaka_token *t = token_of(f, at);
    place_kind type = type_beside(f, at, at + 1);
    bool called = at + 1 < f->word_count && !f->words[at + 1].broken && f->words[at + 1].known &&
                  f->words[at + 1].known->type == KIND_CITY; /* "X शहर", whatever the tagger says */
    bool asked = f->tagged ? called || (is_proper(f, at) && has_after(f, at + 1)) : type != KIND_NONE;
    if (!asked || w->known || w->span.start > 0 || t->form[w->span.end] || in_longer_name(f, at, at + 1))
        return 0;
    place_row rows[PLACE_CANDIDATES];
    uint32_t count;
    int rc = karaka_place_by_sound(rows, &count, f->arena, f->gazetteer, t->form + w->span.start,
                                   w->span.end - w->span.start, f->countries, f->country_count);
    if (rc < 0 || count == 0)
        return rc;
    if (!settle(f, rows, count, type))
        return 0;
    *taken = true;
    return add_mention(f, at, at + 1, &rows[0], true, true);
}

static int find_at(uint32_t *next, finder *f, uint32_t at) {
    uint32_t most = karaka_place_first(f->gazetteer, f->words[at].hash), ends[16], n = 0;
    uint64_t hashes[16];
    char form[PLACE_FORM_ROOM];
    size_t length = 0;
    bool taken = false;
    int rc = 0;
    for (uint32_t i = at; n < 16 && n < most && i < f->word_count && (i == at || !f->words[i].broken); i++) {
        if (length + f->words[i].length + 2 > sizeof form)
            break;
        if (length)
            form[length++] = ' ';
        memcpy(form + length, f->words[i].folded, f->words[i].length);
        length += f->words[i].length;
        hashes[n] = karaka_hash(form, length, 0);
        ends[n++] = i + 1;
    }
    *next = at + 1;
    while (rc == 0 && !taken && n > 0) {
        rc = try_form(&taken, f, at, ends[n - 1], hashes[n - 1]);
        if (taken)
            *next = ends[n - 1];
        n--;
    }
    if (rc == 0 && !taken && most == 0)
        rc = try_endings(&taken, f, at);
    if (rc == 0 && !taken && most == 0 && f->country_count > 0)
        rc = try_sound(&taken, f, at);
    return rc;
}

int karaka_place_find(karaka_place_mention **out, size_t *count, karaka_arena *arena, const karaka_gazetteer *gazetteer,
                      const karaka_spelling *spelling, const karaka_sentence *sentence, const char *const *countries,
                      size_t country_count) {
    finder f = {.arena = arena,
                .gazetteer = gazetteer,
                .spelling = spelling,
                .sentence = sentence,
                .countries = countries,
                .country_count = country_count};
    int rc = cut_words(&f);
    for (uint32_t at = 0; rc == 0 && at < f.word_count;) {
        uint32_t next = at + 1;
        rc = find_at(&next, &f, at);
        at = next;
    }
    if (rc < 0)
        return rc;
    *out = f.found.items;
    *count = f.found.count;
    return KARAKA_OK;
}

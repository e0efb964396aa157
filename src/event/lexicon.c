/* lexicon: the tables that make events, loaded into hashed form (lexicon.h). A bad line fails with file and line. */
#include "event/lexicon.h"

#include <string.h>

const karaka_event_type karaka_event_types[16] = {
    {"AGREE", 1},    {"CONSULT", 1},  {"SUPPORT", 1}, {"CONCEDE", 1}, {"COOPERATE", 2}, {"AID", 2},
    {"RETREAT", 2},  {"REQUEST", 3},  {"ACCUSE", 3},  {"REJECT", 3},  {"THREATEN", 3},  {"PROTEST", 4},
    {"SANCTION", 4}, {"MOBILIZE", 4}, {"COERCE", 4},  {"ASSAULT", 4},
};

typedef struct name_value {
    const char *name;
    uint32_t value;
} name_value;

static const name_value part_names[] = {
    {"doer", KARAKA_DOER},
    {"object", KARAKA_OBJECT},
    {"addressee", KARAKA_ADDRESSEE},
    {"target", KARAKA_TARGET},
    {"against", KARAKA_AGAINST},
    {"for", KARAKA_FOR},
    {"companion", KARAKA_COMPANION},
    {"from", KARAKA_FROM},
    {"by", KARAKA_BY},
    {"between", KARAKA_BETWEEN},
    {"of", KARAKA_OF},
    {"modifier", KARAKA_MODIFIER},
    {"to", KARAKA_TO},
    {"at", KARAKA_AT},
    {"when", KARAKA_WHEN},
    {"about", KARAKA_ABOUT},
    {"content", KARAKA_CONTENT},
    {"as", KARAKA_AS},
    {"via", KARAKA_VIA},
    {"according", KARAKA_ACCORDING},
    {NULL, 0},
};
static const name_value class_names[] = {
    {"negation", KARAKA_NEGATION},
    {"future", KARAKA_WILL},
    {"possible", KARAKA_MAYBE},
    {"conditional", KARAKA_CONDITION},
    {"passive", KARAKA_PASSIVE},
    {"planned", KARAKA_INTENDED},
    {"particle", KARAKA_PARTICLE},
    {"occur", KARAKA_OCCUR},
    {"finite", KARAKA_FINITE},
    {"infinitive", KARAKA_INFINITIVE},
    {"converb", KARAKA_CONVERB},
    {"doer-inside", KARAKA_DOER_INSIDE},
    {"object-inside", KARAKA_OBJECT_INSIDE},
    {"conjunct", KARAKA_CONJUNCT},
    {"noun-part", KARAKA_NOUN_PART},
    {"ought", KARAKA_OUGHT},
    {"occurred", KARAKA_OCCURRED},
    {"nested", KARAKA_NESTED},
    {"subject", KARAKA_SUBJECT},
    {"joins", KARAKA_JOINS},
    {"describing", KARAKA_DESCRIBING},
    {"siding", KARAKA_SIDING},
    {"name-part", KARAKA_NAME_PART},
    {"this", KARAKA_THIS},
    {"saying", KARAKA_SAYING},
    {"wish", KARAKA_WISH},
    {"only", KARAKA_ONLY},
    {"bare", KARAKA_BARE},
    {"site", KARAKA_SITE},
    {"house", KARAKA_HOUSE},
    {"state-owned", KARAKA_STATE_OWNED},
    {"copula", KARAKA_SHAPE | KARAKA_SHAPE_COPULA},
    {"content-clause", KARAKA_SHAPE | KARAKA_SHAPE_CONTENT},
    {"attribute", KARAKA_SHAPE | KARAKA_SHAPE_ATTRIBUTE},
    {"apposed", KARAKA_SHAPE | KARAKA_SHAPE_APPOSED},
    {"aside", KARAKA_SHAPE | KARAKA_SHAPE_ASIDE},
    {"passive-form", KARAKA_SHAPE | KARAKA_SHAPE_PASSIVE},
    {"describes-name", KARAKA_SHAPE | KARAKA_SHAPE_TITLE},
    {"measure", KARAKA_SHAPE | KARAKA_SHAPE_MEASURE},
    {"honorific", KARAKA_SHAPE | KARAKA_SHAPE_HONORIFIC},
    {NULL, 0},
};
static const name_value flag_names[] = {
    {"mutual", KARAKA_FLAG_MUTUAL},
    {"needs-actor", KARAKA_FLAG_NEEDS_ACTOR},
    {"needs-recipient", KARAKA_FLAG_NEEDS_RECIPIENT},
    {"planned", KARAKA_FLAG_PLANNED},
    {"possible", KARAKA_FLAG_POSSIBLE},
    {"denied", KARAKA_FLAG_DENIED},
    {"weak", KARAKA_FLAG_WEAK},
    {"speech", KARAKA_FLAG_SPEECH},
    {"place-to", KARAKA_FLAG_PLACE_TO},
    {"foreign", KARAKA_FLAG_FOREIGN},
    {"alone", KARAKA_FLAG_ALONE},
    {"speaker", KARAKA_FLAG_SPEAKER},
    {"bidding", KARAKA_FLAG_BIDDING},
    {NULL, 0},
};
static const name_value form_names[] = {
    {"noun", KARAKA_FORM_NOUN}, {"verb", KARAKA_FORM_VERB}, {"complex", KARAKA_FORM_COMPLEX}, {NULL, 0}};
static const name_value effect_names[] = {{"planned", KARAKA_USE_PLANNED}, {"possible", KARAKA_USE_POSSIBLE},
                                          {"denied", KARAKA_USE_DENIED},   {"asserted", KARAKA_USE_ASSERTED},
                                          {"absorb", KARAKA_USE_ABSORB},   {"speech", KARAKA_USE_SPEECH},
                                          {"hush", KARAKA_USE_HUSH},       {NULL, 0}};
static const name_value actor_kinds[] = {{"country", KARAKA_COUNTRY},
                                         {"adjective", KARAKA_ADJECTIVE},
                                         {"capital", KARAKA_CAPITAL},
                                         {"person", KARAKA_PERSON},
                                         {"organisation", KARAKA_ORGANISATION},
                                         {"group", KARAKA_GROUP},
                                         {"party", KARAKA_PARTY_KIND},
                                         {"body", KARAKA_ORGAN},
                                         {"media", KARAKA_MEDIA},
                                         {"state-media", KARAKA_STATE_MEDIA},
                                         {"company", KARAKA_COMPANY},
                                         {"region", KARAKA_REGION},
                                         {NULL, 0}};
static const name_value agent_kinds[] = {
    {"title", KARAKA_TITLE_ROLE}, {"body", KARAKA_BODY_ROLE}, {"people", KARAKA_PEOPLE_ROLE}, {NULL, 0}};
static const name_value reference_kinds[] = {{"pronoun", KARAKA_REF_PRONOUN},     {"self", KARAKA_REF_SELF},
                                             {"reflexive", KARAKA_REF_REFLEXIVE}, {"relative", KARAKA_REF_RELATIVE},
                                             {"both", KARAKA_REF_BOTH},           {"both-noun", KARAKA_REF_BOTH_NOUN},
                                             {"there", KARAKA_REF_THERE},         {"named", KARAKA_REF_NAMED},
                                             {"person", KARAKA_REF_PERSON},       {NULL, 0}};
static const char *const roles[] = {"GOV", "MIL", "COP", "REB", "LEG", "JUD", "PTY",
                                    "OPP", "BUS", "MED", "REL", "EDU", "CVL", NULL};

const char *karaka_part_name(karaka_part part) {
    return part_names[part].name;
}

/* Index into `names` of `text`, or -1. */
static int find(const name_value *names, const char *text) {
    for (int i = 0; names[i].name; i++)
        if (strcmp(names[i].name, text) == 0)
            return i;
    return -1;
}

static bool is_role(const char *text) {
    for (int i = 0; roles[i]; i++)
        if (strcmp(roles[i], text) == 0)
            return true;
    return false;
}

/* Calls `each` for every row of the table `name`. */
typedef int (*row_reader)(karaka_lexicon *, const karaka_row *);
static int read_table(karaka_lexicon *l, const char *directory, const char *name, row_reader each) {
    karaka_table table = {0};
    int rc = karaka_table_read(&table, l->arena, directory, name);
    for (size_t i = 0; rc == KARAKA_OK && i < table.count; i++)
        rc = each(l, &table.rows[i]);
    return rc;
}

/* The pieces of an infinitive phrase, its last word cut to the parser's stem. */
static size_t stem_pieces(const karaka_lexicon *l, karaka_key *keys, const char *phrase) {
    const char *ending = l->settings->infinitive ? l->settings->infinitive : "";
    size_t length = strlen(phrase), cut = strlen(ending);
    char stem[256];
    if (cut == 0 || length <= cut || length >= sizeof stem || strcmp(phrase + length - cut, ending) != 0)
        return karaka_word_pieces(keys, l->spelling, phrase, 0);
    memcpy(stem, phrase, length - cut);
    stem[length - cut] = 0;
    return karaka_word_pieces(keys, l->spelling, stem, 0);
}

/* The capitals that a text must have to mean the name `form`: two for a short acronym (US, WHO), one for other names
 * (May, Border Security Force). */
static uint32_t capitals_of(const char *form, size_t words) {
    uint32_t count = karaka_capitals(form);
    return words == 1 && strlen(form) <= 3 ? count : count > 0;
}

/* Adds all alternatives of `cell` to `set`; *longest (or NULL) is told the most words that one has. */
static int add_all(karaka_lexicon *l, uint32_t set, const char *cell, uint32_t item, bool verbs, uint32_t *longest) {
    const char **forms = NULL;
    size_t count = 0;
    int rc = karaka_table_alternatives(&forms, &count, l->arena, cell);
    for (size_t i = 0; rc == KARAKA_OK && i < count; i++) {
        karaka_key keys[KARAKA_WORD_KEYS];
        size_t n = verbs ? stem_pieces(l, keys, forms[i]) : karaka_word_pieces(keys, l->spelling, forms[i], 0);
        if (longest && n > *longest)
            *longest = (uint32_t)n;
        bool name = set == KARAKA_SET_ACTOR || set == KARAKA_SET_AGENT;
        rc = karaka_phrasebook_add_name(&l->phrases, set, keys, n, item, name ? capitals_of(forms[i], n) : 0);
    }
    return rc;
}

/* ---- actors, agents, references ---------------------------------------------------------------------------------- */

static int read_actor(karaka_lexicon *l, const karaka_row *row) {
    int kind = find(actor_kinds, row->cell[1]);
    if (!*row->cell[0])
        return karaka_row_fail(row, "no code");
    if (kind < 0)
        return karaka_row_fail(row, "unknown kind of actor \"%s\"", row->cell[1]);
    const char *role = strchr(row->cell[0], ' ');
    if (role && !is_role(role + 1))
        return karaka_row_fail(row, "unknown role in code \"%s\"", row->cell[0]);
    karaka_actor_line line = {.code = row->cell[0],
                              .name = row->cell[2],
                              .from = row->cell[4],
                              .to = row->cell[5],
                              .kind = (uint8_t)actor_kinds[kind].value,
                              .rule = karaka_row_name(l->arena, row)};
    if (!line.rule || KARAKA_PUSH(l->arena, l->actors, line) < 0)
        return KARAKA_ERROR_MEMORY;
    return add_all(l, KARAKA_SET_ACTOR, row->cell[3], (uint32_t)l->actors.count - 1, false, NULL);
}

static int read_agent(karaka_lexicon *l, const karaka_row *row) {
    int kind = find(agent_kinds, row->cell[1]);
    if (!is_role(row->cell[0]))
        return karaka_row_fail(row, "unknown role \"%s\"", row->cell[0]);
    if (kind < 0)
        return karaka_row_fail(row, "unknown kind of agent \"%s\"", row->cell[1]);
    karaka_agent_line line = {.role = row->cell[0],
                              .kind = (uint8_t)agent_kinds[kind].value,
                              .home = strstr(row->cell[3], "home") != NULL,
                              .bare = strstr(row->cell[3], "bare") != NULL,
                              .victim = strstr(row->cell[3], "victim") != NULL,
                              .weak = strstr(row->cell[3], "weak") != NULL,
                              .world = strstr(row->cell[3], "world") != NULL,
                              .counterpart = strstr(row->cell[3], "counterpart") != NULL,
                              .local = strstr(row->cell[3], "local") != NULL,
                              .counted = strstr(row->cell[3], "counted") != NULL,
                              .rule = karaka_row_name(l->arena, row)};
    if (!line.rule || KARAKA_PUSH(l->arena, l->agents, line) < 0)
        return KARAKA_ERROR_MEMORY;
    return add_all(l, KARAKA_SET_AGENT, row->cell[2], (uint32_t)l->agents.count - 1, false, NULL);
}

/* The number of the marker `text`, made if new; 0 for none. */
static int marker_number(karaka_lexicon *l, uint32_t *out, const char *text) {
    karaka_key keys[KARAKA_WORD_KEYS];
    size_t n = karaka_word_pieces(keys, l->spelling, text, 0);
    *out = 0;
    if (n == 0)
        return KARAKA_OK;
    uint32_t node = KARAKA_SET_MARKER;
    for (size_t i = 0; i < n && node; i++)
        node = karaka_phrasebook_step(&l->phrases, node, keys[i]);
    if (node && karaka_phrasebook_first(&l->phrases, node)) {
        *out = l->phrases.values.items[karaka_phrasebook_first(&l->phrases, node)].item;
        return KARAKA_OK;
    }
    *out = (uint32_t)l->markers.count;
    karaka_marker marker = {0};
    if (KARAKA_PUSH(l->arena, l->markers, marker) < 0)
        return KARAKA_ERROR_MEMORY;
    return karaka_phrasebook_add(&l->phrases, KARAKA_SET_MARKER, keys, n, *out);
}

static int read_reference(karaka_lexicon *l, const karaka_row *row) {
    int kind = find(reference_kinds, row->cell[0]);
    if (kind < 0)
        return karaka_row_fail(row, "unknown kind of reference \"%s\"", row->cell[0]);
    karaka_reference_line line = {.kind = (uint8_t)reference_kinds[kind].value, .rule = karaka_row_name(l->arena, row)};
    if (!line.rule || marker_number(l, &line.marker, row->cell[1]) < 0 ||
        KARAKA_PUSH(l->arena, l->references, line) < 0)
        return KARAKA_ERROR_MEMORY;
    return add_all(l, KARAKA_SET_REFERENCE, row->cell[2], (uint32_t)l->references.count - 1, false, NULL);
}

/* "verb	ied	y", "verb	+ed	-", "verb	=struck	strike". */
static int read_inflection(karaka_lexicon *l, const karaka_row *row) {
    const char **endings = NULL;
    size_t count = 0;
    int kind = find(form_names, row->cell[0]);
    if (kind < 0)
        return karaka_row_fail(row, "neither verb nor noun: \"%s\"", row->cell[0]);
    int rc = karaka_table_alternatives(&endings, &count, l->arena, row->cell[1]);
    for (size_t i = 0; rc == KARAKA_OK && i < count; i++) {
        karaka_inflection f = {.ending = endings[i],
                               .instead = row->cell[2],
                               .kind = (uint8_t)form_names[kind].value,
                               .whole = endings[i][0] == '=',
                               .doubled = endings[i][0] == '+'};
        f.ending += f.whole || f.doubled;
        rc = KARAKA_PUSH(l->arena, l->inflections, f);
    }
    return rc;
}

/* ---- roles ------------------------------------------------------------------------------------------------------- */

/* The number of the part `name`, or an error that names it. */
static int part_number(const karaka_row *row, const char *name) {
    int part = find(part_names, name);
    return part < 0 ? karaka_row_fail(row, "unknown part \"%s\"", name) : (int)part_names[part].value;
}

/* A cell of parts as bits. */
static int part_bits(karaka_lexicon *l, const karaka_row *row, const char *cell, uint32_t *bits) {
    const char **names = NULL;
    size_t count = 0;
    int rc = karaka_table_alternatives(&names, &count, l->arena, cell);
    for (size_t i = 0; rc == KARAKA_OK && i < count; i++) {
        int part = part_number(row, names[i]);
        if (part < 0)
            return part;
        *bits |= KARAKA_PART_BIT(part);
    }
    return rc;
}

static int read_role(karaka_lexicon *l, const karaka_row *row) {
    karaka_role_row role = {0};
    const char **relations = NULL, **markers = NULL;
    size_t count = 0, marker_count = 0;
    int rc = part_bits(l, row, row->cell[3], &role.parts);
    if (rc < 0)
        return rc;
    if (strcmp(row->cell[2], "verb") == 0)
        role.head = 1;
    else if (strcmp(row->cell[2], "noun") == 0)
        role.head = 2;
    else if (strcmp(row->cell[2], "*") != 0)
        return karaka_row_fail(row, "head is neither verb, noun nor *: \"%s\"", row->cell[2]);
    if ((rc = karaka_table_alternatives(&relations, &count, l->arena, row->cell[0])) < 0 ||
        (rc = karaka_table_alternatives(&markers, &marker_count, l->arena, row->cell[1])) < 0)
        return rc;
    role.relations = karaka_arena_array(l->arena, count + 1, sizeof *role.relations);
    if (!role.relations)
        return KARAKA_ERROR_MEMORY;
    for (size_t i = 0; i < count; i++)
        if (strcmp(relations[i], "*") != 0)
            role.relations[role.relation_count++] = karaka_hash(relations[i], strlen(relations[i]), 0);
    if (marker_count == 0)
        return KARAKA_PUSH(l->arena, l->markers.items[0].rows, role);
    for (size_t i = 0; i < marker_count; i++) {
        uint32_t number = 0;
        if (marker_number(l, &number, strcmp(markers[i], "-") == 0 ? "" : markers[i]) < 0 ||
            KARAKA_PUSH(l->arena, l->markers.items[number].rows, role) < 0)
            return KARAKA_ERROR_MEMORY;
    }
    return KARAKA_OK;
}

/* ---- verbs, sources ---------------------------------------------------------------------------------------------- */

static int read_verb(karaka_lexicon *l, const karaka_row *row) {
    int kind = find(class_names, row->cell[0]);
    if (kind < 0)
        return karaka_row_fail(row, "unknown kind of word \"%s\"", row->cell[0]);
    uint32_t bits = class_names[kind].value;
    const char **words = NULL;
    size_t count = 0;
    int rc = karaka_table_alternatives(&words, &count, l->arena, row->cell[1]);
    for (size_t i = 0; rc == KARAKA_OK && i < count; i++) {
        karaka_key key;
        if (strchr(words[i], '=')) /* a feature or relation: compared as written */
            key = karaka_hash(words[i], strlen(words[i]), 1);
        else if (strcmp(row->cell[2], "verb") == 0) {
            karaka_key keys[KARAKA_WORD_KEYS];
            size_t n = stem_pieces(l, keys, words[i]);
            key = n ? keys[n - 1] : 0;
        } else
            key = karaka_word_key(l->spelling, words[i], strlen(words[i]));
        if (key)
            rc = karaka_phrasebook_add(&l->phrases, KARAKA_SET_WORD, &key, 1, bits);
    }
    return rc;
}

/* ---- predicates, operators, speech verbs --------------------------------------------------------------------------
 */

static int read_slot(karaka_lexicon *l, const karaka_row *row, const char *cell, karaka_slot *slot) {
    const char **names = NULL;
    size_t count = 0;
    int rc = karaka_table_alternatives(&names, &count, l->arena, cell);
    for (size_t i = 0; rc == KARAKA_OK && i < count; i++) {
        int part = part_number(row, names[i]);
        if (part < 0)
            return part;
        if (slot->count == KARAKA_SLOT_PARTS)
            return karaka_row_fail(row, "more than %d parts", KARAKA_SLOT_PARTS);
        slot->parts[slot->count++] = (uint8_t)part;
    }
    return rc;
}

static int read_flags(const karaka_row *row, const char *cell, uint32_t *flags) {
    while (*cell) {
        size_t n = strcspn(cell, " ");
        char name[32];
        if (n >= sizeof name)
            return karaka_row_fail(row, "unknown flag \"%.40s\"", cell);
        memcpy(name, cell, n);
        name[n] = 0;
        int flag = n ? find(flag_names, name) : -1;
        if (n && flag < 0)
            return karaka_row_fail(row, "unknown flag \"%s\"", name);
        if (n)
            *flags |= flag_names[flag].value;
        cell += n + (cell[n] == ' ');
    }
    return KARAKA_OK;
}

static int read_lights(karaka_lexicon *l, const karaka_row *row, const char *cell, karaka_predicate_line *line) {
    const char **names = NULL;
    size_t count = 0;
    int rc = karaka_table_alternatives(&names, &count, l->arena, cell);
    if (rc < 0)
        return rc;
    line->lights = karaka_arena_array(l->arena, count + 1, sizeof *line->lights);
    if (!line->lights)
        return KARAKA_ERROR_MEMORY;
    for (size_t i = 0; i < count; i++) {
        karaka_key keys[KARAKA_WORD_KEYS];
        size_t n = stem_pieces(l, keys, names[i]);
        if (n == 0 || n > KARAKA_LIGHT_KEYS)
            return karaka_row_fail(row, "a light verb of no word, or of more than %d: \"%s\"", KARAKA_LIGHT_KEYS,
                                   names[i]);
        memcpy(line->lights[line->light_count].keys, keys, n * sizeof *keys);
        if (karaka_phrasebook_add(&l->phrases, KARAKA_SET_LIGHT, &keys[0], 1, 1) < 0)
            return KARAKA_ERROR_MEMORY;
        line->lights[line->light_count++].count = (uint32_t)n;
    }
    return KARAKA_OK;
}

/* Adds a line whose form, words, light stand in the cells from `at` on. */
static int add_predicate(karaka_lexicon *l, const karaka_row *row, karaka_predicate_line line, int at) {
    int form = find(form_names, row->cell[at]);
    if (form < 0)
        return karaka_row_fail(row, "unknown form \"%s\"", row->cell[at]);
    line.form = (uint8_t)form_names[form].value;
    if (!*row->cell[at + 1])
        return karaka_row_fail(row, "no words");
    int rc = read_lights(l, row, row->cell[at + 2], &line);
    if (rc < 0)
        return rc;
    if ((line.form == KARAKA_FORM_COMPLEX) != (line.light_count > 0))
        return karaka_row_fail(row, "a complex predicate has light verbs, and no other has");
    line.rule = karaka_row_name(l->arena, row);
    for (uint32_t i = 0; i < line.light_count; i++)
        for (uint32_t k = 0; k < line.lights[i].count; k++)
            line.negative |= (karaka_words_classes(l, line.lights[i].keys[k]) & KARAKA_NEGATION) != 0;
    if (!line.rule || KARAKA_PUSH(l->arena, l->predicates, line) < 0)
        return KARAKA_ERROR_MEMORY;
    uint32_t item = (uint32_t)l->predicates.count - 1;
    bool verb = line.form == KARAKA_FORM_VERB;
    return add_all(l, verb ? KARAKA_SET_VERB : KARAKA_SET_NOUN, row->cell[at + 1], item, verb,
                   &l->predicates.items[item].words);
}

static int read_predicate(karaka_lexicon *l, const karaka_row *row) {
    karaka_predicate_line line = {.use = KARAKA_USE_EVENT, .mode = *row->cell[1] ? row->cell[1] : NULL, .type = 255};
    for (uint8_t i = 0; i < 16; i++)
        if (strcmp(karaka_event_types[i].name, row->cell[0]) == 0)
            line.type = i;
    if (line.type == 255)
        return karaka_row_fail(row, "unknown type \"%s\"", row->cell[0]);
    int rc = read_slot(l, row, row->cell[5], &line.actor);
    if (rc == KARAKA_OK)
        rc = read_slot(l, row, row->cell[6], &line.recipient);
    if (rc == KARAKA_OK)
        rc = read_flags(row, row->cell[7], &line.flags);
    return rc < 0 ? rc : add_predicate(l, row, line, 2);
}

static int read_operator(karaka_lexicon *l, const karaka_row *row) {
    int effect = find(effect_names, row->cell[0]);
    if (effect < 0)
        return karaka_row_fail(row, "unknown effect \"%s\"", row->cell[0]);
    karaka_predicate_line line = {.use = (uint8_t)effect_names[effect].value};
    line.actor = (karaka_slot){.parts = {KARAKA_DOER, KARAKA_BY, KARAKA_OF}, .count = 3};
    return add_predicate(l, row, line, 1);
}

static int read_source(karaka_lexicon *l, const karaka_row *row) {
    const char *kind = row->cell[0];
    if (strcmp(kind, "marker") == 0 || strcmp(kind, "via") == 0) {
        const char **names = NULL;
        size_t count = 0;
        int rc = karaka_table_alternatives(&names, &count, l->arena, row->cell[1]);
        karaka_role_row role = {.parts = KARAKA_PART_BIT(strcmp(kind, "via") == 0 ? KARAKA_VIA : KARAKA_ACCORDING)};
        for (size_t i = 0; rc == KARAKA_OK && i < count; i++) {
            uint32_t number = 0;
            if (marker_number(l, &number, names[i]) < 0 ||
                KARAKA_PUSH(l->arena, l->markers.items[number].rows, role) < 0)
                rc = KARAKA_ERROR_MEMORY;
        }
        return rc;
    }
    if (strcmp(kind, "anonymous") == 0)
        return add_all(l, KARAKA_SET_SOURCE, row->cell[1], 1, false, NULL);
    if (strcmp(kind, "verb") != 0)
        return karaka_row_fail(row, "unknown kind of source \"%s\"", kind);
    karaka_predicate_line line = {.use = KARAKA_USE_SPEECH,
                                  .actor = {.parts = {KARAKA_DOER, KARAKA_BY}, .count = 2},
                                  .recipient = {.parts = {KARAKA_ADDRESSEE}, .count = 1},
                                  .form = *row->cell[2] ? KARAKA_FORM_COMPLEX : KARAKA_FORM_VERB};
    int rc = read_lights(l, row, row->cell[2], &line);
    if (rc < 0)
        return rc;
    line.rule = karaka_row_name(l->arena, row);
    if (!line.rule || KARAKA_PUSH(l->arena, l->predicates, line) < 0)
        return KARAKA_ERROR_MEMORY;
    uint32_t item = (uint32_t)l->predicates.count - 1;
    bool verb = line.form == KARAKA_FORM_VERB;
    return add_all(l, verb ? KARAKA_SET_VERB : KARAKA_SET_NOUN, row->cell[1], item, verb,
                   &l->predicates.items[item].words);
}

static int read_topic(karaka_lexicon *l, const karaka_row *row) {
    uint32_t topic = 0;
    while (topic < l->topic_count && strcmp(l->topics[topic], row->cell[0]) != 0)
        topic++;
    if (topic == KARAKA_TOPICS || !*row->cell[0])
        return karaka_row_fail(row, "no topic, or more than %d", KARAKA_TOPICS);
    if (topic == l->topic_count)
        l->topics[l->topic_count++] = row->cell[0];
    return add_all(l, KARAKA_SET_TOPIC, row->cell[1], topic, false, NULL);
}

int karaka_lexicon_load(karaka_lexicon **out, karaka_arena *arena, const char *directory,
                        const karaka_settings *settings, const karaka_spelling *spelling) {
    karaka_lexicon *l = karaka_arena_alloc(arena, sizeof *l);
    if (!l)
        return KARAKA_ERROR_MEMORY;
    *l = (karaka_lexicon){.arena = arena, .settings = settings, .spelling = spelling};
    karaka_marker none = {0};
    static const struct {
        const char *name;
        row_reader each;
    } tables[] = {{"roles", read_role},           {"sources", read_source},
                  {"verbs", read_verb},           {"references", read_reference},
                  {"actors", read_actor},         {"agents", read_agent},
                  {"predicates", read_predicate}, {"operators", read_operator},
                  {"topics", read_topic},         {"inflections", read_inflection}};
    int rc = karaka_phrasebook_init(&l->phrases, arena, spelling, KARAKA_SETS);
    if (rc == KARAKA_OK)
        rc = KARAKA_PUSH(arena, l->markers, none);
    for (size_t i = 0; rc == KARAKA_OK && i < sizeof tables / sizeof *tables; i++)
        rc = read_table(l, directory, tables[i].name, tables[i].each);
    if (rc == KARAKA_OK)
        rc = karaka_weights_load(&l->weights, arena, directory);
    if (rc == KARAKA_OK)
        *out = l;
    return rc;
}

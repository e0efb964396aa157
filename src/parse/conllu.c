/* conllu: CoNLL-U bytes to sentences of words. See conllu.h.
 *
 * The whole text is brought to NFC and copied once; strings are slices of that copy, ended in place with NUL.
 */
#include "parse/conllu.h"

#include <string.h>

enum { COLUMNS = 10, HEAD_UNKNOWN = -2 };
enum { ID, FORM, LEMMA, UPOS, XPOS, FEATS, HEAD, DEPREL, DEPS, MISC };

typedef struct reader {
    karaka_arena *arena;
    const char *name;
    size_t line;
    size_t first_line; /* of the sentence's first word */
    KARAKA_LIST(karaka_conllu_word) words;
    KARAKA_LIST(karaka_conllu_sentence) sentences;
    karaka_conllu_sentence current;
    uint32_t range_end;     /* number of the last word of the multiword range read last, 0: none */
    bool range_space_after; /* what that range's MISC says */
} reader;

static int bad(const reader *r, size_t line, const char *message, const char *detail) {
    return karaka_fail(KARAKA_ERROR_INPUT, "%s:%zu: %s%.60s", r->name, line, message, detail);
}

/* Digits to number; false for anything else or above INT32_MAX. */
static bool read_number(int32_t *out, const char *text, const char **end) {
    int64_t value = 0;
    const char *p = text;
    for (; *p >= '0' && *p <= '9'; p++) {
        value = value * 10 + (*p - '0');
        if (value > INT32_MAX)
            return false;
    }
    *out = (int32_t)value;
    *end = p;
    return p > text;
}

static bool has_item(const char *misc, const char *item) {
    size_t length = strlen(item);
    for (const char *p = misc; p; p = strchr(p, '|'), p = p ? p + 1 : NULL)
        if (strncmp(p, item, length) == 0 && (p[length] == '\0' || p[length] == '|'))
            return true;
    return false;
}

static char *trim(char *text) {
    while (*text == ' ' || *text == '\t')
        text++;
    size_t length = strlen(text);
    while (length > 0 && (text[length - 1] == ' ' || text[length - 1] == '\t'))
        text[--length] = '\0';
    return text;
}

static void read_comment(reader *r, char *line) {
    char *key = line + 1, *value = strchr(key, '=');
    if (value)
        *value++ = '\0';
    key = trim(key);
    value = value ? trim(value) : NULL;
    if (strcmp(key, "text") == 0) {
        r->current.text = value;
    } else if (strcmp(key, "sent_id") == 0) {
        r->current.id = value;
    } else if (strcmp(key, "newdoc") == 0 || strcmp(key, "newdoc id") == 0) {
        r->current.new_document = true;
        r->current.document_id = value;
    } else if (strcmp(key, "published") == 0) {
        r->current.published = value;
    } else if (strcmp(key, "newpar") == 0 || strcmp(key, "newpar id") == 0) {
        r->current.new_paragraph = true;
    }
}

/* Splits in place at tabs; the number of columns (at most COLUMNS + 1 are counted). */
static unsigned split(const char *cell[COLUMNS], char *line) {
    unsigned count = 0;
    for (char *p = line; p; count++) {
        if (count == COLUMNS)
            return COLUMNS + 1;
        cell[count] = p;
        p = strchr(p, '\t');
        if (p)
            *p++ = '\0';
    }
    return count;
}

static int read_range(reader *r, const char *end_text, const char *misc) {
    int32_t last;
    const char *end;
    if (!read_number(&last, end_text, &end) || *end != '\0' || (size_t)last <= r->words.count)
        return bad(r, r->line, "bad multiword range ending ", end_text);
    r->range_end = (uint32_t)last;
    r->range_space_after = !has_item(misc, "SpaceAfter=No");
    return KARAKA_OK;
}

static int read_head(const reader *r, int32_t *head, const char *text) {
    const char *end;
    if (strcmp(text, "_") == 0) {
        *head = HEAD_UNKNOWN;
        return KARAKA_OK;
    }
    if (!read_number(head, text, &end) || *end != '\0')
        return bad(r, r->line, "head is not a number: ", text);
    *head -= 1;
    return KARAKA_OK;
}

static int read_word(reader *r, char *line) {
    const char *cell[COLUMNS];
    if (split(cell, line) != COLUMNS)
        return bad(r, r->line, "not ten columns: ", line);
    int32_t id;
    const char *end;
    if (!read_number(&id, cell[ID], &end))
        return bad(r, r->line, "bad word number: ", cell[ID]);
    if (*end == '.')
        return KARAKA_OK;
    if (*end == '-')
        return read_range(r, end + 1, cell[MISC]);
    if (*end != '\0' || (size_t)id != r->words.count + 1)
        return bad(r, r->line, "word out of order: ", cell[ID]);
    if (cell[FORM][0] == '\0')
        return bad(r, r->line, "empty form", "");
    for (unsigned i = LEMMA; i <= DEPREL; i++)
        if (cell[i][0] == '\0')
            cell[i] = "_";
    karaka_conllu_word word = {.form = cell[FORM],
                               .lemma = cell[LEMMA],
                               .upos = cell[UPOS],
                               .xpos = cell[XPOS],
                               .feats = cell[FEATS],
                               .deprel = cell[DEPREL]};
    if (read_head(r, &word.head, cell[HEAD]) < 0)
        return KARAKA_ERROR_INPUT;
    word.space_after = !has_item(cell[MISC], "SpaceAfter=No");
    if ((uint32_t)id < r->range_end)
        word.space_after = false;
    else if ((uint32_t)id == r->range_end)
        word.space_after = r->range_space_after;
    if (r->words.count == 0)
        r->first_line = r->line;
    return KARAKA_PUSH(r->arena, r->words, word);
}

/* Heads in range, a root, no cycle: each word walks up once, marking its path with its own number. */
static int check_tree(reader *r, bool *has_tree) {
    size_t count = r->words.count, unknown = 0, roots = 0;
    karaka_conllu_word *words = r->words.items;
    for (size_t i = 0; i < count; i++) {
        unknown += words[i].head == HEAD_UNKNOWN;
        roots += words[i].head == -1;
        if (words[i].head >= 0 && (size_t)words[i].head >= count)
            return bad(r, r->first_line + i, "head out of range", "");
    }
    *has_tree = unknown == 0;
    if (unknown == count) {
        for (size_t i = 0; i < count; i++)
            words[i].head = -1;
        return KARAKA_OK;
    }
    if (unknown > 0)
        return bad(r, r->first_line, "some words have a head and some have not", "");
    if (roots == 0)
        return bad(r, r->first_line, "no root", "");
    uint32_t *seen = karaka_arena_array(r->arena, count, sizeof *seen);
    if (!seen)
        return KARAKA_ERROR_MEMORY;
    for (size_t i = 0; i < count; i++) {
        int32_t at = (int32_t)i;
        for (; at >= 0 && seen[at] == 0; at = words[at].head)
            seen[at] = (uint32_t)i + 1;
        if (at >= 0 && seen[at] == i + 1)
            return bad(r, r->first_line + i, "cycle", "");
    }
    return KARAKA_OK;
}

static int end_sentence(reader *r) {
    if (r->words.count == 0) {
        if (r->range_end != 0)
            return bad(r, r->line, "multiword range without words", "");
        return KARAKA_OK;
    }
    if (r->range_end > r->words.count)
        return bad(r, r->line, "multiword range beyond the last word", "");
    if (r->words.count > INT32_MAX)
        return bad(r, r->line, "sentence too long", "");
    int rc = check_tree(r, &r->current.has_tree);
    if (rc < 0)
        return rc;
    r->current.words = r->words.items;
    r->current.count = (uint32_t)r->words.count;
    rc = KARAKA_PUSH(r->arena, r->sentences, r->current);
    r->current = (karaka_conllu_sentence){.document_id = r->current.document_id};
    r->words.items = NULL;
    r->words.count = r->words.room = 0;
    r->range_end = 0;
    return rc;
}

static int read_lines(reader *r, char *bytes, size_t length) {
    char *end = bytes + length;
    for (char *line = bytes, *next; line < end; line = next) {
        char *stop = memchr(line, '\n', (size_t)(end - line));
        next = stop ? stop + 1 : end;
        stop = stop ? stop : end;
        if (stop > line && stop[-1] == '\r')
            stop--;
        *stop = '\0';
        r->line++;
        int rc = KARAKA_OK;
        if (line[strspn(line, " ")] == '\0')
            rc = end_sentence(r);
        else if (*line != '#')
            rc = read_word(r, line);
        else if (r->words.count == 0)
            read_comment(r, line);
        if (rc < 0)
            return rc;
    }
    return KARAKA_OK;
}

/* How much of a text is read at once: all, or whole lines that are not too much for karaka_nfc. */
static size_t piece_of(const char *bytes, size_t length) {
    size_t end = length;
    if (length > KARAKA_INPUT_LIMIT)
        for (end = KARAKA_INPUT_LIMIT; end > 0 && bytes[end - 1] != '\n';)
            end--;
    return end > 0 ? end : length;
}

static int read_piece(reader *r, karaka_slice text) {
    int rc = karaka_nfc(&text, r->arena, text);
    if (rc < 0)
        return rc;
    char *copy = karaka_arena_copy(r->arena, text.bytes, text.length);
    return copy ? read_lines(r, copy, text.length) : KARAKA_ERROR_MEMORY;
}

static size_t line_of(const char *bytes, size_t at) {
    size_t line = 1;
    for (size_t i = 0; i < at; i++)
        line += bytes[i] == '\n';
    return line;
}

/* Offset of the first control character, or `length`: no treebank has one, and none may reach a terminal. */
static size_t control_at(const char *bytes, size_t length) {
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)bytes[i], next = i + 1 < length ? (unsigned char)bytes[i + 1] : '\n';
        bool low = c < 0x20 && c != '\t' && c != '\n' && !(c == '\r' && next == '\n');
        if (low || c == 0x7F || (c == 0xC2 && next < 0xA0)) /* the latter: U+0080..U+009F */
            return i;
    }
    return length;
}

int karaka_conllu_read(karaka_conllu_sentence **out, size_t *count, karaka_arena *arena, const char *bytes,
                       size_t length, const char *name) {
    reader r = {.arena = arena, .name = name};
    size_t well_formed = karaka_utf8_check(bytes, length);
    if (well_formed < length)
        return bad(&r, line_of(bytes, well_formed), "not UTF-8", "");
    size_t control = control_at(bytes, length);
    if (control < length)
        return bad(&r, line_of(bytes, control), "a control character", "");
    if (length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
        bytes += 3;
        length -= 3;
    }
    int rc = KARAKA_OK;
    for (size_t at = 0, n; rc == KARAKA_OK && at < length; at += n) {
        n = piece_of(bytes + at, length - at);
        rc = read_piece(&r, (karaka_slice){bytes + at, n});
    }
    r.line++;
    if (rc == KARAKA_OK)
        rc = end_sentence(&r);
    if (rc < 0)
        return rc;
    *out = r.sentences.items;
    *count = r.sentences.count;
    return KARAKA_OK;
}

/* sniff: what a file holds, by its name and its first bytes.
 *
 * In: a name and up to KARAKA_SNIFF bytes. Out: a form, or that it is a tar or zip.
 * Example: "stdin", "<?xml version=\"1.0\"?>\n<rss ..." -> KARAKA_STREAM_FEED
 */
#include "archive/archive.h"

#include <string.h>
#include <strings.h>

static bool begins(karaka_slice s, const char *text) {
    size_t length = strlen(text);
    return s.length >= length && strncasecmp(s.bytes, text, length) == 0;
}

static bool ends(karaka_slice name, const char *suffix) {
    size_t length = strlen(suffix);
    return name.length > length && strncasecmp(name.bytes + name.length - length, suffix, length) == 0;
}

karaka_slice karaka_plain_name(const char *name) {
    static const char *const packed[] = {".gz", ".zst", ".xz", ".bz2"};
    const char *slash = strrchr(name, '/');
    karaka_slice plain = karaka_slice_of(slash ? slash + 1 : name);
    for (size_t i = 0; i < sizeof packed / sizeof *packed; i++)
        if (ends(plain, packed[i])) {
            plain.length -= strlen(packed[i]);
            break;
        }
    return plain;
}

karaka_pack karaka_sniff_pack(const char *name, karaka_slice start) {
    karaka_slice plain = karaka_plain_name(name);
    if (start.length >= 4 && (memcmp(start.bytes, "PK\3\4", 4) == 0 || memcmp(start.bytes, "PK\5\6", 4) == 0))
        return KARAKA_PACK_ZIP;
    if (start.length >= 512 && memcmp(start.bytes + 257, "ustar", 5) == 0)
        return KARAKA_PACK_TAR;
    return ends(plain, ".tar") || ends(plain, ".tgz") ? KARAKA_PACK_TAR : KARAKA_PACK_NONE;
}

static karaka_stream_form form_of_name(karaka_slice name) {
    static const struct {
        const char *suffix;
        karaka_stream_form form;
    } forms[] = {{".jsonl", KARAKA_STREAM_JSONL}, {".ndjson", KARAKA_STREAM_JSONL}, {".conllu", KARAKA_STREAM_CONLLU},
                 {".txt", KARAKA_STREAM_PAGE},    {".warc", KARAKA_STREAM_WARC},    {".wet", KARAKA_STREAM_WARC},
                 {".html", KARAKA_STREAM_HTML},   {".htm", KARAKA_STREAM_HTML},     {".xhtml", KARAKA_STREAM_HTML}};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (ends(name, forms[i].suffix))
            return forms[i].form;
    return KARAKA_STREAM_ANY;
}

static karaka_slice after(karaka_slice s, size_t length) {
    return (karaka_slice){s.bytes + length, s.length - length};
}

static karaka_slice skip_blanks(karaka_slice s) {
    while (s.length && strchr(" \t\r\n", *s.bytes) && *s.bytes)
        s = after(s, 1);
    return s;
}

/* Behind the next `end`; empty where there is none. */
static karaka_slice behind(karaka_slice s, const char *end) {
    const char *found = memmem(s.bytes, s.length, end, strlen(end));
    return found ? after(s, (size_t)(found - s.bytes) + strlen(end)) : (karaka_slice){s.bytes, 0};
}

/* <!DOCTYPE name [ ... ]>, with or without the part in brackets. */
static karaka_slice behind_doctype(karaka_slice s) {
    const char *end = memchr(s.bytes, '>', s.length), *open = memchr(s.bytes, '[', s.length);
    return open && end && open < end ? behind(behind(s, "]"), ">") : behind(s, ">");
}

/* The first element: what stands before it (declarations, comments) is stepped over. */
static karaka_slice first_element(karaka_slice s) {
    for (s = skip_blanks(s); s.length && *s.bytes == '<'; s = skip_blanks(s)) {
        if (begins(s, "<?"))
            s = behind(s, "?>");
        else if (begins(s, "<!--"))
            s = behind(s, "-->");
        else if (begins(s, "<!"))
            s = behind_doctype(s);
        else
            return after(s, 1);
    }
    return (karaka_slice){s.bytes, 0};
}

static karaka_slice local_name(karaka_slice element) {
    size_t length = 0, from = 0;
    for (; length < element.length && !strchr(" \t\r\n/>", element.bytes[length]); length++)
        if (element.bytes[length] == ':')
            from = length + 1;
    return (karaka_slice){element.bytes + from, length - from};
}

/* As pages begin, if in lower case; many lack the first ones. */
static bool is_page(karaka_slice root) {
    static const char *const names[] = {"html", "head", "body", "meta", "title", "article"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (root.length == strlen(names[i]) && begins(root, names[i]))
            return true;
    return false;
}

static int form_of_markup(karaka_slice s) {
    karaka_slice root = local_name(first_element(s));
    if (karaka_slice_is(root, "rss") || karaka_slice_is(root, "RDF") || karaka_slice_is(root, "feed"))
        return KARAKA_STREAM_FEED;
    if (is_page(root) || begins(s, "<!doctype html"))
        return KARAKA_STREAM_HTML;
    if (!begins(s, "<?xml"))
        return KARAKA_STREAM_PAGE;
    if (!root.length)
        return karaka_fail(KARAKA_ERROR_INPUT, "XML without an element in its first %d bytes", KARAKA_SNIFF);
    return karaka_fail(KARAKA_ERROR_INPUT, "XML that is no feed: its first element is '%.*s'",
                       (int)(root.length < 40 ? root.length : 40), root.bytes);
}

/* Markup in UTF-16: a page by its first element, else a feed, whose reader tells what is wrong with it. */
static int form_of_wide(karaka_slice start) {
    char narrow[256];
    size_t count = 0, low = start.bytes[0] == '\xFF' ? 0 : 1;
    for (size_t at = 2 + low; at < start.length && count < sizeof narrow; at += 2)
        narrow[count++] = start.bytes[at] ? start.bytes[at] : '?';
    karaka_slice s = {narrow, count};
    return is_page(local_name(first_element(s))) || begins(s, "<!doctype html") ? KARAKA_STREAM_HTML
                                                                                : KARAKA_STREAM_FEED;
}

int karaka_sniff_form(const char *name, karaka_slice start) {
    static const char *const trees[] = {"# newdoc", "# newpar", "# sent_id", "# text =", "1\t", "1-2\t"};
    karaka_stream_form named = form_of_name(karaka_plain_name(name));
    if (named)
        return (int)named;
    if (begins(start, "\xEF\xBB\xBF"))
        start = after(start, 3);
    start = skip_blanks(start);
    for (size_t i = 0; i < sizeof trees / sizeof *trees; i++)
        if (begins(start, trees[i]))
            return KARAKA_STREAM_CONLLU;
    if (start.length >= 4 && (memcmp(start.bytes, "\xFF\xFE<", 4) == 0 || memcmp(start.bytes, "\xFE\xFF\0<", 4) == 0))
        return form_of_wide(start);
    if (begins(start, "{"))
        return KARAKA_STREAM_JSONL;
    if (begins(start, "WARC/"))
        return KARAKA_STREAM_WARC;
    return begins(start, "<") ? form_of_markup(start) : KARAKA_STREAM_PAGE;
}

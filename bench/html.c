/* html: what karaka_document_read finds in pages in HTML, and how fast, beside libxml2's bare parse.
 *
 * In: a language folder and HTML files. Out: with --articles one JSON object a page: its name and the article's body
 * (all but the title and its kicker); without, pages/s and MB/s of one core, and how much longer reading takes than the
 * parse alone. Each figure is the best of `ROUNDS` rounds: on a shared machine the least disturbed one.
 * Example: build/bench/html languages/en page1.html page2.html
 */
#include <karaka.h>

#include <libxml/HTMLparser.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ROUNDS = 5 };

typedef struct page {
    const char *path;
    char *bytes;
    size_t length;
} page;

static double seconds(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static int load(page *out, const char *path) {
    FILE *file = fopen(path, "rb");
    long length = 0;
    *out = (page){.path = path};
    if (!file)
        return -1;
    if (fseek(file, 0, SEEK_END) == 0 && (length = ftell(file)) >= 0 && fseek(file, 0, SEEK_SET) == 0)
        out->bytes = malloc((size_t)length + 1);
    if (out->bytes)
        out->length = fread(out->bytes, 1, (size_t)length, file);
    fclose(file);
    return out->bytes ? 0 : -1;
}

static int read_page(karaka_document **out, const karaka_language *language, const page *p) {
    karaka_input input = {.kind = KARAKA_INPUT_HTML, .bytes = p->bytes, .length = p->length};
    return karaka_document_read(out, language, &input);
}

static void put_json(const char *bytes, size_t length) {
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)bytes[i];
        if (c == '"' || c == '\\')
            printf("\\%c", c);
        else if (c < ' ')
            printf("\\u%04x", c);
        else
            putchar(c);
    }
}

static void put_article(const page *p, const karaka_article *article) {
    const char *slash = strrchr(p->path, '/'), *name = slash ? slash + 1 : p->path, *dot = strrchr(name, '.');
    printf("{\"id\":\"%.*s\",\"body\":\"", (int)(dot ? dot - name : (long)strlen(name)), name);
    for (uint32_t i = 0; i < article->paragraph_count; i++) {
        const karaka_paragraph *at = &article->paragraphs[i];
        if (at->kind == KARAKA_TITLE)
            continue;
        put_json(article->text + at->span.start, at->span.end - at->span.start);
        printf("\\n");
    }
    printf("\"}\n");
}

static void put_articles(const karaka_language *language, const page *pages, size_t count) {
    for (size_t i = 0; i < count; i++) {
        karaka_document *document = NULL;
        if (read_page(&document, language, &pages[i]) == 0)
            put_article(&pages[i], karaka_document_article(document));
        else
            fprintf(stderr, "%s: %s\n", pages[i].path, karaka_error_text());
        karaka_document_free(document);
    }
}

static void parse_bare(const karaka_language *language, const page *p) {
    (void)language;
    xmlFreeDoc(htmlReadMemory(p->bytes, (int)p->length, NULL, "utf-8",
                              HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET));
}

static void read_whole(const karaka_language *language, const page *p) {
    karaka_document *document = NULL;
    read_page(&document, language, p);
    karaka_document_free(document);
}

static double best_of(void (*work)(const karaka_language *, const page *), const karaka_language *language,
                      const page *pages, size_t count) {
    double best = 1e30;
    for (int r = 0; r < ROUNDS; r++) {
        double from = seconds();
        for (size_t i = 0; i < count; i++)
            work(language, &pages[i]);
        double took = seconds() - from;
        best = took < best ? took : best;
    }
    return best;
}

static void put_speed(const karaka_language *language, const page *pages, size_t count) {
    double bytes = 0, bare = best_of(parse_bare, NULL, pages, count),
           whole = best_of(read_whole, language, pages, count);
    for (size_t i = 0; i < count; i++)
        bytes += (double)pages[i].length;
    printf("%zu pages, %.1f MB, one thread, processor time\n", count, bytes / 1e6);
    printf("%-44s %8.0f pages/s %8.1f MB/s\n", "page to article", (double)count / whole, bytes / 1e6 / whole);
    printf("%-44s %8.0f pages/s %8.1f MB/s\n", "libxml2, tree alone", (double)count / bare, bytes / 1e6 / bare);
    printf("%-44s %8.2f\n", "times as long as the tree alone", whole / bare);
}

int main(int count, char **words) {
    karaka_language *language = NULL;
    bool articles = count > 1 && strcmp(words[1], "--articles") == 0;
    int first = articles ? 2 : 1;
    if (count < first + 2) {
        fprintf(stderr, "usage: html [--articles] LANGUAGE-FOLDER FILE.html...\n");
        return 2;
    }
    size_t pages = (size_t)(count - first - 1), loaded = 0;
    page *all = calloc(pages, sizeof *all);
    int error = karaka_language_open(&language, words[first], KARAKA_OPEN_NO_MODEL);
    if (error < 0)
        fprintf(stderr, "html: %s\n", karaka_error_text());
    while (all && loaded < pages && load(&all[loaded], words[first + 1 + (int)loaded]) == 0)
        loaded++;
    bool whole = loaded == pages && error == 0;
    if (whole && articles)
        put_articles(language, all, pages);
    else if (whole)
        put_speed(language, all, pages);
    for (size_t i = 0; all && i < loaded; i++)
        free(all[i].bytes);
    free(all);
    karaka_language_close(language);
    return !whole;
}

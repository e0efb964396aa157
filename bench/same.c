/* same: how long an index of a million articles takes, and how much memory.
 *
 * usage: same LANGUAGE-FOLDER [ARTICLES [FILE]]
 *
 * In: a language folder (its folding of spelling), how many articles (1,000,000), a file for the index (none: in
 * memory). Out: a table. The articles are made up: some 200 words, drawn from 50,000 made-up words as unevenly as words
 * are in a text (Zipf); each tenth is the second half of one of the last 10,000. The seed is fixed. Example:
 * build/bench/same languages/hi 1000000 /tmp/seen
 */
#include <karaka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum { VOCABULARY = 50000, WORDS = 200, KEPT = 10000, WORD_ROOM = 40, TEXT_ROOM = WORDS * WORD_ROOM };

typedef struct bench {
    char words[VOCABULARY][WORD_ROOM];
    uint32_t likely[1 << 16]; /* a word for each 65,536th of the probability */
    char (*texts)[TEXT_ROOM]; // [KEPT], the last articles
    uint64_t random;
    karaka_language *language;
    karaka_same *same;
    uint64_t originals, copies, found, wrong;
    double reading, sketching, adding;
} bench;

static double seconds(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static uint32_t draw(bench *b, uint32_t below) {
    b->random = b->random * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(((b->random >> 32) * below) >> 32);
}

/* Two to five syllables of a consonant and a vowel sign of the Devanagari block. */
static void make_words(bench *b) {
    double sum = 0, total = 0;
    uint32_t at = 0;
    for (uint32_t i = 0; i < VOCABULARY; i++) {
        uint32_t syllables = 2 + draw(b, 4);
        char *to = b->words[i];
        for (uint32_t k = 0; k < syllables; k++)
            to += sprintf(to, "\xE0\xA4%c\xE0\xA5%c", (char)(0x95 + draw(b, 24)), (char)(0x80 + draw(b, 9)));
        total += 1.0 / (i + 3);
    }
    for (uint32_t i = 0; i < VOCABULARY; i++)
        for (sum += 1.0 / (i + 3); at < 1 << 16 && at < sum / total * (1 << 16);)
            b->likely[at++] = i;
    while (at < 1 << 16)
        b->likely[at++] = VOCABULARY - 1;
}

/* An even share of all words is mixed in: names and numbers are rare one by one and frequent together. */
static void write_article(bench *b, char *to) {
    for (uint32_t i = 0; i < WORDS; i++) {
        uint32_t word = draw(b, 10) ? b->likely[draw(b, 1 << 16)] : draw(b, VOCABULARY);
        to = stpcpy(to, b->words[word]);
        *to++ = i % 40 == 39 ? '\n' : ' ';
    }
    *to = '\0';
}

/* The second half of an earlier article; its number. */
static uint64_t write_copy(bench *b, char *to) {
    uint64_t last = b->originals < KEPT ? b->originals : KEPT, of = b->originals - 1 - draw(b, (uint32_t)last);
    const char *from = b->texts[of % KEPT] + strlen(b->texts[of % KEPT]) / 2;
    strcpy(to, strchr(from, ' ') + 1);
    return of;
}

static int add(bench *b, const char *id, const char *text, const char *of) {
    karaka_document *document = NULL;
    const karaka_input input = {.kind = KARAKA_INPUT_TEXT, .bytes = text, .length = strlen(text), .id = id};
    double start = seconds();
    int error = karaka_document_read(&document, b->language, &input);
    double read = seconds();
    if (!error)
        error = karaka_document_sketch(document);
    double sketched = seconds();
    if (!error)
        error = karaka_same_add(b->same, document);
    b->reading += read - start;
    b->sketching += sketched - read;
    b->adding += seconds() - sketched;
    const karaka_likeness *likeness = error ? NULL : karaka_document_likeness(document);
    if (likeness && likeness->other) {
        bool right = of && strcmp(likeness->other, of) == 0;
        b->found += right;
        b->wrong += !right;
    }
    karaka_document_free(document);
    return error;
}

static int run(bench *b, uint64_t articles) {
    static char copy[TEXT_ROOM];
    char id[24], of[24];
    int error = 0;
    for (uint64_t made = 0; made < articles && !error; made++) {
        if (made % 10 == 9) {
            snprintf(id, sizeof id, "copy-%llu", (unsigned long long)b->copies++);
            snprintf(of, sizeof of, "%llu", (unsigned long long)write_copy(b, copy));
            error = add(b, id, copy, of);
        } else {
            char *text = b->texts[b->originals % KEPT];
            snprintf(id, sizeof id, "%llu", (unsigned long long)b->originals++);
            write_article(b, text);
            error = add(b, id, text, NULL);
        }
    }
    return error;
}

static long memory(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss / 1024;
}

static void print(const bench *b, uint64_t articles, double all) {
    printf("%llu articles, processor time %.1f s (%.0f us each), at most %ld MiB\n", (unsigned long long)articles, all,
           1e6 * all / (double)articles, memory());
    printf("reading the article   %6.1f s\nsketching             %6.1f s\nindex                 %6.1f s\n", b->reading,
           b->sketching, b->adding);
    printf("copies found          %llu of %llu; other articles taken for copies, or of the wrong one: %llu\n",
           (unsigned long long)b->found, (unsigned long long)b->copies, (unsigned long long)b->wrong);
}

int main(int argc, char **argv) {
    static bench b = {.random = 1};
    uint64_t articles = argc > 2 ? strtoull(argv[2], NULL, 10) : 1000000;
    const char *path = argc > 3 ? argv[3] : NULL;
    b.texts = calloc(KEPT, sizeof *b.texts);
    if (argc < 2 || !b.texts) {
        fprintf(stderr, "usage: same LANGUAGE-FOLDER [ARTICLES [FILE]]\n");
        return 2;
    }
    int error = karaka_language_open(&b.language, argv[1], KARAKA_OPEN_NO_MODEL);
    if (!error)
        error = karaka_same_open(&b.same, path, KARAKA_SAME_WRITE);
    make_words(&b);
    double start = seconds();
    if (!error)
        error = run(&b, articles);
    if (!error)
        print(&b, articles, seconds() - start);
    karaka_same_close(b.same);
    start = seconds();
    if (!error && path) {
        b.same = NULL;
        error = karaka_same_open(&b.same, path, KARAKA_SAME_READ);
        printf("opening the index     %6.1f s\n", seconds() - start);
        karaka_same_close(b.same);
    }
    if (error < 0)
        fprintf(stderr, "same: %s\n", karaka_error_text());
    karaka_language_close(b.language);
    free(b.texts);
    return error < 0;
}

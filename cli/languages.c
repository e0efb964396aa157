/* languages: which of the installed languages a text is in, where the user does not say.
 *
 * In: the folder of languages, a text. Out: the language whose script most of its letters are of; the default one where
 * a quarter of them is its own, since pages mix scripts. The others are opened when they are first needed.
 * Example: an English page beside Hindi ones -> languages/en.
 */
#include "cli.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* cld.cc: whether a text is in another language than the one of the code. */
bool cld_is_other(const char *text, size_t length, const char *code);

enum { LANGUAGES = 16 };

struct languages {
    pthread_mutex_t lock;
    unsigned flags;
    bool looked; /* the others have been opened, as far as they can be */
    char folder[PATH_MAX];
    karaka_language *others[LANGUAGES];
    size_t count;
};

struct languages *languages_new(const char *folder, unsigned flags) {
    struct languages *l = calloc(1, sizeof *l);
    if (!l)
        return NULL;
    l->flags = flags;
    snprintf(l->folder, sizeof l->folder, "%s", folder);
    pthread_mutex_init(&l->lock, NULL);
    return l;
}

void languages_free(struct languages *l) {
    for (size_t i = 0; l && i < l->count; i++)
        karaka_language_close(l->others[i]);
    if (l)
        pthread_mutex_destroy(&l->lock);
    free(l);
}

/* A language that cannot be opened is told and left out: its texts are then read in the default one. */
static void open_others(struct languages *l, const char *known) {
    DIR *folder = opendir(l->folder);
    struct dirent *entry;
    if (!folder)
        fprintf(stderr, "karaka: %s: %s\n", l->folder, strerror(errno));
    while (folder && l->count < LANGUAGES && (entry = readdir(folder))) {
        char path[PATH_MAX + 300];
        snprintf(path, sizeof path, "%s/%s/settings", l->folder, entry->d_name);
        if (entry->d_name[0] == '.' || strcmp(entry->d_name, known) == 0 || access(path, R_OK) != 0)
            continue;
        path[strlen(path) - strlen("/settings")] = '\0';
        if (karaka_language_open(&l->others[l->count], path, l->flags) == 0)
            l->count++;
        else
            fprintf(stderr, "karaka: the language in %s is left out: %s\n", path, karaka_error_text());
    }
    if (folder)
        closedir(folder);
}

const karaka_language *languages_choose(struct languages *l, const karaka_language *usual, const char *bytes,
                                        size_t length) {
    if (!l || karaka_language_share(usual, bytes, length) >= KARAKA_SHARE_USUAL)
        return usual; /* hardly ever are the others needed, and opening them takes time */
    pthread_mutex_lock(&l->lock);
    if (!l->looked)
        open_others(l, karaka_language_code(usual));
    l->looked = true;
    pthread_mutex_unlock(&l->lock); /* from here on the list stays as it is */
    return karaka_language_choose(usual, l->others, l->count, bytes, length);
}

bool languages_lack(const struct languages *l, const karaka_document *document) {
    const karaka_article *article = karaka_document_article(document);
    return l && cld_is_other(article->text, article->length, article->lang);
}

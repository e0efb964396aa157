/* serve: the local page: a server on 127.0.0.1 over a database that is opened read-only.
 *
 * In: requests from a browser on this machine. Out: the page's files, which are inside the program, and JSON.
 * cmd_serve.c starts and ends it, serve_http.c speaks HTTP and refuses what is not for it, serve_api.c answers.
 * Example: GET /api/events?pair=RUS,PRK&first=50 -> {"rows":[{...},...],"more":true}
 */
#ifndef KARAKA_CLI_SERVE_H
#define KARAKA_CLI_SERVE_H

#include "cli.h"

#include <pthread.h>

enum { SERVE_THREADS = 4, SERVE_PARAMETERS = 32, SERVE_ROWS = 1000, SERVE_COUNTS = 20000, SERVE_MILLISECONDS = 10000 };
/* A request has one store, an export has it as long as its reader takes; all are open before the first request. */
enum { SERVE_EXPORTS = 4, SERVE_STORES = SERVE_THREADS + SERVE_EXPORTS };

typedef struct server {
    const char *database;
    session *session; /* its languages read a document anew, to show trees and grounds */
    unsigned port;
    pthread_mutex_t lock;
    karaka_store *idle[SERVE_STORES];
    size_t idle_count, exports; /* exports: how many are being sent */
} server;

typedef struct parameter {
    const char *name, *value; /* any bytes; the library takes none but UTF-8 */
} parameter;

typedef struct answer {
    unsigned status; /* of HTTP */
    const char *type;
    karaka_text body;
} answer;

/* ---- serve_api.c ---- */
/* Answers /api/...; the body is freed by the caller. */
void api_answer(answer *out, server *s, const char *path, const parameter *parameters, size_t count);

/* An answer that is written row by row. */
typedef struct export export;
/* Begins /api/export; NULL with *out filled where that cannot be. */
export *export_begin(answer *out, server *s, const parameter *parameters, size_t count);
/* The next bytes into `bytes`, at most `room`; -1 at the end, -2 on error. */
long export_read(export *e, char *bytes, size_t room);
void export_end(export *e);

/* ---- serve_http.c ---- */
struct MHD_Daemon;
/* A socket that listens on s->port, which is set to the one it got for 0; -1 with a message on standard error. */
int http_listen(server *s);
/* Answers on it until http_stop, which closes it; NULL with a message on standard error. */
struct MHD_Daemon *http_start(server *s, int listener);
void http_stop(struct MHD_Daemon *daemon);

/* ---- The page's files, made by the build from web/ ---- */
extern const unsigned char web_index[], web_app[], web_style[], web_world[];
extern const unsigned long web_index_length, web_app_length, web_style_length, web_world_length;

#endif

/* serve_http: HTTP on 127.0.0.1 (libmicrohttpd), with what a page over hostile text needs.
 *
 * In: requests. Out: files and JSON. Only GET and HEAD; only with a Host of this machine, so that no name of the
 * internet that is pointed here (DNS rebinding) reads the database; not for the pages of other sites, so that none
 * makes the server work; a strict Content-Security-Policy, so that what slips through the page's own care runs nothing.
 * Example: GET / with "Host: 127.0.0.1:8090" -> web/index.html
 */
#include "serve.h"

#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { LONGEST_VALUE = 2000, SECONDS_IDLE = 30, CONNECTIONS = 400 };

static const char policy[] = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                             "connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; "
                             "frame-ancestors 'none'";

typedef struct request {
    parameter parameters[SERVE_PARAMETERS];
    size_t count;
    const char *wrong; /* why it is refused */
} request;

static enum MHD_Result take_parameter(void *context, enum MHD_ValueKind kind, const char *name, const char *value) {
    request *r = context;
    (void)kind;
    value = value ? value : "";
    if (r->count == SERVE_PARAMETERS)
        r->wrong = "too many parameters";
    else if (strlen(value) > LONGEST_VALUE)
        r->wrong = "a parameter is longer than 2000 bytes";
    else
        r->parameters[r->count++] = (parameter){name, value};
    return r->wrong ? MHD_NO : MHD_YES;
}

static bool is_for_us(const server *s, struct MHD_Connection *connection) {
    const char *host = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_HOST);
    static const char *const names[] = {"127.0.0.1", "localhost", "[::1]"};
    for (size_t i = 0; host && i < sizeof names / sizeof *names; i++) {
        size_t length = strlen(names[i]);
        char *end;
        if (strncmp(host, names[i], length) != 0)
            continue;
        if (!host[length]) /* browsers leave out the port that http has of itself */
            return s->port == 80;
        if (host[length] == ':')
            return strtoul(host + length + 1, &end, 10) == s->port && !*end;
    }
    return false;
}

/* Browsers tell where a request comes from; a page of another site may open ours by a link, and nothing else. */
static bool is_from_us(struct MHD_Connection *connection, const char *path) {
    const char *site = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Sec-Fetch-Site");
    return !site || strcmp(site, "same-origin") == 0 || strcmp(site, "none") == 0 || strcmp(path, "/") == 0;
}

static void add_headers(struct MHD_Response *response, const char *type, const char *cache) {
    MHD_add_response_header(response, "Content-Type", type);
    MHD_add_response_header(response, "Content-Security-Policy", policy);
    MHD_add_response_header(response, "X-Content-Type-Options", "nosniff");
    MHD_add_response_header(response, "Referrer-Policy", "no-referrer");
    MHD_add_response_header(response, "Cross-Origin-Resource-Policy", "same-origin");
    MHD_add_response_header(response, "Cache-Control", cache);
}

/* `body` is freed by the response if `owned`, and lives for ever if not. */
static enum MHD_Result reply(struct MHD_Connection *connection, unsigned status, const char *type, const char *body,
                             size_t length, bool owned) {
    struct MHD_Response *response = MHD_create_response_from_buffer(
        length, (void *)(uintptr_t)body, owned ? MHD_RESPMEM_MUST_FREE : MHD_RESPMEM_PERSISTENT);
    if (!response) {
        if (owned)
            free((void *)(uintptr_t)body);
        return MHD_NO;
    }
    add_headers(response, type, owned ? "no-store" : "no-cache");
    if (status == 405)
        MHD_add_response_header(response, "Allow", "GET, HEAD");
    enum MHD_Result result = MHD_queue_response(connection, status, response);
    MHD_destroy_response(response);
    return result;
}

static enum MHD_Result refuse(struct MHD_Connection *connection, unsigned status, const char *text) {
    return reply(connection, status, "text/plain; charset=utf-8", text, strlen(text), false);
}

static enum MHD_Result reply_file(struct MHD_Connection *connection, const char *path) {
    const struct {
        const char *path, *type;
        const unsigned char *bytes;
        unsigned long length;
    } files[] = {
        {"/", "text/html; charset=utf-8", web_index, web_index_length},
        {"/app.js", "text/javascript; charset=utf-8", web_app, web_app_length},
        {"/style.css", "text/css; charset=utf-8", web_style, web_style_length},
        {"/world.json", "application/json; charset=utf-8", web_world, web_world_length},
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        if (strcmp(path, files[i].path) == 0)
            return reply(connection, 200, files[i].type, (const char *)files[i].bytes, files[i].length, false);
    return refuse(connection, 404, "There is nothing at this address.\n");
}

static ssize_t export_more(void *context, uint64_t position, char *bytes, size_t room) {
    (void)position;
    long length = export_read(context, bytes, room);
    return length >= 0 ? length : length == -1 ? MHD_CONTENT_READER_END_OF_STREAM : MHD_CONTENT_READER_END_WITH_ERROR;
}

static void export_free(void *context) {
    export_end(context);
}

static enum MHD_Result reply_export(server *s, struct MHD_Connection *connection, const request *r) {
    answer a;
    export *e = export_begin(&a, s, r->parameters, r->count);
    if (!e)
        return reply(connection, a.status, a.type, a.body.bytes, a.body.length, true);
    struct MHD_Response *response =
        MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 1 << 16, export_more, e, export_free);
    if (!response) {
        export_end(e);
        return MHD_NO;
    }
    add_headers(response, a.type, "no-store");
    MHD_add_response_header(response, "Content-Disposition", "attachment");
    enum MHD_Result result = MHD_queue_response(connection, 200, response);
    MHD_destroy_response(response);
    return result;
}

static enum MHD_Result reply_api(server *s, struct MHD_Connection *connection, const char *path) {
    request r = {0};
    answer a;
    MHD_get_connection_values(connection, MHD_GET_ARGUMENT_KIND, take_parameter, &r);
    if (r.wrong)
        return refuse(connection, 400, r.wrong);
    if (strcmp(path, "export") == 0)
        return reply_export(s, connection, &r);
    api_answer(&a, s, path, r.parameters, r.count);
    return reply(connection, a.status, a.type, a.body.bytes, a.body.length, true);
}

static enum MHD_Result take_request(void *context, struct MHD_Connection *connection, const char *path,
                                    const char *method, const char *version, const char *data, size_t *length,
                                    void **memory) {
    static int seen;
    server *s = context;
    (void)version;
    (void)data;
    if (!*memory) { /* the head alone has come: answering now would cut off a body */
        *memory = &seen;
        return MHD_YES;
    }
    if (*length) { /* a body is stepped over */
        *length = 0;
        return MHD_YES;
    }
    if (strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0)
        return refuse(connection, 405, "Only GET.\n");
    if (!is_for_us(s, connection))
        return refuse(connection, 403, "This server answers to 127.0.0.1 alone.\n");
    if (!is_from_us(connection, path))
        return refuse(connection, 403, "This is for the page of this server alone.\n");
    if (strncmp(path, "/api/", 5) == 0)
        return reply_api(s, connection, path + 5);
    return reply_file(connection, path);
}

int http_listen(server *s) {
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons((uint16_t)s->port), .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t length = sizeof address;
    int yes = 1, listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (listener >= 0 && setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) == 0 &&
        bind(listener, (struct sockaddr *)&address, length) == 0 && listen(listener, CONNECTIONS) == 0 &&
        getsockname(listener, (struct sockaddr *)&address, &length) == 0) {
        s->port = ntohs(address.sin_port);
        return listener;
    }
    fprintf(stderr, "karaka: port %u cannot be used: %s; give another with --port\n", s->port, strerror(errno));
    if (listener >= 0)
        close(listener);
    return -1;
}

struct MHD_Daemon *http_start(server *s, int listener) {
    struct MHD_Daemon *daemon = MHD_start_daemon(
        MHD_USE_AUTO | MHD_USE_INTERNAL_POLLING_THREAD, 0, NULL, NULL, take_request, s, MHD_OPTION_LISTEN_SOCKET,
        listener, MHD_OPTION_THREAD_POOL_SIZE, (unsigned)SERVE_THREADS, MHD_OPTION_CONNECTION_TIMEOUT,
        (unsigned)SECONDS_IDLE, MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS, MHD_OPTION_END);
    if (!daemon)
        fprintf(stderr, "karaka: the server cannot be started: %s\n", strerror(errno));
    return daemon;
}

void http_stop(struct MHD_Daemon *daemon) {
    MHD_stop_daemon(daemon);
}

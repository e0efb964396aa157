/* archive: readers that cut a flow into documents, and what they share.
 *
 * In: a flow. Out: karaka_records, one a call. A reader is made for what the first bytes and the name say: a WARC, a
 * feed, JSON Lines, CoNLL-U, one whole document, or a tar or zip with any of these inside.
 * Example: "pages.tar.zst" -> karaka_reader_open unpacks zstd, makes a tar reader, which makes a reader for each file.
 */
#ifndef KARAKA_ARCHIVE_ARCHIVE_H
#define KARAKA_ARCHIVE_ARCHIVE_H

#include "archive/flow.h"

/* ---- What was passed over ---- */

enum { KARAKA_TALLY_KINDS = 40, KARAKA_TALLY_NAME = 24 };

typedef struct karaka_tally {
    uint64_t seen, passed; /* records; of these passed over */
    bool files;            /* files of an archive are among them */
    struct {
        char name[KARAKA_TALLY_NAME];
        uint64_t count;
    } kinds[KARAKA_TALLY_KINDS]; /* the last one counts all kinds that found no room */
    size_t count;
} karaka_tally;

void karaka_tally_pass(karaka_tally *t, const char *kind);
/* "3 of 9 records passed over: 2 request, 1 status 404"; "" where none was. */
void karaka_tally_tell(const karaka_tally *t, char *out, size_t room);

/* ---- Readers ---- */

/* What all readers of a stream know. */
typedef struct karaka_intake {
    karaka_stream_form form; /* asked for; KARAKA_STREAM_ANY: by name and bytes */
    size_t limit;
    size_t folder; /* length of the path before that which ids are made of; 0: the file's own name alone */
    karaka_tally tally;
} karaka_intake;

typedef struct karaka_reader karaka_reader;
struct karaka_reader {
    /* 1: a record; 0: the end; negative: one that cannot be read, `out` says which. */
    int (*next)(karaka_reader *r, karaka_record *out);
    void (*close)(karaka_reader *r); /* all, `r` itself too */
    karaka_flow *flow;               /* owned */
    karaka_intake *reading;
    const char *name;        /* for messages and ids; lives as long as the reader */
    uint64_t number;         /* of the record given last */
    karaka_buffer bytes, id; /* of the record given last */
};

/* Compression seen through, forms told apart. Takes `flow` over in any case. `depth`: layers of packing around it. */
int karaka_reader_open(karaka_reader **out, karaka_intake *reading, karaka_flow *flow, const char *name,
                       unsigned depth);
void karaka_reader_close(karaka_reader *r); /* NULL is allowed */

/* For kinds of readers: `size` bytes that begin with a karaka_reader. Does not own `flow` on error. */
int karaka_reader_new(karaka_reader **out, size_t size, karaka_intake *reading, karaka_flow *flow, const char *name);
void karaka_reader_free(karaka_reader *r);
int karaka_warc_open(karaka_reader **out, karaka_intake *reading, karaka_flow *flow, const char *name);
int karaka_feed_open(karaka_reader **out, karaka_intake *reading, karaka_flow *flow, const char *name);
int karaka_lines_open(karaka_reader **out, karaka_intake *reading, karaka_flow *flow, const char *name);
int karaka_trees_open(karaka_reader **out, karaka_intake *reading, karaka_flow *flow, const char *name);
int karaka_whole_open(karaka_reader **out, karaka_intake *reading, karaka_flow *flow, const char *name,
                      karaka_stream_form form);
int karaka_pack_open(karaka_reader **out, karaka_intake *reading, karaka_flow *flow, const char *name, unsigned depth);

/* The id of a record that brings none: "dir/a/news.jsonl.gz", 3 -> "news-3"; 0 -> "news"; below the folder "dir":
 * "a/news-3". */
int karaka_reader_id(karaka_reader *r, uint64_t number);
/* The error of a record larger than the limit. */
int karaka_reader_over(const karaka_reader *r);
/* Out of the flow's trouble: its error and text, after mending. */
int karaka_reader_trouble(karaka_reader *r, karaka_record *out, const char *start);

/* ---- What a flow holds ---- */

typedef enum karaka_pack { KARAKA_PACK_NONE, KARAKA_PACK_TAR, KARAKA_PACK_ZIP } karaka_pack;

enum { KARAKA_SNIFF = 4096 };
karaka_pack karaka_sniff_pack(const char *name, karaka_slice start);
/* A form, or KARAKA_ERROR_INPUT for XML that is no feed and no page. */
int karaka_sniff_form(const char *name, karaka_slice start);
/* "news.jsonl" of "dir/news.jsonl.gz". */
karaka_slice karaka_plain_name(const char *name);

/* ---- Pieces of a record ---- */

/* What an HTTP head says of its body. */
typedef struct karaka_http {
    unsigned status;
    karaka_slice type;    /* "text/html" */
    karaka_slice charset; /* "utf-8", or empty */
    karaka_slice codings; /* Content-Encoding */
    bool chunked;
} karaka_http;
/* The value of a header line "Name: value" if the line is one of that name; else NULL bytes. */
karaka_slice karaka_header_value(karaka_slice line, const char *name);
/* The next line, without its end, off the front of `rest`. */
karaka_slice karaka_header_line(karaka_slice *rest);
/* Length of the head with the blank line behind it; 0: it has no end in `bytes`. */
size_t karaka_header_end(karaka_slice bytes);
void karaka_http_type(karaka_http *h, karaka_slice value);
/* False where it is no head of a response. */
bool karaka_http_head(karaka_http *h, karaka_slice head);
/* The body as its page was before it was sent. `body` may be moved together; *out lies in it or in `room`. */
int karaka_http_body(karaka_slice *out, karaka_buffer *room, const karaka_http *h, karaka_buffer *body, size_t from,
                     size_t limit);
/* Text in `charset` to UTF-8, appended to `out`, which holds `limit` bytes at most. */
int karaka_text_to_utf8(karaka_buffer *out, const char *charset, karaka_slice text, size_t limit);

/* RFC 822 or ISO 8601 to ISO 8601; false where it is neither. */
enum { KARAKA_FEED_DATE = 40 };
bool karaka_feed_date(char out[KARAKA_FEED_DATE], karaka_slice text);

#endif

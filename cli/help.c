/* help: what --help prints.
 *
 * In: a verb or NULL. Out: text for people, with examples.
 * Example: karaka code --help
 */
#include "cli.h"

#include <string.h>

static const char general[] =
    "karaka reads news and says who did what to whom, when, where, according to whom.\n"
    "\n"
    "Usage: karaka VERB [options] [FILE|FOLDER|-]...\n"
    "\n"
    "  code      events: a table on a terminal, else JSON Lines; CSV on request\n"
    "  explain   how each sentence was understood, and why each event was found or not\n"
    "  headline  whether the body of a page bears out what its headline claims\n"
    "  same      which documents are copies: reprinted, cut, inside a longer report\n"
    "  add       documents to events, into a database\n"
    "  query     events of a database: by actor, type, day, place, source, words; counts\n"
    "  relation  what passed between two actors over time\n"
#ifdef KARAKA_STREAM
    "  stream    documents out of a Kafka topic, their events into another\n"
#endif
#ifdef KARAKA_SERVE
    "  serve     a page in your browser over a database\n"
#endif
    "  read      the article in a page: title, date, text; --why tells what was left out\n"
    "  parse     sentences, tokens, lemmas and trees as CoNLL-U\n"
    "  eval      the CoNLL 2018 measures of a parse against a treebank\n"
    "  train     a model from treebanks in CoNLL-U\n"
    "\n"
    "Examples:\n"
    "  karaka code page.txt                     the events of one page, for reading\n"
    "  karaka code --to csv news/ > events.csv  a folder of pages, for a spreadsheet\n"
    "  karaka code --from jsonl < news.jsonl    a stream of documents, one JSON object a line\n"
    "  karaka explain page.txt | less           every decision with the table line behind it\n"
    "\n"
    "karaka VERB --help tells more. Exit codes: 0 all well, 1 some documents failed, 2 wrong usage,\n"
    "3 output cannot be written, 4 the language or its model cannot be opened.\n";

static const char common[] =
    "\n"
    "Input is a file, several, a folder (files in order of name), or - for standard input: pages,\n"
    "JSON Lines, WARC, RSS and Atom, tar and zip of these; also under gzip, zstd, xz, bzip2.\n"
    "  --from text|clean|html|jsonl|conllu|warc|feed\n"
    "                   text: the text of a page, furniture and all; clean: article text as it stands;\n"
    "                   html: a page in HTML; jsonl: an object a line with \"text\", \"page\" or \"html\", and\n"
    "                   \"id\", \"title\", \"published\", \"url\", \"outlet\" if known; conllu: trees.\n"
    "                   Else by file name and first bytes;\n"
    "                   compression and archives are always seen through\n"
    "  --published DATE the day of publication (2025-07-14) for documents that do not tell theirs\n"
    "  --limit SIZE     the largest document (16M; 64M at most); a larger one is skipped and told\n"
    "  -j N, --threads N\n"
    "                   documents worked on at the same time (1); output keeps the order of the input\n"
    "  --lang CODE      the language; without it that of each text's script, else hi;\n"
    "                   texts in no known language are then left out and counted\n"
    "  --languages DIR  the folder of the languages (also the variable KARAKA_LANGUAGES)\n";

static const char read_help[] =
    "Usage: karaka read [--to text|json] [--why] [options] [FILE|FOLDER|-]...\n"
    "\n"
    "Prints the article in a page. All spans in karaka's records count bytes of this text.\n"
    "  --to text|json   text (default), or one JSON object a line with title, date, authors, paragraphs,\n"
    "                   and whether the body bears out the headline (as karaka headline tells it)\n"
    "  --why            also tell what was left out of the page, and why\n"
    "\n"
    "Examples:\n"
    "  karaka read --why page.html\n"
    "  karaka read --to json pages/ > articles.jsonl\n";

static const char parse_help[] =
    "Usage: karaka parse [--tokens] [options] [FILE|FOLDER|-]...\n"
    "\n"
    "Writes sentences with lemmas, parts of speech and trees as CoNLL-U.\n"
    "  --tokens         input is CoNLL-U: keep its sentences and tokens, make all else anew\n"
    "                   (without --tokens only its text is taken)\n"
    "\n"
    "Examples:\n"
    "  karaka parse page.txt\n"
    "  karaka parse --tokens treebank.conllu > mine.conllu\n";

static const char code_help[] =
    "Usage: karaka code [--to table|jsonl|csv] [options] [FILE|FOLDER|-]...\n"
    "\n"
    "Finds political events (PLOVER): who did what to whom, when, where, according to whom.\n"
    "  --to table       for people (default on a terminal)\n"
    "  --to jsonl       one JSON object a line for each event (default elsewhere)\n"
    "  --to csv         one row for each event, with a header row\n"
    "  --same FILE      tell of each event whether it was told before in the same words: duplicate_of,\n"
    "                   event_of. FILE keeps what was seen, from run to run; -: of this run alone\n"
    "  -o FILE, --output FILE\n"
    "                   write to FILE instead of standard output\n"
    "  --resume STATE   with -o: keep in STATE how far the run is; after a crash the same command goes on there\n"
    "  --stats          tell at the end, on standard error, what was done and what was not parsed, and why\n"
    "\n"
    "Examples:\n"
    "  karaka code page.txt\n"
    "  karaka code --published 2025-07-14 --from clean story.txt\n"
    "  karaka code -j 4 crawl.warc.gz > events.jsonl\n"
    "  karaka code -j 4 -o events.jsonl --resume state crawl/\n";

static const char explain_help[] =
    "Usage: karaka explain [options] [FILE|FOLDER|-]...\n"
    "\n"
    "Shows each sentence with its tree and the actors recognised, then for each predicate the event\n"
    "and the table line that made it, or why there is none. Lines of a table: languages/hi/.\n"
    "\n"
    "Examples:\n"
    "  karaka explain page.txt | less -R\n"
    "  head -1 news.jsonl | karaka explain\n";

static const char headline_help[] =
    "Usage: karaka headline [--to text|json] [options] [FILE|FOLDER|-]...\n"
    "\n"
    "For each claim of the title and the kicker: does the body tell it? The verdict is one of\n"
    "  supported        the body tells the same act of the same parties\n"
    "  exaggerated      the body tells less: a weaker act, a plan, a part; or strong words stand alone\n"
    "  unsupported      the body tells nothing of the kind, or the contrary\n"
    "  no claim         the headline claims no political event and nothing strong of anybody\n"
    "and each claim comes with the reason and the sentences that it rests on.\n"
    "  --to text|json   for people (default), or one JSON object a line\n"
    "\n"
    "Examples:\n"
    "  karaka headline page.txt\n"
    "  karaka headline --to json pages/ > verdicts.jsonl\n";

static const char same_help[] =
    "Usage: karaka same [--index FILE] [--to text|jsonl] [options] [FILE|FOLDER|-]...\n"
    "\n"
    "Tells of each document whether its text was seen before, and where. One line a document: id, kind,\n"
    "cluster (the first document of the story), the older document, the share of the shorter text that\n"
    "stands in the other, outlet. The kind is one of\n"
    "  new              nothing like it was seen\n"
    "  copy             half of its text or more stands in the older document\n"
    "  longer           it holds half or more of the older document, and more text of its own\n"
    "  passage          a passage of it stands in the older document; another story\n"
    "  --index FILE     what was seen in earlier runs, and will be in later ones (without: this run alone)\n"
    "  --to text|jsonl  fields between tabs (default), or one JSON object a line\n"
    "\n"
    "Examples:\n"
    "  karaka same --index seen pages/\n"
    "  karaka same --to jsonl news.jsonl | grep '\"kind\":\"new\"'\n";

static const char add_help[] =
    "Usage: karaka add [options] DB [FILE|FOLDER|-]...\n"
    "\n"
    "Codes documents as karaka code does, into a database: one SQLite file, made where it is not.\n"
    "A document is known by its id: the same one again changes nothing, a changed one takes the place\n"
    "of the old. Without an id of its own it is known by the name of its file (in a folder by the path\n"
    "below that) and its number, from standard input as stdin-1, stdin-2, ...: the next stream without\n"
    "ids then takes the place of the last. Stopped at any point, or with the disk full, the database is\n"
    "whole up to the last 500 documents. Its tables: docs/database.md.\n"
    "  --same FILE      tell which documents are copies of others, as karaka code --same; --outlets of\n"
    "                   karaka query then counts no copies\n"
    "\n"
    "Examples:\n"
    "  karaka add news.db pages/\n"
    "  xzcat news.jsonl.xz | karaka add -j 4 news.db -\n";

static const char query_help[] =
    "Usage: karaka query [conditions] [--by WHAT] [--to FORM] DB\n"
    "       karaka relation [conditions] DB ACTOR ACTOR\n"
    "\n"
    "Events of a database; relation: what passed between two actors, counted by month (or --by).\n"
    "An actor is a country or organisation (RUS, IGO:UN), a code (\"RUS GOV\") or a name (\"Kim Jong Un\").\n"
    "  --actor A, --recipient A, --pair A,B     who did it, to whom; between two, in either direction\n"
    "  --type T, --mode M, --quad 1..4          PLOVER type and mode; quad class\n"
    "  --context C, --status S                  military, ...; asserted, planned, possible, denied\n"
    "  --since DAY, --until DAY                 2025-07-14, or 2025-07, or 2025\n"
    "  --country C, --box W,S,E,N               where it happened: ISO code; degrees\n"
    "  --source S, --outlet O                   who is credited with it; whose article tells it\n"
    "  --text WORDS                             words of the article, \"...\" a phrase\n"
    "  --doc ID                                 of one document\n"
    "  --outlets N                              told by at least N outlets that do not copy one another\n"
    "  --reprints too|no|only                   events of documents that repeat another (add --same)\n"
    "  --sort day|latest|goldstein|outlets      order (day)\n"
    "  --first N, --skip N                      so many events or counts, after so many\n"
    "  --by pair,type,place,outlet,month        (or day, week, year) counts and mean Goldstein values instead of "
    "events\n"
    "  --to table|csv|jsonl|geojson             table on a terminal, else JSON Lines\n"
    "  --to polecat|icews|gdelt|graphml         as other programs read it (docs/exports.md)\n"
    "\n"
    "Examples:\n"
    "  karaka query --pair RUS,PRK --since 2025-06 news.db\n"
    "  karaka query --type ASSAULT --country UKR --outlets 2 --to csv news.db > assaults.csv\n"
    "  karaka query --by pair,month --to csv news.db > dyads.csv\n"
    "  karaka relation news.db IND PAK\n";

static const char serve_help[] =
    "Usage: karaka serve [--port N] DB\n"
    "\n"
    "Shows a database in the browser of this machine: an overview with a map and a network, what passed\n"
    "between two actors, articles with all that was read in them. Nothing is loaded from the network;\n"
    "the server answers to 127.0.0.1 alone and changes nothing.\n"
    "  --port N         the port (8090; 0 takes one that is free)\n"
    "  --lang CODE, --languages DIR as for code: documents are read anew to show their trees\n"
    "\n"
    "Example:\n"
    "  karaka serve news.db\n";

static const char stream_help[] =
    "Usage: karaka stream --brokers LIST --group NAME --in TOPIC --out TOPIC [options]\n"
    "\n"
    "Reads documents from a Kafka topic, a JSON object a message as karaka code takes it, and writes each\n"
    "event as a message, with the document's id as key. Any number of these commands share the topic's\n"
    "partitions in a group. An offset is committed when all events up to it are acknowledged: what is\n"
    "killed repeats some documents, with the same ids, and loses none (docs/stream.md).\n"
    "  --brokers LIST   one or several of the brokers, HOST:PORT with commas between\n"
    "  --group NAME     the consumer group\n"
    "  --in TOPIC       where the documents come from\n"
    "  --out TOPIC      where the events go\n"
    "  --errors TOPIC   tell there of documents that cannot be read (without: on standard error)\n"
    "  --done TOPIC     tell there of each document that it was coded, and how many events it has\n"
    "  --until-end      stop at the end of the topic, instead of waiting for more\n"
    "  -X SETTING, --setting SETTING\n"
    "                   key=value for librdkafka, for example -X compression.codec=zstd\n"
    "  --config FILE    settings, one a line; for passwords, which others could see on the command line\n"
    "  --stats          tell every ten seconds, on standard error, how far it is\n"
    "  -j N, --threads N\n"
    "                   documents worked on at the same time (1); order within a partition is kept\n"
    "  --lang CODE, --languages DIR, --limit SIZE as for code\n"
    "\n"
    "SIGTERM and Ctrl-C end it: what was begun is finished and committed. Exit code 3: the brokers cannot\n"
    "be reached or do not take something; start it again when that is mended.\n"
    "\n"
    "Examples:\n"
    "  karaka stream --brokers localhost:9092 --group news --in documents --out events --errors errors\n"
    "  karaka stream --config kafka.conf --brokers a:9093,b:9093 --group news --in documents --out events -j 4\n";

static const char train_help[] =
    "Usage: karaka train -o MODEL [--dev FILE] [--vectors FILE] [options] FILE...\n"
    "\n"
    "Learns a model from treebanks in CoNLL-U. The same seed and files give the same model.\n"
    "  -o MODEL, --output MODEL\n"
    "                   the file to write\n"
    "  --dev FILE       CoNLL-U to measure on after each pass\n"
    "  --vectors FILE   plain text to learn word vectors from first, a paragraph a line\n"
    "  --given FILE     word vectors that are known already, a word and its numbers a line\n"
    "  --silver FILE    CoNLL-U that a better reader made: more to learn from, but not in the last passes\n"
    "  --passes N       passes over the files\n"
    "  --layers N       recurrent layers, 2 to 6 (3)\n"
    "  --batch N        words between two steps (700); fewer for a small treebank\n"
    "  -j N, --threads N\n"
    "                   threads\n"
    "  --seed N         start of the random numbers\n"
    "\n"
    "Example:\n"
    "  karaka train -o languages/hi/model --dev dev.conllu train.conllu\n";

static const char eval_help[] =
    "Usage: karaka eval GOLD SYSTEM\n"
    "       karaka eval [--raw] [options] GOLD\n"
    "\n"
    "Prints the CoNLL 2018 measures and F1 for each relation. With one file the language's model\n"
    "parses the gold tokens, or with --raw the text alone, and is compared with the file.\n"
    "  --raw            from the raw text: sentences and tokens are found too\n"
    "  -j N, --threads N\n"
    "                   documents parsed at the same time (1)\n"
    "  --lang CODE, --languages DIR, --limit SIZE as for parse\n"
    "\n"
    "Example:\n"
    "  karaka eval --raw dev.conllu\n";

void help_print(FILE *to, const char *verb) {
    static const struct {
        const char *verb, *text;
        bool common;
    } pages[] = {
        {"read", read_help, true},       {"parse", parse_help, true},       {"code", code_help, true},
        {"explain", explain_help, true}, {"headline", headline_help, true}, {"same", same_help, true},
        {"add", add_help, true},         {"query", query_help, false},      {"relation", query_help, false},
        {"serve", serve_help, false},    {"stream", stream_help, false},    {"train", train_help, false},
        {"eval", eval_help, false},
    };
    for (size_t i = 0; verb && i < sizeof pages / sizeof *pages; i++) {
        if (strcmp(verb, pages[i].verb) != 0)
            continue;
        fputs(pages[i].text, to);
        if (pages[i].common)
            fputs(common, to);
        return;
    }
    fputs(general, to);
}

-- The database of `karaka add`, version 1: what news said, and what karaka read in it. For people who write SQL:
-- docs/database.md. Absent knowledge is NULL. Spans count bytes [start, stop) of document.text.
--
-- Example: who threatened whom in July 2025?
--   SELECT day, actors, recipients, sentence FROM reading WHERE type = 'THREATEN' AND day LIKE '2025-07-%';

CREATE TABLE outlet (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE document (
    id           INTEGER PRIMARY KEY,
    key          TEXT NOT NULL UNIQUE, -- the document's own id ("doc" of the records)
    hash         INTEGER NOT NULL,     -- of the article and all that was read in it: the same hash, nothing to do
    url          TEXT,
    outlet       INTEGER REFERENCES outlet,
    title        TEXT,
    section      TEXT,
    language     TEXT NOT NULL,
    published    TEXT,                 -- ISO 8601
    day          TEXT,                 -- of publication, YYYY-MM-DD
    duplicate_of TEXT,                 -- key of the document that this one repeats; it may be missing here
    text         TEXT NOT NULL
) STRICT;
CREATE INDEX document_day ON document (day);
CREATE INDEX document_outlet ON document (outlet);
CREATE INDEX document_reprint ON document (duplicate_of) WHERE duplicate_of NOT NULL;

CREATE TABLE sentence (
    document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    number   INTEGER NOT NULL,
    start    INTEGER NOT NULL,
    stop     INTEGER NOT NULL,
    PRIMARY KEY (document, number)
) STRICT, WITHOUT ROWID;

-- Who acts or is acted on; one row for each code and canonical name ('' where none is known).
CREATE TABLE actor (
    id      INTEGER PRIMARY KEY,
    code    TEXT NOT NULL, -- "RUS GOV", "IGO:UN", "--- REB"
    name    TEXT NOT NULL,
    country TEXT NOT NULL, -- the code's first word: "RUS", "IGO:UN", "---"
    UNIQUE (code, name)
) STRICT;
CREATE INDEX actor_country ON actor (country);

CREATE TABLE place (
    id       INTEGER PRIMARY KEY,
    geonames INTEGER NOT NULL, -- 0: not known
    name     TEXT NOT NULL,    -- '': not known
    country  TEXT NOT NULL,    -- ISO 3166-1 alpha-3; '': not known
    lat      REAL,
    lon      REAL,
    UNIQUE (geonames, name, country)
) STRICT;
CREATE INDEX place_country ON place (country);

-- Who is credited with an event: one row for each name and code ('' where none is known).
CREATE TABLE source (
    id          INTEGER PRIMARY KEY,
    name        TEXT NOT NULL,
    code        TEXT NOT NULL,
    state_media INTEGER NOT NULL CHECK (state_media IN (0, 1)),
    UNIQUE (name, code, state_media)
) STRICT;

CREATE TABLE event (
    id            INTEGER PRIMARY KEY,
    key           TEXT NOT NULL,    -- "id" of the records
    document      INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    day           TEXT,             -- when it happened, else when that was published: what timelines count by
    story         INTEGER NOT NULL, -- day, and hash of type and parties by country: what several outlets tell
    type          TEXT NOT NULL,    -- PLOVER
    mode          TEXT,
    quad          INTEGER CHECK (quad BETWEEN 1 AND 4),
    cameo         TEXT,
    goldstein     REAL,
    status        TEXT NOT NULL CHECK (status IN ('asserted', 'planned', 'possible', 'denied')),
    mutual        INTEGER NOT NULL CHECK (mutual IN (0, 1)),
    time_text     TEXT,
    time_start    INTEGER,          -- span of time_text
    time_stop     INTEGER,
    first_day     TEXT,             -- the time told, YYYY-MM-DD
    last_day      TEXT,
    place         INTEGER REFERENCES place,
    place_text    TEXT,
    place_start   INTEGER,
    place_stop    INTEGER,
    trigger       TEXT NOT NULL,    -- the words that tell it
    trigger_lemma TEXT,
    trigger_start INTEGER NOT NULL,
    trigger_stop  INTEGER NOT NULL,
    sentence      INTEGER NOT NULL, -- sentence.number
    headline      INTEGER NOT NULL CHECK (headline IN (0, 1)),
    rule          TEXT              -- the table line that made it
) STRICT;
CREATE INDEX event_day ON event (day);
CREATE INDEX event_type ON event (type, day);
CREATE INDEX event_document ON event (document);
CREATE INDEX event_place ON event (place) WHERE place IS NOT NULL;
CREATE INDEX event_story ON event (story, document);

CREATE TABLE party (
    event  INTEGER NOT NULL REFERENCES event ON DELETE CASCADE,
    side   TEXT NOT NULL CHECK (side IN ('actor', 'recipient')),
    number INTEGER NOT NULL,
    actor  INTEGER NOT NULL REFERENCES actor,
    text   TEXT NOT NULL, -- as the news has it
    start  INTEGER NOT NULL,
    stop   INTEGER NOT NULL,
    PRIMARY KEY (event, side, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX party_actor ON party (actor, event, side);

-- Who did it to whom by country, once each; a mutual event stands in both directions. Made from party.
CREATE TABLE dyad (
    event     INTEGER NOT NULL REFERENCES event ON DELETE CASCADE,
    actor     TEXT NOT NULL,
    recipient TEXT NOT NULL,
    PRIMARY KEY (event, actor, recipient)
) STRICT, WITHOUT ROWID;
CREATE INDEX dyad_pair ON dyad (actor, recipient, event);

CREATE TABLE credit (
    event  INTEGER NOT NULL REFERENCES event ON DELETE CASCADE,
    number INTEGER NOT NULL, -- 0: nearest to the event
    source INTEGER NOT NULL REFERENCES source,
    text   TEXT NOT NULL,
    start  INTEGER NOT NULL,
    stop   INTEGER NOT NULL,
    PRIMARY KEY (event, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX credit_source ON credit (source, event);

CREATE TABLE context (
    event  INTEGER NOT NULL REFERENCES event ON DELETE CASCADE,
    number INTEGER NOT NULL,
    name   TEXT NOT NULL,
    PRIMARY KEY (event, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX context_name ON context (name, event);

-- Other places of the same document that tell the same event.
CREATE TABLE mention (
    event    INTEGER NOT NULL REFERENCES event ON DELETE CASCADE,
    number   INTEGER NOT NULL,
    sentence INTEGER NOT NULL,
    start    INTEGER NOT NULL,
    stop     INTEGER NOT NULL,
    PRIMARY KEY (event, number)
) STRICT, WITHOUT ROWID;

-- Counts of all events by one thing, for the first view of the page; karaka keeps them in step. Who changes
-- events by hand (after PRAGMA foreign_keys = ON) empties the table; it is filled again when karaka next adds.
CREATE TABLE tally (
    kind        TEXT NOT NULL,    -- 'day', 'week', 'month', 'pair', 'type', 'place', 'outlet'
    a           TEXT NOT NULL,    -- day, Thursday, month, dyad.actor, type, place.id, outlet.name; '': none
    b           TEXT NOT NULL,    -- dyad.recipient
    events      INTEGER NOT NULL,
    stories     INTEGER NOT NULL, -- different event.story
    documents   INTEGER NOT NULL,
    cooperation INTEGER NOT NULL, -- quad 1 and 2
    conflict    INTEGER NOT NULL, -- quad 3 and 4
    goldstein   INTEGER NOT NULL, -- the sum, in thousandths, so that nothing is rounded away
    rated       INTEGER NOT NULL, -- events with a value of goldstein
    PRIMARY KEY (kind, a, b)
) STRICT, WITHOUT ROWID;

-- Words of the articles. The categories keep Hindi words whole: their vowel signs are marks. karaka keeps it in step; who
-- changes documents by hand says INSERT INTO document_text (document_text) VALUES ('rebuild') afterwards.
CREATE VIRTUAL TABLE document_text USING fts5 (
    title, text, content = 'document', content_rowid = 'id',
    tokenize = "unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc'"
);
-- One row for each event, for reading.
CREATE VIEW reading AS
SELECT event.id, event.key, event.day, event.type, event.mode, event.status, event.mutual, event.quad, event.goldstein,
    (SELECT group_concat(code, '; ') FROM (SELECT code FROM party JOIN actor ON actor.id = party.actor
        WHERE party.event = event.id AND side = 'actor' ORDER BY number)) AS actors,
    (SELECT group_concat(code, '; ') FROM (SELECT code FROM party JOIN actor ON actor.id = party.actor
        WHERE party.event = event.id AND side = 'recipient' ORDER BY number)) AS recipients,
    place.name AS place, place.country AS country, outlet.name AS outlet, document.key AS doc,
    CAST(substr(CAST(document.text AS BLOB), sentence.start + 1, sentence.stop - sentence.start) AS TEXT) AS sentence,
    event.rule
FROM event
JOIN document ON document.id = event.document
LEFT JOIN sentence ON sentence.document = event.document AND sentence.number = event.sentence
LEFT JOIN outlet ON outlet.id = document.outlet
LEFT JOIN place ON place.id = event.place;

PRAGMA application_id = 0x6b61726b; -- "kark"
PRAGMA user_version = 1;

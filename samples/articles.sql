-- Events of a table of articles, in SQL alone (docs/sqlite.md). From the project's folder:
--   sqlite3 -cmd '.load build/sqlite/karaka' :memory: <samples/articles.sql

-- The articles: a JSON object a line.
CREATE TABLE article AS
SELECT value ->> '$.id' AS id, value ->> '$.published' AS day, value ->> '$.text' AS text
FROM json_each('[' || replace(trim(readfile('samples/passages.jsonl'), char(10)), char(10), ',') || ']');

-- Who did what to whom, coded once and kept.
CREATE TABLE event AS
SELECT e.doc, e.id, e.type, e.status, e.quad, e.actor_code AS actor, e.recipient_code AS recipient, e.place_name AS place,
    coalesce(e.time_start, a.day) AS day, e.sentence
FROM article a, karaka_events(a.text, 'hi', a.day, a.id) e;

.mode box
SELECT doc, day, actor, type, recipient, status, place FROM event ORDER BY doc, rowid;

-- Cooperation and conflict, country by country.
SELECT substr(actor, 1, 3) AS country, sum(quad <= 2) AS cooperation, sum(quad >= 3) AS conflict
FROM event WHERE status = 'asserted' GROUP BY 1 ORDER BY 1;

-- The verbs that the articles use most.
SELECT lemma, count(*) AS times FROM article a, karaka_tokens(a.text, 'hi') t WHERE t.upos = 'VERB'
GROUP BY lemma ORDER BY times DESC, lemma LIMIT 5;

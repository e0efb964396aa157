-- What `karaka query` selects from beside the views of schema.sql: made anew for each connection, so that it may change
-- without a new version of the file; and SQLite lets no view of an untrusted file make JSON.

-- The columns of `karaka code --to csv`; the n-th code, name and text of a side belong together.
CREATE TEMP VIEW flat AS
SELECT event.id AS number, event.key AS id, document.key AS doc, document.url, outlet.name AS outlet,
    document.language AS lang, document.published, event.type, event.mode,
    (SELECT group_concat(name, ';') FROM (
        SELECT name FROM context WHERE context.event = event.id ORDER BY number)) AS contexts,
    event.quad, event.cameo, iif(event.goldstein NOT NULL, printf('%.8g', event.goldstein), NULL) AS goldstein,
    (SELECT group_concat(said, ';') FROM (SELECT code AS said FROM party JOIN actor ON actor.id = party.actor
        WHERE party.event = event.id AND side = 'actor' ORDER BY number)) AS actor_codes,
    (SELECT group_concat(said, ';') FROM (SELECT name AS said FROM party JOIN actor ON actor.id = party.actor
        WHERE party.event = event.id AND side = 'actor' ORDER BY number)) AS actor_names,
    (SELECT group_concat(said, ';') FROM (SELECT replace(text, ';', ',') AS said FROM party JOIN actor ON actor.id = party.actor
        WHERE party.event = event.id AND side = 'actor' ORDER BY number)) AS actor_texts,
    (SELECT group_concat(said, ';') FROM (SELECT code AS said FROM party JOIN actor ON actor.id = party.actor
        WHERE party.event = event.id AND side = 'recipient' ORDER BY number)) AS recipient_codes,
    (SELECT group_concat(said, ';') FROM (SELECT name AS said FROM party JOIN actor ON actor.id = party.actor
        WHERE party.event = event.id AND side = 'recipient' ORDER BY number)) AS recipient_names,
    (SELECT group_concat(said, ';') FROM (SELECT replace(text, ';', ',') AS said FROM party JOIN actor ON actor.id = party.actor
        WHERE party.event = event.id AND side = 'recipient' ORDER BY number)) AS recipient_texts,
    iif(event.mutual, 'true', 'false') AS mutual, event.status, event.first_day AS time_start, event.last_day AS time_end,
    event.time_text, nullif(place.name, '') AS place_name, nullif(place.country, '') AS place_country,
    iif(place.lat NOT NULL, printf('%.8g', place.lat), NULL) AS lat, iif(place.lon NOT NULL, printf('%.8g', place.lon), NULL) AS lon,
    nullif(place.geonames, 0) AS geonames, event.place_text,
    (SELECT group_concat(said, ';') FROM (SELECT code AS said FROM credit JOIN source ON source.id = credit.source
        WHERE credit.event = event.id ORDER BY number)) AS source_codes,
    (SELECT group_concat(said, ';') FROM (SELECT name AS said FROM credit JOIN source ON source.id = credit.source
        WHERE credit.event = event.id ORDER BY number)) AS source_names,
    (SELECT group_concat(said, ';') FROM (SELECT replace(text, ';', ',') AS said FROM credit JOIN source ON source.id = credit.source
        WHERE credit.event = event.id ORDER BY number)) AS source_texts,
    event.trigger, event.trigger_lemma, event.sentence AS sentence_index,
    CAST(substr(CAST(document.text AS BLOB), sentence.start + 1, sentence.stop - sentence.start) AS TEXT) AS sentence,
    (SELECT count(*) FROM mention WHERE mention.event = event.id) AS mentions,
    iif(event.headline, 'true', 'false') AS headline, event.rule
FROM event
JOIN document ON document.id = event.document
LEFT JOIN sentence ON sentence.document = event.document AND sentence.number = event.sentence
LEFT JOIN outlet ON outlet.id = document.outlet
LEFT JOIN place ON place.id = event.place;

-- One row for each event: the record of `karaka code --to jsonl`, as JSON.
CREATE TEMP VIEW record AS
SELECT event.id, json_object(
    'id', event.key, 'doc', document.key, 'url', document.url, 'outlet', outlet.name, 'lang', document.language,
    'published', document.published, 'type', event.type, 'mode', event.mode,
    'contexts', (SELECT json_group_array(name) FROM (
        SELECT name FROM context WHERE context.event = event.id ORDER BY number)),
    'quad', event.quad, 'cameo', event.cameo, 'goldstein', iif(event.goldstein NOT NULL, json(printf('%.8g', event.goldstein)), NULL),
    'actors', (SELECT json_group_array(json(said)) FROM (
        SELECT json_object('text', text, 'span', json_array(start, stop), 'name', nullif(name, ''), 'code', code) AS said
        FROM party JOIN actor ON actor.id = party.actor
        WHERE party.event = event.id AND side = 'actor' ORDER BY number)),
    'recipients', (SELECT json_group_array(json(said)) FROM (
        SELECT json_object('text', text, 'span', json_array(start, stop), 'name', nullif(name, ''), 'code', code) AS said
        FROM party JOIN actor ON actor.id = party.actor
        WHERE party.event = event.id AND side = 'recipient' ORDER BY number)),
    'mutual', json(iif(event.mutual, 'true', 'false')), 'status', event.status,
    'time', iif(event.time_text IS NULL, NULL, json_object('text', event.time_text,
        'span', json_array(event.time_start, event.time_stop), 'start', event.first_day, 'end', event.last_day)),
    'place', iif(event.place IS NULL, NULL, json_object('text', event.place_text,
        'span', json_array(event.place_start, event.place_stop), 'name', nullif(place.name, ''),
        'country', nullif(place.country, ''),
        'lat', iif(place.lat NOT NULL, json(printf('%.8g', place.lat)), NULL),
        'lon', iif(place.lon NOT NULL, json(printf('%.8g', place.lon)), NULL),
        'geonames', nullif(place.geonames, 0))),
    'sources', (SELECT json_group_array(json(said)) FROM (
        SELECT json_object('text', text, 'span', json_array(start, stop), 'name', nullif(name, ''),
            'code', nullif(code, ''), 'state_media', json(iif(state_media, 'true', 'false'))) AS said
        FROM credit JOIN source ON source.id = credit.source WHERE credit.event = event.id ORDER BY number)),
    'trigger', json_object('text', event.trigger, 'span', json_array(event.trigger_start, event.trigger_stop),
        'lemma', event.trigger_lemma),
    'sentence', json_object('index', event.sentence, 'span', json_array(sentence.start, sentence.stop), 'text',
        CAST(substr(CAST(document.text AS BLOB), sentence.start + 1, sentence.stop - sentence.start) AS TEXT)),
    'mentions', (SELECT json_group_array(json(said)) FROM (
        SELECT json_object('sentence', sentence, 'span', json_array(start, stop)) AS said
        FROM mention WHERE mention.event = event.id ORDER BY number)),
    'headline', json(iif(event.headline, 'true', 'false')), 'rule', event.rule) AS json
FROM event
JOIN document ON document.id = event.document
LEFT JOIN sentence ON sentence.document = event.document AND sentence.number = event.sentence
LEFT JOIN outlet ON outlet.id = document.outlet
LEFT JOIN place ON place.id = event.place;

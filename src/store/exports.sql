-- Shapes that the field's programs read; docs/exports.md tells what maps to what. A row a pair of parties in gdelt and
-- icews, a row an event in polecat. `number` is event.id and is not written.

-- Every actor with every recipient; where one side is empty, the other alone.
CREATE TEMP VIEW couple AS
SELECT event.id AS number, a.number AS a_number, r.number AS r_number,
    first.code AS a_code, first.name AS a_name, first.country AS a_country, a.text AS a_text,
    second.code AS r_code, second.name AS r_name, second.country AS r_country, r.text AS r_text
FROM event
LEFT JOIN party AS a ON a.event = event.id AND a.side = 'actor'
LEFT JOIN actor AS first ON first.id = a.actor
LEFT JOIN party AS r ON r.event = event.id AND r.side = 'recipient'
LEFT JOIN actor AS second ON second.id = r.actor;

-- GDELT 1.0 events, 58 columns.
CREATE TEMP VIEW gdelt AS
SELECT event.id AS number,
    printf('%d%03d%03d', event.id, coalesce(a_number, 0), coalesce(r_number, 0)) AS GLOBALEVENTID,
    replace(event.day, '-', '') AS SQLDATE, replace(substr(event.day, 1, 7), '-', '') AS MonthYear,
    substr(event.day, 1, 4) AS Year, iif(event.day NOT NULL, printf('%.4f', substr(event.day, 1, 4) + (strftime('%j', event.day) - 1) / 365.0), NULL)
        AS FractionDate,
    replace(replace(a_code, ' ', ''), '---', '') AS Actor1Code, coalesce(nullif(a_name, ''), a_text) AS Actor1Name,
    iif(a_country GLOB '[A-Z][A-Z][A-Z]', a_country, NULL) AS Actor1CountryCode,
    iif(a_country LIKE '%:%', a_country, NULL) AS Actor1KnownGroupCode,
    NULL AS Actor1EthnicCode, NULL AS Actor1Religion1Code, NULL AS Actor1Religion2Code,
    nullif(substr(a_code, length(a_country) + 2), '') AS Actor1Type1Code, NULL AS Actor1Type2Code, NULL AS Actor1Type3Code,
    replace(replace(r_code, ' ', ''), '---', '') AS Actor2Code, coalesce(nullif(r_name, ''), r_text) AS Actor2Name,
    iif(r_country GLOB '[A-Z][A-Z][A-Z]', r_country, NULL) AS Actor2CountryCode,
    iif(r_country LIKE '%:%', r_country, NULL) AS Actor2KnownGroupCode,
    NULL AS Actor2EthnicCode, NULL AS Actor2Religion1Code, NULL AS Actor2Religion2Code,
    nullif(substr(r_code, length(r_country) + 2), '') AS Actor2Type1Code, NULL AS Actor2Type2Code, NULL AS Actor2Type3Code,
    event.headline OR event.sentence = 0 AS IsRootEvent, event.cameo AS EventCode, substr(event.cameo, 1, 3) AS EventBaseCode,
    substr(event.cameo, 1, 2) AS EventRootCode, event.quad AS QuadClass,
    iif(event.goldstein NOT NULL, printf('%.8g', event.goldstein), NULL) AS GoldsteinScale,
    (SELECT count(*) FROM event AS e WHERE e.story = event.story) +
        (SELECT count(*) FROM event AS e JOIN mention ON mention.event = e.id WHERE e.story = event.story) AS NumMentions,
    (SELECT count(DISTINCT coalesce(d.outlet, -d.id)) FROM event AS e JOIN document AS d ON d.id = e.document
        WHERE e.story = event.story) AS NumSources, -- copies count, as they do in GDELT
    (SELECT count(DISTINCT e.document) FROM event AS e WHERE e.story = event.story) AS NumArticles, NULL AS AvgTone,
    NULL AS Actor1Geo_Type, NULL AS Actor1Geo_Fullname, NULL AS Actor1Geo_CountryCode, NULL AS Actor1Geo_ADM1Code,
    NULL AS Actor1Geo_Lat, NULL AS Actor1Geo_Long, NULL AS Actor1Geo_FeatureID,
    NULL AS Actor2Geo_Type, NULL AS Actor2Geo_Fullname, NULL AS Actor2Geo_CountryCode, NULL AS Actor2Geo_ADM1Code,
    NULL AS Actor2Geo_Lat, NULL AS Actor2Geo_Long, NULL AS Actor2Geo_FeatureID,
    NULL AS ActionGeo_Type, place.name || iif(place.country = '', '', ', ' || place.country) AS ActionGeo_Fullname, NULL AS ActionGeo_CountryCode,
    NULL AS ActionGeo_ADM1Code, place.lat AS ActionGeo_Lat, place.lon AS ActionGeo_Long,
    nullif(place.geonames, 0) AS ActionGeo_FeatureID,
    replace(document.day, '-', '') AS DATEADDED, coalesce(document.url, document.key) AS SOURCEURL
FROM event
JOIN couple ON couple.number = event.id
JOIN document ON document.id = event.document
LEFT JOIN place ON place.id = event.place;

-- ICEWS coded events, as on its Dataverse.
CREATE TEMP VIEW icews AS
SELECT event.id AS number, printf('%d%03d%03d', event.id, coalesce(a_number, 0), coalesce(r_number, 0)) AS "Event ID",
    event.day AS "Event Date", coalesce(nullif(a_name, ''), a_text) AS "Source Name",
    nullif(substr(a_code, length(a_country) + 2), '') AS "Source Sectors", nullif(a_country, '---') AS "Source Country",
    event.trigger AS "Event Text", event.cameo AS "CAMEO Code",
    iif(event.goldstein NOT NULL, printf('%.8g', event.goldstein), NULL) AS "Intensity",
    coalesce(nullif(r_name, ''), r_text) AS "Target Name",
    nullif(substr(r_code, length(r_country) + 2), '') AS "Target Sectors", nullif(r_country, '---') AS "Target Country",
    document.key AS "Story ID", event.sentence + 1 AS "Sentence Number", outlet.name AS "Publisher",
    nullif(place.name, '') AS "City", NULL AS "District", NULL AS "Province", nullif(place.country, '') AS "Country",
    place.lat AS "Latitude", place.lon AS "Longitude"
FROM event
JOIN couple ON couple.number = event.id
JOIN document ON document.id = event.document
LEFT JOIN outlet ON outlet.id = document.outlet
LEFT JOIN place ON place.id = event.place;

-- POLECAT, PLOVER's own data set.
CREATE TEMP VIEW polecat AS
SELECT flat.number, id AS "Event ID", coalesce(time_start, substr(published, 1, 10)) AS "Event Date", type AS "Event Type",
    mode AS "Event Mode", goldstein AS "Intensity", quad AS "Quad Code", contexts AS "Contexts",
    actor_names AS "Actor Name", (SELECT group_concat(said, ';') FROM (
        SELECT country AS said FROM party JOIN actor ON actor.id = party.actor
        WHERE party.event = flat.number AND side = 'actor' ORDER BY party.number)) AS "Actor Country",
    (SELECT group_concat(said, ';') FROM (
        SELECT substr(code, length(country) + 2) AS said FROM party JOIN actor ON actor.id = party.actor
        WHERE party.event = flat.number AND side = 'actor' ORDER BY party.number)) AS "Actor Sectors",
    actor_texts AS "Actor Name Raw", recipient_names AS "Recipient Name", (SELECT group_concat(said, ';') FROM (
        SELECT country AS said FROM party JOIN actor ON actor.id = party.actor
        WHERE party.event = flat.number AND side = 'recipient' ORDER BY party.number)) AS "Recipient Country",
    (SELECT group_concat(said, ';') FROM (
        SELECT substr(code, length(country) + 2) AS said FROM party JOIN actor ON actor.id = party.actor
        WHERE party.event = flat.number AND side = 'recipient' ORDER BY party.number)) AS "Recipient Sectors",
    recipient_texts AS "Recipient Name Raw", place_name AS "Placename", place_text AS "Raw Placename",
    place_country AS "Country", lat AS "Latitude", lon AS "Longitude", geonames AS "GeoNames ID",
    outlet AS "Source", published AS "Publication Date", sentence AS "Event Text", lang AS "Language", status AS "Status"
FROM flat;

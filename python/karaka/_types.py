"""What goes in and what comes out: documents, events, articles, sentences.

All of them are frozen. Names and meaning are those of the records that the command ``karaka`` writes. A span is
``(start, end)``, bytes of the article's text in UTF-8.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, overload

from ._karaka import Error

Span = tuple[int, int]
Kind = Literal["text", "page", "html", "conllu"]


@dataclass(frozen=True)
class Document:
    """A document to be read, with what is known of it.

    ``kind`` tells what ``content`` is: ``"text"`` clean article text, ``"page"`` the text of a page with its furniture,
    ``"html"`` a page in HTML, ``"conllu"`` sentences with their trees. Bytes of HTML may be in any encoding.
    ``where`` is the file and record that it came from, for messages.

    >>> Document("भारत ने चीन की निंदा की।", id="a", published="2026-03-10").kind
    'text'
    """

    content: str | bytes
    kind: Kind = "text"
    id: str | None = None
    title: str | None = None
    published: str | None = None
    url: str | None = None
    outlet: str | None = None
    charset: str | None = None
    where: str | None = None


# ---- Events ----


@dataclass(frozen=True)
class Party:
    """Somebody who acts or is acted on: the words, and who that is."""

    text: str
    span: Span
    name: str | None
    code: str


@dataclass(frozen=True)
class Time:
    """The words that tell when, and the days that they mean."""

    text: str
    span: Span
    start: str | None
    end: str | None


@dataclass(frozen=True)
class Place:
    """The words that tell where, and the place of the gazetteer."""

    text: str
    span: Span
    name: str | None
    country: str | None
    lat: float | None
    lon: float | None
    geonames: int | None


@dataclass(frozen=True)
class Source:
    """Who is credited with it."""

    text: str
    span: Span
    name: str | None
    code: str | None
    state_media: bool


@dataclass(frozen=True)
class Trigger:
    """The words that tell the event."""

    text: str
    span: Span
    lemma: str | None


@dataclass(frozen=True)
class Evidence:
    """The sentence that tells the event."""

    index: int
    span: Span
    text: str


@dataclass(frozen=True)
class Mention:
    """Another place that tells the same event."""

    sentence: int
    span: Span


@dataclass(frozen=True)
class Event:
    """Who did what to whom, when, where, according to whom: one record of ``karaka code``."""

    id: str
    doc: str | None
    url: str | None
    outlet: str | None
    lang: str
    published: str | None
    type: str
    mode: str | None
    contexts: tuple[str, ...]
    quad: int | None
    cameo: str | None
    goldstein: float | None
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    mutual: bool
    status: Literal["asserted", "planned", "possible", "denied"]
    time: Time | None
    place: Place | None
    sources: tuple[Source, ...]
    trigger: Trigger
    sentence: Evidence
    mentions: tuple[Mention, ...]
    headline: bool
    rule: str


def _parties(records: list[dict[str, Any]]) -> tuple[Party, ...]:
    return tuple(Party(r["text"], tuple(r["span"]), r["name"], r["code"]) for r in records)


def _time(r: dict[str, Any] | None) -> Time | None:
    return Time(r["text"], tuple(r["span"]), r["start"], r["end"]) if r else None


def _place(r: dict[str, Any] | None) -> Place | None:
    if not r:
        return None
    return Place(r["text"], tuple(r["span"]), r["name"], r["country"], r["lat"], r["lon"], r["geonames"])


def _source(r: dict[str, Any]) -> Source:
    return Source(r["text"], tuple(r["span"]), r["name"], r["code"], r["state_media"])


def event_from_record(r: dict[str, Any]) -> Event:
    """The event of one JSON object."""
    trigger, sentence = r["trigger"], r["sentence"]
    return Event(
        id=r["id"],
        doc=r["doc"],
        url=r["url"],
        outlet=r["outlet"],
        lang=r["lang"],
        published=r["published"],
        type=r["type"],
        mode=r["mode"],
        contexts=tuple(r["contexts"]),
        quad=r["quad"],
        cameo=r["cameo"],
        goldstein=r["goldstein"],
        actors=_parties(r["actors"]),
        recipients=_parties(r["recipients"]),
        mutual=r["mutual"],
        status=r["status"],
        time=_time(r["time"]),
        place=_place(r["place"]),
        sources=tuple(_source(s) for s in r["sources"]),
        trigger=Trigger(trigger["text"], tuple(trigger["span"]), trigger["lemma"]),
        sentence=Evidence(sentence["index"], tuple(sentence["span"]), sentence["text"]),
        mentions=tuple(Mention(m["sentence"], tuple(m["span"])) for m in r["mentions"]),
        headline=r["headline"],
        rule=r["rule"],
    )


class Coded(Sequence[Event]):
    """The events of one document, in the order of its text.

    ``jsonl`` holds them as the command writes them; they become :class:`Event` when they are first looked at. ``lang``
    is the language that the document was read in, or None where it is in none that is open: then no events were looked
    for. ``id`` is that of the document, if it has one.
    """

    __slots__ = ("_events", "id", "jsonl", "lang")

    def __init__(self, jsonl: bytes, lang: str | None, id: str | None) -> None:
        self.jsonl = jsonl
        self.lang = lang
        self.id = id
        self._events: tuple[Event, ...] | None = None

    @property
    def events(self) -> tuple[Event, ...]:
        """The same as a tuple."""
        if self._events is None:
            self._events = tuple(event_from_record(json.loads(line)) for line in self.jsonl.splitlines())
        return self._events

    @overload
    def __getitem__(self, index: int) -> Event: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Event, ...]: ...
    def __getitem__(self, index: int | slice) -> Event | tuple[Event, ...]:
        return self.events[index]

    def __len__(self) -> int:
        return self.jsonl.count(b"\n")

    def __iter__(self) -> Iterator[Event]:
        return iter(self.events)

    def __repr__(self) -> str:
        return f"<karaka.Coded {self.id or ''} {self.lang or 'in no known language'}: {len(self)} events>"


# ---- Articles ----


@dataclass(frozen=True)
class Paragraph:
    """A part of the article's text."""

    kind: Literal["title", "kicker", "lead", "subhead", "body"]
    span: Span


@dataclass(frozen=True)
class Article:
    """What a page reports, without its furniture."""

    id: str | None
    url: str | None
    outlet: str | None
    lang: str
    published: str | None
    modified: str | None
    canonical: str | None
    page_lang: str | None
    title: str | None
    kicker: str | None
    section: str | None
    authors: tuple[str, ...]
    text: str
    paragraphs: tuple[Paragraph, ...]

    def part(self, span: Span) -> str:
        """The words of a span: of a paragraph, or of an event that was found in the same document."""
        return self.text.encode()[span[0] : span[1]].decode()


def article_from_record(r: dict[str, Any]) -> Article:
    """The article of one JSON object."""
    facts = {key: r[key] for key in Article.__dataclass_fields__ if key not in ("authors", "paragraphs")}
    paragraphs = tuple(Paragraph(p["kind"], tuple(p["span"])) for p in r["paragraphs"])
    return Article(**facts, authors=tuple(r["authors"]), paragraphs=paragraphs)


# ---- Sentences and trees ----


@dataclass(frozen=True)
class Token:
    """A word with the columns of CoNLL-U. ``head`` is the number of another token, 0 for the root."""

    id: int
    form: str
    lemma: str
    upos: str
    xpos: str
    feats: dict[str, str]
    head: int
    deprel: str
    space_after: bool


@dataclass(frozen=True)
class Sentence:
    """A sentence with its tree."""

    id: str
    text: str
    tokens: tuple[Token, ...]


def _token(line: str) -> Token:
    number, form, lemma, upos, xpos, feats, head, deprel, _, misc = line.split("\t")
    pairs = {} if feats == "_" else {key: value for key, _, value in (f.partition("=") for f in feats.split("|"))}
    return Token(int(number), form, lemma, upos, xpos, pairs, int(head), deprel, misc != "SpaceAfter=No")


def sentences_from_conllu(conllu: str) -> list[Sentence]:
    """The sentences of what the library writes as CoNLL-U."""
    sentences = []
    for block in conllu.split("\n\n"):
        lines = block.split("\n")
        facts = dict(line[2:].split(" = ", 1) for line in lines if line.startswith("# ") and " = " in line)
        tokens = tuple(_token(line) for line in lines if line[:1].isdigit())
        if tokens:
            sentences.append(Sentence(facts["sent_id"], facts["text"], tokens))
    return sentences


__all__ = [
    "Article",
    "Coded",
    "Document",
    "Error",
    "Event",
    "Evidence",
    "Kind",
    "Mention",
    "Paragraph",
    "Party",
    "Place",
    "Sentence",
    "Source",
    "Span",
    "Time",
    "Token",
    "Trigger",
]

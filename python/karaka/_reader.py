"""Documents to events, articles and trees; files to documents."""

from __future__ import annotations

import json
import logging
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import BinaryIO, Union

from . import _karaka
from ._types import Article, Coded, Document, Error, Kind, Sentence, article_from_record, sentences_from_conllu

_KINDS: tuple[Kind, ...] = ("page", "text", "html", "conllu")  # as the extension counts them
_CODE, _ARTICLE, _PARSE = range(3)
_FORMS = ("any", "page", "text", "html", "jsonl", "conllu", "warc", "feed")
_FOLDERS_DEEP = 64
_log = logging.getLogger("karaka")

Source = Union[str, "os.PathLike[str]", BinaryIO]


def _language_folders(root: str, lang: str | None) -> tuple[bytes, ...]:
    """The folders of the languages to open, the usual one first: as the command, Hindi where there are several."""
    names = sorted(n for n in os.listdir(root) if os.path.isfile(os.path.join(root, n, "settings")))
    chosen = sorted(names, key=lambda name: name != "hi") if lang is None else [name for name in names if name == lang]
    if not chosen:
        raise Error(f"no language {lang or ''} in {root}; there are: {' '.join(names) or 'none'}")
    return tuple(os.fsencode(os.path.join(root, name)) for name in chosen)


class Reader:
    """Reads documents in one language, or in all that there are. It may be used from many threads at once.

    Without ``lang`` each document is read in the language of its script, and one in no known language has no events.
    The languages are those of the package, unless ``languages`` or the variable KARAKA_LANGUAGES names another folder.

    >>> reader = Reader("hi")
    >>> event = reader.code("भारत ने सोमवार को चीन की निंदा की।", published="2026-03-11")[0]
    >>> event.actors[0].code, event.type, event.recipients[0].code, event.time.start
    ('IND GOV', 'ACCUSE', 'CHN GOV', '2026-03-09')
    """

    def __init__(self, lang: str | None = None, *, languages: str | os.PathLike[str] | None = None) -> None:
        beside = os.path.join(os.path.dirname(os.path.abspath(__file__)), "languages")
        root = os.fspath(languages or os.environ.get("KARAKA_LANGUAGES") or beside)
        try:
            self._engine = _karaka.Engine(_language_folders(root, lang))
        except OSError as error:
            raise Error(f"no folder of languages: {error}") from error
        self._arguments = (lang, root)

    def __reduce__(self) -> tuple[Callable[..., Reader], tuple[str | None, str]]:
        return _reader, self._arguments

    def _run(self, work: int, d: Document) -> tuple[str | None, bytes]:
        content, charset = d.content, d.charset
        if d.kind == "html" and isinstance(content, str):
            charset = "utf-8"  # whatever the page says of the bytes that it was once
        kind = _KINDS.index(d.kind)
        try:
            if d.kind == "conllu":
                content = _with_head(content, d)
            return self._engine.run(work, kind, content, d.id, d.title, d.published, d.url, d.outlet, charset)
        except ValueError as error:  # a lone surrogate, a NUL in an id
            raise Error(str(error)) from error

    def code(
        self,
        text: str | bytes | Document,
        *,
        kind: Kind = "text",
        id: str | None = None,
        title: str | None = None,
        published: str | None = None,
        url: str | None = None,
        outlet: str | None = None,
    ) -> Coded:
        """The events of a document.

        >>> for event in Reader("en").code("France condemned the attack by Iran on Monday.", published="2026-03-11"):
        ...     print(event.type, event.actors[0].name, event.recipients[0].name)
        ACCUSE France Iran
        """
        return self._code(_document(text, kind, id, title, published, url, outlet))

    def _code(self, document: Document) -> Coded:
        lang, jsonl = self._run(_CODE, document)
        return Coded(jsonl, lang, document.id)

    def article(
        self,
        html: str | bytes | Document,
        *,
        kind: Kind = "html",
        id: str | None = None,
        title: str | None = None,
        published: str | None = None,
        url: str | None = None,
        outlet: str | None = None,
    ) -> Article:
        """The article in a page.

        >>> page = "<nav><a href=/>Home</a></nav><h1>Talks in Oslo</h1><p>" + "Norway met Sweden in Oslo. " * 9
        >>> article = Reader("en").article(page)
        >>> article.title, article.part(article.paragraphs[1].span)[:26]
        ('Talks in Oslo', 'Norway met Sweden in Oslo.')
        """
        document = _document(html, kind, id, title, published, url, outlet)
        return article_from_record(json.loads(self._run(_ARTICLE, document)[1]))

    def parse(self, text: str | bytes | Document, *, kind: Kind = "text") -> list[Sentence]:
        """The sentences of a document with parts of speech, lemmas and trees.

        >>> [(t.form, t.upos, t.head, t.deprel) for t in Reader("hi").parse("राम घर गया।")[0].tokens]
        [('राम', 'PROPN', 3, 'k1'), ('घर', 'NOUN', 3, 'k2p'), ('गया', 'VERB', 0, 'root'), ('।', 'PUNCT', 3, 'rsym')]
        """
        return sentences_from_conllu(self.conllu(text, kind=kind))

    def conllu(self, text: str | bytes | Document, *, kind: Kind = "text") -> str:
        """The same as text in CoNLL-U."""
        return self._run(_PARSE, _document(text, kind))[1].decode()

    def code_many(self, documents: Iterable[str | Document | Error], *, threads: int = 1) -> Iterator[Coded | Error]:
        """The events of many documents, in their order, on so many threads.

        A document that cannot be read gives its :class:`Error` in its place, and the run goes on; an error that stands
        among the documents (see :func:`read`) is handed on. At most four documents a thread are held at a time.

        >>> for result in Reader("hi").code_many(["रूस ने यूक्रेन पर हमला किया।", "\\ud800"], threads=2):
        ...     print("an error" if isinstance(result, Error) else [event.type for event in result])
        ['ASSAULT']
        an error
        """
        if threads < 1:
            raise ValueError("threads must be at least 1")
        return map(self._code_one, documents) if threads == 1 else self._code_threads(documents, threads)

    def _code_one(self, item: str | Document | Error) -> Coded | Error:
        if isinstance(item, Error):
            return item
        try:
            return self._code(_document(item))
        except Error as error:
            place = isinstance(item, Document) and (item.where or item.id)
            return Error(f"{place}: {error}") if place else error

    def _code_threads(self, documents: Iterable[str | Document | Error], threads: int) -> Iterator[Coded | Error]:
        waiting: deque[Future[Coded | Error]] = deque()
        pool = ThreadPoolExecutor(threads, "karaka")
        try:
            for item in documents:
                if len(waiting) == 4 * threads:
                    yield waiting.popleft().result()
                waiting.append(pool.submit(self._code_one, item))
            while waiting:
                yield waiting.popleft().result()
        finally:
            pool.shutdown(cancel_futures=True)


def _reader(lang: str | None, languages: str) -> Reader:
    return Reader(lang, languages=languages)


def _document(
    item: str | bytes | Document,
    kind: Kind = "text",
    id: str | None = None,
    title: str | None = None,
    published: str | None = None,
    url: str | None = None,
    outlet: str | None = None,
) -> Document:
    return item if isinstance(item, Document) else Document(item, kind, id, title, published, url, outlet)


def _with_head(content: str | bytes, d: Document) -> bytes:
    """CoNLL-U tells its facts itself; what is told beside it stands first and gives way."""
    body = content.encode() if isinstance(content, str) else content
    published = f"# published = {_line(d.published)}\n" if d.published else ""
    newdoc = "" if body.startswith(b"# newdoc") or not d.id else f"# newdoc id = {_line(d.id)}\n"
    return (published + newdoc).encode() + body


def _line(text: str) -> str:
    """What is told in a comment line ends with it."""
    return text.partition("\n")[0].partition("\r")[0]


# ---- Files ----


def read(
    source: Source, *, form: str = "any", limit: int = 16 << 20, name: str | None = None
) -> Iterator[Document | Error]:
    """The documents of a file, a folder, or a binary file object, one after the other.

    A file may be a WARC, RSS or Atom, JSON Lines, CoNLL-U, a page in HTML or as text, a tar or zip of these, all of it
    compressed or not; ``form`` says what the innermost files hold where name and first bytes should not decide ("page",
    "text", "html", "jsonl", "conllu", "warc", "feed"). Memory holds one document. What cannot be read, or is larger
    than ``limit`` bytes, gives an :class:`Error` in its place that names file, record and byte.

    >>> import io
    >>> lines = io.BytesIO(b'{"id": "a", "text": "Iran met Iraq."}\\n{"id"}')
    >>> for item in read(lines, name="news.jsonl"):
    ...     print(repr(item) if isinstance(item, Error) else (item.id, item.kind, item.content))
    ('a', 'text', b'Iran met Iraq.')
    Error("news.jsonl: record 2 (line 2, byte 39 of the file): byte 6: ':' was expected after the key")
    """
    number = _FORMS.index(form)
    if isinstance(source, (str, os.PathLike)):
        path = os.fspath(source)
        if os.path.isdir(path):
            return _read_folder(path, os.fsencode(path), number, limit, 0)
        return _read_file(path, None, number, limit)
    return _read_file(name or str(getattr(source, "name", "input")), source.read, number, limit)


def _read_file(
    name: str, function: Callable[[int], bytes] | None, form: int, limit: int, top: bytes | None = None
) -> Iterator[Document | Error]:
    """`top`: the folder that was named, below which the file was found."""
    try:
        stream = _karaka.Stream(os.fsencode(name), function, form, limit, *([top] if top else []))
    except Error as error:
        yield Error(f"{name}: {error}")
        return
    for wrong, file, number, line, offset, kind, content, id, title, published, url, outlet, charset in stream:
        where = _where(file or name, number, line, offset)
        if wrong is None:
            yield Document(content, _KINDS[kind], id, title, published, url, outlet, charset, where)
        else:
            yield Error(f"{where}: {wrong}")
    if stream.passed():
        _log.info("%s: %s", name, stream.passed())


# Nothing in the name of a file can steer a terminal.
_CONTROLS = {code: "?" for code in (*range(0x20), 0x7F)} | {code: "??" for code in range(0x80, 0xA0)}


def _where(file: str, number: int, line: int, offset: int) -> str:
    name = file.translate(_CONTROLS)
    if not number:
        return name
    return f"{name}: record {number} ({f'line {line}, ' if line else ''}byte {offset + 1} of the file)"


def _read_folder(folder: str, top: bytes, form: int, limit: int, depth: int) -> Iterator[Document | Error]:
    """Files in order of name. Hidden ones, and links to folders, are left alone, so a folder cannot hold itself."""
    try:
        if depth > _FOLDERS_DEEP:
            raise OSError("folders are too deep")
        entries = sorted((e for e in os.scandir(folder) if e.name[0] != "."), key=lambda e: os.fsencode(e.name))
    except OSError as error:
        yield Error(f"{folder}: {error.strerror or error}")
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _read_folder(entry.path, top, form, limit, depth + 1)
        elif not entry.is_dir():
            yield from _read_file(entry.path, None, form, limit, top)

"""karaka on Apache Spark: a frame of documents, or of paths of files with documents, to a frame of events.

    from karaka.spark import code, write

    write(code(spark.read.json("news/*.jsonl")), "events")              # documents: columns text, id, published, ...
    write(code(spark.createDataFrame(names, "path string")), "events")  # WARCs, feeds, JSON Lines: a column path

Executors need the package and nothing else: no server, no model to send. docs/scale.md tells how to run it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from ._reader import Reader, read
from ._tables import event_schema, record_batches
from ._types import Document, Error

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import DataFrame
    from pyspark.sql.types import StructType

_CONTENTS = ("text", "page", "html")
_FACTS = ("id", "title", "published", "url", "outlet")


def _arrow_schema() -> pyarrow.Schema:
    import pyarrow as pa

    return event_schema().append(pa.field("error", pa.string()))


def schema() -> StructType:
    """The columns of the result: those of the record, and ``error``."""
    from pyspark.sql.pandas.types import from_arrow_schema

    return from_arrow_schema(_arrow_schema())


def code(documents: DataFrame, *, lang: str | None = None, threads: int = 1) -> DataFrame:
    """The events of all documents, a row each.

    The frame has a column ``path`` (files and folders that every executor can read, or addresses that pyarrow can
    open, such as ``hdfs://`` and ``s3://``), or one or several of ``text``, ``page`` and ``html`` (of which a row has
    one), and any of ``id``, ``title``, ``published``, ``url``, ``outlet``; other columns are not read.

    A document that cannot be read gives one row in which only ``error`` is set: which document, and why.
    ``threads`` should be what ``spark.task.cpus`` is.
    """
    given = [name for name in ("path", *_CONTENTS) if name in documents.columns]
    if not given or ("path" in given and len(given) > 1):
        raise ValueError("the frame needs a column path, or one or several of text, page and html")
    columns = given + [name for name in _FACTS if given != ["path"] and name in documents.columns]
    work = _Work(lang, threads)
    return documents.select(*columns).mapInArrow(work, schema())


def write(events: DataFrame, path: str, *, by: Sequence[str] = ("lang", "month"), mode: str = "errorifexists") -> None:
    """Writes events as Parquet, in a folder for each language and month of publication, if ``by`` says no other.

    ``month`` is "2026-03", or null where the day of publication is not known. A task writes where its documents belong,
    so each folder holds as many files as there were tasks with events for it.
    """
    from pyspark.sql.functions import col, substring

    events.withColumn("month", substring(col("published"), 1, 7)).write.partitionBy(*by).mode(mode).parquet(path)


class _Work:
    """What each task does with its rows. Goes to the executors by pickle, so it holds no language."""

    def __init__(self, lang: str | None, threads: int) -> None:
        self.lang, self.threads = lang, threads

    def __call__(self, batches: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        errors: list[Error] = []
        results = _reader(self.lang).code_many(_documents(batches), threads=self.threads)
        for batch in record_batches(results, on_error=errors.append):
            yield _with_errors(batch, errors)
            errors.clear()
        if errors:
            yield _with_errors(None, errors)


_readers: dict[str | None, Reader] = {}


def _reader(lang: str | None) -> Reader:
    """One a process: Spark keeps its Python processes from task to task."""
    if lang not in _readers:
        _readers[lang] = Reader(lang)
    return _readers[lang]


def _documents(batches: Iterator[pyarrow.RecordBatch]) -> Iterator[Document | Error]:
    for batch in batches:
        for row in batch.to_pylist():
            yield from _read_path(row["path"]) if "path" in row else [_document(row)]


def _document(row: dict[str, Any]) -> Document | Error:
    facts = {name: row[name] for name in _FACTS if row.get(name) is not None}
    for kind in _CONTENTS:
        if row.get(kind) is not None:
            return Document(row[kind], kind, **{k: str(v) for k, v in facts.items()})  # type: ignore[arg-type]
    return Error(f"{facts.get('id', 'a row')}: neither text nor page nor html")


def _read_path(path: str | None) -> Iterator[Document | Error]:
    if path is None:
        yield Error("a row without a path")
        return
    if "://" not in path:
        yield from read(path)
        return
    from pyarrow.fs import FileSystem

    try:
        files, name = FileSystem.from_uri(path)
        with files.open_input_stream(name, compression=None) as stream:
            yield from read(stream, name=path)
    except (OSError, ValueError) as error:  # of the file system: the run goes on, as with any other damaged file
        yield Error(f"{path}: {error}")


def _with_errors(batch: pyarrow.RecordBatch | None, errors: list[Error]) -> pyarrow.RecordBatch:
    import pyarrow as pa

    target = _arrow_schema()
    rows = batch.num_rows if batch is not None else 0
    columns = []
    for field in target:
        if field.name == "error":
            columns.append(pa.array([None] * rows + [str(e) for e in errors], pa.string()))
            continue
        none = pa.nulls(len(errors), field.type)
        columns.append(pa.concat_arrays([batch.column(field.name), none]) if batch is not None else none)
    return pa.RecordBatch.from_arrays(columns, schema=target)

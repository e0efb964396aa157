"""Events to Arrow, Parquet and pandas, with a schema that is always the same. Needs pyarrow or pandas."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from io import BytesIO
from typing import TYPE_CHECKING, Any, Union

from ._types import Coded, Error, Event, Party, Source

if TYPE_CHECKING:
    import pandas
    import pyarrow

Results = Iterable[Union[Coded, Event, Error]]
OnError = Callable[[Error], object]
_FACTS = ("id", "doc", "url", "outlet", "lang", "published", "type", "mode")  # strings, and first
_BATCH_BYTES = 4 << 20  # of JSON Lines: some 3,000 events


def event_schema() -> pyarrow.Schema:
    """The columns of a table of events: those of the records of ``karaka code``, under the same names.

    >>> event_schema().field("sentence").type
    StructType(struct<index: int32, span: list<item: int32>, text: string>)
    """
    import pyarrow as pa

    text, span = pa.string(), pa.list_(pa.int32())
    words = [("text", text), ("span", span)]
    party = pa.struct([*words, ("name", text), ("code", text)])
    source = pa.struct([*words, ("name", text), ("code", text), ("state_media", pa.bool_())])
    time = pa.struct([*words, ("start", text), ("end", text)])
    point = [("lat", pa.float64()), ("lon", pa.float64()), ("geonames", pa.int64())]
    place = pa.struct([*words, ("name", text), ("country", text), *point])
    return pa.schema(
        [
            *[(name, text) for name in _FACTS],
            ("contexts", pa.list_(text)),
            ("quad", pa.int32()),
            ("cameo", text),
            ("goldstein", pa.float64()),
            ("actors", pa.list_(party)),
            ("recipients", pa.list_(party)),
            ("mutual", pa.bool_()),
            ("status", text),
            ("time", time),
            ("place", place),
            ("sources", pa.list_(source)),
            ("trigger", pa.struct([*words, ("lemma", text)])),
            ("sentence", pa.struct([("index", pa.int32()), ("span", span), ("text", text)])),
            ("mentions", pa.list_(pa.struct([("sentence", pa.int32()), ("span", span)]))),
            ("headline", pa.bool_()),
            ("rule", text),
        ]
    )


def _jsonl(item: Coded | Event | Error, on_error: OnError | None) -> bytes:
    if isinstance(item, Coded):
        return item.jsonl
    if isinstance(item, Event):
        return json.dumps(asdict(item), ensure_ascii=False).encode() + b"\n"
    if on_error is None:
        raise item
    on_error(item)
    return b""


def _batch(lines: list[bytes]) -> pyarrow.RecordBatch:
    """The library's own JSON, by Arrow's reader: no object of Python is made of a record."""
    import pyarrow as pa
    import pyarrow.json

    whole, schema = b"".join(lines), event_schema()
    table = pyarrow.json.read_json(
        BytesIO(whole),
        read_options=pyarrow.json.ReadOptions(use_threads=False, block_size=len(whole) + 1),
        parse_options=pyarrow.json.ParseOptions(explicit_schema=schema, unexpected_field_behavior="error"),
    )
    return pa.RecordBatch.from_arrays([table.column(name).combine_chunks() for name in schema.names], schema=schema)


def record_batches(results: Results, *, on_error: OnError | None = None) -> Iterator[pyarrow.RecordBatch]:
    """The events of many documents as Arrow record batches of some 4 MB of JSON each, as they come.

    An :class:`Error` among the results is raised, or given to ``on_error`` where that is set.
    """
    lines: list[bytes] = []
    size = 0
    for item in results:
        line = _jsonl(item, on_error)
        if line:
            lines.append(line)
            size += len(line)
        if size >= _BATCH_BYTES:
            yield _batch(lines)
            lines, size = [], 0
    if lines:
        yield _batch(lines)


def to_arrow(results: Results, *, on_error: OnError | None = None) -> pyarrow.Table:
    """The events as one Arrow table.

    >>> import karaka
    >>> texts = ["रूस ने यूक्रेन पर हमला किया।", "भारत ने चीन की निंदा की।"]
    >>> to_arrow(karaka.Reader("hi").code_many(texts)).column("type").to_pylist()
    ['ASSAULT', 'ACCUSE']
    """
    import pyarrow as pa

    return pa.Table.from_batches(record_batches(results, on_error=on_error), schema=event_schema())


def to_parquet(
    results: Results, path: str | os.PathLike[str], *, on_error: OnError | None = None, compression: str = "zstd"
) -> int:
    """Writes the events as one Parquet file as they come, and tells how many there were.

    The file is there under its name only when it is whole.

    >>> import karaka, os, tempfile
    >>> folder = tempfile.TemporaryDirectory()
    >>> path = os.path.join(folder.name, "events.parquet")
    >>> to_parquet([karaka.Reader("hi").code("भारत ने चीन की निंदा की।")], path)
    1
    >>> folder.cleanup()
    """
    import pyarrow.parquet

    part = os.fspath(path) + ".part"
    count = 0
    try:
        with pyarrow.parquet.ParquetWriter(part, event_schema(), compression=compression) as writer:
            for batch in record_batches(results, on_error=on_error):
                writer.write_batch(batch)
                count += batch.num_rows
        os.replace(part, path)
    finally:
        if os.path.exists(part):
            os.unlink(part)
    return count


def _joined(items: Iterable[str | None]) -> str | None:
    """As the command's CSV: the n-th actor stands at the same place in codes, names and texts."""
    return ";".join((item or "").replace(";", ",") for item in items) or None


def _parties(key: str, parties: Iterable[Party | Source]) -> dict[str, str | None]:
    return {
        f"{key}_codes": _joined(p.code for p in parties),
        f"{key}_names": _joined(p.name for p in parties),
        f"{key}_texts": _joined(p.text for p in parties),
    }


def _row(e: Event) -> dict[str, Any]:
    row: dict[str, Any] = {name: getattr(e, name) for name in _FACTS}
    row["contexts"] = _joined(e.contexts)
    row.update(quad=e.quad, cameo=e.cameo, goldstein=e.goldstein)
    row.update(_parties("actor", e.actors))
    row.update(_parties("recipient", e.recipients))
    row.update(mutual=e.mutual, status=e.status)
    row.update({f"time_{k}": getattr(e.time, k, None) for k in ("start", "end", "text")})
    row.update({f"place_{k}": getattr(e.place, k, None) for k in ("name", "country")})
    row.update({k: getattr(e.place, k, None) for k in ("lat", "lon", "geonames")})
    row["place_text"] = getattr(e.place, "text", None)
    row.update(_parties("source", e.sources))
    row.update(trigger=e.trigger.text, trigger_lemma=e.trigger.lemma)
    row.update(sentence_index=e.sentence.index, sentence=e.sentence.text, mentions=len(e.mentions))
    row.update(headline=e.headline, rule=e.rule)
    return row


_SIDE = ("codes", "names", "texts")
_DTYPES = {
    **dict.fromkeys((*_FACTS, "contexts"), "string"),
    **{"quad": "Int64", "cameo": "string", "goldstein": "Float64"},
    **{f"{side}_{part}": "string" for side in ("actor", "recipient") for part in _SIDE},
    **{"mutual": "boolean", "status": "string", "time_start": "string", "time_end": "string", "time_text": "string"},
    **{"place_name": "string", "place_country": "string", "lat": "Float64", "lon": "Float64", "geonames": "Int64"},
    "place_text": "string",
    **{f"source_{part}": "string" for part in _SIDE},
    **{"trigger": "string", "trigger_lemma": "string", "sentence_index": "Int64", "sentence": "string"},
    **{"mentions": "Int64", "headline": "boolean", "rule": "string"},
}


def to_pandas(results: Results, *, on_error: OnError | None = None) -> pandas.DataFrame:
    """The events as a flat frame with the columns of ``karaka code --to csv``; several actors are joined by ";".

    For the nested records take ``to_arrow(results).to_pandas()``.

    >>> import karaka
    >>> frame = to_pandas(karaka.Reader("hi").code("भारत ने चीन और नेपाल की निंदा की।"))
    >>> frame[["actor_codes", "type", "recipient_codes"]].values.tolist()
    [['IND GOV', 'ACCUSE', 'CHN GOV;NPL GOV']]
    """
    import pandas as pd

    rows = []
    for item in results:
        if isinstance(item, Error):
            _jsonl(item, on_error)
        else:
            rows += [_row(event) for event in ([item] if isinstance(item, Event) else item)]
    return pd.DataFrame({name: pd.array([r[name] for r in rows], dtype=kind) for name, kind in _DTYPES.items()})

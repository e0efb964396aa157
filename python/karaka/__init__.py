"""karaka: who did what to whom, when, where, according to whom, in Hindi and English news.

>>> import karaka
>>> reader = karaka.Reader()
>>> for event in reader.code("रूस ने सोमवार को कीव पर हमला किया।", published="2026-03-11"):
...     print(event.actors[0].name, event.type, event.place.country, event.time.start)
Russia ASSAULT UKR 2026-03-09
"""

from ._karaka import Error
from ._karaka import version as __version__
from ._reader import Reader, read
from ._tables import event_schema, record_batches, to_arrow, to_pandas, to_parquet
from ._types import (
    Article,
    Coded,
    Document,
    Event,
    Evidence,
    Kind,
    Mention,
    Paragraph,
    Party,
    Place,
    Sentence,
    Source,
    Span,
    Time,
    Token,
    Trigger,
)

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
    "Reader",
    "Sentence",
    "Source",
    "Span",
    "Time",
    "Token",
    "Trigger",
    "__version__",
    "event_schema",
    "read",
    "record_batches",
    "to_arrow",
    "to_pandas",
    "to_parquet",
]

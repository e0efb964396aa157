from collections.abc import Callable, Iterator

version: str

class Error(Exception): ...

class Engine:
    def __new__(cls, folders: tuple[bytes, ...], /) -> Engine: ...
    def run(
        self,
        work: int,
        kind: int,
        content: str | bytes,
        id: str | None,
        title: str | None,
        published: str | None,
        url: str | None,
        outlet: str | None,
        charset: str | None,
        /,
    ) -> tuple[str | None, bytes]: ...

_Record = tuple[
    str | None,  # error
    str | None,  # name of the file
    int,  # number
    int,  # line
    int,  # offset
    int,  # kind
    bytes,  # content
    str | None,  # id
    str | None,  # title
    str | None,  # published
    str | None,  # url
    str | None,  # outlet
    str | None,  # charset
]

class Stream:
    def __new__(
        cls, name: bytes, read: Callable[[int], bytes] | None, form: int, limit: int, folder: bytes = ..., /
    ) -> Stream: ...
    def __iter__(self) -> Iterator[_Record]: ...
    def __next__(self) -> _Record: ...
    def passed(self) -> str: ...

"""The C library that the package carries."""

import ctypes
import pathlib
from typing import Any

from . import _header


def _load() -> ctypes.CDLL:
    library = ctypes.CDLL(str(pathlib.Path(__file__).with_name("libsinglepath.so")))
    for name, result, arguments in _header.FUNCTIONS:
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    if library.sp_version() != _header.VERSION:
        raise ImportError(f"libsinglepath.so is {library.sp_version()}, its header is {_header.VERSION}")
    return library


library = _load()


def call(name: str, *arguments: Any) -> None:
    """Calls a function that returns a status; it releases the interpreter's lock.

    Raises
    ------
    ValueError
        If the library refuses the call. Then nothing has been written.
    """
    status = getattr(library, name)(*arguments)
    if status != _header.Status.OK:
        raise ValueError(f"{name}: {library.sp_status_string(status).decode()}")


def version() -> str:
    number = _header.VERSION
    return f"{number // 10000}.{number // 100 % 100}.{number % 100}"


def build_description() -> str:
    """Returns in words which machine code runs on this machine."""
    words: bytes = library.sp_build_description()
    return words.decode()

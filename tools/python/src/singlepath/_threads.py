"""Ranges of paths on threads. A path's bits do not depend on the range that it is in."""

import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from ._scalars import taken_integer

_Result = TypeVar("_Result")

#: Ranges are multiples of this, so that no two threads write to one line of the cache in aligned rows,
#: and a range is worth its thread.
GRAIN = 1024


def over_ranges(count: int, threads: Any, work: Callable[[int, int], _Result]) -> list[_Result]:
    """Calls ``work(begin, end)`` for ranges that make up 0 to count, at most one for each thread."""
    threads = taken_integer("threads", threads, 1, sys.maxsize)
    length = max(1, -(-count // (threads * GRAIN))) * GRAIN
    ranges = [(begin, min(begin + length, count)) for begin in range(0, max(count, 1), length)]
    if len(ranges) == 1:
        return [work(*ranges[0])]
    with ThreadPoolExecutor(len(ranges)) as pool:
        return list(pool.map(lambda both: work(*both), ranges))

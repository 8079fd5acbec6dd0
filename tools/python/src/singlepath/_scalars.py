"""Numbers and flags as the library takes them."""

import math
import operator
from typing import Any

import numpy


def taken_integer(name: str, value: Any, low: int, high: int) -> int:
    """Returns a whole number from low to high.

    Raises
    ------
    ValueError
        If it is another, or no integer: the message begins with the name.
    """
    try:
        number = operator.index(value)
    except TypeError:
        raise ValueError(f"{name}: {value!r} is no integer") from None
    if isinstance(value, bool):
        raise ValueError(f"{name}: {value} is no integer")
    if not low <= number <= high:
        bits = high.bit_length()
        last = f"2^{bits} - 1" if bits >= 32 and high == (1 << bits) - 1 else high
        raise ValueError(f"{name}: {number} is not {low} to {last}")
    return number


def taken_flag(name: str, value: Any) -> bool:
    """Returns a flag; 0 and 1 are flags too.

    Raises
    ------
    ValueError
        If it is none: the message begins with the name.
    """
    if isinstance(value, (bool, numpy.bool_)) or isinstance(value, (int, numpy.integer)) and value in (0, 1):
        return bool(value)
    raise ValueError(f"{name}: {value!r} is not True or False")


def taken_float(name: str, value: Any) -> float:
    """Returns a number that is finite in single precision, and 0 there only if it is 0.

    Raises
    ------
    ValueError
        If it is none: the message begins with the name.
    """
    try:
        number = float(value)
    except (TypeError, ValueError):
        raise ValueError(f"{name}: {value!r} is no number") from None
    with numpy.errstate(over="ignore", under="ignore"):
        single = float(numpy.float32(number))
    if not math.isfinite(single) or (single == 0) != (number == 0):
        raise ValueError(f"{name}: {number} is not finite, or is beyond single precision")
    return number

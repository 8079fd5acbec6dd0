"""Samples of a fit, in whatever type and layout the caller has them.

Those that lie as the library takes them are used in place; others are converted block by block, so that
never more than a block of them exists twice.
"""

import operator
from typing import Any

import numpy
from numpy.typing import NDArray

from ._arrays import COUNT, FLOAT, Grid

#: Elements of a block that is converted: they stay in the cache from the conversion to the fit.
BLOCK = 1 << 18
#: Paths of a block that is used in place: a fraction of a second.
IN_PLACE = 1 << 15


def block_length(frames: int) -> int:
    """Returns how many paths are converted at a time: a multiple of 64."""
    return max(64, min(4096, BLOCK // max(frames, 1)) // 64 * 64)


class Samples:
    """Values of frames × paths, or of frames if all paths share them.

    Parameters
    ----------
    name : str
        The argument's name, for messages.
    values : array_like
        One- or two-dimensional numbers.
    axis : int
        Along which a path's samples lie, if there are two dimensions.
    is_own : bool
        Whether one dimension is one path, and not what all share.
    """

    def __init__(self, name: str, values: Any, axis: int, *, is_own: bool = False):
        if isinstance(values, numpy.ma.MaskedArray):
            raise ValueError(f"{name}: it is a masked array; fill what is missing with NaN")
        array = _numbers(values)
        if array.dtype.kind not in "fiub":
            raise ValueError(f"{name}: its values are {array.dtype}, not numbers")
        if array.ndim not in (1, 2):
            raise ValueError(f"{name}: it has {array.ndim} dimensions, not 1 or 2")
        self.name = name
        self.is_shared = array.ndim == 1 and not is_own
        self.view: NDArray[Any] = array[:, None] if array.ndim == 1 else numpy.moveaxis(array, axis, 0)
        if self.is_shared:
            self.view = convert(self.view)

    @property
    def frames(self) -> int:
        return int(self.view.shape[0])

    @property
    def paths(self) -> int:
        """How many paths have values of their own; 1 if all share them."""
        return int(self.view.shape[1])

    @property
    def is_in_place(self) -> bool:
        """Whether the library takes the values where they are."""
        array = self.view
        return (
            array.dtype == FLOAT and array.flags.aligned
            and (array.strides[1] == FLOAT.itemsize or self.paths == 1)
            and (array.strides[0] >= 0 or self.frames == 1) and array.strides[0] % FLOAT.itemsize == 0
        )

    def block(self, begin: int, end: int) -> Grid:
        """Returns the values of some paths as the library takes them."""
        if self.is_shared:
            return Grid(self.name, self.view, self.frames, 1, self._stride(self.view), 0)
        values = self.view[:, begin:end]
        if not self.is_in_place:
            values = convert(values)
        return Grid(self.name, values, self.frames, end - begin, self._stride(values), 1)

    def _stride(self, values: NDArray[Any]) -> int:
        return values.strides[0] // FLOAT.itemsize if self.frames > 1 else values.shape[1]


def _numbers(values: Any) -> NDArray[Any]:
    """Returns the values as an array; those of a data frame or column whose types know missing values as doubles."""
    array = numpy.asarray(values)
    if array.dtype.kind == "O" and hasattr(values, "to_numpy"):
        try:
            return numpy.asarray(values.to_numpy(dtype=numpy.float64, na_value=numpy.nan))
        except (TypeError, ValueError):
            pass  # no numbers
    return array


def convert(values: NDArray[Any]) -> NDArray[numpy.float32]:
    """Returns the values as floats in C order; those that are too large for a float become infinite."""
    with numpy.errstate(over="ignore", invalid="ignore"):
        return numpy.require(values, FLOAT, ["C", "A"])


def taken_lengths(lengths: Any, paths: int) -> NDArray[numpy.uint32]:
    """Returns how many samples each path has, as the library takes them."""
    array = numpy.asarray(lengths)
    if array.dtype.kind not in "iu":
        raise ValueError(f"lengths: its values are {array.dtype}, not integers")
    if array.shape != (paths,):
        raise ValueError(f"lengths: its shape is {array.shape}, not {(paths,)}")
    if array.size and not 0 <= array.min() <= array.max() <= numpy.iinfo(COUNT).max:
        raise ValueError("lengths: a value is negative or too large")
    return numpy.ascontiguousarray(array, COUNT)


def taken_axis(axis: Any) -> int:
    """Returns the axis of a path's samples, 0 or 1."""
    try:
        return {0: 0, 1: 1, -1: 1, -2: 0}[operator.index(axis)]
    except (KeyError, TypeError):
        raise ValueError(f"axis: {axis!r} is not 0 (frames × paths) or 1 (paths × frames)") from None

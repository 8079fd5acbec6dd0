"""Arrays as the library takes them, in place: rows of elements, one for each path, side by side."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy
from numpy.typing import NDArray

FLOAT, BYTE, COUNT, MASK = (numpy.dtype(kind) for kind in ("f4", "u1", "u4", "u2"))


@dataclass(frozen=True)
class Grid:
    """An array of the caller, kept alive, and where its elements are.

    Row r of path i is at ``address + (r * stride + i * step) * itemsize``; the step is 0 if all paths
    share the row.
    """

    name: str
    array: NDArray[Any]
    rows: int
    paths: int
    stride: int
    step: int
    is_written: bool = False

    def at(self, path: int) -> int:
        """Returns the address of a path's first element."""
        address: int = self.array.__array_interface__["data"][0]
        return address + path * self.step * self.array.itemsize

    @property
    def extent(self) -> tuple[int, int]:
        """The addresses of the first byte, and of the first one after the last."""
        if self.rows == 0 or self.paths == 0:
            return 0, 0
        last = (self.rows - 1) * self.stride + (self.paths - 1) * self.step
        return self.at(0), self.at(0) + (last + 1) * self.array.itemsize


def require_array(name: str, array: Any, dtype: numpy.dtype[Any], is_written: bool) -> None:
    """Refuses what is no array of this type that can be read, or written, where it is."""
    if not isinstance(array, numpy.ndarray):
        raise ValueError(f"{name}: a {type(array).__name__} is no NumPy array")
    if isinstance(array, numpy.ma.MaskedArray):
        raise ValueError(f"{name}: it is a masked array; fill what is missing with NaN")
    if array.dtype != dtype:
        raise ValueError(f"{name}: its values are {array.dtype}, not {dtype}")
    if not array.flags.aligned or any(stride % array.itemsize for stride in array.strides):
        raise ValueError(f"{name}: its values are not aligned in memory")
    if is_written and not array.flags.writeable:
        raise ValueError(f"{name}: it is read-only")


def grid(name: str, array: Any, dtype: numpy.dtype[Any], shape: tuple[int, ...], *, is_written: bool = False) -> Grid:
    """Takes an array of rows × paths, or of paths.

    Raises
    ------
    ValueError
        If its type or shape is another, its paths do not lie side by side, or it cannot be written.
    """
    require_array(name, array, dtype, is_written)
    if array.shape != shape:
        raise ValueError(f"{name}: its shape is {array.shape}, not {shape}")
    rows, paths = shape if len(shape) == 2 else (1, *shape)
    strides = [stride // array.itemsize for stride in array.strides]
    # What lies nowhere has no layout.
    step = strides[-1] if paths > 1 and rows > 0 else 1
    stride = strides[0] if rows > 1 else paths
    is_shared = step == 0 and not is_written
    if step != 1 and not is_shared:
        raise ValueError(f"{name}: its paths are not side by side in memory; give frames × paths in C order")
    if stride < 0:
        raise ValueError(f"{name}: its rows run backwards in memory")
    if is_written and stride < paths:
        raise ValueError(f"{name}: its rows overlap")
    return Grid(name, array, rows, paths, stride, step, is_written)


def shared(name: str, array: Any, dtype: numpy.dtype[Any], rows: int) -> Grid:
    """Takes a value for each row, which all paths share.

    Raises
    ------
    ValueError
        If its type or length is another, or it runs backwards.
    """
    require_array(name, array, dtype, False)
    if array.shape != (rows,):
        raise ValueError(f"{name}: its shape is {array.shape}, not {(rows,)}")
    stride = array.strides[0] // array.itemsize if rows > 1 else 1
    if stride < 0:
        raise ValueError(f"{name}: it runs backwards in memory")
    return Grid(name, array, rows, 1, stride, 0)


def shared_or_own(name: str, array: Any, dtype: numpy.dtype[Any], rows: int, paths: int) -> Grid:
    """Takes an array of rows that all paths share, or of rows × paths."""
    if numpy.ndim(array) == 1:
        return shared(name, array, dtype, rows)
    return grid(name, array, dtype, (rows, paths))


def one_or_each(name: str, value: Any, dtype: numpy.dtype[Any], paths: int) -> Grid:
    """Takes a number for all paths, or an array with one for each."""
    if numpy.ndim(value) == 0:
        return Grid(name, numpy.array([value], dtype), 1, 1, 1, 0)
    return grid(name, value, dtype, (paths,))


def require_apart(grids: Iterable[Grid | None]) -> None:
    """Refuses memory that is written and overlaps other memory of the call.

    Raises
    ------
    ValueError
        That names both arrays.
    """
    present = [each for each in grids if each is not None]
    for written in (each for each in present if each.is_written):
        begin, end = written.extent
        for other in present:
            first, last = other.extent
            if other is not written and first < end and begin < last:
                raise ValueError(f"{written.name}: it overlaps {other.name} in memory")


def require_rate(rates: Grid) -> None:
    """Refuses learning rates that are not finite and above 0."""
    values = rates.array
    if not bool(numpy.all((values > 0) & (values < math.inf))):
        raise ValueError(f"{rates.name}: it is not finite and above 0")

"""Fits of Dask arrays: lazily, chunk by chunk, with the bits of one call on the whole."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import dask.array
import numpy
from numpy.typing import NDArray

from . import _header
from ._fit import fit as fit_block
from ._result import Fit
from ._samples import taken_axis
from ._shape import Shape

__all__ = ["LazyFit", "fit"]


def fit(
    x: Any, y: Any, depth: int = 2, *, shape: Shape | None = None, axis: int = 0, weights: Any = None,
    lengths: Any = None, frozen: Mapping[str, float] | None = None, standard_errors: bool = True,
    max_passes: int = 0,
) -> "LazyFit":
    """Fits every path of a Dask array, when it is computed.

    Each chunk of paths is one task, and its bits do not depend on the chunks. A path's samples are brought
    into one chunk.

    Parameters
    ----------
    x, weights : Dask or NumPy array, frames, or of the shape of y
    y : Dask array, frames × paths, or paths × frames with ``axis=1``
    lengths : Dask or NumPy array of integers, paths, optional
    frozen : mapping of names to numbers, optional
    depth, shape, axis, standard_errors, max_passes
        As of `singlepath.fit`.

    Returns
    -------
    LazyFit
    """
    axis = taken_axis(axis)
    shape = Shape(depth) if shape is None else shape
    if not isinstance(y, dask.array.Array) or y.ndim != 2:
        raise ValueError("y: it is no Dask array of two dimensions")
    arguments: list[Any] = []
    for name, values in (("y", y), ("x", x), ("weights", weights), ("lengths", lengths)):
        arguments += [None, None] if values is None else _indexed(name, values, y, axis)
    planes = shape.parameter_count
    rows = planes + _header.FITTED_ROWS + (planes if standard_errors else 0) + 1
    for name, value in ({} if frozen is None else frozen).items():
        if numpy.ndim(value):
            raise ValueError(f"frozen: {name} is no number")
    settings = {"shape": shape, "frozen": frozen, "standard_errors": standard_errors, "max_passes": max_passes}
    work = partial(_fit_chunk, settings)
    table = dask.array.blockwise(
        work, "rp", *arguments, new_axes={"r": rows}, concatenate=True, dtype=numpy.float32,
        meta=numpy.empty((0, 0), numpy.float32),
    )
    return LazyFit(shape, axis, table)


def _indexed(name: str, values: Any, y: Any, axis: int) -> list[Any]:
    """Returns an array with its samples in one chunk and its paths in those of y, and its indices."""
    is_lazy = isinstance(values, dask.array.Array)
    array = values if is_lazy else dask.array.from_array(numpy.asarray(values), chunks=-1)
    frames, paths = y.shape[axis], y.shape[1 - axis]
    if name == "lengths":
        if array.shape != (paths,):
            raise ValueError(f"{name}: its shape is {array.shape}, not {(paths,)}")
        return [array.rechunk((y.chunks[1 - axis],)), "p"]
    if array.shape not in ((frames,), y.shape):
        raise ValueError(f"{name}: its shape is {array.shape}, not {(frames,)} or {y.shape}")
    if array.ndim == 1:
        return [array.rechunk(-1), "f"]
    return [dask.array.moveaxis(array, axis, 0).rechunk((-1, y.chunks[1 - axis])), "fp"]


def _fit_chunk(
    settings: dict[str, Any], y: NDArray[Any], x: NDArray[Any], weights: NDArray[Any] | None,
    lengths: NDArray[Any] | None,
) -> NDArray[numpy.float32]:
    """Fits a chunk; returns parameters, rows and verdicts below one another."""
    found = fit_block(x, y, weights=weights, lengths=lengths, **settings)
    return numpy.vstack([found.parameters, found._rows, found.verdicts[None].astype(numpy.float32)])


class LazyFit:
    """A fit that is not computed yet.

    Attributes
    ----------
    shape : Shape
    axis : int
    table : Dask array of float32, rows × paths
        The parameters, the rows of the library and the verdicts.
    """

    def __init__(self, shape: Shape, axis: int, table: Any):
        self.shape, self.axis, self.table = shape, axis, table

    @property
    def parameters(self) -> Any:
        """Dask array of float32, parameters × paths."""
        return self.table[: self.shape.parameter_count]

    @property
    def costs(self) -> Any:
        """Dask array of float32, paths."""
        return self.table[self.shape.parameter_count + _header.Fitted.COST]

    @property
    def standard_errors(self) -> Any:
        """Dask array of float32, parameters × paths; without rows if they were not wanted."""
        return self.table[self.shape.parameter_count + _header.FITTED_ROWS: -1]

    @property
    def verdicts(self) -> Any:
        """Dask array of uint8, paths."""
        return self.table[-1].astype(numpy.uint8)

    def compute(self, **options: Any) -> Fit:
        """Computes it all; the options are those of Dask's `compute`."""
        table = self.table.compute(**options)
        planes = self.shape.parameter_count
        return Fit(self.shape, self.axis, table[:planes], table[-1].astype(numpy.uint8), table[planes:-1])

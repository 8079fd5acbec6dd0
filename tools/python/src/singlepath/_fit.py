"""Least squares for every path of an array at once."""

import ctypes
from collections.abc import Iterator, Mapping
from typing import Any

import numpy
from numpy.typing import ArrayLike, NDArray

from . import _header
from ._arrays import BYTE, FLOAT, Grid, grid
from ._library import call
from ._options import Options
from ._result import Fit
from ._samples import IN_PLACE, Samples, block_length, convert, taken_axis, taken_lengths
from ._scalars import taken_flag, taken_integer
from ._shape import Shape
from ._threads import over_ranges


def fit(
    x: ArrayLike, y: ArrayLike, depth: int = 2, *, shape: Shape | None = None, axis: int = 0,
    weights: ArrayLike | None = None, lengths: ArrayLike | None = None, start: ArrayLike | None = None,
    frozen: Mapping[str, ArrayLike] | None = None, standard_errors: bool = True, max_passes: int = 0,
    threads: int = 1,
) -> Fit:
    """Fits every path to its own samples by least squares.

    No starting values are needed. ``float32`` samples whose paths lie side by side in memory (frames ×
    paths in C order, or paths × frames in Fortran order) are used in place; other layouts and types are
    converted in small blocks. A path's bits are the same in every layout, and with any number of threads.

    Parameters
    ----------
    x : array_like, frames, or of the shape of y
        Shared by all paths, or each path's own.
    y : array_like, frames × paths, or paths × frames with ``axis=1``
        NaN is a missing sample. One dimension is one path.
    depth : int
        How many weights a path has; with 2 it is the four-parameter logistic curve.
    shape : Shape, optional
        Instead of a depth: other activations and costs.
    axis : int
        The axis of y (and of x and weights, if they have two) along which a path's samples lie.
    weights : array_like, frames, or of the shape of y, optional
        Multiply the cost of each sample; one that is not above 0 is missing.
    lengths : array_like of integers, paths, optional
        How many samples each path has, the first ones; the others are missing.
    start : array_like, parameters × paths, or parameters, optional
        Where the fits begin; else starts are drawn from the samples.
    frozen : mapping of names to numbers, or to array_like with one for each path, optional
        Parameters that are held to a value: ``{"b2": 0}``.
    standard_errors : bool
        Whether those of the parameters are wanted.
    max_passes : int
        Passes over the samples after which a start is given up; 0 for the default, 100.
    threads : int
        How many threads work.

    Returns
    -------
    Fit
        One path is never an error: look at `Fit.verdicts`, or `Fit.ok`.

    Raises
    ------
    ValueError
        If an argument does not fit; the message begins with its name.
    """
    axis = taken_axis(axis)
    shape = Shape(depth) if shape is None else shape
    whole = _Call(shape, axis, x, y, weights, lengths, start, frozen, standard_errors, max_passes)
    over_ranges(whole.paths, threads, whole.fit)
    return Fit(shape, axis, whole.parameters, whole.verdicts, whole.rows)


class _Call:
    """One call of `fit`: what it reads, and the arrays that it writes."""

    def __init__(
        self, shape: Shape, axis: int, x: Any, y: Any, weights: Any, lengths: Any, start: Any,
        frozen: Any, standard_errors: bool, max_passes: Any,
    ):
        self.shape, self.axis = shape, axis
        self.targets = Samples("y", y, axis, is_own=True)
        self.frames, self.paths = self.targets.frames, self.targets.paths
        self.inputs = self._beside_targets("x", x)
        self.weights = None if weights is None else self._beside_targets("weights", weights)
        held = self._held({} if frozen is None else frozen)
        counts = None if lengths is None else taken_lengths(lengths, self.paths)
        self.options = Options(
            shape, self.frames, self.paths, lengths=counts, frozen=shape.mask(*held) if held else None
        )
        planes = shape.parameter_count
        passes = taken_integer("max_passes", max_passes, 0, (1 << 32) - 1)
        standard_errors = taken_flag("standard_errors", standard_errors)
        self.settings = _header.sp_fitting(
            start=_header.Start.DRAWN if start is None else _header.Start.GIVEN,
            standard_errors=int(standard_errors), max_passes=passes,
        )
        # Without paths, the library checks shape and settings before anything is made.
        call(
            "sp_fit", shape._as_c, 0, self.frames, None, 0, None, 0, 0, None, 0, None, None, 0,
            ctypes.byref(self.settings), ctypes.byref(self.options.at(0)),
        )
        # What a fit leaves as it is, since there are too few samples, is NaN.
        self.parameters = numpy.full((planes, self.paths), numpy.nan, FLOAT)
        if start is not None:
            self.parameters[:] = self._start(start, planes)
        for name, values in held.items():
            self.parameters[shape.parameter_names.index(name)] = values
        self.verdicts = numpy.empty(self.paths, BYTE)
        count = _header.FITTED_ROWS + (planes if standard_errors else 0)
        self.rows = numpy.empty((count, self.paths), FLOAT)

    def _beside_targets(self, name: str, values: Any) -> Samples:
        samples = Samples(name, values, self.axis)
        paths = 1 if samples.is_shared else self.paths
        if (samples.frames, samples.paths) != (self.frames, paths):
            own = (self.frames, self.paths)[:: -1 if self.axis else 1]
            raise ValueError(f"{name}: its shape is {numpy.shape(values)}, not {(self.frames,)} or {own}")
        return samples

    def _start(self, start: Any, planes: int) -> NDArray[numpy.float32]:
        values = convert(numpy.asarray(start))
        if values.shape not in ((planes,), (planes, self.paths)):
            raise ValueError(f"start: its shape is {values.shape}, not {(planes,)} or {(planes, self.paths)}")
        return values[:, None] if values.ndim == 1 else values

    def _held(self, frozen: Any) -> dict[str, NDArray[numpy.float32]]:
        if not isinstance(frozen, Mapping):
            raise ValueError(f"frozen: a {type(frozen).__name__} is no mapping of names to values")
        names = self.shape.parameter_names
        held = {}
        for name, value in frozen.items():
            if name not in names:
                raise ValueError(f"frozen: {name!r} is none of {', '.join(names)}")
            values = convert(numpy.asarray(value))
            if values.shape not in ((), (1,), (self.paths,)):
                raise ValueError(f"frozen: the shape of {name} is {values.shape}, not () or {(self.paths,)}")
            held[name] = values
        return held

    def fit(self, begin: int, end: int) -> None:
        """Fits a range of the paths in blocks, converted where that must be. An interrupt waits for one block."""
        sources = [self.inputs, self.targets] + ([self.weights] if self.weights else [])
        is_in_place = all(source.is_in_place for source in sources)
        length = IN_PLACE if is_in_place else block_length(self.frames)
        for first, last in _blocks(begin, end, length):
            self._fit_block(first, last)

    def _fit_block(self, begin: int, end: int) -> None:
        inputs, targets = self.inputs.block(begin, end), self.targets.block(begin, end)
        weights = self.weights.block(begin, end) if self.weights else None
        options = self.options.at(begin)
        if weights:
            options.weights = weights.at(0)
            options.weight_stride, options.weight_step = weights.stride, weights.step
        planes, rows = _written("parameters", self.parameters), _written("rows", self.rows)
        call(
            "sp_fit", self.shape._as_c, end - begin, self.frames, planes.at(begin), planes.stride,
            inputs.at(0), inputs.stride, inputs.step, targets.at(0), targets.stride,
            _written("verdicts", self.verdicts).at(begin), rows.at(begin), rows.stride,
            ctypes.byref(self.settings), ctypes.byref(options),
        )


def _written(name: str, array: NDArray[Any]) -> Grid:
    return grid(name, array, array.dtype, array.shape, is_written=True)


def _blocks(begin: int, end: int, length: int) -> Iterator[tuple[int, int]]:
    for first in range(begin, end, max(length, 1)):
        yield first, min(first + length, end)

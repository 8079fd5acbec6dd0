"""Kinds of samples and of updates, as the library takes them."""

import ctypes
from typing import Any

import numpy

from . import _header
from ._arrays import COUNT, FLOAT, MASK, Grid, grid, one_or_each, shared_or_own
from ._scalars import taken_float, taken_integer
from ._shape import Shape

#: Of C's size_t.
_SIZE_MAX = (1 << 8 * ctypes.sizeof(ctypes.c_size_t)) - 1


class Options:
    """The options of a call.

    Raises
    ------
    ValueError
        If one is none that the library knows; the message names it.
    """

    def __init__(
        self, shape: Shape, frames: int, paths: int, *, weights: Any = None, lengths: Any = None,
        batch: Any = 0, gradient_limit: float = 0, frozen: Any = None, lower: Any = None, upper: Any = None,
    ):
        planes = shape.parameter_count

        def taken(name: str, value: Any, rows: int) -> Grid | None:
            return None if value is None else shared_or_own(name, value, FLOAT, rows, paths)

        self.weights = taken("weights", weights, frames)
        self.lengths = None if lengths is None else grid("lengths", lengths, COUNT, (paths,))
        self.frozen = None if frozen is None else self._masks(frozen, paths, planes)
        self.lower, self.upper = taken("lower", lower, planes), taken("upper", upper, planes)
        if self.lower and self.upper and self._layout(self.lower) != self._layout(self.upper):
            raise ValueError("upper: it does not lie in memory as lower does")
        self.batch = taken_integer("batch", batch, 0, _SIZE_MAX)
        self.gradient_limit = taken_float("gradient_limit", gradient_limit)
        if self.gradient_limit < 0:
            raise ValueError(f"gradient_limit: {gradient_limit} is negative")

    @staticmethod
    def _layout(bounds: Grid) -> tuple[int, int]:
        return bounds.stride, bounds.step

    @staticmethod
    def _masks(frozen: Any, paths: int, planes: int) -> Grid:
        if numpy.ndim(frozen) == 0:
            frozen = taken_integer("frozen", frozen, 0, (1 << planes) - 1)
        return one_or_each("frozen", frozen, MASK, paths)

    @property
    def grids(self) -> list[Grid | None]:
        return [self.weights, self.lengths, self.frozen, self.lower, self.upper]

    def at(self, path: int) -> _header.sp_options:
        """Returns the struct for paths from this one on; it does not keep the arrays alive."""

        def address(each: Grid | None) -> int | None:
            return None if each is None else each.at(path)

        bounds = self.lower or self.upper
        return _header.sp_options(
            weights=address(self.weights), weight_stride=self.weights.stride if self.weights else 0,
            weight_step=self.weights.step if self.weights else 0, lengths=address(self.lengths),
            batch=self.batch, gradient_limit=self.gradient_limit,
            frozen=address(self.frozen), frozen_step=self.frozen.step if self.frozen else 0,
            lower=address(self.lower), upper=address(self.upper),
            bound_stride=bounds.stride if bounds else 0, bound_step=bounds.step if bounds else 0,
        )

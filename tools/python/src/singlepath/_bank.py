"""Many paths of one shape, trained on the caller's own arrays."""

import ctypes
from typing import Any, NamedTuple

import numpy
from numpy.typing import NDArray

from . import _header
from ._arrays import BYTE, FLOAT, Grid, grid, one_or_each, require_apart, require_rate, shared_or_own
from ._library import call
from ._options import Options
from ._scalars import taken_flag, taken_float, taken_integer
from ._shape import Shape
from ._threads import over_ranges

Floats = NDArray[numpy.float32]


class Examination(NamedTuple):
    """What `Bank.examine` finds, a value for each path."""

    #: The weighted sum of the cost over the samples.
    costs: Floats
    #: How many samples are not missing.
    samples: Floats
    #: How well the gradient passes at the best sample: the least slope of the hidden units there.
    slopes: Floats
    #: 0, or NaN if a value of a sample that is not missing is not finite.
    inputs: Floats
    #: The mean size of the gradient, parameters × paths, if it was wanted.
    gradients: Floats | None


class Bank:
    """Many paths of one shape.

    Every array is used where it is: ``float32``, aligned, frames × paths (or parameters × paths) with
    the paths side by side, as in C order; rows may be further apart. An array of another type, shape or
    layout, one that is to be written and is read-only, and memory that is written and overlaps other
    memory of the call raise `ValueError`, whose message begins with the argument's name, before anything
    is touched. With more `threads` the bits stay the same.

    Parameters
    ----------
    shape : Shape or int
        The shape of every path, or its depth.
    count : int, optional
        How many paths; all their parameters begin at 0.
    parameters : ndarray of float32, parameters × paths, optional
        The caller's own parameters, instead of a count; `train` and `initialise` write there.
    """

    def __init__(self, shape: Shape | int, count: int | None = None, *, parameters: Floats | None = None):
        self.shape = shape if isinstance(shape, Shape) else Shape(shape)
        planes = self.shape.parameter_count
        if (count is None) == (parameters is None):
            raise ValueError("count: give either it or parameters")
        if parameters is None:
            count = taken_integer("count", count, 0, (1 << 63) - 1)
            parameters = numpy.zeros((planes, count), FLOAT)
        paths = parameters.shape[1] if numpy.ndim(parameters) == 2 else 0
        grid("parameters", parameters, FLOAT, (planes, paths))
        #: Parameters × paths; `Shape.parameter_names` tells their order.
        self.parameters: Floats = parameters

    @property
    def count(self) -> int:
        """How many paths there are."""
        return int(self.parameters.shape[1])

    def _planes(self, is_written: bool) -> Grid:
        shape = self.shape.parameter_count, self.count
        return grid("parameters", self.parameters, FLOAT, shape, is_written=is_written)

    def initialise(self, seed: int, lower: float = -1, upper: float = 1) -> None:
        """Draws every parameter uniformly from lower to upper.

        A path's numbers depend on the seed and its index alone.
        """
        planes = self._planes(True)
        seed = taken_integer("seed", seed, 0, (1 << 64) - 1)
        lower, upper = taken_float("lower", lower), taken_float("upper", upper)
        if lower > upper:
            raise ValueError(f"lower: {lower} and upper, {upper}, are not in order")
        call("sp_initialise", self.shape._as_c, self.count, planes.at(0), planes.stride, seed, lower, upper)

    def train(
        self, x: Floats, y: Floats, rate: float | Floats, *, weights: Floats | None = None,
        lengths: NDArray[numpy.uint32] | None = None, batch: int = 0, gradient_limit: float = 0,
        frozen: int | NDArray[numpy.uint16] | None = None, lower: Floats | None = None,
        upper: Floats | None = None, verdicts: NDArray[numpy.uint8] | None = None, threads: int = 1,
    ) -> int:
        """Trains every path on each frame, in order, by gradient descent.

        Parameters
        ----------
        x : ndarray, frames × paths, or frames if all paths share them
        y : ndarray, frames × paths
            NaN is a missing sample: the path keeps its bits in that frame, whatever x is.
        rate : float, or ndarray with one for each path
            Finite and above 0.
        weights : ndarray, frames × paths or frames, optional
            Multiply the cost of each sample; one that is not above 0 is missing.
        lengths : ndarray of uint32, paths, optional
            How many samples each path has, those of the first frames.
        batch : int
            Frames whose gradients are summed for one update; 0 and 1 are an update for each sample.
        gradient_limit : float
            Where each component of a batch's gradient is held; 0 for no limit.
        frozen : int, or ndarray of uint16 with one for each path, optional
            `Shape.mask` of the parameters that keep their bits.
        lower, upper : ndarray, parameters × paths or parameters, optional
            What an update holds a parameter to; NaN is no bound. Both lie alike in memory.
        verdicts : ndarray of uint8, paths, optional
            Written: the `Verdict` of each path.

        Returns
        -------
        int
            How many paths diverged; they keep the parameters from before the call.
        """
        planes, (inputs, targets) = self._planes(True), self._samples(x, y)
        rates = one_or_each("rate", rate, FLOAT, self.count)
        require_rate(rates)
        options = Options(
            self.shape, targets.rows, self.count, weights=weights, lengths=lengths, batch=batch,
            gradient_limit=gradient_limit, frozen=frozen, lower=lower, upper=upper,
        )
        written = None if verdicts is None else grid("verdicts", verdicts, BYTE, (self.count,), is_written=True)
        require_apart([planes, inputs, targets, rates, written, *options.grids])

        def work(begin: int, end: int) -> int:
            diverged = ctypes.c_ssize_t()
            call(
                "sp_train", self.shape._as_c, end - begin, targets.rows, planes.at(begin), planes.stride,
                inputs.at(begin), inputs.stride, inputs.step, targets.at(begin), targets.stride,
                rates.at(begin), rates.step, written.at(begin) if written else None,
                ctypes.byref(diverged), ctypes.byref(options.at(begin)),
            )
            return diverged.value

        return sum(over_ranges(self.count, threads, work))

    def predict(self, x: Floats, out: Floats | None = None, *, threads: int = 1) -> Floats:
        """Predicts y of every path for each frame.

        Parameters
        ----------
        x : ndarray, frames × paths, or frames if all paths share them
        out : ndarray, frames × paths, optional
            Where to write; else it is made.

        Returns
        -------
        ndarray, frames × paths
        """
        frames = len(x) if numpy.ndim(x) else 0
        inputs = shared_or_own("x", x, FLOAT, frames, self.count)
        if out is None:
            out = numpy.empty((frames, self.count), FLOAT)
        planes, outputs = self._planes(False), grid("out", out, FLOAT, (frames, self.count), is_written=True)
        require_apart([planes, inputs, outputs])

        def work(begin: int, end: int) -> None:
            call(
                "sp_predict", self.shape._as_c, end - begin, frames, planes.at(begin), planes.stride,
                inputs.at(begin), inputs.stride, inputs.step, outputs.at(begin), outputs.stride,
            )

        over_ranges(self.count, threads, work)
        return out

    def costs(
        self, x: Floats, y: Floats, out: Floats | None = None, *, weights: Floats | None = None,
        lengths: NDArray[numpy.uint32] | None = None, threads: int = 1,
    ) -> Floats:
        """Sums the cost, weighted, over the frames, for every path.

        The arguments are those of `train`; `out`, if given, is written.

        Returns
        -------
        ndarray, paths
        """
        planes, (inputs, targets) = self._planes(False), self._samples(x, y)
        if out is None:
            out = numpy.empty(self.count, FLOAT)
        sums = grid("out", out, FLOAT, (self.count,), is_written=True)
        options = Options(self.shape, targets.rows, self.count, weights=weights, lengths=lengths)
        require_apart([planes, inputs, targets, sums, *options.grids])

        def work(begin: int, end: int) -> None:
            call(
                "sp_cost", self.shape._as_c, end - begin, targets.rows, planes.at(begin), planes.stride,
                inputs.at(begin), inputs.stride, inputs.step, targets.at(begin), targets.stride,
                sums.at(begin), ctypes.byref(options.at(begin)),
            )

        over_ranges(self.count, threads, work)
        return out

    def examine(
        self, x: Floats, y: Floats, *, gradients: bool = False, weights: Floats | None = None,
        lengths: NDArray[numpy.uint32] | None = None, threads: int = 1,
    ) -> Examination:
        """Examines every path with the samples, without training it.

        The arguments are those of `train`; with `gradients` their mean sizes are found too.
        """
        planes, (inputs, targets) = self._planes(False), self._samples(x, y)
        options = Options(self.shape, targets.rows, self.count, weights=weights, lengths=lengths)
        gradients = taken_flag("gradients", gradients)
        count = _header.EXAMINED_ROWS + (self.shape.parameter_count if gradients else 0)
        found = numpy.empty((count, self.count), FLOAT)
        rows = grid("rows", found, FLOAT, found.shape, is_written=True)

        def work(begin: int, end: int) -> None:
            call(
                "sp_examine", self.shape._as_c, end - begin, targets.rows, planes.at(begin), planes.stride,
                inputs.at(begin), inputs.stride, inputs.step, targets.at(begin), targets.stride,
                rows.at(begin), rows.stride, int(gradients), ctypes.byref(options.at(begin)),
            )

        over_ranges(self.count, threads, work)
        row = _header.Examined
        return Examination(
            found[row.COST], found[row.SAMPLES], found[row.SLOPE], found[row.INPUT],
            found[_header.EXAMINED_ROWS:] if gradients else None,
        )

    def _samples(self, x: Any, y: Any) -> tuple[Grid, Grid]:
        frames = len(y) if numpy.ndim(y) else 0
        targets = grid("y", y, FLOAT, (frames, self.count))
        if targets.step == 0 and targets.paths > 1:
            raise ValueError("y: its paths are not side by side in memory; give frames × paths in C order")
        return shared_or_own("x", x, FLOAT, frames, self.count), targets

"""What became of a fit."""

import zipfile
import zlib
from functools import cached_property
from typing import Any, BinaryIO

import numpy
from numpy.typing import ArrayLike, NDArray

from . import _header
from ._arrays import BYTE, FLOAT, grid
from ._bank import Bank, Floats
from ._curve import Curves, Doubles
from ._header import Fitted, Verdict
from ._samples import Samples
from ._scalars import taken_integer
from ._shape import Shape

#: Of the files that `to_npz` writes.
FORMAT = 1


class Fit:
    """The fitted curves of many paths, as arrays with one value for each path.

    Attributes
    ----------
    shape : Shape
        What every path looks like.
    axis : int
        The axis of a path's samples in what `predict` and `inverse` take and return.
    parameters : ndarray of float32, parameters × paths
        In the order of `Shape.parameter_names`; NaN where a path has too few samples.
    verdicts : ndarray of uint8, paths
        What became of each path; compare it with the members of `Verdict`.
    """

    def __init__(
        self, shape: Shape, axis: int, parameters: Floats, verdicts: NDArray[numpy.uint8], rows: Floats
    ):
        self.shape, self.axis = shape, axis
        self.parameters, self.verdicts, self._rows = parameters, verdicts, rows

    def __len__(self) -> int:
        return len(self.verdicts)

    def __repr__(self) -> str:
        counts = ", ".join(f"{count} {verdict.name}" for verdict, count in self.counts().items())
        return f"<Fit of {len(self)} paths of depth {self.shape.depth}: {counts}>"

    def counts(self) -> dict[Verdict, int]:
        """How many paths have each verdict that there is."""
        counts = numpy.bincount(self.verdicts, minlength=_header.VERDICT_COUNT)
        return {verdict: int(counts[verdict]) for verdict in Verdict if counts[verdict]}

    @property
    def ok(self) -> NDArray[numpy.bool_]:
        """Which paths converged to a curve that their samples determine."""
        return self.verdicts == Verdict.CONVERGED

    @property
    def costs(self) -> Floats:
        """The weighted sum of the cost over the samples; of squared errors it is half their sum."""
        return self._rows[Fitted.COST]

    @property
    def totals(self) -> Floats:
        """The weighted sum of squares of y about its weighted mean."""
        return self._rows[Fitted.TOTAL]

    @property
    def samples(self) -> Floats:
        """How many samples are not missing."""
        return self._rows[Fitted.SAMPLES]

    @property
    def passes(self) -> Floats:
        """How many passes over the samples the fit took."""
        return self._rows[Fitted.PASSES]

    @property
    def standard_errors(self) -> Floats | None:
        """Of the parameters, in their order; NaN where the samples do not determine them.

        None if they were not wanted.
        """
        errors = self._rows[_header.FITTED_ROWS:]
        return errors if len(errors) else None

    @property
    def curves(self) -> Curves:
        """The curves in double precision."""
        return Curves(self.shape, self.parameters)

    @cached_property
    def _asymptotes(self) -> tuple[Doubles, Doubles]:
        with numpy.errstate(all="ignore"):
            return self.curves.asymptotes()

    @property
    def lower(self) -> Doubles:
        """The curve's lower end; minus infinity where it has none."""
        return self._asymptotes[0]

    @property
    def upper(self) -> Doubles:
        """The curve's upper end; infinity where it has none."""
        return self._asymptotes[1]

    @cached_property
    def midpoint(self) -> Doubles:
        """The x at which the curve is half way between its ends; NaN where it has none."""
        with numpy.errstate(all="ignore"):
            return self.curves.inverse((self.lower + self.upper) / 2)

    @cached_property
    def slope(self) -> Doubles:
        """Four times the derivative at the midpoint over the curve's height, negative if it falls.

        For the four-parameter logistic curve this is the k of ``1 / (1 + exp(-k (x - midpoint)))``; over
        logarithms of doses, the Hill slope.
        """
        with numpy.errstate(all="ignore"):
            return 4 * self.curves.slope(self.midpoint) / (self.upper - self.lower)

    def predict(self, x: ArrayLike, *, threads: int = 1) -> Floats:
        """Returns the curves at x, with the bits of `Bank.predict`.

        Parameters
        ----------
        x : array_like, a number, a row for all paths, or frames × paths (paths × frames with axis 1)

        Returns
        -------
        ndarray of float32
            Paths for a number; else frames × paths, or paths × frames with axis 1.
        """
        inputs = Samples("x", numpy.atleast_1d(numpy.asarray(x)), self.axis)
        if not inputs.is_shared and inputs.paths != len(self):
            raise ValueError(f"x: it has {inputs.paths} paths, not {len(self)}")
        taken = inputs.block(0, inputs.paths).array
        bank = Bank(self.shape, parameters=self.parameters)
        out = bank.predict(taken[:, 0] if inputs.is_shared else taken, threads=threads)
        return out[0] if numpy.ndim(x) == 0 else numpy.moveaxis(out, 0, self.axis)

    def inverse(self, y: ArrayLike) -> Doubles:
        """Returns the x at which each curve is y, in double precision.

        Parameters
        ----------
        y : array_like, a number, a row for all paths, or frames × paths (paths × frames with axis 1)

        Returns
        -------
        ndarray of float64
            As of `predict`; NaN where the curve never is y, infinite at its ends.
        """
        values = numpy.asarray(y, numpy.float64)
        if values.ndim > 2:
            raise ValueError(f"y: it has {values.ndim} dimensions, not 0 to 2")
        rows = values[..., None] if values.ndim == 1 else values
        if values.ndim == 2:
            rows = numpy.moveaxis(values, self.axis, 0)
            if rows.shape[1] != len(self):
                raise ValueError(f"y: it has {rows.shape[1]} paths, not {len(self)}")
        with numpy.errstate(all="ignore"):
            found = self.curves.inverse(rows)
        return found if values.ndim == 0 else numpy.moveaxis(found, 0, self.axis)

    def to_npz(self, file: Any) -> None:
        """Writes everything to a file of NumPy's, to the bit.

        Parameters
        ----------
        file : path or binary file
        """
        shape = self.shape
        numpy.savez(
            file, format=FORMAT, axis=self.axis, depth=shape.depth, biases=shape.biases,
            choices=[shape.hidden, shape.output, shape.cost, shape.sigmoid], threshold=shape.threshold,
            parameters=self.parameters, verdicts=self.verdicts, rows=self._rows,
        )

    @classmethod
    def from_npz(cls, file: "str | BinaryIO | Any") -> "Fit":
        """Reads what `to_npz` has written.

        Raises
        ------
        ValueError
            If it is another kind of file, of a later format, or its arrays do not belong together.
        """
        try:
            with numpy.load(file, allow_pickle=False) as data:
                found = dict(data)
            if int(found["format"]) != FORMAT:
                raise ValueError(f"it is of format {int(found['format'])}")
            hidden, output, cost, sigmoid = (int(choice) for choice in found["choices"])
            shape = Shape(
                int(found["depth"]), bool(found["biases"]), _header.Hidden(hidden), _header.Output(output),
                _header.Cost(cost), _header.Sigmoid(sigmoid), float(found["threshold"]),
            )
            axis = taken_integer("axis", int(found["axis"]), 0, 1)
            planes, verdicts, rows = (found[name] for name in ("parameters", "verdicts", "rows"))
            count, fitted = shape.parameter_count, _header.FITTED_ROWS
            grid("parameters", planes, FLOAT, (count, len(verdicts)))
            grid("verdicts", verdicts, BYTE, (len(verdicts),))
            grid("rows", rows, FLOAT, (fitted + (count if len(rows) > fitted else 0), len(verdicts)))
            if verdicts.size and verdicts.max() >= _header.VERDICT_COUNT:
                raise ValueError(f"verdicts: {verdicts.max()} is none")
        except (AttributeError, KeyError, TypeError, ValueError, EOFError, zipfile.BadZipFile, zlib.error) as reason:
            raise ValueError(f"file: it is no fit of format {FORMAT}: {reason}") from None
        return cls(shape, axis, planes, verdicts, rows)

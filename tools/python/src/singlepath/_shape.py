"""What every path of a call looks like."""

from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import TypeVar

from . import _header
from ._header import Cost, Hidden, Output, Sigmoid
from ._library import library
from ._scalars import taken_flag, taken_float, taken_integer

_Choice = TypeVar("_Choice", bound=IntEnum)


def _choice(name: str, kind: type[_Choice], value: "_Choice | str | int") -> _Choice:
    try:
        return kind[value.upper().replace("-", "_")] if isinstance(value, str) else kind(value)
    except (KeyError, ValueError):
        known = ", ".join(member.name.lower() for member in kind)
        raise ValueError(f"{name}: {value!r} is none of {known}") from None


@dataclass(frozen=True)
class Shape:
    """What every path of a call looks like.

    Parameters
    ----------
    depth : int
        L, the number of weights, 1 to 8.
    biases : bool
        Whether each weight has a bias beside it.
    hidden, output, cost, sigmoid : enumeration or str
        The activation of the hidden units and of the output, the cost, and how sigmoids are computed:
        ``Hidden.RELU`` or ``"relu"``.
    threshold : float
        Of the Huber cost, finite and above 0; else it means nothing.
    """

    depth: int = 2
    biases: bool = True
    hidden: Hidden = Hidden.SIGMOID
    output: Output = Output.IDENTITY
    cost: Cost = Cost.SQUARED_ERROR
    sigmoid: Sigmoid = Sigmoid.POLYNOMIAL
    threshold: float = 0.0

    def __post_init__(self) -> None:
        object.__setattr__(self, "depth", taken_integer("depth", self.depth, 1, _header.DEPTHS))
        object.__setattr__(self, "biases", taken_flag("biases", self.biases))
        for name, kind in (("hidden", Hidden), ("output", Output), ("cost", Cost), ("sigmoid", Sigmoid)):
            object.__setattr__(self, name, _choice(name, kind, getattr(self, name)))
        if self.cost == Cost.HUBER and not taken_float("threshold", self.threshold) > 0:
            raise ValueError(f"threshold: {self.threshold} is not above 0")

    @cached_property
    def _as_c(self) -> _header.sp_shape:
        return _header.sp_shape(
            depth=self.depth, has_biases=int(self.biases), sigmoid=self.sigmoid, hidden=self.hidden,
            output=self.output, cost=self.cost, threshold=self.threshold,
        )

    @cached_property
    def parameter_count(self) -> int:
        """Parameters of one path: L, or 2 L with biases."""
        count: int = library.sp_parameter_count(self._as_c)
        return count

    @property
    def parameter_names(self) -> tuple[str, ...]:
        """The parameters in the order of their planes: ``w1`` to ``wL``, then ``b1`` to ``bL``."""
        letters = "wb" if self.biases else "w"
        return tuple(f"{letter}{layer + 1}" for letter in letters for layer in range(self.depth))

    def mask(self, *names: str) -> int:
        """Returns the mask that freezes the parameters of these names.

        Examples
        --------
        >>> Shape(2).mask("w2", "b2")
        10
        """
        for name in names:
            if name not in self.parameter_names:
                raise ValueError(f"names: {name!r} is none of {', '.join(self.parameter_names)}")
        return sum(1 << self.parameter_names.index(name) for name in set(names))

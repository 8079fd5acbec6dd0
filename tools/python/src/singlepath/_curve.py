"""Facts of curves in double precision: where they end, where they are half way, their inverse.

A path is monotone in x: its units are, and there is one a layer. So it has an inverse, layer by layer.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy
from numpy.typing import NDArray

from ._header import Hidden, Output
from ._shape import Shape

Doubles = NDArray[numpy.float64]


class Activation(NamedTuple):
    """A function of z, its inverse, NaN where there is none, and its slope."""

    value: Callable[[Doubles], Doubles]
    inverse: Callable[[Doubles], Doubles]
    slope: Callable[[Doubles], Doubles]


def _sigmoid(z: Doubles) -> Doubles:
    return 1 / (1 + numpy.exp(-z))


def _logit(a: Doubles) -> Doubles:
    return numpy.log(a) - numpy.log1p(-a)


_SIGMOID = Activation(_sigmoid, _logit, lambda z: _sigmoid(z) * _sigmoid(-z))
_TANH = Activation(numpy.tanh, numpy.arctanh, lambda z: 1 / numpy.cosh(z) ** 2)
_SOFTPLUS = Activation(
    lambda z: numpy.logaddexp(0, z), lambda a: a + numpy.log(-numpy.expm1(-a)), _sigmoid
)
_IDENTITY = Activation(lambda z: z, lambda a: a, numpy.ones_like)
_RELU = Activation(
    lambda z: numpy.maximum(z, 0), lambda a: numpy.where(a > 0, a, numpy.nan),
    lambda z: numpy.where(z > 0, 1.0, 0.0),
)
_LEAKY_RELU = Activation(
    lambda z: numpy.where(z > 0, z, 0.01 * z), lambda a: numpy.where(a > 0, a, 100 * a),
    lambda z: numpy.where(z > 0, 1.0, 0.01),
)
HIDDEN = {
    Hidden.SIGMOID: _SIGMOID, Hidden.TANH: _TANH, Hidden.RELU: _RELU, Hidden.LEAKY_RELU: _LEAKY_RELU,
    Hidden.SOFTPLUS: _SOFTPLUS, Hidden.IDENTITY: _IDENTITY,
}
OUTPUT = {
    Output.IDENTITY: _IDENTITY, Output.SIGMOID: _SIGMOID, Output.TANH: _TANH, Output.SOFTPLUS: _SOFTPLUS,
}


class Curves:
    """The curves of a shape with these parameters, parameters × paths."""

    def __init__(self, shape: Shape, parameters: NDArray[Any]):
        planes = numpy.asarray(parameters, numpy.float64)
        self.weights = planes[: shape.depth]
        self.biases = planes[shape.depth:] if shape.biases else numpy.zeros_like(planes)
        self.activations = [HIDDEN[shape.hidden]] * (shape.depth - 1) + [OUTPUT[shape.output]]

    def value(self, x: Doubles) -> Doubles:
        """The curve at x, which may be infinite."""
        for weight, bias, activation in zip(self.weights, self.biases, self.activations):
            x = activation.value(_line(weight, bias, x))
        return x

    def slope(self, x: Doubles) -> Doubles:
        """The derivative at x."""
        slope = numpy.ones_like(x)
        for weight, bias, activation in zip(self.weights, self.biases, self.activations):
            z = _line(weight, bias, x)
            slope, x = slope * weight * activation.slope(z), activation.value(z)
        return slope

    def inverse(self, y: Doubles) -> Doubles:
        """The x at which the curve is y; NaN where it never is."""
        layers = list(zip(self.weights, self.biases, self.activations))
        for weight, bias, activation in reversed(layers):
            y = (activation.inverse(y) - bias) / weight
        return y

    def asymptotes(self) -> tuple[Doubles, Doubles]:
        """Where the curves end, the lower first; infinite where they do not."""
        far = numpy.full(self.weights.shape[1], numpy.inf)
        ends = self.value(-far), self.value(far)
        return numpy.minimum(*ends), numpy.maximum(*ends)


def _line(weight: Doubles, bias: Doubles, a: Doubles) -> Doubles:
    # A weight of 0 makes a constant, also at infinity.
    return numpy.where(weight == 0, bias, weight * a + bias)

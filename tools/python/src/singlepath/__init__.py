"""Fits and trains very many small response curves at once, on NumPy arrays.

A path of depth L is ``z = w1 x + b1, a = f(z), ...``, one unit a layer; with depth 2, biases and a
sigmoid it is the four-parameter logistic curve. `fit` finds the least squares curve of every column of
an array; a `Bank` trains by backpropagation on the caller's own memory. The bits of a path's result
depend on its own samples and settings alone: not on its neighbours, threads, chunks or machine.
"""

from ._bank import Bank, Examination
from ._fit import fit
from ._header import Cost, Hidden, Output, Sigmoid, Verdict
from ._library import build_description, version
from ._result import Fit
from ._shape import Shape

__version__ = version()

__all__ = [
    "Bank", "Cost", "Examination", "Fit", "Hidden", "Output", "Shape", "Sigmoid", "Verdict",
    "build_description", "fit",
]

"""What the tests share: samples, digests, and the repository."""

import os
import pathlib
import re

import numpy
import pytest

REPOSITORY = pathlib.Path(__file__).resolve().parents[3]


def curves(count, points=25, seed=1, noise=0.03):
    """Returns x and the targets, points × count, of logistic curves with noise, as floats."""
    random = numpy.random.default_rng(seed)
    x = numpy.linspace(-2, 2, points)
    lower, upper = random.uniform(0, 0.2, count), random.uniform(0.8, 1.2, count)
    slope = random.uniform(1, 6, count) * random.choice([-1, 1], count)
    midpoint = random.uniform(-1.2, 1.2, count)
    y = lower + (upper - lower) / (1 + numpy.exp(-slope * (x[:, None] - midpoint)))
    y += random.normal(0, noise, y.shape)
    return x.astype(numpy.float32), y.astype(numpy.float32)


def all_bits(fit):
    """Returns every bit of a fit."""
    return fit.parameters.tobytes() + fit.verdicts.tobytes() + fit._rows.tobytes()


def digest(data):
    """FNV-1a, 64 bits, as the hosts in other languages print it."""
    value = 0xCBF29CE484222325
    for byte in data:
        value = (value ^ byte) * 0x100000001B3 % 2**64
    return f"0x{value:016x}"


def committed_digest(name):
    """Returns a digest that the hosts in other languages are held to."""
    script = (REPOSITORY / ".ci" / "check-hosts").read_text()
    return re.search(rf"^{name}=(0x[0-9a-f]+)$", script, re.M)[1]


class Sequence:
    """The numbers that the hosts draw: a linear congruence, in −2 to 2."""

    state = 1

    def numbers(self, *shape):
        values = numpy.empty(shape, numpy.float32)
        for i in range(values.size):
            self.state = (self.state * 1664525 + 1013904223) % 2**32
            values.flat[i] = ((self.state >> 8) - 2**23) * 2.0**-22
        return values


@pytest.fixture(scope="session")
def installed_library():
    """The folder of the library that the wheel was built with."""
    if "SINGLEPATH_LIBRARY" not in os.environ:
        pytest.skip("SINGLEPATH_LIBRARY does not name the installed library")
    return pathlib.Path(os.environ["SINGLEPATH_LIBRARY"])

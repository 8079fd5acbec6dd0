"""What the tests share: samples, digests, and the repository."""

import os
import pathlib
import re
import sys

import numpy
import pytest

REPOSITORY = pathlib.Path(__file__).resolve().parents[3]
sys.path.insert(0, str(REPOSITORY / "tools" / "python" / "benchmarks"))


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

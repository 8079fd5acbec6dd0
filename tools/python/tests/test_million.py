"""A million curves: memory, and a bad one among them. The times are printed, not judged."""

import json
import subprocess
import sys

import numpy
from conftest import REPOSITORY
from samples import curves

import singlepath


def test_a_million_curves_take_the_memory_of_their_arrays(capsys):
    command = [sys.executable, REPOSITORY / "tools/python/benchmarks/million.py", "--rounds", "1", "--json"]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    result = json.loads(output)
    share = result["peak_bytes"] / (result["input_bytes"] + result["output_bytes"])
    with capsys.disabled():
        print(f"\na million curves: {share:.3f} of the memory of inputs and outputs at most")
        for name, (clock, processor) in result["seconds"].items():
            print(f"  {name}: {clock:.3f} s, {processor:.3f} s of the processor")
    assert 0.9 < share <= 1.1
    assert result["verdicts"]["CONVERGED"] > 990_000


def test_one_bad_curve_among_a_million_raises_nothing_and_changes_no_other_bit():
    x, y = curves(1_000_000)
    expected = singlepath.fit(x, y, threads=2)
    bad = 654_321
    y[7, bad] = numpy.inf
    fit = singlepath.fit(x, y, threads=2)
    assert fit.verdicts[bad] == singlepath.Verdict.NOT_FINITE_INPUT
    assert not fit.ok[bad]
    for name in ("parameters", "verdicts", "_rows"):
        own, other = getattr(fit, name), getattr(expected, name)
        for part in (slice(0, bad), slice(bad + 1, None)):
            assert own[..., part].tobytes() == other[..., part].tobytes(), name

"""A million curves: time beside the call in C on the same arrays, and the peak of the memory.

million.py [--paths N] [--points N] [--rounds N] [--json]

Memory is what the process holds at most during the first fit, less what it held with the package
imported and used once; it is compared with the arrays that go in and come out. Times are the best of the
rounds, in turns, by the clock and of the processor. The call in C writes into arrays that are there already.
"""

import argparse
import ctypes
import json
import pathlib
import re
import time

import numpy
from samples import curves

import singlepath
from singlepath import _header
from singlepath._library import call


def resident(key):
    """Returns the bytes of memory that the process holds now (VmRSS), or held at most (VmHWM)."""
    status = pathlib.Path("/proc/self/status").read_text()
    return int(re.search(rf"^{key}:\s+(\d+) kB$", status, re.M)[1]) * 1024


def call_in_c(x, y):
    """Returns a function that makes the call alone."""
    shape, (points, paths) = singlepath.Shape(2), y.shape
    parameters, verdicts = numpy.zeros((4, paths), numpy.float32), numpy.zeros(paths, numpy.uint8)
    rows = numpy.zeros((_header.FITTED_ROWS + 4, paths), numpy.float32)
    settings = _header.sp_fitting(standard_errors=1)

    def fit():
        call(
            "sp_fit", shape._as_c, paths, points, parameters.ctypes.data, paths, x.ctypes.data, 1, 0,
            y.ctypes.data, paths, verdicts.ctypes.data, rows.ctypes.data, paths, ctypes.byref(settings), None,
        )
        return parameters

    return fit


def seconds(work):
    """Returns how long the work takes, by the clock and of all processors together."""
    clock, processor = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - clock, time.process_time() - processor


def measure(paths, points, rounds):
    singlepath.fit(*curves(2000, points))
    before = resident("VmRSS")
    x, y = curves(paths, points)
    fit = singlepath.fit(x, y)
    results = [fit.parameters, fit.verdicts, fit._rows]
    memory = {
        "input_bytes": x.nbytes + y.nbytes, "output_bytes": sum(array.nbytes for array in results),
        "peak_bytes": resident("VmHWM") - before,
    }
    in_c, curve_major, doubles = call_in_c(x, y), numpy.ascontiguousarray(y.T), y.astype(float)
    if in_c().tobytes() != fit.parameters.tobytes():
        raise SystemExit("the call in C has other bits")
    works = {
        "call in C": in_c,
        "fit, frame-major": lambda: singlepath.fit(x, y),
        "fit, frame-major, 2 threads": lambda: singlepath.fit(x, y, threads=2),
        "fit, curve-major": lambda: singlepath.fit(x, curve_major, axis=1),
        "fit, frame-major doubles": lambda: singlepath.fit(x, doubles),
    }
    times = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            times[name].append(seconds(work))
    best = {name: [min(column) for column in zip(*rows)] for name, rows in times.items()}
    return {"verdicts": {v.name: n for v, n in fit.counts().items()}, "seconds": best} | memory


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--paths", type=int, default=1_000_000)
    parser.add_argument("--points", type=int, default=25)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    result = measure(options.paths, options.points, options.rounds)
    if options.json:
        return print(json.dumps(result))
    arrays = result["input_bytes"] + result["output_bytes"]
    print(f"{options.paths:,} curves of {options.points} points; {singlepath.build_description()}")
    print(f"verdicts: {result['verdicts']}")
    print(f"memory: {result['input_bytes'] / 1e6:.0f} MB in, {result['output_bytes'] / 1e6:.0f} MB out, "
          f"{result['peak_bytes'] / 1e6:.0f} MB at most: {result['peak_bytes'] / arrays:.3f} of both")
    print("| | curves/s | processor s | of the call in C |\n|---|--:|--:|--:|")
    for name, (clock, processor) in result["seconds"].items():
        share = result["seconds"]["call in C"][1] / processor
        print(f"| {name} | {options.paths / clock:,.0f} | {processor:.3f} | {share:.3f} |")


main()

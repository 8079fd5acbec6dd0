"""Prints the table beside SciPy's curve_fit and JAX: the same samples, one core. Needs scipy and jax.

compare.py [--curves N] [--rounds N]

Times are those of the processor, so that other work on the machine disturbs them little. SciPy fits the
first 1,000 curves and JAX the first 20,000. A fit is at the optimum if its sum of squares, computed in double
precision, is within 10⁻⁶ of the best that any of them found.
"""

import argparse
import os
import time

os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
os.environ.setdefault("JAX_PLATFORMS", "cpu")
os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy  # noqa: E402
import peers  # noqa: E402
from samples import curves  # noqa: E402

import singlepath  # noqa: E402


def by_us(x, y, _):
    fit = singlepath.fit(x, y)
    w1, w2, b1, b2 = fit.parameters.astype(float)
    return numpy.stack([b2, b2 + w2, w1, -b1 / w1])


def squares(x, y, found):
    return ((peers.curve(x.astype(float)[:, None], *found) - y) ** 2).sum(0)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--curves", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    print("| points | by | curves | curves/s | at the optimum |\n|--:|---|--:|--:|--:|")
    for points in (25, 8):
        x, y = curves(options.curves, points)
        starts = peers.start(x.astype(float), y.astype(float))
        rows = {
            "singlepath": (by_us, options.curves), "JAX, floats": (peers.by_jax(), 20_000),
            "SciPy `curve_fit`": (peers.by_scipy, 1000),
        }
        rates, sums = {}, {}
        for name, (fit, count) in rows.items():
            count = min(count, options.curves)
            part = numpy.ascontiguousarray(y[:, :count])
            fit(x, part, starts[:, :count])  # JAX compiles
            times = []
            for _ in range(options.rounds):
                begin = time.process_time()
                found = fit(x, part, starts[:, :count])
                times.append(time.process_time() - begin)
            rates[name], sums[name] = count / min(times), squares(x, part, found)
        common = min(map(len, sums.values()))
        best = numpy.nanmin([each[:common] for each in sums.values()], axis=0)
        for name, rate in rates.items():
            share = (sums[name][:common] <= best * (1 + 1e-6)).mean()
            print(f"| {points} | {name} | {len(sums[name]):,} | {rate:,.0f} | {share:.2%} |", flush=True)


main()

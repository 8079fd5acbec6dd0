"""Samples of many logistic curves with noise, made block by block so that little memory is needed beside them."""

import numpy

BLOCK = 1 << 16


def truth(count, seed=1):
    """Returns lower, upper, slope and midpoint, 4 × count: half of the curves rise, half fall."""
    random = numpy.random.default_rng(seed)
    lower, upper = random.uniform(0, 0.2, count), random.uniform(0.8, 1.2, count)
    slope, midpoint = random.uniform(1, 6, count) * random.choice([-1, 1], count), random.uniform(-1.2, 1.2, count)
    return numpy.array([lower, upper, slope, midpoint], numpy.float32)


def curves(count, points=25, seed=1, noise=0.03):
    """Returns x in −2 to 2 and the targets, points × count, of the curves of `truth`, as floats."""
    random = numpy.random.default_rng([seed, points])
    x = numpy.linspace(-2, 2, points).astype(numpy.float32)
    y = numpy.empty((points, count), numpy.float32)
    parameters = truth(count, seed)
    for begin in range(0, count, BLOCK):
        lower, upper, slope, midpoint = parameters[:, begin:begin + BLOCK]
        for point, row in zip(x, y[:, begin:begin + BLOCK]):
            row[:] = lower + (upper - lower) / (1 + numpy.exp(-slope * (point - midpoint)))
            row += random.normal(0, noise, len(row))
    return x, y

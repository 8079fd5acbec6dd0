"""Samples of many logistic curves, made block by block so that little memory is needed beside them."""

import numpy

BLOCK = 1 << 16


def curves(count, points=25, seed=1, noise=0.03):
    """Returns x and the targets, points × count, as floats."""
    random = numpy.random.default_rng(seed)
    x = numpy.linspace(-2, 2, points).astype(numpy.float32)
    y = numpy.empty((points, count), numpy.float32)
    for begin in range(0, count, BLOCK):
        width = min(BLOCK, count - begin)
        lower, upper = random.uniform(0, 0.2, width), random.uniform(0.8, 1.2, width)
        slope = random.uniform(1, 6, width) * random.choice([-1, 1], width)
        midpoint = random.uniform(-1.2, 1.2, width)
        for point, row in zip(x, y[:, begin:begin + width]):
            row[:] = lower + (upper - lower) / (1 + numpy.exp(-slope * (point - midpoint)))
            row += random.normal(0, noise, width)
    return x, y

"""The same curves fitted by SciPy and by JAX, from a start that both get."""

import numpy

LIMIT, TOLERANCE = 50, 1e-6


def start(x, y):
    """Returns lower, upper, slope and midpoint, 4 × curves: ends, trend and the first crossing of the middle."""
    low, high = y.min(0), y.max(0)
    trend = numpy.where((x[:, None] * (y - y.mean(0))).sum(0) < 0, -1.0, 1.0)
    distance = (y - (low + high) / 2) * trend
    crosses = (distance[:-1] < 0) & (distance[1:] >= 0)
    first, each = crosses.argmax(0), numpy.arange(y.shape[1])
    before, after = distance[first, each], distance[first + 1, each]
    share = numpy.divide(-before, after - before, out=numpy.zeros_like(before), where=after != before)
    midpoint = numpy.where(crosses.any(0), x[first] + share * (x[1] - x[0]), x.mean())
    return numpy.stack([low, high, trend * 4 / (x[-1] - x[0]), midpoint])


def curve(x, lower, upper, slope, midpoint):
    return lower + (upper - lower) / (1 + numpy.exp(-slope * (x - midpoint)))


def jacobian(x, lower, upper, slope, midpoint):
    share = 1 / (1 + numpy.exp(-slope * (x - midpoint)))
    steep = (upper - lower) * share * (1 - share)
    return numpy.stack([1 - share, share, steep * (x - midpoint), -steep * slope], 1)


def by_scipy(x, y, starts):
    """`curve_fit` with MINPACK and an analytic Jacobian, curve after curve; returns parameters × curves."""
    from scipy.optimize import curve_fit

    found = numpy.full(starts.shape, numpy.nan)
    with numpy.errstate(all="ignore"):
        for i in range(y.shape[1]):
            try:
                found[:, i] = curve_fit(
                    curve, x, y[:, i], starts[:, i], jac=jacobian, method="lm", ftol=TOLERANCE, xtol=0, gtol=0,
                    maxfev=LIMIT + 1,
                )[0]
            except RuntimeError:  # the limit: it counts as not found
                pass
    return found


def by_jax(chunk=256):
    """Returns Levenberg and Marquardt's method in jax.numpy, a curve a lane, floats, a chunk at a time."""
    import jax
    import jax.numpy as jnp

    def equations(x, y, p):
        """The cost, the upper triangle of JᵀJ and −Jᵀr, of one curve a lane; the loop over points is unrolled."""
        lower, upper, slope, midpoint = p
        sums = [jnp.zeros_like(lower)] * 15
        for i in range(len(x)):
            z = x[i] - midpoint
            share = 1 / (1 + jnp.exp(-slope * z))
            steep = (upper - lower) * share * (1 - share)
            j = [1 - share, share, steep * z, -steep * slope]
            error = y[i] - lower - (upper - lower) * share
            products = [j[r] * j[c] for r in range(4) for c in range(r, 4)]
            sums = [a + b for a, b in zip(sums, [error * error, *products, *(each * error for each in j)])]
        return sums[0], tuple(sums[1:11]), tuple(sums[11:])

    def solve(triangle, g, damping):
        """Cholesky's method, written out for four unknowns."""
        a, entries = {}, iter(triangle)
        for r in range(4):
            for c in range(r, 4):
                a[c, r] = next(entries) * (1 + damping if r == c else 1)
        l, z, w = {}, [], [None] * 4
        for c in range(4):
            l[c, c] = jnp.sqrt(a[c, c] - sum(l[c, k] ** 2 for k in range(c)))
            for r in range(c + 1, 4):
                l[r, c] = (a[r, c] - sum(l[r, k] * l[c, k] for k in range(c))) / l[c, c]
        for r in range(4):
            z.append((g[r] - sum(l[r, k] * z[k] for k in range(r))) / l[r, r])
        for r in reversed(range(4)):
            w[r] = (z[r] - sum(l[k, r] * w[k] for k in range(r + 1, 4))) / l[r, r]
        return w

    @jax.jit
    def fit(x, y, starts):
        p = tuple(starts)

        def step(state):
            n, damping, is_done, kept = state
            tried = tuple(a + b for a, b in zip(kept[0], solve(kept[2], kept[3], damping)))
            new = (tried, *equations(x, y, tried))
            is_better = (new[1] < kept[1]) & ~is_done  # false for NaN
            is_done |= jnp.abs(kept[1] - new[1]) <= TOLERANCE * kept[1]
            kept = jax.tree.map(lambda a, b: jnp.where(is_better, a, b), new, kept)
            return n + 1, jnp.where(is_better, damping * 0.1, damping * 10), is_done, kept

        kept = (p, *equations(x, y, p))
        first = (0, jnp.full_like(kept[1], 1e-3), kept[1] < 0, kept)
        return jnp.stack(jax.lax.while_loop(lambda state: (state[0] < LIMIT) & ~state[2].all(), step, first)[3][0])

    def fit_all(x, y, starts):
        found = numpy.empty(starts.shape)
        for begin in range(0, y.shape[1], chunk):
            part = numpy.arange(begin, begin + chunk).clip(max=y.shape[1] - 1)  # the last one is filled up
            found[:, part] = fit(x, y[:, part], starts[:, part].astype(numpy.float32))
        return found

    return fit_all

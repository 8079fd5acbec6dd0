"""Fits: layouts, missing samples, facts, what is refused."""

import numpy
import pytest
from conftest import all_bits
from samples import curves, truth

import singlepath
from singlepath import Verdict

COUNT = 3000
X, Y = curves(COUNT)
EXPECTED = singlepath.fit(X, Y)


def same_bits(fit):
    return all_bits(fit) == all_bits(EXPECTED)


LAYOUTS = {
    "frame-major": (Y, 0),
    "frame-major, negative axis": (Y, -2),
    "curve-major": (numpy.ascontiguousarray(Y.T), 1),
    "curve-major, last axis": (numpy.ascontiguousarray(Y.T), -1),
    "curve-major in Fortran order": (Y.T, 1),
    "frame-major in Fortran order": (numpy.asfortranarray(Y), 0),
    "doubles": (Y.astype(float), 0),
    "curve-major doubles": (numpy.ascontiguousarray(Y.T.astype(float)), 1),
    "rows backwards": (Y[::-1].copy()[::-1], 0),
    "every second column": (numpy.repeat(Y, 2, axis=1)[:, ::2], 0),
    "wider rows": (numpy.pad(Y, ((0, 0), (3, 5)))[:, 3:-5], 0),
    "big-endian": (Y.astype(">f4"), 0),
    "read-only": (numpy.frombuffer(Y.tobytes(), numpy.float32).reshape(Y.shape), 0),
    "unaligned": (numpy.frombuffer(b"." + Y.tobytes(), numpy.float32, offset=1).reshape(Y.shape), 0),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_gives_the_same_bits(layout):
    y, axis = LAYOUTS[layout]
    assert same_bits(singlepath.fit(X, y, axis=axis))
    own_x = numpy.broadcast_to(X if axis in (1, -1) else X[:, None], y.shape)
    assert same_bits(singlepath.fit(own_x, y, axis=axis))
    assert same_bits(singlepath.fit(own_x.copy(), y, axis=axis, weights=numpy.ones(len(X))))


@pytest.mark.parametrize("threads", [1, 2, 3, 7])
def test_every_number_of_threads_gives_the_same_bits(threads):
    assert same_bits(singlepath.fit(X, Y, threads=threads))
    assert same_bits(singlepath.fit(X, Y.T.copy(), axis=1, threads=threads))


def test_frame_major_samples_are_used_in_place(monkeypatch):
    def no_conversion(values):
        assert values.shape[1] == 1, "samples of paths were copied"
        return numpy.require(values, numpy.float32, ["C", "A"])

    monkeypatch.setattr("singlepath._samples.convert", no_conversion)
    assert same_bits(singlepath.fit(X, Y))
    assert same_bits(singlepath.fit(X, Y.T, axis=1))
    with pytest.raises(AssertionError):
        singlepath.fit(X, Y.astype(float))


def test_most_curves_converge_to_those_that_made_the_samples():
    x, y = curves(COUNT, noise=0.0001)
    fit = singlepath.fit(x, y)
    assert fit.ok.mean() > 0.99
    for name, values in zip(("lower", "upper", "slope", "midpoint"), truth(COUNT)):
        distance = abs(getattr(fit, name) - values)[fit.ok] / abs(values).max()
        assert numpy.median(distance) < 0.001, name


def test_costs_and_samples_are_those_of_the_parameters():
    residuals = EXPECTED.predict(X).astype(float) - Y
    numpy.testing.assert_allclose(EXPECTED.costs, (residuals**2).sum(0) / 2, rtol=1e-4)
    numpy.testing.assert_allclose(EXPECTED.totals, Y.var(0, dtype=float) * len(X), rtol=1e-5)
    assert (EXPECTED.samples == len(X)).all()
    assert (EXPECTED.passes >= 1).all()


def test_missing_samples_weights_of_zero_and_lengths_are_the_same():
    missing = Y.copy()
    missing[20:] = numpy.nan
    weights = numpy.ones(len(X))
    weights[20:] = 0
    expected = all_bits(singlepath.fit(X, missing))
    assert all_bits(singlepath.fit(X, Y, weights=weights)) == expected
    assert all_bits(singlepath.fit(X, Y, lengths=numpy.full(COUNT, 20))) == expected
    assert (singlepath.fit(X, missing).samples == 20).all()


def test_one_dimension_is_one_path():
    fit = singlepath.fit(X, Y[:, 7])
    numpy.testing.assert_array_equal(fit.parameters[:, 0], EXPECTED.parameters[:, 7])
    assert len(fit) == 1


def test_no_paths_are_a_fit_of_none():
    fit = singlepath.fit(X, Y[:, :0], threads=3)
    assert len(fit) == 0 and fit.parameters.shape == (4, 0) and fit.counts() == {}


def test_a_path_with_too_few_samples_is_nan_and_says_so():
    y = Y[:, :2].copy()
    y[2:, 1] = numpy.nan
    fit = singlepath.fit(X, y)
    assert fit.verdicts[1] == Verdict.TOO_FEW_SAMPLES
    assert numpy.isnan(fit.parameters[:, 1]).all() and numpy.isnan(fit.midpoint[1])
    numpy.testing.assert_array_equal(fit.ok, [True, False])
    assert "1 TOO_FEW_SAMPLES" in repr(fit)


@pytest.mark.parametrize("bad", [numpy.inf, 1e300])
def test_a_bad_curve_changes_no_other_bit(bad):
    y = Y.astype(float)
    y[3, 1500] = bad
    fit = singlepath.fit(X, y)
    assert fit.verdicts[1500] == Verdict.NOT_FINITE_INPUT
    others = numpy.arange(COUNT) != 1500
    for own, expected in ((fit.parameters, EXPECTED.parameters), (fit._rows, EXPECTED._rows)):
        assert own[:, others].tobytes() == expected[:, others].tobytes()
    assert (fit.verdicts == EXPECTED.verdicts)[others].all()


def test_a_start_is_where_the_fit_begins():
    again = singlepath.fit(X, Y, start=EXPECTED.parameters)
    assert again.passes.mean() < EXPECTED.passes.mean()
    numpy.testing.assert_allclose(again.costs[EXPECTED.ok], EXPECTED.costs[EXPECTED.ok], rtol=1e-5)
    shared = singlepath.fit(X, Y, start=[1, 1, 0, 0])
    assert shared.ok.mean() > 0.5


def fitted(*arguments, **options):
    """A fit of a kind that not every version of the library has."""
    try:
        return singlepath.fit(*arguments, **options)
    except ValueError as refusal:
        assert str(refusal).startswith("sp_fit: ")
        pytest.skip(f"this library refuses it: {refusal}")


def test_frozen_parameters_are_held_to_their_values():
    heights = numpy.linspace(0.5, 1, COUNT, dtype=numpy.float32)
    fit = fitted(X, Y, frozen={"b2": 0.125, "w2": heights})
    assert (fit.parameters[3] == 0.125).all() and (fit.parameters[1] == heights).all()
    assert numpy.isnan(fit.standard_errors[[1, 3]]).all()
    assert (fit.costs >= EXPECTED.costs * 0.999)[EXPECTED.ok].all()
    assert fit.ok.mean() > 0.5


def test_a_line_is_fitted_as_numpy_does():
    fit = fitted(X, Y, depth=1)
    slope, intercept = numpy.polyfit(X, Y.astype(float), 1)
    numpy.testing.assert_allclose(fit.parameters, [slope, intercept], atol=1e-4)


@pytest.mark.parametrize("depth", [3, 4])
def test_deeper_curves_cost_no_more(depth):
    fit = fitted(X, Y, depth=depth, threads=2)
    assert fit.parameters.shape == (2 * depth, COUNT)
    # Few samples determine so many parameters, but that is no matter of the cost.
    assert (fit.costs <= EXPECTED.costs * 1.01).mean() > 0.9


def test_standard_errors_are_left_out_where_they_are_not_wanted():
    assert EXPECTED.standard_errors.shape == (4, COUNT)
    fit = singlepath.fit(X, Y, standard_errors=False)
    assert fit.standard_errors is None
    assert fit.parameters.tobytes() == EXPECTED.parameters.tobytes()


def test_predictions_have_the_bits_of_a_bank_in_both_layouts():
    bank = singlepath.Bank(2, parameters=EXPECTED.parameters)
    expected = bank.predict(X)
    assert EXPECTED.predict(X, threads=2).tobytes() == expected.tobytes()
    assert EXPECTED.predict(numpy.broadcast_to(X[:, None], Y.shape)).tobytes() == expected.tobytes()
    assert EXPECTED.predict(X[3]).tobytes() == expected[3].tobytes()
    curve_major = singlepath.fit(X, Y.T, axis=1)
    numpy.testing.assert_array_equal(curve_major.predict(X), expected.T)
    numpy.testing.assert_array_equal(curve_major.predict(numpy.broadcast_to(X, Y.T.shape)), expected.T)


def test_the_inverse_returns_to_x():
    inner = EXPECTED.midpoint[None] + numpy.array([[-0.2], [0], [0.3]])
    y = EXPECTED.curves.value(inner)
    numpy.testing.assert_allclose(EXPECTED.inverse(y), inner, atol=1e-6)
    numpy.testing.assert_allclose(EXPECTED.inverse(0.5), EXPECTED.inverse([0.5, 0.6])[0])
    numpy.testing.assert_array_equal(numpy.isnan(EXPECTED.inverse(9)), EXPECTED.upper < 9)
    curve_major = singlepath.fit(X, Y.T, axis=1)
    numpy.testing.assert_array_equal(curve_major.inverse([0.5, 0.6]), EXPECTED.inverse([0.5, 0.6]).T)


@pytest.mark.parametrize("hidden", [each for each in singlepath.Hidden])
@pytest.mark.parametrize("output", [each for each in singlepath.Output])
@pytest.mark.parametrize("depth", [1, 2, 3])
def test_facts_hold_for_every_shape(hidden, output, depth):
    shape = singlepath.Shape(depth, hidden=hidden, output=output)
    random = numpy.random.default_rng(depth)
    parameters = random.uniform(0.3, 1.5, (shape.parameter_count, 9)).astype(numpy.float32)
    parameters[0, ::2] *= -1
    rows = numpy.zeros((4, 9), numpy.float32)
    fit = singlepath.Fit(shape, 0, parameters, numpy.zeros(9, numpy.uint8), rows)
    x = numpy.linspace(-2, 2, 11)
    value = fit.curves.value(numpy.broadcast_to(x[:, None], (11, 9)))
    numpy.testing.assert_allclose(fit.predict(x), value, atol=1e-5)
    assert (value >= fit.lower - 1e-12).all() and (value <= fit.upper + 1e-12).all()
    step = 1e-5
    beside = [fit.curves.value(numpy.full(9, 0.7 + each)) for each in (step, -step)]
    difference = (beside[0] - beside[1]) / (2 * step)
    numpy.testing.assert_allclose(fit.curves.slope(numpy.full(9, 0.7)), difference, rtol=1e-4, atol=1e-9)
    back = fit.inverse(value)
    numpy.testing.assert_allclose(fit.curves.value(numpy.where(numpy.isnan(back), x[:, None], back)), value, atol=1e-9)
    bounded = numpy.isfinite(fit.lower) & numpy.isfinite(fit.upper)
    half = (fit.lower[bounded] + fit.upper[bounded]) / 2
    numpy.testing.assert_allclose(fit.curves.value(fit.midpoint)[bounded], half, atol=1e-9)


def test_a_curve_without_a_slope_has_one_height_and_no_midpoint():
    parameters = numpy.array([[0], [2], [0], [1]], numpy.float32)
    fit = singlepath.Fit(singlepath.Shape(2), 0, parameters, numpy.zeros(1, numpy.uint8), numpy.zeros((4, 1), "f4"))
    assert fit.lower == fit.upper == fit.predict(5) == 2
    assert not numpy.isfinite(fit.slope)


def test_npz_returns_every_bit(tmp_path):
    y = Y.copy()
    y[2:, 5] = numpy.nan
    fit = singlepath.fit(X, y.T, axis=1)
    fit.to_npz(tmp_path / "fit.npz")
    back = singlepath.Fit.from_npz(tmp_path / "fit.npz")
    assert all_bits(back) == all_bits(fit)
    assert (back.shape, back.axis) == (fit.shape, fit.axis)
    numpy.savez(tmp_path / "other.npz", y)
    with pytest.raises(ValueError, match="^file: it is no fit"):
        singlepath.Fit.from_npz(tmp_path / "other.npz")


REFUSALS = {
    "y: its values are object": {"y": numpy.array([["a", None]])},
    "y: it has 3 dimensions": {"y": numpy.zeros((2, 2, 2))},
    "y: it is a masked array": {"y": numpy.ma.masked_array(Y)},
    "x: its shape is (24,), not (25,) or (25, 3000)": {"x": X[1:]},
    "x: its shape is (3000, 25), not (25,) or (25, 3000)": {"x": Y.T},
    "weights: its shape is (3,)": {"weights": [1, 2, 3]},
    "lengths: its values are float64, not integers": {"lengths": numpy.ones(COUNT)},
    "lengths: its shape is (1,), not (3000,)": {"lengths": [3]},
    "lengths: a value is negative": {"lengths": numpy.full(COUNT, -1)},
    "start: its shape is (3,), not (4,) or (4, 3000)": {"start": [1, 2, 3]},
    "frozen: a int is no mapping": {"frozen": 16},
    "frozen: 'w3' is none of w1, w2, b1, b2": {"frozen": {"w3": 1}},
    "frozen: the shape of w1 is (2,), not () or (3000,)": {"frozen": {"w1": [1, 2]}},
    "max_passes: -1 is not 0": {"max_passes": -1},
    "max_passes: 1.5 is no integer": {"max_passes": 1.5},
    "threads: 0 is not 1 to": {"threads": 0},
    "threads: 'a' is no integer": {"threads": "a"},
    "axis: 2 is not 0": {"axis": 2},
    "depth: 9 is not 1 to 8": {"depth": 9},
}


@pytest.mark.parametrize("message", REFUSALS)
def test_what_does_not_fit_is_refused_by_its_name(message):
    with pytest.raises(ValueError) as refusal:
        singlepath.fit(**{"x": X, "y": Y} | REFUSALS[message])
    assert str(refusal.value).startswith(message)


X25 = numpy.linspace(-1, 1, 25)
NEAR = 0.5 / (1 + numpy.exp(-5 * X25)) + 0.002 * numpy.sin(37 * numpy.arange(25))


@pytest.mark.parametrize(
    "settings", [{"shape": singlepath.Shape(2, biases=False)}, {"frozen": {"b1": 0}}], ids=str
)
def test_a_fit_without_a_free_first_bias_is_that_of_a_given_start(settings):
    drawn = singlepath.fit(X25, NEAR, **settings)
    start = [1.0] * 2 + [0.0] * (2 if "frozen" in settings else 0)
    given = singlepath.fit(X25, NEAR, start=start, **settings)
    assert drawn.verdicts[0] == Verdict.CONVERGED
    # The same curve, if perhaps by its mirrored unit.
    assert numpy.allclose(drawn.costs, given.costs, rtol=1e-3)


def test_a_perfect_step_does_not_determine_a_slope():
    for count in (8, 12, 25, 100):
        x = numpy.linspace(0, 1, count)
        assert singlepath.fit(x, (x > 0.52).astype(float)).verdicts[0] == Verdict.UNDETERMINED

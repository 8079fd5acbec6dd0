"""Arguments that no array is: what wraps, rounds or has another type is refused by its name."""

import io
import zipfile

import numpy
import pytest
from conftest import all_bits
from samples import curves

import singlepath
from singlepath import Bank, Fit, Shape

X, Y = curves(64)


def bank():
    made = Bank(2, 64)
    made.initialise(seed=1)
    return made


@pytest.mark.parametrize(
    "message, call",
    [
        ("batch: 18446744073709551616 is not 0 to 2^64 - 1", lambda: bank().train(X, Y, 0.1, batch=2**64)),
        ("batch: 18446744073709551641 is not", lambda: bank().train(X, Y, 0.1, batch=2**64 + 25)),
        ("gradient_limit: 1e-300 is not finite, or", lambda: bank().train(X, Y, 0.1, gradient_limit=1e-300)),
        ("gradient_limit: 1e+300 is not finite, or", lambda: bank().train(X, Y, 0.1, gradient_limit=1e300)),
        ("gradient_limit: -1 is negative", lambda: bank().train(X, Y, 0.1, gradient_limit=-1)),
        ("frozen: 1.5 is no integer", lambda: bank().train(X, Y, 0.1, frozen=1.5)),
        ("frozen: 99 is not 0 to 15", lambda: bank().train(X, Y, 0.1, frozen=numpy.int64(99))),
        ("seed: 1.5 is no integer", lambda: bank().initialise(seed=1.5)),
        ("lower: 1e+300 is not finite", lambda: bank().initialise(1, 1e300, 1)),
        ("depth: True is no integer", lambda: Shape(True)),
        ("depth: 9 is not 1 to 8", lambda: Shape(9)),
        ("biases: 'x' is not True or False", lambda: Shape(2, biases="x")),
        ("threshold: 1e-300 is not finite, or", lambda: Shape(2, cost="huber", threshold=1e-300)),
        ("standard_errors: None is not True", lambda: singlepath.fit(X, Y, standard_errors=None)),
        ("max_passes: 4294967296 is not 0 to 2^32 - 1", lambda: singlepath.fit(X, Y, max_passes=2**32)),
        ("threads: 0 is not 1 to", lambda: singlepath.fit(X, Y, threads=0)),
    ],
)
def test_what_would_wrap_or_round_is_refused(message, call):
    with pytest.raises(ValueError) as refusal:
        call()
    assert str(refusal.value).startswith(message)


def test_integers_of_numpy_are_integers():
    assert Shape(numpy.int64(2)) == Shape(2)
    one, other = bank(), bank()
    one.train(X, Y, 0.1, frozen=3, batch=2)
    other.train(X, Y, 0.1, frozen=numpy.uint16(3), batch=numpy.int64(2))
    assert one.parameters.tobytes() == other.parameters.tobytes()


def test_no_places_have_no_predictions():
    assert singlepath.fit(X, Y).predict([]).shape == (0, 64)


def written(**replaced):
    """The file of a fit, with some of its arrays replaced; None leaves one out."""
    file = io.BytesIO()
    singlepath.fit(X, Y).to_npz(file)
    file.seek(0)
    arrays = {name: array for name, array in (dict(numpy.load(file)) | replaced).items() if array is not None}
    file = io.BytesIO()
    numpy.savez(file, **arrays)
    return file.getvalue()


FIT = singlepath.fit(X, Y)
BROKEN = {
    "format": written(format=2),
    "no verdicts": written(verdicts=None),
    "axis": written(axis=7),
    "other paths": written(parameters=FIT.parameters[:, :9]),
    "doubles": written(parameters=FIT.parameters.astype(float)),
    "big-endian": written(parameters=FIT.parameters.astype(">f4")),
    "no verdict": written(verdicts=numpy.full(64, 200, numpy.uint8)),
    "rows": written(rows=FIT._rows[:1]),
    "depth": written(depth=3),
    "cost": written(choices=[0, 0, 9, 0]),
    "cut": written()[:-200],
    "text": b"no fit",
    "empty": b"",
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_file_that_is_no_fit_is_refused(kind):
    with pytest.raises(ValueError, match="^file: it is no fit of format 1"):
        Fit.from_npz(io.BytesIO(BROKEN[kind]))
    assert zipfile.is_zipfile(io.BytesIO(written()))
    assert all_bits(Fit.from_npz(io.BytesIO(written()))) == all_bits(FIT)


def test_columns_that_know_missing_values_are_numbers():
    pandas = pytest.importorskip("pandas")
    y = Y[:, :1].astype(float)
    y[3] = numpy.nan
    frame = pandas.DataFrame(y).astype("Float64")
    assert all_bits(singlepath.fit(X, frame)) == all_bits(singlepath.fit(X, y))
    with pytest.raises(ValueError, match="^y: its values are object"):
        singlepath.fit(X, pandas.Series(["a"] * 25))

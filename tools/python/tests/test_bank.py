"""Banks: the caller's own memory, options, threads, what is refused."""

import sys
import threading
import time

import numpy
import pytest
from samples import curves

import singlepath
from singlepath import Bank, Shape, Verdict

COUNT = 5000
X, Y = curves(COUNT)


def trained(threads=1, **options):
    bank = Bank(2, COUNT)
    bank.initialise(seed=1)
    verdicts = numpy.empty(COUNT, numpy.uint8)
    bank.train(X, Y, 0.1, verdicts=verdicts, threads=threads, **options)
    return bank, verdicts


@pytest.mark.parametrize("threads", [2, 3, 7])
def test_threads_give_the_same_bits(threads):
    options = {
        "weights": numpy.tile(X * X, (COUNT, 1)).T.copy(), "lengths": numpy.arange(COUNT, dtype=numpy.uint32) % 26,
        "batch": 4, "gradient_limit": 0.5, "frozen": (numpy.arange(COUNT) % 16).astype(numpy.uint16),
        "lower": numpy.full((4, COUNT), -0.9, numpy.float32), "upper": numpy.full((4, COUNT), 0.9, numpy.float32),
    }
    (one, verdicts), (many, same) = trained(**options), trained(threads, **options)
    assert one.parameters.tobytes() == many.parameters.tobytes()
    assert verdicts.tobytes() == same.tobytes() and set(verdicts) == {Verdict.UNTOUCHED, Verdict.TRAINED}
    samples = {name: options[name] for name in ("weights", "lengths")}
    assert one.predict(X).tobytes() == many.predict(X, threads=threads).tobytes()
    assert one.costs(X, Y, **samples).tobytes() == many.costs(X, Y, threads=threads, **samples).tobytes()
    for own, expected in zip(
        many.examine(X, Y, gradients=True, threads=threads, **samples), one.examine(X, Y, gradients=True, **samples)
    ):
        assert own.tobytes() == expected.tobytes()


def test_training_writes_where_the_caller_has_the_parameters():
    wide = numpy.full((4, COUNT + 7), 7, numpy.float32)
    own = wide[:, 3:-4]
    bank = Bank(2, parameters=own)
    bank.initialise(seed=1)
    bank.train(X, Y, 0.1)
    assert bank.parameters is own
    assert own.tobytes() == trained()[0].parameters.tobytes()
    assert (wide[:, :3] == 7).all() and (wide[:, -4:] == 7).all()
    out = numpy.empty(Y.shape, numpy.float32)
    assert bank.predict(X, out) is out


def test_views_that_repeat_rows_are_as_if_written_out():
    own = numpy.broadcast_to(X[:, None], Y.shape)
    bank = Bank(2, COUNT)
    bank.initialise(seed=1)
    bank.train(own, Y, numpy.full(COUNT, 0.1, numpy.float32), weights=numpy.ones(len(X), numpy.float32))
    assert bank.parameters.tobytes() == trained()[0].parameters.tobytes()


def test_frozen_parameters_and_bounds_hold():
    start = Bank(2, COUNT)
    start.initialise(seed=1)
    bank, _ = trained(frozen=start.shape.mask("w1", "b2"))
    for name, before, after in zip(bank.shape.parameter_names, start.parameters, bank.parameters):
        assert (before.tobytes() == after.tobytes()) == (name in ("w1", "b2")), name
    bounds = numpy.array([-0.5] * 4, numpy.float32)
    bank, verdicts = trained(lower=bounds, upper=-bounds)
    assert (abs(bank.parameters) <= 0.5).all() and (verdicts == Verdict.TRAINED).all()


def test_paths_that_diverge_are_counted_and_keep_their_bits():
    start = Bank(2, COUNT)
    start.initialise(seed=1)
    bank, verdicts = Bank(2, parameters=start.parameters.copy()), numpy.empty(COUNT, numpy.uint8)
    y = Y.copy()
    y[3, [5, 4000]] = numpy.inf
    assert bank.train(X, y, 0.1, verdicts=verdicts, threads=3) == 2
    assert list(numpy.flatnonzero(verdicts == Verdict.DIVERGED)) == [5, 4000]
    assert bank.parameters[:, 4000].tobytes() == start.parameters[:, 4000].tobytes()


def test_an_examination_has_costs_samples_and_gradients():
    bank, _ = trained()
    found = bank.examine(X, Y, gradients=True)
    assert found.costs.tobytes() == bank.costs(X, Y).tobytes()
    assert (found.samples == 25).all() and (found.inputs == 0).all()
    assert (found.slopes > 0).all() and (found.slopes <= 0.25).all()
    assert found.gradients.shape == (4, COUNT) and (found.gradients > 0).any()
    assert bank.examine(X, Y).gradients is None


def test_other_threads_run_while_the_library_works():
    turns, is_done = [0], threading.Event()

    def count():
        while not is_done.is_set():
            turns[0] += 1
            time.sleep(0)  # gives the interpreter's lock away

    bank, x, y = Bank(8, 100_000), numpy.zeros(64, numpy.float32), numpy.zeros((64, 100_000), numpy.float32)
    counter, interval = threading.Thread(target=count), sys.getswitchinterval()
    counter.start()
    try:
        sys.setswitchinterval(60)  # this thread gives the lock away only where the call does
        before = turns[0]
        bank.train(x, y, 0.1)
        after = turns[0]
    finally:
        sys.setswitchinterval(interval)
        is_done.set()
        counter.join()
    assert after > before


def replaced(**arguments):
    """Arguments of a sound call of train, some of them replaced."""
    return {"x": X, "y": Y, "rate": 0.1} | arguments


SHARED = numpy.zeros((25 + 4, COUNT), numpy.float32)
READ_ONLY = numpy.zeros(COUNT, numpy.uint8)
READ_ONLY.flags.writeable = False
REFUSALS = {
    "x: its values are float64, not float32": replaced(x=X.astype(float)),
    "x: its shape is (24,), not (25,)": replaced(x=X[1:]),
    "x: a list is no NumPy array": replaced(x=list(X)),
    "x: it runs backwards": replaced(x=X[::-1]),
    "y: its values are float64": replaced(y=Y.astype(float)),
    "y: its values are >f4": replaced(y=Y.astype(">f4")),
    "y: its shape is (25, 4999), not (25, 5000)": replaced(y=Y[:, 1:]),
    "y: its paths are not side by side": replaced(y=numpy.asfortranarray(Y)),
    "y: its paths are not side by side in": replaced(y=numpy.broadcast_to(X[:, None], Y.shape)),
    "y: its rows run backwards": replaced(y=Y[::-1]),
    "y: its values are not aligned": replaced(
        y=numpy.frombuffer(b"." + Y.tobytes(), numpy.float32, offset=1).reshape(Y.shape)
    ),
    "y: it is a masked array": replaced(y=numpy.ma.masked_array(Y)),
    "rate: it is not finite and above 0": replaced(rate=0),
    "rate: it is not finite and above": replaced(rate=numpy.inf),
    "rate: it is not finite and": replaced(rate=numpy.where(numpy.arange(COUNT) == COUNT - 1, -1, 1).astype("f4")),
    "rate: its shape is (3,), not (5000,)": replaced(rate=numpy.ones(3, numpy.float32)),
    "weights: its values are float64": replaced(weights=numpy.ones(25)),
    "lengths: its values are int64, not uint32": replaced(lengths=numpy.ones(COUNT, int)),
    "batch: -1 is not 0 to 2^64 - 1": replaced(batch=-1),
    "batch: 0.5 is no integer": replaced(batch=0.5),
    "gradient_limit: nan is not finite": replaced(gradient_limit=numpy.nan),
    "frozen: 16 is not 0 to 15": replaced(frozen=16),
    "lower: its shape is (3,), not (4,)": replaced(lower=numpy.ones(3, numpy.float32)),
    "upper: it does not lie in memory as lower does": replaced(
        lower=numpy.zeros(4, numpy.float32), upper=numpy.ones((4, COUNT), numpy.float32)
    ),
    "verdicts: its values are int64, not uint8": replaced(verdicts=numpy.empty(COUNT, int)),
    "verdicts: it is read-only": replaced(verdicts=READ_ONLY),
    "verdicts: its shape is (3,), not (5000,)": replaced(verdicts=numpy.empty(3, numpy.uint8)),
    "verdicts: its paths are not side by side": replaced(verdicts=numpy.empty(2 * COUNT, numpy.uint8)[::2]),
    "verdicts: it overlaps y": replaced(verdicts=Y.view(numpy.uint8).ravel()[:COUNT]),
    "parameters: it overlaps y in memory": replaced(y=SHARED[3:28]),
    "threads: 0 is not 1 to": replaced(threads=0),
}


@pytest.mark.parametrize("message", REFUSALS)
def test_what_does_not_fit_is_refused_by_its_name_before_anything_is_touched(message):
    bank = Bank(2, parameters=SHARED[:4])
    bank.initialise(seed=1)
    before = bank.parameters.tobytes()
    with pytest.raises(ValueError) as refusal:
        bank.train(**{"threads": 3} | REFUSALS[message])
    assert str(refusal.value).startswith(message)
    assert bank.parameters.tobytes() == before


def test_outputs_that_do_not_fit_are_refused_by_their_name():
    bank, _ = trained()
    with pytest.raises(ValueError, match="^out: it overlaps parameters"):
        bank.predict(X[:4], bank.parameters)
    with pytest.raises(ValueError, match="^out: its shape"):
        bank.costs(X, Y, numpy.empty(3, numpy.float32))
    read_only = numpy.broadcast_to(numpy.float32(0), Y.shape)
    with pytest.raises(ValueError, match="^out: it is read-only"):
        bank.predict(X, read_only)
    with pytest.raises(ValueError, match="^out: its rows overlap"):
        bank.predict(X, numpy.lib.stride_tricks.as_strided(numpy.empty(COUNT + 25, "f4"), Y.shape, (4, 4)))
    bank.parameters.flags.writeable = False
    with pytest.raises(ValueError, match="^parameters: it is read-only"):
        bank.train(X, Y, 0.1)
    assert bank.predict(X).shape == Y.shape


def test_banks_and_shapes_that_are_none_are_refused_by_their_name():
    for message, make in {
        "count: give either": lambda: Bank(2),
        "count: -1 is not 0 to": lambda: Bank(2, -1),
        "parameters: its shape is (3, 5)": lambda: Bank(2, parameters=numpy.zeros((3, 5), numpy.float32)),
        "parameters: its values are float64": lambda: Bank(2, parameters=numpy.zeros((4, 5))),
        "hidden: 'cubic' is none of sigmoid, tanh": lambda: Shape(2, hidden="cubic"),
        "cost: 7 is none of": lambda: Shape(2, cost=7),
        "threshold: 0.0 is not above 0": lambda: Shape(2, cost="huber"),
        "names: 'w3' is none of w1, w2, b1, b2": lambda: Shape(2).mask("w3"),
        "seed: -1 is not 0": lambda: Bank(2, 1).initialise(-1),
        "lower: 1.0 and upper, 0.0": lambda: Bank(2, 1).initialise(1, 1, 0),
    }.items():
        with pytest.raises(ValueError) as refusal:
            make()
        assert str(refusal.value).startswith(message)


def test_shapes_are_named_as_the_header_has_them():
    shape = Shape(3, hidden="leaky-relu", output="sigmoid", cost="cross_entropy")
    assert shape.hidden is singlepath.Hidden.LEAKY_RELU
    assert shape.parameter_count == 6 and shape.parameter_names == ("w1", "w2", "w3", "b1", "b2", "b3")
    assert Shape(3, biases=False).parameter_names == ("w1", "w2", "w3")
    assert shape == Shape(3, True, "leaky_relu", 1, 1) and hash(shape) == hash(Shape(3, True, "leaky_relu", 1, 1))

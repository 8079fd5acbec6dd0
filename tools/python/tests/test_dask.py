"""Fits of Dask arrays have the bits of one call on the whole."""

import os
import signal

import numpy
import pytest
from conftest import all_bits
from samples import curves

import singlepath

array = pytest.importorskip("dask.array")
distributed = pytest.importorskip("distributed")
import singlepath.dask  # noqa: E402

COUNT = 3000
X, Y = curves(COUNT)
Y[3, 100] = numpy.inf
Y[5:, 200] = numpy.nan
WEIGHTS = numpy.linspace(0.5, 2, Y.size, dtype=numpy.float32).reshape(Y.shape)
LENGTHS = 25 - numpy.arange(COUNT) % 10


@pytest.fixture(scope="module")
def client():
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
        with distributed.Client(cluster) as client:
            yield client


def chunked(chunks, values=Y):
    """Returns a Dask array with so many chunks of paths, and three of samples."""
    return array.from_array(values, chunks=(9, -(-COUNT // chunks)))


@pytest.mark.parametrize("chunks", [1, 3, 7])
def test_every_chunking_gives_the_bits_of_one_call(chunks):
    y = chunked(chunks)
    assert y.numblocks == (3, chunks)
    expected = all_bits(singlepath.fit(X, Y))
    lazy = singlepath.dask.fit(X, y)
    assert lazy.table.numblocks == (1, chunks)
    assert all_bits(lazy.compute(scheduler="synchronous")) == expected
    assert all_bits(singlepath.dask.fit(array.from_array(X, chunks=7), y).compute(scheduler="threads")) == expected
    curve_major = singlepath.dask.fit(X, y.T, axis=1).compute(scheduler="threads")
    assert all_bits(curve_major) == expected and curve_major.axis == 1


@pytest.mark.parametrize("chunks", [1, 3, 7])
def test_own_inputs_weights_and_lengths_are_chunked_with_the_samples(chunks):
    own_x = X[:, None] + numpy.linspace(-0.1, 0.1, COUNT, dtype=numpy.float32)
    expected = singlepath.fit(own_x, Y, weights=WEIGHTS, lengths=LENGTHS, standard_errors=False)
    lazy = singlepath.dask.fit(
        chunked(2, own_x), chunked(chunks), weights=WEIGHTS, lengths=array.from_array(LENGTHS, chunks=500),
        standard_errors=False,
    )
    assert all_bits(lazy.compute(scheduler="threads")) == all_bits(expected)


def test_parts_are_lazy_arrays():
    lazy = singlepath.dask.fit(X, chunked(3))
    expected = singlepath.fit(X, Y)
    for name in ("parameters", "costs", "standard_errors", "verdicts"):
        part, whole = getattr(lazy, name), getattr(expected, name)
        assert isinstance(part, array.Array) and part.dtype == whole.dtype and part.shape == whole.shape
        assert part.compute(scheduler="synchronous").tobytes() == whole.tobytes()


def test_two_processes_give_the_bits_of_one_call(client):
    fit = singlepath.dask.fit(X, chunked(7)).compute()
    assert len(client.scheduler_info()["workers"]) == 2
    assert all_bits(fit) == all_bits(singlepath.fit(X, Y))


def test_a_killed_workers_chunk_is_computed_again_to_the_same_bits(client, tmp_path):
    mark = str(tmp_path / "killed")

    def kill_once(block):
        try:
            os.close(os.open(mark, os.O_CREAT | os.O_EXCL))
        except FileExistsError:
            return block
        os.kill(os.getpid(), signal.SIGKILL)

    y = chunked(7).map_blocks(kill_once, dtype=numpy.float32, meta=numpy.empty((0, 0), numpy.float32))
    fit = singlepath.dask.fit(X, y).compute()
    assert os.path.exists(mark)
    assert all_bits(fit) == all_bits(singlepath.fit(X, Y))


def test_what_does_not_fit_is_refused_by_its_name():
    for message, arguments in {
        "y: it is no Dask array": {"y": Y},
        "x: its shape is (24,), not (25,) or (25, 3000)": {"x": X[1:]},
        "weights: its shape is (3,)": {"weights": numpy.ones(3)},
        "lengths: its shape is (3,), not (3000,)": {"lengths": numpy.ones(3, int)},
        "axis: 2 is not 0": {"axis": 2},
        "frozen: w1 is no number": {"frozen": {"w1": [1, 2]}},
    }.items():
        with pytest.raises(ValueError) as refusal:
            singlepath.dask.fit(**{"x": X, "y": chunked(3)} | arguments)
        assert str(refusal.value).startswith(message)

"""The recipes of the page run as they stand there."""

import os
import pathlib
import re
import shutil
import subprocess
import sys

import numpy
import pytest
from conftest import REPOSITORY
from samples import curves

import singlepath

PACKAGE = pathlib.Path(__file__).parents[1]
PAGE = (PACKAGE / "README.md").read_text()
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", PAGE, re.M | re.S)


def run(folder, recipe, *arguments, **environment):
    command = [sys.executable, PACKAGE / "recipes" / recipe, *arguments]
    return subprocess.run(
        command, cwd=folder, check=True, capture_output=True, text=True, env=os.environ | environment
    ).stdout


@pytest.mark.parametrize("recipe", ["plate.py", "chunks.py", "spark.py"])
def test_the_page_shows_the_recipe_to_the_letter(recipe):
    assert (PACKAGE / "recipes" / recipe).read_text() in [text for kind, text in BLOCKS if kind == "python"]


def test_a_plate_is_fitted_and_drawn(tmp_path):
    pytest.importorskip("matplotlib")
    shutil.copy(REPOSITORY / "tools" / "data" / "plate_growth.csv", tmp_path)
    output = run(tmp_path, "plate.py", MPLBACKEND="Agg")
    assert output in [text for kind, text in BLOCKS if kind == ""]
    assert (tmp_path / "plate.png").stat().st_size > 10_000


@pytest.mark.parametrize("kind", ["npy", "zarr"])
def test_curves_that_lie_in_a_file_are_fitted_by_chunks(tmp_path, kind):
    x, y = curves(450_000, points=12)
    numpy.save(tmp_path / "x.npy", x)
    if kind == "zarr":
        zarr = pytest.importorskip("zarr")
        stored = zarr.create_array(tmp_path / "y.zarr", shape=y.shape, chunks=(12, 200_000), dtype="f4")
        stored[:] = y
    else:
        numpy.save(tmp_path / "y.npy", y)
    output = run(tmp_path, "chunks.py", *([kind] if kind == "zarr" else []))
    expected = singlepath.fit(x, y, threads=2)
    assert output == f"450000 curves, {expected.ok.sum()} converged\n"
    assert numpy.load(tmp_path / "parameters.npy").tobytes() == expected.parameters.tobytes()
    assert numpy.load(tmp_path / "verdicts.npy").tobytes() == expected.verdicts.tobytes()


def test_spark_gives_the_bits_of_one_call(tmp_path):
    for module in ("pyspark", "pandas", "pyarrow"):
        pytest.importorskip(module)
    if shutil.which("java") is None:
        pytest.skip("java is missing")
    import pandas

    x, y = curves(5000)
    table = pandas.DataFrame({"id": range(5000), "y": list(y.T)})
    table.to_parquet(tmp_path / "curves.parquet", row_group_size=1000)
    session = {"PYSPARK_PYTHON": sys.executable, "PYSPARK_SUBMIT_ARGS": "--master local[2] pyspark-shell"}
    run(tmp_path, "spark.py", "curves.parquet", "fits.parquet", **session)
    found = pandas.read_parquet(tmp_path / "fits.parquet").sort_values("id", ignore_index=True)
    expected = singlepath.fit(x, y)
    assert (found["id"] == numpy.arange(5000)).all()
    for name in ("midpoint", "slope", "cost"):
        whole = getattr(expected, name if name != "cost" else "costs")
        assert found[name].to_numpy().tobytes() == whole.tobytes(), name
    assert (found["verdict"] == [singlepath.Verdict(value).name for value in expected.verdicts]).all()

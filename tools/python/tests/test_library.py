"""The bits are those of the other hosts, and the header is read as C reads it."""

import csv
import ctypes
import itertools
import subprocess

import numpy
import pytest
from conftest import REPOSITORY, Sequence, all_bits, committed_digest, digest

import singlepath
from singlepath import _header
from singlepath._library import call


def built(source, folder, *flags):
    program = folder / source.stem
    warnings = ["-std=c11", "-Wall", "-Wextra", "-Werror", "-O1", "-ffp-contract=off"]
    subprocess.run(["gcc", *warnings, "-o", program, source, *flags], check=True)
    return subprocess.run([program], check=True, capture_output=True, text=True).stdout


def test_the_training_run_has_the_digest_of_the_other_hosts():
    sequence, results = Sequence(), b""
    for depth, biases in itertools.product(range(1, 9), (False, True)):
        shape = singlepath.Shape(depth, biases)
        bank = singlepath.Bank(shape, parameters=sequence.numbers(shape.parameter_count, 67))
        x, y = sequence.numbers(9, 67), sequence.numbers(9, 67)
        y.flat[::11] = numpy.nan
        x.flat[5] = numpy.inf
        verdicts = numpy.empty(67, numpy.uint8)
        bank.train(x, y, 0.25, verdicts=verdicts)
        for result in (bank.parameters, verdicts, bank.predict(x), bank.costs(x, y)):
            results += result.tobytes()
    assert digest(results) == committed_digest("run_digest")


def test_the_plate_has_the_digest_of_the_other_hosts():
    with open(REPOSITORY / "tools" / "data" / "plate_growth.csv", newline="") as file:
        wells = [list(rows) for _, rows in itertools.groupby(csv.DictReader(file), lambda row: row["well"])]
    hours = numpy.array([row["hours"] for row in wells[0]], numpy.float32)
    densities = numpy.array([[row["od"] for row in well] for well in wells], numpy.float32)
    hours /= hours.max()
    densities = numpy.ascontiguousarray(densities.T / densities.max())
    bank = singlepath.Bank(2, densities.shape[1])
    bank.initialise(seed=1)
    for _ in range(1000):
        bank.train(hours, densities, 0.1)
    assert digest(bank.parameters.tobytes()) == committed_digest("plate_digest")


def test_a_fit_has_the_digest_of_the_same_fit_in_c(installed_library, tmp_path):
    flags = ["-I", installed_library / "include", installed_library / "lib" / "libsinglepath.a"]
    expected = built(REPOSITORY / "tools/python/tests/fit_digest.c", tmp_path, *flags).strip()
    sequence = Sequence()
    x, y = sequence.numbers(25, 67), sequence.numbers(25, 67)
    y.flat[::11] = numpy.nan
    x.flat[5] = numpy.inf
    zeros = numpy.zeros(4)
    results = singlepath.fit(x, y)
    # Paths that the library leaves alone are NaN here and 0 there.
    results.parameters[:, results.verdicts == singlepath.Verdict.NOT_FINITE_INPUT] = zeros[:, None]
    noise = all_bits(results)
    x.flat[5] = 0
    y = x / (1 + abs(x)) + sequence.numbers(25, 67) * numpy.float32(2.0**-6)
    assert digest(noise + all_bits(singlepath.fit(x, y))) == expected


def test_the_structs_are_those_of_c(installed_library, tmp_path):
    table = built(REPOSITORY / "Tests/Hosts/layout.c", tmp_path, "-I", installed_library / "include")
    own = []
    for struct in _header.STRUCTURES:
        own.append(f"{struct.__name__} {ctypes.sizeof(struct)}")
        own += [f"{struct.__name__}.{name} {getattr(struct, name).offset}" for name, *_ in struct._fields_]
    assert table.split("\n")[:-1] == own


def test_the_constants_are_those_of_c(installed_library, tmp_path):
    groups = {
        "SIGMOID": singlepath.Sigmoid, "HIDDEN": singlepath.Hidden, "OUTPUT": singlepath.Output,
        "COST": singlepath.Cost, "VERDICT": singlepath.Verdict, "START": _header.Start,
        "FITTED": _header.Fitted, "EXAMINED": _header.Examined,
    }
    own = {f"SP_{prefix}_{each.name}": each.value for prefix, group in groups.items() for each in group}
    own |= {("SP_" if each == 0 else "SP_ERROR_") + each.name: each.value for each in _header.Status}
    source = tmp_path / "constants.c"
    prints = "".join(f'  printf("{name} %d\\n", {name});\n' for name in own)
    source.write_text(f'#include <stdio.h>\n#include "single_path.h"\nint main(void) {{\n{prints}  return 0;\n}}\n')
    table = built(source, tmp_path, "-I", installed_library / "include")
    assert dict(line.split() for line in table.splitlines()) == {name: str(value) for name, value in own.items()}
    assert len(singlepath.Verdict) == _header.VERDICT_COUNT
    assert len(_header.Fitted) == _header.FITTED_ROWS


def test_what_the_library_refuses_is_an_error_in_its_words():
    with pytest.raises(ValueError, match="^sp_predict: a number of paths or frames is negative"):
        call("sp_predict", singlepath.Shape(2)._as_c, -1, 0, None, 0, None, 0, 0, None, 0)


def test_the_version_is_the_headers():
    number = _header.VERSION
    assert singlepath.__version__ == f"{number // 10000}.{number // 100 % 100}.{number % 100}"
    assert "SinglePath" in singlepath.build_description()

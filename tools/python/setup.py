"""Puts the installed C library, and what its header says, into the wheel.

SINGLEPATH_LIBRARY names the folder in which tools/build-library.sh has installed it.
"""

import os
import pathlib
import shutil
import sys
import sysconfig

from setuptools import Distribution, setup
from setuptools.command.bdist_wheel import bdist_wheel
from setuptools.command.build_py import build_py

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from header import Header  # noqa: E402

if "SINGLEPATH_LIBRARY" not in os.environ:
    sys.exit("SINGLEPATH_LIBRARY is not set; build with tools/python/build-wheel.sh")
PREFIX = pathlib.Path(os.environ["SINGLEPATH_LIBRARY"])
HEADER = Header((PREFIX / "include" / "single_path.h").read_text())


class BuildWithLibrary(build_py):
    def run(self):
        super().run()
        package = pathlib.Path(self.build_lib) / "singlepath"
        shutil.copy(PREFIX / "lib" / "libsinglepath.so", package)
        (package / "_header.py").write_text(HEADER.module())


class WithLibrary(Distribution):
    """Belongs to a platform, as if it had an extension module."""

    def has_ext_modules(self):
        return True


class PlatformWheel(bdist_wheel):
    """A wheel for every Python, since it has no extension module, on one platform."""

    def get_tag(self):
        # The library needs memcpy and memset of the C library and nothing else, whatever its version.
        platform = sysconfig.get_platform().replace("linux-", "manylinux_2_17_")
        return "py3", "none", platform.replace("-", "_").replace(".", "_")


setup(
    version=HEADER.version,
    distclass=WithLibrary,
    cmdclass={"build_py": BuildWithLibrary, "bdist_wheel": PlatformWheel},
)

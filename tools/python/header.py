"""Reads single_path.h and writes what Python needs of it as a module: constants, structs, functions.

header.py HEADER    prints the module
"""

import pathlib
import re
import sys
from typing import NamedTuple

TYPES = {
    "int32_t": "ctypes.c_int32", "uint32_t": "ctypes.c_uint32", "uint64_t": "ctypes.c_uint64",
    "float": "ctypes.c_float", "ptrdiff_t": "ctypes.c_ssize_t", "size_t": "ctypes.c_size_t",
    "uint8_t": "ctypes.c_uint8", "sp_status": "ctypes.c_int32",
}
STATUS = "Status"


class Enumeration(NamedTuple):
    name: str
    members: list[tuple[str, int, str]]  # name, value, what the header says of it


class Structure(NamedTuple):
    name: str
    fields: list[tuple[str, str]]  # name, type in ctypes


class Function(NamedTuple):
    name: str
    result: str
    arguments: list[str]


class Header:
    def __init__(self, text: str):
        code = re.sub(r"//.*", "", text)
        self.defines = {name: int(value) for name, value in re.findall(r"^#define SP_(\w+) (\d+)$", code, re.M)}
        self.structures = [
            Structure(name, self._fields(body))
            for body, name in re.findall(r"typedef struct \{([^{}]*)\} (\w+);", code)
        ]
        self.functions = [
            Function(name, self._type(result), self._arguments(arguments))
            for result, name, arguments in re.findall(
                r"^((?:const )?\w+ \*?)(sp_\w+)\(([^)]*)\) SP_NOTHROW;", code, re.M
            )
        ]
        self.enumerations = [self._enumeration(body) for body in re.findall(r"^enum \{\n(.*?)^\};", text, re.M | re.S)]

    @property
    def version(self) -> str:
        number = self.defines["VERSION"]
        return f"{number // 10000}.{number // 100 % 100}.{number % 100}"

    def _enumeration(self, body: str) -> Enumeration:
        one_line = re.sub(r"\n\s+///?<? ?(?!.*\bSP_\w+ =)", " ", body)
        members = re.findall(r"^\s*SP_(\w+) = (\d+),?(?:\s*///< (.*))?$", one_line, re.M)
        if members[0][0] == "OK":
            return Enumeration(STATUS, [(n.removeprefix("ERROR_"), int(v), d) for n, v, d in members])
        prefix = members[0][0].split("_")[0]
        return Enumeration(
            prefix.capitalize(), [(n.removeprefix(prefix + "_"), int(v), d.strip()) for n, v, d in members]
        )

    def _fields(self, body: str) -> list[tuple[str, str]]:
        return [
            (field, self._type(f"{kind} {star}") + (f" * {length}" if length else ""))
            for kind, star, field, length in re.findall(
                r"^\s*(?:const )?(\w+) (\*?)(\w+)(?:\[(\d+)\])?;", body, re.M
            )
        ]

    def _arguments(self, text: str) -> list[str]:
        arguments = [] if text == "void" else text.split(",")
        return [self._type(re.sub(r"\w+$", "", argument.strip())) for argument in arguments]

    def _type(self, text: str) -> str:
        if "*" in text:
            return "ctypes.c_char_p" if "char" in text else "ctypes.c_void_p"
        name = text.replace("const", "").strip()
        if name in TYPES:
            return TYPES[name]
        if any(structure.name == name for structure in self.structures):
            return name
        raise ValueError(f"the header has a type that Python does not know: {text}")

    def module(self) -> str:
        """Returns the text of the module `_header`."""
        lines = ['"""What single_path.h says. Written when the wheel was built, by header.py."""', ""]
        lines += ["import ctypes", "from enum import IntEnum", "from typing import Any", ""]
        lines += [f"{name} = {value}" for name, value in self.defines.items()]
        for enumeration in self.enumerations:
            counts = [m for m in enumeration.members if m[0] in ("COUNT", "ROWS")]
            lines += [f"{enumeration.name.upper()}_{name} = {value}" for name, value, _ in counts]
        for enumeration in self.enumerations:
            lines += ["", "", f"class {enumeration.name}(IntEnum):"]
            for name, value, meaning in enumeration.members:
                if name not in ("COUNT", "ROWS"):
                    lines += [f"    #: {meaning}"] * bool(meaning) + [f"    {name} = {value}"]
        for structure in self.structures:
            lines += ["", "", f"class {structure.name}(ctypes.Structure):", "    _fields_ = ["]
            lines += [f'        ("{field}", {kind}),' for field, kind in structure.fields] + ["    ]"]
        lines += ["", "", "#: Name, result and arguments of each function."]
        lines += ["FUNCTIONS: list[tuple[str, Any, list[Any]]] = ["]
        lines += [f'    ("{f.name}", {f.result}, [{", ".join(f.arguments)}]),' for f in self.functions]
        lines += ["]", "STRUCTURES: list[type[ctypes.Structure]] = ["]
        lines += [f"    {structure.name}," for structure in self.structures] + ["]"]
        return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(Header(pathlib.Path(sys.argv[1]).read_text()).module(), end="")

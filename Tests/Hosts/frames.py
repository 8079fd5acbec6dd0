"""The stack of the calls from the machine code of the library for x86-64, for instruction sets too that no
machine here has: the frames of each function and of what it calls, added up along the deepest way. What is
called through a pointer counts as the deepest function whose address is known there, but for other instances
of a function on the way: none calls itself. That is never less than is taken, but up to 4 KiB more.

frames.py LIBRARY   prints a line for each instruction set: its kernel's name, and the bytes below the
                    arguments that the host pushes
"""

import functools
import re
import subprocess
import sys


class Function:
    def __init__(self):
        self.frame = 8  # the return address
        self.callees = set()
        self.addresses = set()  # of functions that it, or whom it calls, may call through a pointer
        self.calls_a_pointer = False


def read(library):
    """Returns every function of the library by its name."""
    command = ["objdump", "-dr", "--no-show-raw-insn", library]
    functions, instruction = {}, ""
    for line in subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\n"):
        if begin := re.fullmatch(r"[0-9a-f]+ <(.*)>:", line):
            function = functions[begin[1]] = Function()
        elif named := re.search(r"\bR_X86_64_\w+\s+(?:\.text\.)?(\S+?)(?:[-+]0x[0-9a-f]+)?$", line):
            if instruction.startswith(("call", "j")):
                function.callees.add(named[1])
            elif instruction.startswith(("lea", "mov")):
                function.addresses.add(named[1])
        elif "\t" in line:
            instruction = line.split("\t", 1)[1].strip()
            if instruction.startswith("push"):
                function.frame += 8
            elif reserved := re.match(r"(sub|add)\s+\$(-?)0x([0-9a-f]+),%rsp", instruction):
                if (reserved[1] == "sub") != bool(reserved[2]):
                    function.frame += int(reserved[3], 16)
            elif aligned := re.match(r"and\s+\$0x([0-9a-f]+),%rsp", instruction):
                function.frame += 2**64 - int(aligned[1], 16) - 8
            elif re.match(r"(sub|lea)\s.*[^(]%rsp$", instruction) and "(%rbp)" not in instruction:
                sys.exit(f"{library}: a frame of unknown size: {instruction}")
            elif re.match(r"call\s+\*", instruction):
                function.calls_a_pointer = True
            elif call := re.match(r"(?:call|jmp)\s+[0-9a-f]+ <([^+>]+)>", instruction):
                function.callees.add(call[1])
    for function in functions.values():
        function.addresses &= functions.keys()
    return functions


def source_of(name):
    """The name of a function without what an instruction set, an activation or a sink adds to it."""
    return re.split(r"(?:F|U_)(?:0abC|AA8Baseline)", name)[0]


def deepest(functions, other_kernels):
    """Returns the most bytes that a function of the header takes with all kernels but these."""

    instances = {}
    for name in functions:
        instances.setdefault(source_of(name), set()).add(name)

    @functools.cache
    def bytes_of(name, handed):
        """`handed`: the functions whose addresses the callers have taken."""
        if name not in functions:
            return 64  # memcpy and the like
        function = functions[name]
        known = (handed | function.addresses) - other_kernels - instances[source_of(name)]
        deepest_callees = [bytes_of(callee, known) for callee in function.callees - {name}]
        if function.calls_a_pointer:
            deepest_callees += [bytes_of(callee, known - {callee}) for callee in known]
        return function.frame + max(deepest_callees, default=0)

    public = [name for name in functions if re.fullmatch(r"sp_(?!kernel_)\w+", name)]
    return max(bytes_of(name, frozenset()) for name in public)


functions = read(sys.argv[1])
kernels = {name for name in functions if name.startswith("sp_kernel_")}
if not kernels:
    sys.exit(f"{sys.argv[1]} has no kernel")
for kernel in sorted(kernels):
    print(kernel, deepest(functions, frozenset(kernels - {kernel})))

#!/usr/bin/env bash
# Builds and installs the library for hosts in C and other languages: libsinglepath.a and, for Linux on
# x86-64, libsinglepath.so; single_path.h; a pkg-config file. It needs no Swift runtime.
#
#   tools/build-library.sh [--prefix FOLDER] [--target TRIPLE]
#
# Targets: x86_64-unknown-linux-gnu, which has code for three instruction sets and chooses at run time;
# aarch64-none-none-elf, also for Linux; armv7em-none-none-eabihf, a Cortex-M with a
# single-precision unit for floats (FPv5). The prefix is .build/library/<target> unless told.
set -euo pipefail
shopt -s globstar  # modules have folders

fail() { echo "build-library: $1" >&2; exit 1; }

target=$(uname -m)
case $target in
  x86_64) target=x86_64-unknown-linux-gnu ;;
  *) target=aarch64-none-none-elf ;;
esac
prefix=
while [ $# -gt 0 ]; do
  case $1 in
    --prefix) prefix=${2:?"--prefix needs a folder"}; shift 2 ;;
    --target) target=${2:?"--target needs a triple"}; shift 2 ;;
    *) fail "unknown argument $1; see the head of tools/build-library.sh" ;;
  esac
done
mkdir -p "${prefix:=.build/library/$target}"
prefix=$(cd "$prefix" && pwd)
cd "$(dirname "$0")/.."

command -v swiftc >/dev/null || fail "swiftc is missing; install Swift 6.3 or later"
toolchain=$(dirname "$(readlink -f "$(command -v swiftc)")")
for tool in clang ld.lld llvm-ar llvm-objcopy; do
  [ -x "$toolchain/$tool" ] || fail "the Swift toolchain lacks $tool ($toolchain)"
done

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat >"$folder/module.modulemap" <<MAP
module SinglePathShims { header "$PWD/Sources/SinglePathShims/include/SinglePathShims.h" export * }
module CSinglePath { header "$PWD/Sources/CSinglePath/include/single_path.h" export * }
MAP

# Code that allocates is refused, where the standard library itself passes that check.
machine=()
proof=(-no-allocations)
case $target in
  x86_64-*-linux-gnu | aarch64-none-none-elf) ;;
  armv7em-none-none-eabihf)
    target=armv7em-none-none-eabi
    machine=(-mcpu=cortex-m7 -mfloat-abi=hard -mfpu=fpv5-sp-d16)
    proof=()
    ;;
  *) fail "unknown target $target" ;;
esac

# Compiles one module and hides every symbol but the C functions that it defines. Each instruction set
# has an invocation of its own, since a module is compiled again into each module that imports it.
compile() { # module, define or nothing, clang flags…
  local module=$1 define=${2:-} flag flags=()
  shift 2
  [ -z "$define" ] || flags+=(-D "$define")
  for flag in "${machine[@]}" "$@"; do flags+=(-Xcc "$flag"); done
  swiftc -enable-experimental-feature Embedded -wmo -parse-as-library "${proof[@]}" -O \
    -swift-version 6 -warnings-as-errors -target "$target" "${flags[@]}" \
    -Xcc "-I$PWD/Sources/CSinglePath/include" -Xcc "-fmodule-map-file=$folder/module.modulemap" -Xfrontend -function-sections \
    -Xfrontend -disable-stack-protector \
    -I "$folder" -module-name "$module" -emit-module-path "$folder/$module.swiftmodule" \
    -emit-object -o "$folder/$module.o" "Sources/$module"/**/*.swift
  "$toolchain/llvm-objcopy" --wildcard --keep-global-symbol='sp_*' "$folder/$module.o"
}

compile SinglePathKernel ""
compile SinglePathChecks ""
compile SinglePathC ""
if [ "${target%%-*}" = x86_64 ]; then
  compile SinglePathKernelAVX2 KERNEL_AVX2 -march=x86-64-v3
  compile SinglePathKernelAVX512 KERNEL_AVX512 -march=x86-64-v4
fi

# One object, of which only the functions of the header can be seen, and without what they do not use.
roots=()
for function in $(sed -nE 's/^[a-z].*\b(sp_[a-z_]+)\(.*/\1/p' Sources/CSinglePath/include/single_path.h); do
  roots+=(-u "$function")
done
"$toolchain/ld.lld" -r --gc-sections "${roots[@]}" -o "$folder/single_path.o" "$folder"/SinglePath*.o
"$toolchain/llvm-objcopy" --wildcard --localize-symbol='sp_kernel_*' "$folder/single_path.o"

mkdir -p "$prefix/include" "$prefix/lib/pkgconfig"
cp Sources/CSinglePath/include/single_path.h "$prefix/include"
rm -f "$prefix/lib/libsinglepath.a"
"$toolchain/llvm-ar" rcsD "$prefix/lib/libsinglepath.a" "$folder/single_path.o"
if [ "${target%%-*}" = x86_64 ]; then
  "$toolchain/ld.lld" -shared --gc-sections -z noexecstack -z now -soname libsinglepath.so.1 \
    -o "$prefix/lib/libsinglepath.so.1" "$folder/single_path.o"
  ln -sf libsinglepath.so.1 "$prefix/lib/libsinglepath.so"
fi

version=$(awk '$2 == "SP_VERSION" { print int($3 / 10000) "." int($3 / 100) % 100 "." $3 % 100 }' \
  Sources/CSinglePath/include/single_path.h)
cat >"$prefix/lib/pkgconfig/singlepath.pc" <<PC
prefix=$prefix
Name: SinglePath
Description: Many small neural paths, trained by backpropagation
Version: $version
Cflags: -I\${prefix}/include
Libs: -L\${prefix}/lib -lsinglepath
PC
echo "$target: installed in $prefix"

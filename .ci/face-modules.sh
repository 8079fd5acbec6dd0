# Sourced by checks that compile against the release build of the Swift face, and have a function `fail`: sets `maps`,
# the compiler's options for the C modules below the face, and compiles a file that imports the face.
[ -f .build/release/Modules/SinglePath.swiftmodule ] || fail "there is no release build; run 'swift build -c release'"
maps=()
for module in CSinglePath SinglePathShims; do
  map=$(find -L ".build/release/$module.build" -name module.modulemap | head -n 1)
  maps+=(-Xcc "-fmodule-map-file=$map" -Xcc "-I$PWD/Sources/$module/include")
done

# To SIL, in which lifetimes and what is sent are checked.
compile_swift() { # file
  swiftc -emit-sil -o /dev/null -swift-version 6 -warnings-as-errors -strict-memory-safety -parse-as-library \
    -enable-experimental-feature Lifetimes -I .build/release/Modules "${maps[@]}" "$1"
}

# Sourced by checks that compile against the debug build of the Swift face, and have a function `fail`: sets `maps`,
# the compiler's options for the C modules below the face.
[ -f .build/debug/Modules/SinglePath.swiftmodule ] || fail "there is no debug build; run 'swift build'"
maps=()
for module in CSinglePath SinglePathShims; do
  map=$(find -L ".build/debug/$module.build" -name module.modulemap | head -n 1)
  maps+=(-Xcc "-fmodule-map-file=$map" -Xcc "-I$PWD/Sources/$module/include")
done

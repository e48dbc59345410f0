#!/bin/sh
# Prints the path of the Nu checker's program for our pages. Where java and npm are there, fetches it once into
# build/vnu. Prints nothing, and says so, otherwise.
jar=build/vnu/node_modules/vnu-jar/build/dist/vnu.jar
if [ ! -f "$jar" ] && command -v java >/dev/null 2>&1 && command -v npm >/dev/null 2>&1; then
    mkdir -p build/vnu
    npm install --silent --no-audit --no-fund --no-save --prefix build/vnu vnu-jar >/dev/null 2>&1
fi
if [ -f "$jar" ] && command -v java >/dev/null 2>&1; then
    echo "$PWD/$jar"
else
    echo "NO NU CHECKER (it needs java and npm): the check of our HTML WILL NOT RUN." >&2
fi
exit 0

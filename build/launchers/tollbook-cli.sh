#!/bin/sh
# The command line of the installed program: the same program, run as plain Node.
here=$(dirname "$(readlink -f "$0")")
program="$here/tollbook"
resources="$here/resources"
if [ -d "$here/MacOS" ]; then
  program="$here/MacOS/Tollbook"
  resources="$here/Resources"
fi
ELECTRON_RUN_AS_NODE=1 exec "$program" "$resources/app.asar/dist/service/main.mjs" "$@"

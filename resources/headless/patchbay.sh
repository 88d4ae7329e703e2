#!/bin/sh
# Starts Patchbay with the Node that lies beside it.
here=$(dirname "$(readlink -f "$0")")
app="$here/../lib/patchbay"
export MALLOC_ARENA_MAX="${MALLOC_ARENA_MAX:-1}"
if [ "$1" = serve ]; then
  exec "$app/node" @HOST_FLAGS@ "$app/out/main/headless.js" "$@"
fi
exec "$app/node" @CLI_FLAGS@ "$app/out/main/cli.js" "$@"

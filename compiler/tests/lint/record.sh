#!/bin/sh
# Asks the installed Erlang what it says about the sources beside this file; writes NAME.txt, one message a line, sorted.
cd "$(dirname "$0")" || exit 1
for f in *.erl; do
    erlc "$f" | grep -E "^$f:" | sed -e 's/: Warning: /: warning: /;t' -e 's/^\([^:]*:[0-9]*:[0-9]*\): /\1: error: /' | LC_ALL=C sort > "${f%.erl}.txt"
done
rm -f -- *.beam

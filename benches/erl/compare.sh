#!/bin/sh
# Compares with `erl` in alternating runs: benches/erl/compare.sh path/to/transom [rounds]. Prints the ratio of the best times (below 1: faster than OTP).
set -e
here=$(cd "$(dirname "$0")" && pwd)
transom=$1
rounds=${2:-3}
out=$(mktemp -d)
erlc -o "$out" "$here/bench.erl"
i=0
while [ "$i" -lt "$rounds" ]; do
    erl -noshell +sbwt none -pa "$out" -eval 'bench:main(["all"]), halt().' >>"$out/otp"
    "$transom" run "$here/bench.erl" all >>"$out/ours"
    i=$((i + 1))
done
awk 'FNR == NR { if (!($1 in o) || $2 < o[$1]) o[$1] = $2; next }
     { if (!($1 in t) || $2 < t[$1]) t[$1] = $2 }
     END { for (n in t) { r = t[n] / o[n]; s += log(r); k++; printf "%-12s %10.1f ms %10.1f ms %6.2fx\n", n, o[n] / 1000, t[n] / 1000, r }
           printf "geomean of %d: %.2fx\n", k, exp(s / k) }' "$out/otp" "$out/ours" | sort
rm -r "$out"

-module(bit_types).
-compile(export_all).
g(X) -> <<X/bits-unit:8>>.
h(X) -> <<X/bytes-unit:4>>.
d(<<X/bytes-bits-binary, Y>>) -> {X, Y}.
e(X) -> <<X/bits-bytes>>.
f(X) -> <<X/unit:8-bits>>.
h(X) -> <<X/unit:4-bytes>>.
i(X) -> <<X/bits-integer>>.
j(X) -> <<X/integer-bytes>>.
k(X) -> <<X/utf8-bits>>.
l(X) -> <<X/bits-utf8>>.
xa(X) -> <<X/bits-binary>>.
xb(X) -> <<X/binary-bitstring>>.
xc(<<X/bits-binary>>) -> X.
xe(X) -> <<X:2/binary-bits>>.
xf(X) -> <<X/binary-bytes-unit:8>>.
xi(X) -> <<X/bits-unit:1>>.
xj(X) -> <<X/unit:1-bits>>.
xk(X) -> <<X:2/bytes-binary>>.
xl(X) -> <<X/binary-unit:1>>.

-module(binaries).
-compile(export_all).
m1(<<A:4, B:4, C/binary>>) -> {A, B, C};
m1(<<A:4/unit:1, B/bitstring>>) -> {A, B}.
m2(<<N:16/little, S:N/binary, F:32/float, R/bits>>) -> {N, S, F, R};
m2(<<"abc", X/utf8, "def"/utf16, _/binary>>) -> X;
m2(<<X:3/signed-integer-unit:8>>) -> X;
m2(<<>>) -> empty.
m3(N, B) -> <<_:(N * 2), X:N/binary-unit:4, _/bits>> = B, X.
m4(<<1, _:8, 2:16, _/binary>> = B) -> B;
m4(<<1, X, 2, Y>>) -> {X, Y};
m4(<<1, X:16, _/binary>>) -> X.
c1(A, B, N) -> <<A, B:N, "lit", (N + 1):16/little, A/float, B/binary, N/utf8, "x"/utf16, 3.0:32/float>>.
c2(B) -> <<B/binary, 1, 2>>.
c3() -> <<1:4, 2:4, "hello", 5:13, -1:16/signed, 16#12345:20/little>>.
lc(B) -> [X || <<X:3>> <= B, X > 2].
bc(L) -> << <<X:5>> || X <- L, is_integer(X) >>.
bc2(B) -> << <<Y, X>> || <<X, Y>> <= B >>.
bc3(B, L) -> << <<X, Z>> || <<X>> <= B, Z <- L, Z > X >>.

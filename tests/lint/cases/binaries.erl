-module(binaries).
-compile(export_all).
a() -> <<1:8/foo>>, <<1/integer-float>>, <<1/signed-unsigned>>, <<1/big-little>>, <<1/integer-integer>>, <<1/bytes-binary>>.
b() -> <<1/utf8-signed>>, <<1:8/utf8>>, <<1/unit:8>>, <<1:8/unit:8>>, <<1/binary-unit:7>>, <<1:8/unit:0>>, <<1:8/unit:257>>, <<1:8/unit:x>>.
c() -> <<1:16/float>>, <<1:8/float>>, <<1:32/float-unit:2>>, <<1:x>>, <<1:"a">>, <<1:-1>>, <<1:1.0>>, <<1:(-1)>>, <<1:$a>>.
d(<<_/binary, _>>) -> ok; d(<<_/bitstring, _:1>>) -> ok; d(<<A:A>>) -> A; d(<<A, B:A>>) -> B.
e(<<"abc":8>>) -> ok; e(<<"abc"/utf16>>) -> ok; e(<<"abc"/integer>>) -> ok; e(<<"abc"/little>>) -> ok; e(<<"abc"/binary>>) -> ok.
f(<<X:8/float>>) -> X; f(<<X:16/float>>) -> X; f(<<X:(8 + 8)/float>>) -> X; f(<<X:64/float-little>>) -> X.
g(X) -> << <<Y>> || <<Y/binary>> <= X >>, << <<Y>> || <<_, Y/bits>> <= X >>, << <<Y>> || <<Y:2/binary>> <= X >>, [Y || <<Y>> <= X].
h(X) -> << Y || Y <- X >>, << (Y) || Y <- X >>, << "abc" || _ <- X >>, << <<Y>>/binary || Y <- X >>.
i(N, <<X:N, Y:(N + 1), Z:N/binary-unit:8>>) -> {X, Y, Z}.
j(<<N, X:N/binary>>) when N > 1, X > 1 -> ok.
k(<<X:8, X:8>>) -> X.
l(<<{a, b}>>) -> ok; l(<<[a]>>) -> ok; l(<<a>>) -> ok; l(<<1 + 1>>) -> ok; l(<<(-1)>>) -> ok; l(<<-1>>) -> ok; l(<<X/utf8>>) -> X.
m() -> <<1/unit:8-binary>>, <<1/integer-unit:8-unit:8>>, <<1/binary-unit:8-unit:16>>.

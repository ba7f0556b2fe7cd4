-module(heads).
-export([f/1, g/2, h/1, i/1, f/1]).
f(1) -> ok.
g(A, B) -> A + B.
h(A) -> A.
h(A) -> A.
i(X) -> X.
l(X) -> ok;
l(X) -> ok.
m() -> try a catch error:x -> 1; throw:y:z -> 2; foo:bar -> 3 end.
module_info() -> ok.
module_info(_) -> ok.
record_info(_, _) -> ok.
n(X, X) -> ok; n(_A, _A) -> ok.
o() -> fun g/2, fun g/3, fun nope/1, fun lists:nope/1, fun heads:nope/1.
p() -> nope(), heads:nope(), lists:nope(), ?MODULE:nope().
q() -> apply(heads, nope, []), spawn(nope, nope, []).

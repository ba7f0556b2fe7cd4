-module(macros_more).
-export([a/0]).
-ifdef(A).
-else.
-else.
-endif.
-ifdef(A).
-else.
-elif(true).
-endif.
-ifdef(A).
-elif(true).
-elif(true).
-else.
-elif(true).
-endif.
-else.
-elif(true).
-endif.
-define.
-define().
-define(a).
-define(A, 1, 2).
-define(A, 1
).
-define(1, 2).
-define("a", 2).
-define(B(a), 2).
-define(B(A, A), 2).
-define(B(A, B, A), 2).
-define(MODULE, 1).
-define(MODULE(X), 1).
-define(FILE, 1).
-define(MACHINE, 1).
-define(OTP_RELEASE, 1).
-define(FUNCTION_NAME, 1).
-define(FUNCTION_ARITY, 1).
-define(FEATURE_ENABLED, 1).
-define(BEAM, 1).
-undef(LINE).
-undef(OTP_RELEASE).
-undef(BEAM).
-undef().
-undef(1).
-undef(A, B).
-undef("a").
-include().
-include(a).
-include("a", "b").
-include_lib(a).
-include_lib("a" "b").
-include_lib("nosuchapp/x.hrl").
-include("nosuch.hrl").
-file(a).
-file("x", a).
-file("x").
-file().
-error().
-error.
-error(a, b).
-error("x" "y").
-error(foo(bar)).
-error({a, [b], "c", $d, 1.0}).
-warning().
-warning("x", "y").
-warning(X).
-if().
-endif.
-if(a b).
-endif.
-if(1, 2).
-endif.
-if(foo()).
-endif.
-if(1 / 0).
-endif.
-if(?NOPE).
-endif.
-ifdef("a").
-endif.
-ifdef(1).
-endif.
-ifdef.
-endif.
-ifdef().
-endif.
-ifndef(a, b).
-endif.
-foo(?FUNCTION_NAME).
-foo(?FUNCTION_ARITY).
-foo(?MODULE).
-foo(?).
-foo(??a).
-define(S(X), ??X).
-define(T(X), ??Y).
-define(U(X, Y), {??X, ??Y}).
-define(V, ??X).
a() -> {?S(a, b), ?S(), ?S}.
b() -> {?T(a)}.
c() -> {?U(a)}.
d() -> {?V}.
e() -> ?S((a).
f() -> ?S([a)].
g() -> ?1.
h() -> ?"a".
i() -> ?.
j() -> ?S(a) ?S(b).
k() -> ?FEATURE_ENABLED, ?FEATURE_ENABLED(), ?FEATURE_ENABLED(a, b), ?FEATURE_AVAILABLE(nope).
l() -> ?MODULE(1), ?LINE(1), ?FILE(1).
m() -> ?if, ?'a b', ?a.
n() -> ?nope(1), ?nope, ?Nope(a, b).

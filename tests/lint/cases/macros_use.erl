-module(macros_use).
-export([a/0]).
-define(A, 1).
-define(A(X), X).
-define(D, ?D).
-define(E, ?F).
-define(F, ?E).
-define(S(X), ??X).
a() -> ?A(1, 2), ?A(1), ?NOPE.
b() -> ?D.
c() -> ?E.
d() -> ?S(a + b).
e() -> ?S.
f() -> ?A(.
g() -> ?A((1), [2, 3]).
h() -> ?FUNCTION_NAME, ?FUNCTION_ARITY.
-foo(?FUNCTION_NAME).
i() -> ?LINE, ?FILE, ?MODULE, ?MODULE_STRING, ?MACHINE, ?OTP_RELEASE, ?BASE_MODULE, ?BASE_MODULE_STRING, ?FEATURE_AVAILABLE(maybe_expr), ?FEATURE_ENABLED(maybe_expr).

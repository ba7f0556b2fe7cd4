-module(features_late_undef).
-undef(A).
-feature(maybe_expr, enable).
-export([a/0]).
a() -> ok.

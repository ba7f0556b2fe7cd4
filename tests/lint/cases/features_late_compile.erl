-module(features_late_compile).
-compile(debug_info).
-feature(maybe_expr, enable).
-export([a/0]).
a() -> ok.

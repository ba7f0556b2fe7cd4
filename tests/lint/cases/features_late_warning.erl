-module(features_late_warning).
-warning(a).
-feature(maybe_expr, enable).
-export([a/0]).
a() -> ok.

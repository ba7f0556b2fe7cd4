-module(features_late_type).
-type t() :: a.
-feature(maybe_expr, enable).
-export([a/0]).
a() -> ok.

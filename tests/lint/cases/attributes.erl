-module(attributes).
-export([a/0, f/0, h/1]).
-behaviour(nosuch).
-on_load(a/0).
-on_load(f/0).
-compile([inline, {inline, [{f, 0}, {nope, 3}, {nope, 4}]}, {inline, {nope, 5}}]).
-compile({nowarn_unused_function, [{u, 0}, {nope, 1}]}).
-compile({nowarn_unused_function, {nope, 1}}).
-compile({nowarn_bif_clash, [{nope, 1}]}).
-compile({nowarn_deprecated_function, [{nope, nope, 1}, {bad}]}).
-compile({no_auto_import, [{nope, 1}, size/1]}).
-deprecated([{f, 0}, {f, '_', "reason"}, {nope, 1}, {bad}, f, nope, {f, 0, eventually}, {'_', '_'}]).
-deprecated(module).
-deprecated({f, 0, never}).
-deprecated({f, 0, "x"}).

-deprecated("x").
-deprecated([{f, a}, {1, 2}, {u, 0}]).
-removed([{f, 0, "x"}, {nope, 1}, {bad}, {h, '_', "text"}, {u, 0}]).
-removed(x).
-removed({f, 0}).
-removed_type([{t, 0, "x"}, {nope, 1, "x"}]).
-nifs([f/0, nope/1]).
-nifs([h/1]).
-dialyzer({nowarn_function, [nope/0, f/0]}).
-dialyzer(nosuch).
-dialyzer([no_return, nosuch2, {nosuch3, f/0}]).
-dialyzer({[nowarn_function, no_match], [f/0, {nope, 3}]}).
-type t() :: a.
-export_type([t/0]).
a() -> ok.
f() -> ok.
h(_) -> ok.
u() -> ok.

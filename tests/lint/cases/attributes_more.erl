-module(attributes_more).
-export([f/0, f/1, h/1]).
-deprecated([{g, '_'}, {'_', 0}, {h, 1, next_version}, {h, 1, next_major_release}, {h, '_', eventually}, {'_', 3}, {nope, '_'}]).
-removed([{g, '_'}, {'_', 0}, {h, 1, next_version}, {'_', '_'}, {'_', 5}, {'_', 0, "x"}]).
-removed([{'_', 1}]).
-export_type([t/0]).
-type t() :: a.
-removed_type([{t, 0, "x"}, {t, '_', "y"}, {bad}]).
-deprecated_type([{t, 0}, {nope, 1}, {bad}, module]).
-dialyzer([no_return,no_unused,no_improper_lists,no_fun_app,no_match,no_opaque,no_fail_call,no_contracts,no_behaviours,no_undefined_callbacks,unmatched_returns,error_handling,race_conditions,overspecs,underspecs,specdiffs,no_missing_calls,missing_return,extra_return,unknown,overlapping_contract,no_unknown,no_extra_return,no_missing_return,no_underspecs,no_return,no_spec,unmatched_return,unknown2,no_warn, nowarn_function]).
-dialyzer({nowarn_function, f/0}).
-dialyzer({[no_return, nope], f/0}).
-dialyzer({no_return, [f/0, f/9]}).
-dialyzer({unknown, [f/0]}).
-dialyzer({no_opaque, x}).
-dialyzer({nowarn_function, x}).
-dialyzer(1).
-dialyzer([{a, b, c}]).
-dialyzer([]).
-compile({inline, x}).
-compile({inline, [x]}).
-compile([{inline_list_funcs, [nope/1]}]).
-compile({nowarn_unused_function, x}).
-compile({warn_unused_function, [{nope, 1}]}).
-compile({nowarn_bif_clash, nope}).
-compile(nowarn_bif_clash).
-compile(warn_missing_spec).
f() -> ok.
f(_) -> ok.
h(_) -> ok.

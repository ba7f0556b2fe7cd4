%% Warnings and errors of whole modules, guards, expressions.
-module(erl_lint_more).
-include("../show.hrl").

start() ->
    show(fun() -> erl_lint:module(forms(["-module(m).", "-export([f/0]).", "f() -> ok."])) end),  % expect: {ok,[]}
    show(fun() -> erl_lint:module(forms(["-module(m).", "f() -> X."])) end),  % expect: {error,[{"nofile",[{2,erl_lint,{unbound_var,'X'}}]}],[{"nofile",[{2,erl_lint,{unused_function,{f,0}}}]}]}
    show(fun() -> erl_lint:module(forms(["-module(m).", "f() -> X."]), "m.erl") end),  % expect: {error,[{"m.erl",[{2,erl_lint,{unbound_var,'X'}}]}],[{"m.erl",[{2,erl_lint,{unused_function,{f,0}}}]}]}
    show(fun() -> erl_lint:module(forms(["-module(m).", "-export([f/0]).", "f() -> X = 1."]), "m.erl", []) end),  % expect: {ok,[{"m.erl",[{3,erl_lint,{unused_var,'X'}}]}]}
    show(fun() -> erl_lint:module(forms(["-module(m).", "-export([f/0]).", "f() -> X = 1."]), "m.erl", [nowarn_unused_vars]) end),  % expect: {ok,[]}
    show(fun() -> erl_lint:module(forms(["-module(m).", "-export([f/1]).", "f(_) -> g(1)."])) end),  % expect: {error,[{"nofile",[{3,erl_lint,{undefined_function,{g,1}}}]}],[]}
    show(fun() -> [lists:flatten(erl_lint:format_error(E)) || E <- [{unbound_var, 'X'}, {undefined_function, {f, 1}}, {unused_var, 'Y'}, {unused_function, {g, 2}}, {undefined_record, r}]] end),  % expect: ["variable 'X' is unbound","function f/1 undefined","variable 'Y' is unused","function g/2 is unused","record r undefined"]
    show(fun() -> erl_lint:exprs(exprs("X + 1."), []) end),  % expect: {error,[{"nofile",[{1,erl_lint,{unbound_var,'X'}}]}],[]}
    show(fun() -> erl_lint:exprs(exprs("X + 1."), [{'X', 1}]) end),  % expect: {ok,[]}
    show(fun() -> erl_lint:exprs(exprs("Y = 1, Y + X."), [{'X', 1}]) end),  % expect: {ok,[]}
    show(fun() -> [erl_lint:is_guard_test(expr(E)) || E <- ["is_atom(X).", "X > 1.", "foo(X).", "X.", "true.", "1 + 2.", "atom(X).", "erlang:is_atom(X)."]] end),  % expect: [true,true,false,true,true,true,true,true]
    show(fun() -> [erl_lint:is_guard_test(expr(E), forms(["-record(r, {a})."])) || E <- ["is_record(X, r).", "X#r.a =:= 1.", "X#s.a =:= 1.", "foo(X)."]] end),  % expect: [true,true,true,false]
    show(fun() -> [erl_lint:is_guard_test(expr(E), [], fun(FA) -> FA =:= {is_atom, 1} end) || E <- ["is_atom(X).", "is_list(X).", "foo(X)."]] end),  % expect: [false,true,false]
    show(fun() -> [erl_lint:is_guard_expr(expr(E)) || E <- ["X.", "f(X).", "abs(X) + 1.", "self().", "spawn(x)."]] end),  % expect: [true,false,true,true,false]
    show(fun() -> [erl_lint:is_pattern_expr(expr(E)) || E <- ["X.", "{a, X}.", "f(X).", "1 + 2.", "[H | T].", "<<X:8>>.", "fun() -> a end."]] end).  % expect: [false,false,false,true,false,false,false]

tokens(S) -> {ok, Ts, _} = erl_scan:string(S), Ts.
exprs(S) -> {ok, Es} = erl_parse:parse_exprs(tokens(S)), Es.
expr(S) -> hd(exprs(S)).
forms(Lines) -> [begin {ok, Ts, _} = erl_scan:string(L, N), {ok, F} = erl_parse:parse_form(Ts), F end || {N, L} <- lists:zip(lists:seq(1, length(Lines)), Lines)].

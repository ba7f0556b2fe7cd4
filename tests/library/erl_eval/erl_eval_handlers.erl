%% Handlers of calls: of two arguments, and of three with the place.
-module(erl_eval_handlers).
-include("../show.hrl").

start() ->
    show(fun() -> value("1 + 2.", {value, fun(F, As) -> {F, As} end}) end),  % expect: {{erlang,'+'},[1,2]}
    show(fun() -> value("1 + 2.", {value, fun(A, F, As) -> {erl_anno:line(A), F, As} end}) end),  % expect: {1,{erlang,'+'},[1,2]}
    show(fun() -> value("- 2.", {value, fun(A, F, As) -> {erl_anno:line(A), F, As} end}) end),  % expect: {1,{erlang,'-'},[2]}
    show(fun() -> value("lists:reverse([1]).", {value, fun(A, F, As) -> {erl_anno:line(A), F, As} end}) end),  % expect: {1,{lists,reverse},[[1]]}
    show(fun() -> value("self().", {value, fun(A, F, As) -> {erl_anno:line(A), F, As} end}) end),  % expect: {1,{erlang,self},[]}
    show(fun() -> value("(fun lists:reverse/1)([1]).", {value, fun(A, F, As) -> {erl_anno:line(A), F, As} end}) end),  % expect: {1,fun lists:reverse/1,[[1]]}
    show(fun() -> value("(fun lists:reverse/1)([1]).", {value, fun(F, As) -> {F, As} end}) end),  % expect: {fun lists:reverse/1,[[1]]}
    show(fun() -> value("case 1 of X when foo(X) -> 1; _ -> 2 end.", none) end),  % expect: error illegal_guard_expr
    show(fun() -> value("case 1 of X when is_integer(X), not is_atom(X) -> 1; _ -> 2 end.", none) end).  % expect: 1

value(Text, Handler) ->
    {ok, Tokens, _} = erl_scan:string(Text),
    {ok, [E]} = erl_parse:parse_exprs(Tokens),
    {value, V, _} = case Handler of
        none -> erl_eval:exprs([E], []);
        _ -> erl_eval:expr(E, [], none, Handler)
    end,
    V.

%% The atom '_' in a head matches anything; names that are none.
-module(ms_transform_joker).
-include_lib("stdlib/include/ms_transform.hrl").
-include("../show.hrl").

-record(r, {a, b = 5, c}).

start() ->
    show(fun() -> ets:fun2ms(fun(#r{_ = '_', a = A}) -> A end) end),  % expect: [{{r,'$1','_','_'},[],['$1']}]
    show(fun() -> ets:fun2ms(fun({'_', A}) -> {{'_', A}} end) end),  % expect: [{{'_','$1'},[],[{{{{'_','$1'}}}}]}]
    show(fun() -> ets:test_ms({1, 2}, ets:fun2ms(fun({'_', A}) -> {A, '_'} end)) end),  % expect: {ok,{2,'_'}}
    show(fun() -> said("fun({A}) -> Unbound end.") end),  % expect: {1,"the variable Unbound is unbound, cannot translate into match_spec"}
    show(fun() -> said("fun({A}) when is_record(A, no_record) -> A end.") end),  % expect: {1,"fun guard contains unknown record type no_record"}
    show(fun() -> said("fun({'$1'}) -> a end.") end).  % expect: {1,"fun head contains atom '$1', which conflics with reserved atoms in match_spec heads"}

said(Text) ->
    {ok, Tokens, _} = erl_scan:string(Text),
    {ok, [{'fun', _, {clauses, Clauses}}]} = erl_parse:parse_exprs(Tokens),
    {error, [{_, [{Line, Module, Error}]}], []} = ms_transform:transform_from_shell(ets, Clauses, []),
    {Line, lists:flatten(Module:format_error(Error))}.

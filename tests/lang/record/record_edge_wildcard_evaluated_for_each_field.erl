%% record: an expression for all other fields is evaluated once for each, in one scope: what it binds is matched the next time, unless a clause leaves it unbound.
-module(record_edge_wildcard_evaluated_for_each_field).
-export([start/0, id/1]).
-record(r, {a, b, c}).

start() ->
    show(fun() -> #r{a = A, b = B, c = C} = #r{_ = make_ref()}, [A =:= B, B =:= C] end),  % expect: [false,false]
    show(fun() -> #r{_ = begin X = make_ref(), is_reference(X) end} end),  % expect: error badmatch
    show(fun() -> #r{a = 1, _ = begin Y = id(2), Y end} end),  % expect: {r,1,2,2}
    show(fun() -> #r{_ = case id(1) of _ -> Z = make_ref(), is_reference(Z); ok -> true end} end),  % expect: {r,true,true,true}
    show(fun() -> (#r{_ = case id(1) of _ -> V = make_ref(), is_reference(V); ok -> V = 1 end})#r{a = 1} end),  % expect: error badmatch
    show(fun() -> #r{_ = put(count, plus(get(count)))} end).  % expect: {r,undefined,1,2}

plus(undefined) -> 1;
plus(N) -> N + 1.

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:{R, _} -> io:format("~p ~p~n", [C, R]);
        C:R -> io:format("~p ~p~n", [C, R])
    end.

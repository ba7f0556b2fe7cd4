%% record: edge, defaults and types.
-module(record_edge_defaults_and_types).
-export([start/0, id/1]).

-record(r, {a = [] :: list(), b = {x, y} :: tuple(), c :: integer() | undefined}).

start() ->
    show(fun() -> #r{} end),  % expect: {r,[],{x,y},undefined}
    show(fun() -> #r{_ = q} end),  % expect: {r,q,q,q}
    show(fun() -> #r{a = 1, _ = z} end).  % expect: {r,1,z,z}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

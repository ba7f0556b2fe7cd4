%% ref_to_list: edge.
-module(bif_ref_to_list_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin R0 = make_ref(), list_to_ref(ref_to_list(R0)) =:= R0 end end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% process_dictionary_info: edge.
-module(bif_process_dictionary_info_edge).
-export([start/0, id/1]).
-include("../waiting.hrl").

start() ->
    show(fun() -> begin P = waiting(spawn(fun() -> put(a, 1), receive after infinity -> ok end end)), process_info(P, dictionary) end end).  % expect: {dictionary,[{a,1}]}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

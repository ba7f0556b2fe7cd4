%% process_dictionary_info: normal.
-module(bif_process_dictionary_info_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin put(pk, pv), {dictionary, D} = process_info(self(), dictionary), lists:keyfind(pk, 1, D) end end).  % expect: {pk,pv}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

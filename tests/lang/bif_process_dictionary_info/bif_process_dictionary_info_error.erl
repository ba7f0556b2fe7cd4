%% process_dictionary_info: error.
-module(bif_process_dictionary_info_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> process_info(id(1), dictionary) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

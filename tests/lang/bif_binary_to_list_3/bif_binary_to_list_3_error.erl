%% binary_to_list_3: error.
-module(bif_binary_to_list_3_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> binary_to_list(id(<<"abc">>), 0, 2) end),  % expect: error badarg
    show(fun() -> binary_to_list(id(<<"abc">>), 2, 4) end),  % expect: error badarg
    show(fun() -> binary_to_list(id(<<"abc">>), 3, 2) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% attributes: error, none.
-module(attributes_error_none).
-export([start/0, id/1]).

start() ->
    show(fun() -> ?MODULE:module_info(nokey) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

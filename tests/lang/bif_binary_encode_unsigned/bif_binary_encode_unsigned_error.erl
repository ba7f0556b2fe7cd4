%% binary_encode_unsigned: error.
-module(bif_binary_encode_unsigned_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> binary:encode_unsigned(-1) end),  % expect: error badarg
    show(fun() -> binary:encode_unsigned(id(a)) end),  % expect: error badarg
    show(fun() -> binary:decode_unsigned(id(a)) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

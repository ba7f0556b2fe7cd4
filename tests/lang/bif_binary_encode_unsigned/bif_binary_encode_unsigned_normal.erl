%% binary_encode_unsigned: normal.
-module(bif_binary_encode_unsigned_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> binary:encode_unsigned(258) end),  % expect: <<1,2>>
    show(fun() -> binary:encode_unsigned(258, little) end).  % expect: <<2,1>>

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

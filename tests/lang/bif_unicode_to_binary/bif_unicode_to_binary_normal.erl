%% unicode_to_binary: normal.
-module(bif_unicode_to_binary_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> unicode:characters_to_binary("abc") end),  % expect: <<"abc">>
    show(fun() -> unicode:characters_to_binary([229]) end).  % expect: <<"Ã¥">>

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% unicode_to_list: normal.
-module(bif_unicode_to_list_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> unicode:characters_to_list(<<"abc">>) end),  % expect: "abc"
    show(fun() -> unicode:characters_to_list(<<"å"/utf8>>) end).  % expect: "å"

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% unicode_to_list: edge.
-module(bif_unicode_to_list_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> unicode:characters_to_list(<<"å">>, latin1) end),  % expect: "å"
    show(fun() -> unicode:characters_to_list([<<"a">>,[229]]) end),  % expect: "aå"
    show(fun() -> unicode:characters_to_list(<<195>>) end),  % expect: {incomplete,[],<<"Ã">>}
    show(fun() -> unicode:characters_to_list(<<0,97>>, utf16) end).  % expect: "a"

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% unicode_to_binary: edge.
-module(bif_unicode_to_binary_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> unicode:characters_to_binary([229], unicode, latin1) end),  % expect: <<"å">>
    show(fun() -> unicode:characters_to_binary([8364], unicode, latin1) end),  % expect: {error,<<>>,[[8364]]}
    show(fun() -> unicode:characters_to_binary("a", unicode, utf16) end),  % expect: <<0,97>>
    show(fun() -> unicode:characters_to_binary([]) end).  % expect: <<>>

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

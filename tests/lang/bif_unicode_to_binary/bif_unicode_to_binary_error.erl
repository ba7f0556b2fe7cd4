%% unicode_to_binary: error.
-module(bif_unicode_to_binary_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> unicode:characters_to_binary(<<97,255>>) end),  % expect: {error,<<"a">>,<<"ÿ">>}
    show(fun() -> unicode:characters_to_binary(id(a)) end),  % expect: error badarg
    show(fun() -> unicode:characters_to_binary("a", bad) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

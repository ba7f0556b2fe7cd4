%% unicode_to_list: error.
-module(bif_unicode_to_list_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> unicode:characters_to_list(<<255>>) end),  % expect: {error,[],<<"ÿ">>}
    show(fun() -> unicode:characters_to_list(id(a)) end),  % expect: error badarg
    show(fun() -> unicode:characters_to_list([16#110000]) end).  % expect: {error,[],[1114112]}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

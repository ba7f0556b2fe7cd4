%% spawn_request: error, arguments.
-module(bif_spawn_request_error_arguments).
-export([start/0, id/1]).

start() ->
    show(fun() -> spawn_request(id(fun(_) -> ok end)) end),  % expect: error badarg
    show(fun() -> spawn_request(node(), id(fun(_) -> ok end)) end),  % expect: error badarg
    show(fun() -> spawn_request(fun() -> ok end, id(x)) end),  % expect: error badarg
    show(fun() -> spawn_request(fun() -> ok end, id([link | x])) end),  % expect: error badarg
    show(fun() -> spawn_request(id('a@b'), fun() -> ok end, id(x)) end),  % expect: error badarg
    show(fun() -> spawn_request(id('a@b'), lists, reverse, id(x), []) end),  % expect: error badarg
    show(fun() -> spawn_request(id('a@b'), id(1), reverse, [], []) end),  % expect: error badarg
    show(fun() -> spawn_request(id(1), lists, reverse, [], []) end),  % expect: error badarg
    show(fun() -> spawn_request(fun() -> ok end, [{priority, id(x)}]), receive {spawn_reply, _, R, W} -> {R, W} end end),  % expect: {error,badopt}
    show(fun() -> spawn_request(fun() -> ok end, [{reply, id(x)}]), receive {spawn_reply, _, R, W} -> {R, W} end end).  % expect: {error,badopt}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

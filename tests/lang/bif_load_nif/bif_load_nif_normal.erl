%% load_nif/2: normal, a library that cannot be opened is an error, and the program goes on without it.
-module(bif_load_nif_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> init() end),  % expect: {in_erlang,"Failed to load NIF library: '/nosuch/sum.so: cannot open shared object file: No such file or directory'"}
    show(fun() -> sum([1, 2, 3]) end).  % expect: 6

init() ->
    case erlang:load_nif("/nosuch/sum", 0) of
        ok -> loaded;
        {error, {load_failed, Text}} -> {in_erlang, Text}
    end.

%% What the library would have replaced.
sum([H | T]) -> H + sum(T);
sum([]) -> 0.

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% catch: edge, exit.
-module(catch_edge_exit).
-export([start/0, id/1]).

start() ->
    show(fun() -> catch exit(why) end),  % expect: {'EXIT',why}
    show(fun() -> begin {'EXIT', {R, S}} = (catch error(oops)), {R, is_list(S)} end end).  % expect: {oops,true}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

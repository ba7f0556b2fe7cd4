%% try: edge, stack variable.
-module(try_edge_stack_variable).
-export([start/0, id/1]).

start() ->
    show(fun() -> try error(e) catch error:e:S -> is_list(S) end end),  % expect: true
    show(fun() -> try lists:map(fun(_) -> error(q) end, [1]) catch _:_:St -> [M || {M, _, _, _} <- St, M =:= lists] end end).  % expect: [lists]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

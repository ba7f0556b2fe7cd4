%% ref_to_list: normal.
-module(bif_ref_to_list_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> lists:prefix("#Ref<", ref_to_list(make_ref())) end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% gc: error, survives exception.
% gc-stress: 5000
-module(gc_error_survives_exception).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin L = lists:seq(1, 5000), R = (catch error({big, lists:seq(1, 5000)})), {'EXIT', {{big, M}, _}} = R, L =:= M end end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

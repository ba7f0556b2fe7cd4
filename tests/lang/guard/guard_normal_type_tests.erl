%% guard: normal, type tests.
-module(guard_normal_type_tests).
-export([start/0, id/1]).

t(X) when is_integer(X) -> integer; t(X) when is_float(X) -> float; t(X) when is_atom(X) -> atom; t(X) when is_pid(X) -> pid; t(X) when is_map(X) -> map; t(X) when is_tuple(X) -> tuple; t(X) when is_list(X) -> list; t(X) when is_binary(X) -> binary; t(X) when is_bitstring(X) -> bitstring; t(X) when is_function(X) -> function; t(X) when is_reference(X) -> reference.

start() ->
    show(fun() -> [t(X) || X <- [1, 1 bsl 70, 1.5, a, self(), #{}, {}, [], [1], <<>>, <<1:1>>, fun t/1, make_ref()]] end).  % expect: [integer,integer,float,atom,pid,map,tuple,list,list,binary,bitstring,function,
    % expect:  reference]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

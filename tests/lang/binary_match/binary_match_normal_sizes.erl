%% binary match: normal, sizes.
-module(binary_match_normal_sizes).
-export([start/0, id/1]).

f(<<N, Data:N/binary, Rest/bytes>>) -> {N, Data, Rest}.

start() ->
    show(fun() -> f(<<3, "abcdef">>) end),  % expect: {3,<<"abc">>,<<"def">>}
    show(fun() -> f(<<0, "x">>) end).  % expect: {0,<<>>,<<"x">>}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

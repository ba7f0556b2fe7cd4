%% binary match: edge, literal segments.
-module(binary_match_edge_literal_segments).
-export([start/0, id/1]).

f(<<"GET ", P/binary>>) -> {get, P}; f(<<"PUT ", P/binary>>) -> {put, P}; f(<<16#FF, _/binary>>) -> ff; f(_) -> no.

start() ->
    show(fun() -> [f(<<"GET /">>), f(<<"PUT x">>), f(<<255,1>>), f(<<"POST">>), f(<<>>)] end).  % expect: [{get,<<"/">>},{put,<<"x">>},ff,no,no]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

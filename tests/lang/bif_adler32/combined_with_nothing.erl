%% adler32_combine, crc32_combine: a second text of no length, lengths beyond 32 bits; posixtime_to_universaltime far away.
-module(combined_with_nothing).
-export([start/0]).

start() ->
    show(fun() -> [erlang:adler32_combine(A, B, 0) || A <- [1, 2, (1 bsl 32) - 1], B <- [1, 2]] end),  % expect: [1,1,2,2,4294967295,4294967295]
    show(fun() -> [erlang:crc32_combine(A, B, 0) || A <- [1, 2, (1 bsl 32) - 1], B <- [0, 2]] end),  % expect: [1,3,2,0,4294967295,4294967293]
    show(fun() -> erlang:adler32_combine(1, 2, (1 bsl 32) - 1) end),  % expect: 2
    show(fun() -> erlang:adler32_combine(1, 2, 1 bsl 32) end),  % expect: error badarg
    show(fun() -> erlang:crc32_combine(1, 2, 1 bsl 32) end),  % expect: error badarg
    show(fun() -> [erlang:posixtime_to_universaltime(1 bsl N) || N <- [31, 40, 55, 62]] end),  % expect: [{{2038,1,19},{3,14,8}},
    % expect:  {{36812,2,20},{0,36,16}},
    % expect:  {{1141709097,6,13},{6,26,8}},
    % expect:  {{146138514283,6,19},{7,45,4}}]
    show(fun() -> erlang:posixtime_to_universaltime(1 bsl 63) end),  % expect: error badarg
    show(fun() -> erlang:bump_reductions(0) end).  % expect: true

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

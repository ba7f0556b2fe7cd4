%% A loop over a binary whose calls come back, with what is left of the binary on the way.
-module(binary_match_edge_not_tail).
-export([start/0, id/1]).

start() ->
    B = id(<<"hello">>),
    show(fun() -> [X || <<X>> <= B] end),  % expect: "hello"
    show(fun() -> [X || <<X:3>> <= <<B/binary, 1:2>>] end),  % expect: [3,2,0,6,2,5,5,4,3,3,0,6,7,5]
    show(fun() -> plus(B) end),  % expect: "ifmmp"
    show(fun() -> plus(<<B/binary, 0, 1>>) end),  % expect: error zero []
    show(fun() -> some(<<B/binary, 0, 1>>) end),  % expect: error function_clause [[<<0,1>>]]
    show(fun() -> sizes(B) end),  % expect: {104,{101,{108,{108,{111,end_of_it,0},1},2},3},4}
    show(fun() -> nested(<<"(a(bc)d)e">>) end),  % expect: {[[97,"bc",100],101],<<>>}
    show(fun() -> whole(B, B) end),  % expect: {5,[{104,5},{101,5},{108,5},{108,5},{111,5}|<<"hello">>]}
    show(fun() -> twice(B) end),  % expect: "hello......"
    show(fun() -> caught(<<1, 2, 0, 3>>) end),  % expect: [10,5,{badarith,<<0,3>>}]
    show(fun() -> flipped(B, <<>>) end),  % expect: <<"idmmn">>
    show(fun() -> flipped(<<B/binary, 1:1>>, <<>>) end),  % expect: error function_clause [[<<104,101,108,108,111,1:1>>,<<>>]]
    show(fun() -> << <<(X + 1)>> || <<X>> <= B >> end).  % expect: <<"ifmmp">>

plus(<<0, _/binary>>) -> error(zero);
plus(<<C, R/binary>>) ->
    X = plus(R),
    [C + 1 | X];
plus(<<>>) -> [].

some(<<C, R/binary>>) when C > 0 -> [C | some(R)];
some(<<>>) -> [].

sizes(<<C, R/binary>>) ->
    N = sizes(R),
    {C, N, byte_size(R)};
sizes(<<>>) -> end_of_it.

nested(<<"(", R/binary>>) ->
    {L, R2} = nested(R),
    {M, R3} = nested(R2),
    {[L | M], R3};
nested(<<")", R/binary>>) -> {[], R};
nested(<<C, R/binary>>) ->
    {L, R2} = nested(R),
    {[C | L], R2};
nested(<<>>) -> {[], <<>>}.

whole(<<C, R/binary>>, All) ->
    {N, L} = whole(R, All),
    {N + 1, [{C, byte_size(All)} | L]};
whole(<<>>, All) -> {0, All}.

twice(<<C, R/binary>>) -> [C | twice(R)] ++ twice(<<>>);
twice(<<>>) -> ".".

caught(<<C, R/binary>>) ->
    L = try caught(R) catch _:E -> [{E, R}] end,
    [10 div C | L];
caught(<<>>) -> [].

flipped(<<C, R/binary>>, Acc) -> flipped(R, <<Acc/binary, (C bxor 1)>>);
flipped(<<>>, Acc) -> Acc.

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R:Stack -> io:format("~p ~p ~p~n", [C, R, [Args || {M, _, Args, _} <- Stack, M =:= ?MODULE, is_list(Args)]])
    end.

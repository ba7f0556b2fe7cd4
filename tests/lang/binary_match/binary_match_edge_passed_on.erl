%% A loop over a binary passes on what it has not matched: what sees the argument sees a binary.
-module(binary_match_edge_passed_on).
-export([start/0]).

start() ->
    show(fun() -> sum(<<1, 2, 3>>, 0) end),  % expect: 6
    show(fun() -> catch_clause(fun() -> sum(<<1, 2, 3:4>>, 0) end) end),  % expect: {sum,[<<1,2,3:4>>,0]}
    show(fun() -> catch_clause(fun() -> pairs(list_to_binary(lists:duplicate(45, 7)), 0) end) end),  % expect: {pairs,[<<7>>,308]}
    show(fun() -> words(<<"to be or not">>, <<>>, []) end),  % expect: [<<"to">>,<<"be">>,<<"or">>,<<"not">>]
    show(fun() -> until(<<"abc;def">>, 0) end),  % expect: {3,<<"def">>}
    show(fun() -> odd(<<5:3, 1:3, 2:3, 3:3, 7:3>>, []) end),  % expect: [7,3,2,1,5]
    show(fun() -> other(<<1, 2, 3, 4>>, []) end),  % expect: [{another,4},{other,3},{another,2},{other,1}]
    show(fun() -> mixed(<<1, 2, 3>>, []) end),  % expect: {<<3>>,[2,1]}
    show(fun() -> long(binary:copy(<<1, 2, 3, 4, 5, 6, 7>>, 40), 0) end).  % expect: 7915760

sum(<<N, Rest/binary>>, Acc) -> sum(Rest, Acc + N);
sum(<<>>, Acc) -> Acc.

pairs(<<A, B, Rest/bitstring>>, Acc) -> pairs(Rest, Acc + A + B);
pairs(<<>>, Acc) -> Acc.

catch_clause(F) ->
    try F() catch error:function_clause:Stack -> {_, Name, Args, _} = hd(Stack), {Name, Args} end.

words(<<" ", Rest/binary>>, Word, Acc) -> words(Rest, <<>>, [Word | Acc]);
words(<<C, Rest/binary>>, Word, Acc) -> words(Rest, <<Word/binary, C>>, Acc);
words(<<>>, Word, Acc) -> lists:reverse([Word | Acc]).

until(<<";", Rest/binary>>, N) -> {N, Rest};
until(<<_, Rest/binary>>, N) -> until(Rest, N + 1).

odd(<<N:3, Rest/bitstring>>, Acc) -> odd(Rest, [N | Acc]);
odd(<<>>, Acc) -> Acc.

%% Two functions hand it to each other.
other(<<N, Rest/binary>>, Acc) -> another(Rest, [{other, N} | Acc]);
other(<<>>, Acc) -> Acc.
another(<<N, Rest/binary>>, Acc) -> other(Rest, [{another, N} | Acc]);
another(<<>>, Acc) -> Acc.

%% One clause looks at the whole binary.
mixed(Bin, Acc) when byte_size(Bin) =:= 1 -> {Bin, Acc};
mixed(<<N, Rest/binary>>, Acc) -> mixed(Rest, [N | Acc]).

long(<<A:16, B:24, C:8, D:8, Rest/binary>>, Acc) -> long(Rest, Acc + A + B + C - D);
long(<<>>, Acc) -> Acc.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

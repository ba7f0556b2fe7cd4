%% Iterators of maps of many sizes give every pair once, whoever walks them.
-module(maps_iterators).
-include("../show.hrl").

start() ->
    show(fun() -> [walked(map(N)) || N <- [0, 1, 8, 32, 33, 40, 41, 72, 73, 105, 137, 300]] end),  % expect: [{0,true,true},{1,true,true},{8,true,true},{32,true,true},{33,true,true},{40,true,true},{41,true,true},{72,true,true},{73,true,true},{105,true,true},{137,true,true},{300,true,true}]
    show(fun() -> lists:sum([V || {_, V} <- rest(iterator_behind(100, map(150)))]) =:= lists:sum(maps:values(map(150))) - lists:sum(taken(100, maps:iterator(map(150)))) end),  % expect: true
    show(fun() -> maps:fold(fun(_, V, S) -> V + S end, 0, iterator_behind(40, map(41))) =:= 0 end),  % expect: false
    show(fun() -> maps:next([foo | map(40)]) end).  % expect: error badarg

walked(M) ->
    Pairs = rest(maps:iterator(M)),
    {length(Pairs), lists:sort(Pairs) =:= lists:sort(maps:to_list(M)), maps:map(fun(_, V) -> V end, maps:iterator(M)) =:= M}.

%% Keys of several kinds.
map(N) -> maps:from_list([{case X rem 4 of 0 -> X; 1 -> {X, a}; 2 -> X + 0.5; 3 -> integer_to_binary(X) end, X} || X <- lists:seq(1, N)]).

rest(I) ->
    case maps:next(I) of
        none -> [];
        {K, V, Next} -> [{K, V} | rest(Next)]
    end.

iterator_behind(0, I) -> I;
iterator_behind(N, M) when is_map(M) -> iterator_behind(N, maps:iterator(M));
iterator_behind(N, I) ->
    {_, _, Next} = maps:next(I),
    iterator_behind(N - 1, Next).

taken(0, _) -> [];
taken(N, I) ->
    {_, V, Next} = maps:next(I),
    [V | taken(N - 1, Next)].

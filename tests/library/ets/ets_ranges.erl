%% Keys of ordered tables of which only the front is known: what the walk of their range gives is what one of the whole table would.
-module(ets_ranges).
-include("../show.hrl").

start() ->
    show(fun() -> selected({a, '$1'}) end),  % expect: {true,true,8,8,[{{a,1.0},two},{{a,2},two},{{a,a},two}],true}
    show(fun() -> selected({a, '$1', '_'}) end),  % expect: {true,true,8,8,[{{a,1.0,a},three},{{a,2,a},three},{{a,a,a},three}],false}
    show(fun() -> selected({1, '_'}) end),  % expect: {true,true,0,0,[],false}
    show(fun() -> selected({'_', b}) end),  % expect: {true,true,8,8,[{{1.0,b},two},{{2,b},two},{{a,b},two}],true}
    show(fun() -> selected({'$1', '$1'}) end),  % expect: {true,true,8,8,[{{1.0,1.0},two},{{2,2},two},{{a,a},two}],true}
    show(fun() -> selected({a, b, '_'}) end),  % expect: {true,true,1,1,[{{a,b,a},three}],false}
    show(fun() -> selected({a, {b, '_'}}) end),  % expect: {true,true,1,1,[{{a,{b,1}},two}],true}
    show(fun() -> selected({none, '_'}) end),  % expect: {true,true,0,0,[],false}
    show(fun() -> selected({<<"bin">>, '_', '_'}) end),  % expect: {true,true,8,8,[{{<<"bin">>,1.0,<<"bin">>},three},{{<<"bin">>,2,<<"bin">>},three},{{<<"bin">>,a,<<"bin">>},three}],false}
    show(fun() -> changed({a, '_'}) end),  % expect: {8,8,8,true,0}
    show(fun() -> changed({1, '_'}) end),  % expect: {0,0,0,true,0}
    show(fun() -> numbered(1100) end).  % expect: {1100,1090,1100,1100,2}

filled() ->
    T = ets:new(t, [ordered_set]),
    Parts = [1, 1.0, 2, a, b, {b, 1}, <<"bin">>, [], #{}],
    ets:insert(T, [{{P, Q}, two} || P <- Parts, Q <- Parts] ++ [{{P, Q, P}, three} || P <- Parts, Q <- Parts] ++ [{P, one} || P <- Parts] ++ [{{}, none}, {{a}, none}]),
    T.

selected(Key) ->
    T = filled(),
    Spec = [{{Key, '_'}, [], ['$_']}],
    Found = ets:select(T, Spec),
    Compiled = ets:match_spec_compile(Spec),
    {Found =:= ets:match_spec_run(ets:tab2list(T), Compiled), Found =:= lists:reverse(ets:select_reverse(T, Spec)),
     length(Found), ets:select_count(T, [{{Key, '_'}, [], [true]}]), lists:sublist(Found, 3), ets:match(T, {Key, two}) =/= []}.

changed(Key) ->
    T = filled(),
    Size = ets:info(T, size),
    Replaced = ets:select_replace(T, [{{'$1', two}, [{'=:=', {element, 1, '$1'}, element(1, Key)}], [{{'$1', new}}]}]),
    Deleted = ets:select_delete(T, [{{Key, '_'}, [], [true]}]),
    {Replaced, Deleted, Size - ets:info(T, size), ets:match_delete(T, {Key, '_'}), length([K || {{_, _} = K, new} <- ets:tab2list(T)])}.

%% More than are looked at under one lock.
numbered(N) ->
    T = ets:new(t, [ordered_set]),
    ets:insert(T, [{{a, 1}, 1}, {{c, 1}, 1}]),
    insert_from(T, N),
    {length(ets:select(T, [{{{b, '$1'}, '_'}, [], ['$1']}])), ets:select_count(T, [{{{b, '$1'}, '$1'}, [{'>', '$1', 10}], [true]}]),
     hd(ets:select_reverse(T, [{{{b, '$1'}, '_'}, [{'>', '$1', 10}], ['$1']}])), ets:select_delete(T, [{{{b, '_'}, '_'}, [], [true]}]), ets:info(T, size)}.

insert_from(_, 0) -> ok;
insert_from(T, X) ->
    ets:insert(T, {{b, X}, X}),
    insert_from(T, X - 1).

%% Each object of a duplicate_bag is replaced for itself: those that are equal, and those that are made equal to another.
-module(ets_replaced_duplicates).
-include("../show.hrl").

start() ->
    Key = [{{a, '_', '_'}, [], [{{a, 9, x}}]}],
    show(fun() -> replaced(Key) end),  % expect: {3,[{1,1,1},{a,9,x},{a,9,x},{a,9,x},{b,1,y},{b,1,y},{b,2,z}],[{a,9,x},{a,9,x},{a,9,x}],7,true}
    show(fun() -> replaced([{{'$1', 1, '_'}, [], [{{'$1', 9, x}}]}]) end),  % expect: {5,[{1,9,x},{a,2,x},{a,9,x},{a,9,x},{b,2,z},{b,9,x},{b,9,x}],[{a,9,x},{a,9,x},{a,2,x}],7,true}
    show(fun() -> replaced([{{'$1', 1, '$2'}, [], [{{'$1', 1, '$2'}}]}]) end),  % expect: {5,[{1,1,1},{a,1,x},{a,1,x},{a,2,x},{b,1,y},{b,1,y},{b,2,z}],[{a,1,x},{a,1,x},{a,2,x}],7,true}
    show(fun() -> replaced([{{'_', '_', '$1'}, [], [{{{element, 1, '$_'}, 9, '$1'}}]}]) end),  % expect: {7,[{1,9,1},{a,9,x},{a,9,x},{a,9,x},{b,9,y},{b,9,y},{b,9,z}],[{a,9,x},{a,9,x},{a,9,x}],7,true}
    show(fun() -> replaced([{{'$1', '$2', '$3'}, [], [{{'$1', {'+', '$2', 1}, '$3'}}]}]) end),  % expect: {7,[{1,2,1},{a,2,x},{a,2,x},{a,3,x},{b,2,y},{b,2,y},{b,3,z}],[{a,2,x},{a,2,x},{a,3,x}],7,true}
    show(fun() -> replaced([{{a, '$2', '$3'}, [{'<', '$2', 2}], [{{a, {'+', '$2', 1}, '$3'}}]}]) end),  % expect: {2,[{1,1,1},{a,2,x},{a,2,x},{a,2,x},{b,1,y},{b,1,y},{b,2,z}],[{a,2,x},{a,2,x},{a,2,x}],7,true}
    show(fun() -> replaced([{{b, 2, '$3'}, [], [{{b, 1, y}}]}]) end),  % expect: {1,[{1,1,1},{a,1,x},{a,1,x},{a,2,x},{b,1,y},{b,1,y},{b,1,y}],[{a,1,x},{a,1,x},{a,2,x}],7,true}
    show(fun() -> one(set, Key) end),  % expect: {1,[{1,1,1},{a,9,x},{b,2,z}],[{a,9,x}],3,true}
    show(fun() -> one(ordered_set, Key) end).  % expect: {1,[{1,1,1},{a,9,x},{b,2,z}],[{a,9,x}],3,true}

%% What is answered, what is in the table then, its size, and whether it takes as much room as a table filled so from the beginning.
replaced(Spec) -> look(duplicate_bag, Spec).

one(Type, Spec) -> look(Type, Spec).

look(Type, Spec) ->
    T = ets:new(t, [Type]),
    ets:insert(T, [{a, 1, x}, {b, 1, y}, {a, 1, x}, {a, 2, x}, {b, 1, y}, {b, 2, z}, {1, 1, 1}]),
    N = ets:select_replace(T, Spec),
    All = ets:tab2list(T),
    Fresh = ets:new(t, [Type]),
    ets:insert(Fresh, All),
    {N, lists:sort(All), ets:lookup(T, a), ets:info(T, size), ets:info(T, memory) =:= ets:info(Fresh, memory)}.

%% select_replace takes only a specification whose text shows that each key stays, whatever is in the table.
-module(ets_replaced_keys).
-include("../show.hrl").

start() ->
    show(fun() -> taken('$1', ['$1', {element, 1, '$_'}, {'+', '$1', 0}, {element, 1, '$1'}, 1, {const, 1}, '$2']) end),  % expect: [{{1,[{1,q}]},{1,[{1,q}]}},{{1,[{1,q}]},{1,[{1,q}]}},{badarg,badarg},{badarg,badarg},{badarg,badarg},{badarg,badarg},{badarg,badarg}]
    show(fun() -> taken('_', ['_', {element, 1, '$_'}, {element, 2, '$_'}, {element, {const, 1}, '$_'}, 1]) end),  % expect: [{badarg,badarg},{{1,[{1,q}]},{1,[{1,q}]}},{badarg,badarg},{badarg,badarg},{badarg,badarg}]
    show(fun() -> taken(1, [1, 1.0, {const, 1}, {const, 1.0}, {element, 1, '$_'}, 2]) end),  % expect: [{{1,[{1,q}]},{1,[{1,q}]}},{badarg,badarg},{{1,[{1,q}]},{1,[{1,q}]}},{badarg,badarg},{{1,[{1,q}]},{1,[{1,q}]}},{badarg,badarg}]
    show(fun() -> taken(1.0, [1, 1.0, {const, 1}, {const, 1.0}]) end),  % expect: [{badarg,badarg},{{0,[{1,a,b}]},{0,[{1,a,b}]}},{badarg,badarg},{{0,[{1,a,b}]},{0,[{1,a,b}]}}]
    show(fun() -> taken(1 bsl 70, [1 bsl 70, 1]) end),  % expect: [{{0,[{1,a,b}]},{0,[{1,a,b}]}},{badarg,badarg}]
    show(fun() -> taken({x, '$1'}, [{{x, '$1'}}, {x, '$1'}, {{x, {const, '$1'}}}, {const, {x, '$1'}}, {{x}}]) end),  % expect: [{{0,[{1,a,b}]},{0,[{1,a,b}]}},{badarg,badarg},{badarg,badarg},{badarg,badarg},{badarg,badarg}]
    show(fun() -> taken({x, '_'}, [{{x, '_'}}, {const, {x, '_'}}, {element, 1, '$_'}]) end),  % expect: [{badarg,badarg},{badarg,badarg},{{0,[{1,a,b}]},{0,[{1,a,b}]}}]
    show(fun() -> taken({}, [{{}}, {}, {const, {}}]) end),  % expect: [{{0,[{1,a,b}]},{0,[{1,a,b}]}},{badarg,badarg},{{0,[{1,a,b}]},{0,[{1,a,b}]}}]
    show(fun() -> taken([x, {y, '$1'}], [[x, {{y, '$1'}}], [x, {y, '$1'}], [x | '$1'], [x]]) end),  % expect: [{{0,[{1,a,b}]},{0,[{1,a,b}]}},{badarg,badarg},{badarg,badarg},{badarg,badarg}]
    show(fun() -> taken([x | '$1'], [[x | '$1'], [x, '$1']]) end),  % expect: [{{0,[{1,a,b}]},{0,[{1,a,b}]}},{badarg,badarg}]
    show(fun() -> taken([], [[], {const, []}]) end),  % expect: [{{0,[{1,a,b}]},{0,[{1,a,b}]}},{{0,[{1,a,b}]},{0,[{1,a,b}]}}]
    show(fun() -> taken(<<"a">>, [<<"a">>, <<"b">>]) end),  % expect: [{{0,[{1,a,b}]},{0,[{1,a,b}]}},{badarg,badarg}]
    show(fun() -> taken(#{a => 1}, [#{a => 1}, {const, #{a => 1}}, {element, 1, '$_'}]) end),  % expect: [{badarg,badarg},{badarg,badarg},{{0,[{1,a,b}]},{0,[{1,a,b}]}}]
    show(fun() -> [replaced([{Head, [], ['$_']}]) || Head <- ['_', '$1', {}, {'$1'}, {1, a, b}]] end),  % expect: [{{1,[{1,a,b}]},{1,[{1,a,b}]}},{{1,[{1,a,b}]},{1,[{1,a,b}]}},{{0,[{1,a,b}]},{0,[{1,a,b}]}},{{0,[{1,a,b}]},{0,[{1,a,b}]}},{{1,[{1,a,b}]},{1,[{1,a,b}]}}]
    show(fun() -> [replaced([{'_', [], [{{{element, 1, '$_'}, 2}}]}]), replaced([{'$1', [], ['$1']}])] end),  % expect: [{badarg,badarg},{badarg,badarg}]
    show(fun() -> [replaced([{{1, '_', '_'}, [], Body}]) || Body <- [[{const, {1, 2}}], [{const, {2, 1}}], [{const, {}}], [x, {{1}}], [true], ['$$'], [{{}}]]] end),  % expect: [{{1,[{1,2}]},{1,[{1,2}]}},{badarg,badarg},{badarg,badarg},{badarg,badarg},{badarg,badarg},{badarg,badarg},{badarg,badarg}]
    show(fun() -> replaced([{{zz, '_'}, [], [{{zz, q}}]}, {{'$1', '_'}, [], [{{xx, q}}]}]) end).  % expect: {badarg,badarg}

taken(Key, New) -> [replaced([{{Key, '_', '_'}, [], [{{K, q}}]}]) || K <- New].

%% In a set and in an ordered_set.
replaced(Spec) ->
    {in(set, Spec), in(ordered_set, Spec)}.

in(Type, Spec) ->
    T = ets:new(t, [Type]),
    ets:insert(T, {1, a, b}),
    try {ets:select_replace(T, Spec), ets:tab2list(T)} catch error:Why -> Why end.

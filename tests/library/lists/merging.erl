%% Merges of many lists, of lists that do not end in [], by keys and by funs.
-module(merging).
-include("../show.hrl").

start() ->
    Ls = [lists:sort([(I * 7919 + J * 104729) rem 1000 || J <- lists:seq(1, I rem 5)]) || I <- lists:seq(1, 200)],
    show(fun() -> erlang:phash2(lists:merge(Ls)) end),  % expect: 83070747
    show(fun() -> lists:merge(Ls) =:= lists:sort(lists:append(Ls)) end),  % expect: true
    show(fun() -> lists:umerge([lists:usort(L) || L <- Ls]) =:= lists:usort(lists:append(Ls)) end),  % expect: true
    show(fun() -> ordsets:union([lists:usort(L) || L <- Ls]) =:= lists:usort(lists:append(Ls)) end),  % expect: true
    show(fun() -> lists:merge([[1, 1.0], [1.0, 1], [], [1]]) end),  % expect: [1,1.0,1.0,1,1]
    show(fun() -> lists:umerge([[1], [1.0], [1], [2.0], [2]]) end),  % expect: [1,2.0]
    show(fun() -> [lists:merge([]), lists:merge([[]]), lists:merge([[1]]), lists:umerge([]), lists:umerge([[2]])] end),  % expect: [[],[],[1],[],[2]]
    show(fun() -> lists:keymerge(1, [{1, a}, {1.0, b}, {3, c}], [{1, x}, {2, y}, {3.0, z}]) end),  % expect: [{1,a},{1.0,b},{1,x},{2,y},{3,c},{3.0,z}]
    show(fun() -> lists:ukeymerge(1, [{1, a}, {2, b}, {3, c}], [{1.0, x}, {2, y}, {4, z}]) end),  % expect: [{1,a},{2,b},{3,c},{4,z}]
    show(fun() -> [lists:keymerge(2, [], [{1, 2}]), lists:keymerge(2, [{1, 2}], []), lists:ukeymerge(2, [], [{1, 2}]), lists:ukeymerge(2, [{1, 2}], [])] end),  % expect: [[{1,2}],[{1,2}],[{1,2}],[{1,2}]]
    show(fun() -> lists:merge([], [a | b]) end),  % expect: error badarg
    show(fun() -> lists:merge([a], [a | b]) end),  % expect: error badarg
    show(fun() -> lists:umerge([b | c], [a]) end),  % expect: error badarg
    show(fun() -> lists:keymerge(1, [{a}], [{a} | b]) end),  % expect: error badarg
    show(fun() -> lists:keymerge(1, [a], [{b}]) end),  % expect: error badarg
    show(fun() -> lists:keymerge(2, [{a, b}], [{b}]) end),  % expect: error badarg
    show(fun() -> lists:merge(foo) end),  % expect: error function_clause
    show(fun() -> lists:umerge([[a], foo]) end),  % expect: error function_clause
    show(fun() -> lists:sort(fun(_) -> true end, [a, b]) end),  % expect: error {badarity,{{'fun',1},[a,b]}}
    show(fun() -> lists:sort(foo, [a, b]) end),  % expect: error {badfun,foo}
    show(fun() -> lists:usort(foo, [a, b]) end),  % expect: error function_clause
    show(fun() -> [lists:seq(F, T) || {F, T} <- [{1, 0}, {1, 1}, {-3, 4}, {5, 12}, {5, 13}, {1 bsl 59 - 2, 1 bsl 59 + 7}]] end),  % expect: [[],[1],[-3,-2,-1,0,1,2,3,4],[5,6,7,8,9,10,11,12],[5,6,7,8,9,10,11,12,13],[576460752303423486,576460752303423487,576460752303423488,576460752303423489,576460752303423490,576460752303423491,576460752303423492,576460752303423493,576460752303423494,576460752303423495]]
    show(fun() -> [lists:nth(N, lists:seq(1, 10)) || N <- lists:seq(1, 10)] end),  % expect: [1,2,3,4,5,6,7,8,9,10]
    show(fun() -> [lists:nthtail(N, lists:seq(1, 10)) || N <- lists:seq(0, 10)] end),  % expect: [[1,2,3,4,5,6,7,8,9,10],[2,3,4,5,6,7,8,9,10],[3,4,5,6,7,8,9,10],[4,5,6,7,8,9,10],[5,6,7,8,9,10],[6,7,8,9,10],[7,8,9,10],"\b\t\n","\t\n","\n",[]]
    show(fun() -> [try F(N, L) catch error:R -> R end || F <- [fun lists:nth/2, fun lists:nthtail/2], {N, L} <- [{11, lists:seq(1, 10)}, {5, [1, 2, 3, 4 | x]}, {4, [1, 2, 3, 4 | x]}, {2.0, [1, 2, 3, 4, 5, 6]}, {6.0, [1, 2, 3, 4, 5, 6]}, {-1, [a]}, {b, [1, 2, 3, 4, 5]}]] end).  % expect: [function_clause,function_clause,4,function_clause,function_clause,function_clause,badarith,function_clause,function_clause,x,function_clause,function_clause,function_clause,badarith]

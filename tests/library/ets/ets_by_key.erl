%% Specifications that ask for one key, in tables of all types: counting, deleting, replacing; walks while keys go.
-module(ets_by_key).
-include("../show.hrl").

start() ->
    show(fun() -> [{Type, by_key(filled(Type))} || Type <- [set, ordered_set, bag, duplicate_bag]] end),  % expect: [{set,[true,0,0,0,1,1,1,{error,badarg},[{7}],[],[f],[{1.0,f},{2,2},{3,3},{4,4},{5,x},{6,6},{7,{7}},{8,8},{9,9},{10,10},{11,11},{12,12},{{a,b},1}]]},{ordered_set,[true,0,0,0,1,1,1,{error,badarg},[{7}],[],[f],[{1.0,f},{2,2},{3,3},{4,4},{5,x},{6,6},{7,{7}},{8,8},{9,9},{10,10},{11,11},{12,12},{{a,b},1}]]},{bag,[true,1,0,0,1,1,{error,badarg},{error,badarg},[7],[],[f],[{1.0,f},{2,2},{3,3},{4,4},{5,x},{6,6},{7,7},{8,8},{9,9},{10,10},{11,11},{12,12},{{a,b},1}]]},{duplicate_bag,[true,1,0,0,1,1,1,{error,badarg},[{7}],[],[f],[{1.0,f},{2,2},{3,3},{4,4},{5,x},{6,6},{7,{7}},{8,8},{9,9},{10,10},{11,11},{12,12},{{a,b},1}]]}]
    show(fun() -> [{Type, neighbours(filled(Type))} || Type <- [set, ordered_set, bag, duplicate_bag]] end).  % expect: [{set,[true,{error,badarg},{error,badarg},true,[1,2,3,4,5,6,7,8,9,10,11,12,{a,b}],0,'$end_of_table',true,{error,badarg}]},{ordered_set,[true,{a,b},'$end_of_table',true,[2,3,4,5,6,7,8,9,10,11,12,{a,b}],0,'$end_of_table',true,'$end_of_table']},{bag,[true,{error,badarg},{error,badarg},true,[1,2,3,4,5,6,7,8,9,10,11,12,{a,b}],0,'$end_of_table',true,{error,badarg}]},{duplicate_bag,[true,{error,badarg},{error,badarg},true,[1,2,3,4,5,6,7,8,9,10,11,12,{a,b}],0,'$end_of_table',true,{error,badarg}]}]

filled(Type) ->
    T = ets:new(t, [Type]),
    ets:insert(T, [{X, X} || X <- lists:seq(1, 12)] ++ [{1.0, f}, {5, x}, {{a, b}, 1}]),
    T.

by_key(T) ->
    [ets:match_delete(T, {1, '_'}),
     ets:select_delete(T, [{{5, '$1'}, [{is_integer, '$1'}], [true]}]),
     ets:select_delete(T, [{{6, '$1'}, [], [false]}]),
     ets:select_delete(T, [{{60, '$1'}, [], [true]}]),
     ets:select_count(T, [{{5, '_'}, [], [true]}]),
     ets:select_count(T, [{{{a, b}, '_'}, [], [true]}]),
     catch_error(fun() -> ets:select_replace(T, [{{7, '$1'}, [], [{{7, {{'$1'}}}}]}]) end),
     catch_error(fun() -> ets:select_replace(T, [{{8, '$1'}, [], [{{9, {{'$1'}}}}]}]) end),
     ets:select(T, [{{7, '$1'}, [], ['$1']}]),
     ets:select(T, [{{1, '$1'}, [], ['$1']}]),
     ets:select_reverse(T, [{{1.0, '$1'}, [], ['$1']}]),
     lists:sort(ets:tab2list(T))].

neighbours(T) ->
    [ets:delete(T, 1.0), catch_error(fun() -> ets:next(T, 100) end), catch_error(fun() -> ets:prev(T, 0) end), ets:safe_fixtable(T, true),
     lists:sort(walk(T, fun ets:next/2, ets:first(T))), ets:info(T, size), ets:next(T, 3), ets:safe_fixtable(T, false),
     catch_error(fun() -> ets:next(T, 3) end)].

%% Each key is gone before its neighbour is asked for.
walk(_, _, '$end_of_table') -> [];
walk(T, Step, K) ->
    ets:delete(T, K),
    [K | walk(T, Step, Step(T, K))].

catch_error(F) ->
    try F()
    catch error:R -> {error, R}
    end.

%% Questions about two sets, of both versions, against what their elements say; what is_set answers.
-module(sets_early_ends).
-include("../show.hrl").

start() ->
    show(fun() -> [S || S <- sizes(), not all_agree(S)] end),  % expect: []
    show(fun() -> [sets:is_set(S) || S <- [#{}, #{a => []}, #{a => b}, sets:new([{version, 1}]), sets:new([{version, 2}]), [], foo]] end),  % expect: [true,true,true,true,true,false,false]
    show(fun() -> sets:is_set(setelement(2, {set, 1}, x)) end),  % expect: false
    show(fun() -> [gb_sets:is_disjoint(gb_sets:from_list(A), gb_sets:from_list(B)) || A <- lists(), B <- lists()] end).  % expect: [true,true,true,true,true,true,true,true,true,false,false,true,false,true,true,true,true,false,false,true,false,true,true,true,true,true,true,false,false,false,true,true,true,false,false,false,false,false,true,true,true,true,true,false,false,false,true,true,true,true,true,true,true,true,false,true,true,true,true,true,true,true,true,false]

lists() -> [[], [1], [1.0], [2, 3], lists:seq(1, 9, 2), lists:seq(2, 12, 3), lists:seq(20, 30), [0, 40]].

sizes() -> [{V, W, A, B} || V <- [1, 2], W <- [1, 2], A <- [0, 1, 5, 40], B <- [0, 1, 7, 60]].

all_agree({V, W, N, K}) ->
    A = sets:from_list(lists:seq(1, N), [{version, V}]),
    lists:all(
        fun(From) ->
            B = sets:from_list(lists:seq(From, From + K - 1), [{version, W}]),
            {Common, Other} = lists:partition(fun(E) -> sets:is_element(E, B) end, lists:seq(1, N)),
            sets:is_disjoint(A, B) =:= (Common =:= []) andalso sets:is_subset(A, B) =:= (Other =:= [])
                andalso lists:sort(sets:to_list(sets:intersection(A, B))) =:= Common
                andalso lists:sort(sets:to_list(sets:subtract(A, B))) =:= Other
        end, [1, 3, 41, 1000]).

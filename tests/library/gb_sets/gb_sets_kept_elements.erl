%% Which of 1 and 1.0 stays in unions and intersections of sets with both kinds in between, of ordsets and of gb_sets.
-module(gb_sets_kept_elements).
-include("../show.hrl").

start() ->
    show(fun() -> ordsets:union([1, 2, 3.0, 5], [5.0]) end),  % expect: [1,2,3.0,5]
    show(fun() -> ordsets:intersection([1, 2, 3.0, 5], [5.0]) end),  % expect: [5]
    show(fun() -> all(ordsets, union, 200, 12) end),  % expect: 130944847
    show(fun() -> all(ordsets, intersection, 200, 12) end),  % expect: 76740390
    show(fun() -> all(gb_sets, union, 200, 12) end),  % expect: 125107944
    show(fun() -> all(gb_sets, intersection, 200, 12) end),  % expect: 91884323
    show(fun() -> all(gb_sets, union, 20, 60) end),  % expect: 51929627
    show(fun() -> all(gb_sets, intersection, 20, 60) end).  % expect: 20793857

%% A hash over the answers for pairs of sets of different sizes.
all(Module, Op, Pairs, Most) ->
    {Answers, _} = lists:mapfoldl(
        fun(_, S0) ->
            {A, S1} = set(Most, S0),
            {B, S2} = set(Most, S1),
            {Module:to_list(Module:Op(Module:from_list(A), Module:from_list(B))), S2}
        end, 1, lists:seq(1, Pairs)),
    erlang:phash2(Answers).

set(Most, S0) ->
    S = next_number(S0),
    Share = 1 + S rem 8,
    {Elements, Last} = lists:mapfoldl(fun(X, A) -> B = next_number(A), {{X, B}, B} end, S, lists:seq(1, Most)),
    {[case B rem 2 of 0 -> X; 1 -> float(X) end || {X, B} <- Elements, (B div 2) rem 8 < Share], Last}.

next_number(S) -> (S * 16807) rem 2147483647.

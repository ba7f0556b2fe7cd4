%% What is no node has no annotations and no comments; everything else about it is an error.
-module(erl_syntax_no_node).
-include("../show.hrl").

start() ->
    All = [none, 1, [], [x], {a}, "ab", 1.0, #{}, <<>>],
    show(fun() -> [erl_syntax:get_ann(X) || X <- All] end),  % expect: [[],[],[],[],[],[],[],[],[]]
    show(fun() -> [erl_syntax:get_precomments(X) ++ erl_syntax:get_postcomments(X) || X <- All] end),  % expect: [[],[],[],[],[],[],[],[],[]]
    show(fun() -> [erl_syntax:has_comments(X) || X <- All] end),  % expect: [false,false,false,false,false,false,false,false,false]
    show(fun() -> [raised(fun() -> erl_syntax:get_pos(X) end) || X <- All] end),  % expect: [{error,badarg},{error,badarg},{error,badarg},{error,badarg},{error,badarg},{error,badarg},{error,badarg},{error,badarg},{error,badarg}]
    show(fun() -> [raised(fun() -> erl_syntax:get_attrs(X) end) || X <- All] end),  % expect: [{error,badarg},{error,badarg},{error,badarg},{error,badarg},{error,badarg},{error,badarg},{error,badarg},{error,badarg},{error,badarg}]
    show(fun() -> [raised(fun() -> erl_syntax:type(X) end) || X <- All] end),  % expect: [{error,{badarg,none}},{error,{badarg,1}},{error,{badarg,[]}},{error,{badarg,[x]}},{error,{badarg,{a}}},{error,{badarg,"ab"}},{error,{badarg,1.0}},{error,{badarg,#{}}},{error,{badarg,<<>>}}]
    show(fun() -> [erl_syntax:get_ann(X) || X <- [{var, 1, 'X'}, erl_syntax:add_ann(a, {var, 1, 'X'}), erl_syntax:variable('X')]] end).  % expect: [[],[a],[]]

raised(F) ->
    try F() of
        V -> V
    catch
        C:R -> {C, R}
    end.

%% What erl answers for one wrong argument in each of these calls.
-module(erl_erts_errors_tests).
-include_lib("eunit/include/eunit.hrl").

words_test() ->
    ?assertEqual(#{1 => "not a list"}, words(fun() -> list_to_atom(a) end)),
    ?assertEqual(#{1 => "not a list"}, words(fun() -> length(a) end)),
    ?assertEqual(#{1 => "not an integer"}, words(fun() -> erlang:integer_to_list(a) end)),
    ?assertEqual(#{2 => "not an integer in the range 2 through 36"}, words(fun() -> erlang:integer_to_list(5, 99) end)),
    ?assertEqual(#{1 => "not an integer"}, words(fun() -> erlang:element(a, {b}) end)),
    ?assertEqual(#{2 => "not a tuple"}, words(fun() -> erlang:element(1, b) end)),
    ?assertEqual(#{1 => "not an iolist term"}, words(fun() -> erlang:list_to_binary(b) end)),
    ?assertEqual(#{1 => "not an iodata term"}, words(fun() -> erlang:iolist_size(b) end)),
    ?assertEqual(#{1 => "not a pid"}, words(fun() -> erlang:link(b) end)),
    ?assertEqual(#{1 => "not a binary"}, words(fun() -> erlang:binary_to_integer(b) end)),
    ?assertEqual(#{1 => "not an atom"}, words(fun() -> erlang:atom_to_list(1) end)).

words(Call) ->
    try Call() of _ -> none
    catch error:R:S ->
        [{M, _, _, Info} | _] = S,
        #{module := Explainer} = proplists:get_value(error_info, Info, #{module => M}),
        Explainer:format_error(R, S)
    end.

%% Subtracting a constant runs as an addition; its failure tells what was written.
subtraction_test() ->
    Failed = fun(F) -> try F() catch error:badarith:Stack -> {erlang, Op, Args, _} = hd(Stack), {Op, Args} end end,
    {'-', [a, 1]} = Failed(fun() -> minus(a) end),
    {'-', [a, 2]} = Failed(fun() -> countdown(a) end),
    {'-', [a, 3]} = Failed(fun() -> kept(a) end),
    {'+', [a, 1]} = Failed(fun() -> plus(a, 1) end),
    {'+', [a, -1]} = Failed(fun() -> plus(a, -1) end).

minus(N) -> N - 1.
countdown(0) -> 0;
countdown(N) -> countdown(N - 2).
kept(N) ->
    self() ! N,
    minus(kept_too(N) - 3).
kept_too(N) -> receive N -> N end.
plus(N, M) -> N + M.

-module(transom_complete_tests).
-include_lib("eunit/include/eunit.hrl").

%% A shell that answers what a shell would.
with_shell(Text) ->
    Shell = spawn(fun shell/0),
    {Length, Found} = transom_complete:candidates(Text, Shell),
    exit(Shell, kill),
    {Length, [C || {C, _} <- Found]}.

shell() ->
    receive
        {shell_ask, From, Ref, state} ->
            From ! {Ref, #{bindings => ['Total', 'Tax'], records => [{order, [item, price]}], functions => [{double, 1}]}},
            shell()
    end.

functions_test() -> ?assertEqual({2, ["seq(", "seq("]}, begin {N, C} = with_shell("X = lists:se"), {N, [F || F <- C, F =:= "seq("]} end).

modules_and_commands_test() ->
    {4, Found} = with_shell("list"),
    ?assert(lists:member("lists:", Found)),
    {3, Own} = with_shell("dou"),
    ?assert(lists:member("double(", Own)).

variables_test() -> ?assertEqual({2, ["Tax", "Total"]}, begin {_, C} = with_shell("1 + T"), {2, C} end).

records_test() ->
    ?assertEqual({2, ["order{"]}, with_shell("#or")),
    ?assertEqual({2, ["price"]}, with_shell("#order{item = 1, pr")).

nothing_inside_of_nothing_test() -> ?assertEqual({0, []}, with_shell("1 + ")).

a_shell_that_is_gone_has_no_variables_test() ->
    {Pid, Ref} = spawn_monitor(fun() -> ok end),
    receive {'DOWN', Ref, _, _, _} -> ok end,
    ?assertEqual({1, []}, transom_complete:candidates("T", Pid)).

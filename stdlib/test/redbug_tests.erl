%% Compiled patterns and refusals recorded from redbug on erl.
-module(redbug_tests).
-include_lib("eunit/include/eunit.hrl").
-export([none/0, ident/1]).

none() -> ok.
ident(X) -> X.

compiled(Text) -> try redbug:compile(Text) catch exit:Reason -> Reason end.

names_test() ->
    ?assertEqual({{f, c, '_'}, [{'_', [], []}], [local]}, compiled("f:c")),
    ?assertEqual({{f, '_', '_'}, [{'_', [], []}], [local]}, compiled("f")),
    ?assertEqual({{f, c, 2}, [{'_', [], []}], [local]}, compiled("f:c/2")),
    ?assertEqual({{f, '_', '_'}, [{'_', [], []}], [global]}, compiled("f:'_'")),
    ?assertEqual({{f, '_', '_'}, [{['_', '_'], [], []}], [global]}, compiled("f:_/2")),
    ?assertEqual({{'_', f, '_'}, [{'_', [], []}], [local]}, compiled("_:f")).

arguments_test() ->
    ?assertEqual({{f, c, 3}, [{['$1', b, '_'], [], []}], [local]}, compiled("f:c(A,b,_)")),
    ?assertEqual({{f, c, 2}, [{['$1', '$1'], [], []}], [local]}, compiled("f:c(A,A)")),
    ?assertEqual({{f, c, 1}, [{[[97, 98 | '$1']], [], []}], [local]}, compiled("f:c(\"ab\"++T)")),
    ?assertEqual({{f, c, 3}, [{[97, 16, -3], [], []}], [local]}, compiled("f:c($a, 16#10, -3)")),
    ?assertEqual({{f, c, 1}, [{[<<1, 2>>], [], []}], [local]}, compiled("f:c(<<1,2>>)")),
    ?assertEqual({{f, c, 1}, [{[#{k => '$1'}], [{'>', {map_size, '$1'}, 2}], []}], [local]}, compiled("f:c(#{k=>V}) when map_size(V) > 2")).

guards_and_actions_test() ->
    ?assertEqual({{f, c, 2}, [{[{'$1', ['$2' | '$3']}, '$1'], [{'orelse', {'=/=', '$1', '$2'}, {is_pid, '$3'}}],
                               [{exception_trace}, {message, {process_dump}}]}], [local]},
                 compiled("f:c({A,[B|T]},A) when A=/=B; is_pid(T) -> return,stack")),
    ?assertEqual({{f, c, 1}, [{['$1'], [{'orelse', {'andalso', {'>', '$1', 1}, {'<', '$1', 3}}, {'==', '$1', 7}}], []}], [local]},
                 compiled("f:c(X) when X > 1, X < 3; X == 7")),
    ?assertEqual({{f, c, 0}, [{[], [], [{exception_trace}]}], [local]}, compiled("f:c() -> return")),
    ?assertEqual({{f, c, '_'}, [{'_', [], [{exception_trace}]}], [call_time, local]}, compiled("f:c->return,time")).

refusals_test() ->
    ?assertEqual({syntax_error, "at: ."}, compiled("f:c(1.5)")),
    ?assertEqual({syntax_error, "illegal action: foo"}, compiled("f:c(X) -> foo")),
    ?assertEqual({syntax_error, "syntax error before: "}, compiled("f:c(X")),
    ?assertEqual({syntax_error, "syntax error before: '#'"}, compiled("f:c(#Fun<x>)")),
    ?assertEqual({argument_error, {syntax_error, "unbound variable: 'C'"}}, redbug:start("lists:seq(A,B) when C>1")),
    ?assertEqual({parse_error, "syntax error before: "}, redbug:start("lists:seq(")),
    ?assertEqual({no_such_option, zork}, redbug:start("lists:seq", [{zork, 1}])),
    ?assertEqual({argument_error, no_matching_functions}, redbug:start("lists:nosuch")),
    ?assertEqual({argument_error, no_matching_processes}, redbug:start("lists:seq", [{procs, nosuch}])).

large_arguments_test() ->
    {_, 1, 1} = redbug:start("redbug_tests:ident(X)", [{max_msg_size, 10}, {procs, [self()]}, discard]),
    Ref = monitor(process, redbug:redbug_name(node())),
    ?MODULE:ident(lists:duplicate(20, a)),
    receive {'DOWN', Ref, _, _, Reason} -> ?assertEqual(normal, Reason) end.

limit_test() ->
    Self = self(),
    {_, 1, 1} = redbug:start("redbug_tests:none", [{msgs, 2}, {procs, [self()]}, {print_fun, fun(M) -> Self ! M end}]),
    Ref = monitor(process, redbug:redbug_name(node())),
    [?MODULE:none() || _ <- [1, 2, 3, 4]],
    receive {'DOWN', Ref, _, _, Reason} -> ?assertEqual(normal, Reason) end,
    ?assertEqual(2, length([1 || {call, {{redbug_tests, none, []}, <<>>}, _, _} <- element(2, process_info(self(), messages))])),
    ?assertEqual({all, false}, erlang:trace_info({?MODULE, none, 0}, all)).

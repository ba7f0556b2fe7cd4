%% Words for wrong arguments of the functions of tracing, recorded from erl.
-module(erl_erts_trace_errors_tests).
-include_lib("eunit/include/eunit.hrl").

wrong(F, Args) ->
    try apply(erlang, F, Args) of
        Value -> {no_error, Value}
    catch
        error:Reason:Stack -> maps:map(fun(_, Text) -> iolist_to_binary(Text) end, erl_erts_errors:format_error(Reason, Stack))
    end.

cause(F, Args) ->
    try apply(erlang, F, Args)
    catch
        error:badarg:Stack ->
            [{erlang, F, _, Options} | _] = Stack,
            maps:get(cause, proplists:get_value(error_info, Options), none)
    end.

trace_test() ->
    Dead = spawn(fun() -> ok end),
    Monitor = monitor(process, Dead),
    receive {'DOWN', Monitor, _, _, _} -> ok end,
    [?assertEqual({Args, Words}, {Args, wrong(trace, Args)})
     || {Args, Words} <- [{[self(), true, [nosuch]], #{3 => <<"invalid option in list">>}}, {[self(), yes, [call]], #{2 => <<"not a boolean ('true' or 'false')">>}},
                          {[nosuch, true, [call]], #{1 => <<"invalid spec for pid or port">>}}, {[self(), true, call], #{3 => <<"not a list">>}},
                          {[self(), true, [call | x]], #{3 => <<"not a proper list">>}}, {[Dead, true, [call]], #{1 => <<"invalid spec for pid or port">>}},
                          {[self(), true, [{tracer, x}]], #{3 => <<"invalid option in list">>}}, {[self(), true, [cpu_timestamp]], #{1 => <<"invalid spec for pid or port">>}},
                          {[x, y, z], #{2 => <<"not a boolean ('true' or 'false')">>, 3 => <<"not a list">>}}]],
    ?assertEqual(badopt, cause(trace, [self(), true, [nosuch]])).

pattern_test() ->
    Mfa = {lists, seq, 2},
    [?assertEqual({Args, Words}, {Args, wrong(trace_pattern, Args)})
     || {Args, Words} <- [{[Mfa, [{'_', [], [{nosuch}]}], []], #{2 => <<"invalid match specification">>}}, {[Mfa, foo, []], #{2 => <<"invalid match specification">>}},
                          {[{lists, '_', 2}, true, []], #{1 => <<"invalid MFA specification">>}}, {[lists, true, []], #{1 => <<"invalid MFA specification">>}},
                          {[Mfa, true, [zork]], #{3 => <<"invalid option in list">>}}, {[Mfa, true, x], #{3 => <<"not a list">>}},
                          {[Mfa, true, [global, local]], #{3 => <<"invalid option in list">>}},
                          {[x, y, z], #{2 => <<"invalid match specification">>, 3 => <<"not a list">>}}, {[send, true, [local]], #{1 => <<"invalid MFA specification">>}},
                          {[send, [{'_', [], [{caller}]}], []], #{2 => <<"invalid match specification">>}}, {[lists, true], #{1 => <<"invalid MFA specification">>}}]],
    ?assertEqual(match_spec, cause(trace_pattern, [Mfa, [{'_', [], [{nosuch}]}], []])),
    ?assertEqual(badopt, cause(trace_pattern, [Mfa, true, [zork]])).

others_test() ->
    [?assertEqual({F, Args, Words}, {F, Args, wrong(F, Args)})
     || {F, Args, Words} <- [{trace_info, [self(), zork], #{2 => <<"invalid trace item">>}}, {trace_info, [x, flags], #{1 => <<"not a valid tracee specification">>}},
                             {trace_info, [send, all], #{2 => <<"invalid trace item">>}}, {trace_info, [new, zork], #{2 => <<"invalid trace item">>}},
                             {trace_delivered, [x], #{1 => <<"not a pid or 'all'">>}}, {match_spec_test, [x, [{'_', [], []}], trace], #{1 => <<"not a list">>}},
                             {match_spec_test, [[x], [{'_', [], []}], zork], #{3 => <<"invalid type for match spec">>}},
                             {system_monitor, [x], #{1 => <<"invalid system monitor item">>}}, {system_monitor, [x, [busy_port]], #{1 => <<"not a pid">>}},
                             {system_monitor, [self(), [zork]], #{2 => <<"invalid system monitor option">>}}, {system_monitor, [self(), x], #{2 => <<"not a list">>}}]].

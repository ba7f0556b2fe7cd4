%% seq_trace: error.
-module(seq_trace_error).
-export([start/0]).

start() ->
    show(fun() -> seq_trace:set_token(foo, true) end),  % expect: error badarg
    show(fun() -> seq_trace:set_token(send, 1) end),  % expect: error badarg
    show(fun() -> seq_trace:set_token(serial, 1) end),  % expect: error badarg
    show(fun() -> seq_trace:set_token(serial, {a, b}) end),  % expect: error badarg
    show(fun() -> seq_trace:set_token(serial, {1 bsl 70, 1}) end),  % expect: error badarg
    show(fun() -> seq_trace:set_token(foo) end),  % expect: error function_clause
    show(fun() -> seq_trace:set_token({1, 2}) end),  % expect: error function_clause
    show(fun() -> seq_trace:set_token({a, 2, 3, self(), 5}) end),  % expect: error badarith
    show(fun() -> seq_trace:get_token(foo) end),  % expect: error badarg
    show(fun() -> seq_trace:get_token(1) end),  % expect: error badarg
    show(fun() -> seq_trace:set_system_tracer(foo) end),  % expect: error badarg
    show(fun() -> seq_trace:set_system_tracer(1) end),  % expect: error badarg
    show(fun() -> {seq_trace:print(x), seq_trace:print(1, x), seq_trace:get_token()} end),  % expect: {ok,ok,[]}
    show(fun() -> erlang:trace_pattern(send, [{'_', [], [{caller}]}], []) end),  % expect: error badarg
    show(fun() -> erlang:trace_pattern('receive', [{'_', [], [{get_seq_token}]}], []) end),  % expect: error badarg
    show(fun() -> erlang:trace_pattern('receive', [{'_', [{is_seq_trace}], []}], []) end),  % expect: error badarg
    show(fun() -> erlang:trace_pattern('receive', [{'_', [], [{set_seq_token, label, 1}]}], []) end).  % expect: error badarg

show(F) ->
    try F() of
        V -> io:format("~w~n", [V])
    catch
        C:R -> io:format("~w ~w~n", [C, R])
    end.

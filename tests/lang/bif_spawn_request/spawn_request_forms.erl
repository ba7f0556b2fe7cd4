%% spawn_request: the forms that go without a list of arguments, and options of every kind.
-module(spawn_request_forms).
-export([start/0, report/0, report/1]).

start() ->
    register(waiting, self()),
    show(fun() -> answers([node(), ?MODULE, report]) end),  % expect: {spawn_reply,report}
    show(fun() -> answers([node(), node(), ?MODULE, report]) end),  % expect: {spawn_reply,report}
    show(fun() -> answers([node(), node(), ?MODULE, report, []]) end),  % expect: {spawn_reply,report}
    show(fun() -> answers([node(), ?MODULE, report, [with]]) end),  % expect: {spawn_reply,{report,with}}
    show(fun() -> answers([nowhere, ?MODULE, report]) end),  % expect: {spawn_reply,noconnection}
    show(fun() -> answers([lists, seq, a]) end),  % expect: {spawn_reply,noconnection}
    show(fun() -> answers([node(), lists, seq, a]) end),  % expect: {spawn_reply,noconnection}
    show(fun() -> answers([node(), lists, seq, a, [1]]) end),  % expect: {spawn_reply,noconnection}
    show(fun() -> answers([nowhere, lists, seq, a]) end),  % expect: error badarg
    show(fun() -> answers([nowhere, lists, seq, a, []]) end),  % expect: error badarg
    show(fun() -> answers([nowhere, lists, seq, [], [foo, {link, true}, reply]]) end),  % expect: {spawn_reply,noconnection}
    show(fun() -> answers([nowhere, lists, seq, [], [{reply, foo}]]) end),  % expect: {spawn_reply,badopt}
    show(fun() -> answers([?MODULE, report, [with], [foo]]) end),  % expect: {spawn_reply,badopt}
    show(fun() -> answers([?MODULE, report, [with], [{fullsweep_after, 1 bsl 40}]]) end),  % expect: {spawn_reply,{report,with}}
    show(fun() -> answers([?MODULE, report, [with], [{max_heap_size, #{size => 1000000, x => y}}]]) end),  % expect: {spawn_reply,{report,with}}
    show(fun() -> answers([?MODULE, report, [with], [{reply_tag, mine}]]) end),  % expect: {mine,{report,with}}
    show(fun() -> answers([?MODULE, report, [with], no_list]) end),  % expect: error badarg
    show(fun() -> answers([lists, seq, 1]) end),  % expect: error badarg
    show(fun() -> answers([lists, 1, a]) end),  % expect: error badarg
    show(fun() -> answers([node(), 1, a, a]) end),  % expect: error badarg
    show(fun() -> answers([fun() -> ok end, a]) end),  % expect: error badarg
    show(fun() -> answers([a, fun(_) -> ok end]) end).  % expect: error badarg

report() -> waiting ! report.
report(With) -> waiting ! {report, With}.

answers(Args) ->
    Request = apply(erlang, spawn_request, Args),
    true = is_reference(Request),
    case receive Answer when element(2, Answer) =:= Request -> setelement(2, Answer, request) end of
        {Tag, request, ok, Pid} when is_pid(Pid) -> {Tag, receive Report -> Report end};
        {Tag, request, error, Reason} -> {Tag, Reason}
    end.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

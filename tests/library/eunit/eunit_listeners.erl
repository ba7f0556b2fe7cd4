%% Who reports in their own way: what listeners are told, in which order; what the one for continuous integration writes.
-module(eunit_listeners).
-behaviour(eunit_listener).
-export([start/1, init/1, handle_begin/3, handle_end/3, handle_cancel/3, terminate/2]).
-include("../show.hrl").
-include("../printed.hrl").

start() ->
    register(?MODULE, self()),
    show(fun() -> told([{"one", fun one/0}, {"two", fun two/0}]) end),  % expect: {error,[{'begin',group,[]},{'begin',test,[<<"one">>]},{'end',test,[{status,ok},<<"one">>,{output,<<"<1>">>}]},{'begin',test,[<<"two">>]},{'end',test,[{failed,error,two},<<"two">>]},{'end',group,[]},[{cancel,0},{fail,1},{pass,1},{skip,0}]]}
    show(fun() -> told({"all", [fun one/0, {"some", [fun one/0, fun one/0]}]}) end),  % expect: {ok,[{'begin',group,[]},{'begin',group,[<<"all">>]},{'begin',test,[]},{'end',test,[{status,ok},{output,<<"<1>">>}]},{'begin',group,[<<"some">>]},{'begin',test,[]},{'end',test,[{status,ok},{output,<<"<1>">>}]},{'begin',test,[]},{'end',test,[{status,ok},{output,<<"<1>">>}]},{'end',group,[<<"some">>]},{'end',group,[<<"all">>]},{'end',group,[]},[{cancel,0},{fail,0},{pass,3},{skip,0}]]}
    show(fun() -> told([{"killed", fun killed/0}, fun one/0]) end),  % expect: {error,[{'begin',group,[]},{'begin',test,[<<"killed">>]},{cancel,test,[<<"killed">>]},{cancel,group,[]},[{cancel,2},{fail,0},{pass,0},{skip,0}]]}
    show(fun() -> told({"fixture", {setup, fun two/0, fun(_) -> [fun one/0] end}}) end),  % expect: {error,[{'begin',group,[]},{'begin',group,[<<"fixture">>]},{cancel,group,[{abort,setup_failed,error,two},<<"fixture">>]},{'end',group,[]},[{cancel,1},{fail,0},{pass,0},{skip,0}]]}
    show(fun() -> told({"cleanup", {setup, fun one/0, fun(_) -> two() end, fun(_) -> [fun one/0] end}}) end),  % expect: {error,[{'begin',group,[]},{'begin',group,[<<"cleanup">>]},{'begin',group,[]},{'begin',test,[]},{'end',test,[{status,ok},{output,<<"<1>">>}]},{'end',group,[]},{cancel,group,[{abort,cleanup_failed,error,two},<<"cleanup">>]},{'end',group,[]},[{cancel,1},{fail,0},{pass,1},{skip,0}]]}
    show(fun() -> told({"subtests", {setup, fun one/0, fun(_) -> two() end}}) end),  % expect: {error,[{'begin',group,[]},{'begin',group,[<<"subtests">>]},{cancel,group,[{abort,instantiation_failed,error,two},<<"subtests">>]},{'end',group,[]},[{cancel,1},{fail,0},{pass,0},{skip,0}]]}
    show(fun() -> told([{inparallel, [{"one", fun one/0}, {"two", fun two/0}]}]) end),  % expect: {error,[{'begin',group,[]},{'begin',group,[{order,{inparallel,0}}]},{'begin',test,[<<"one">>]},{'end',test,[{status,ok},<<"one">>,{output,<<"<1>">>}]},{'begin',test,[<<"two">>]},{'end',test,[{failed,error,two},<<"two">>]},{'end',group,[{order,{inparallel,0}}]},{'end',group,[]},[{cancel,0},{fail,1},{pass,1},{skip,0}]]}
    show(fun() -> [exactly(Options) || Options <- [[], [exact_execution], [{exact_execution, true}]]] end),  % expect: [2,1,1]
    show(fun() -> written([{"s < 1", [{"one", fun one/0}, {"two", fun two/0}]}]) end).  % expect: ["<?xml version=\"1.0\" encoding=\"UTF-8\" ?>","<testsuite tests=\"2\" failures=\"0\" errors=\"1\" skipped=\"0\"  name=\"s &lt; 1\">","  <testcase  name=\"eunit_listeners:0 one (one)\">","    <system-out>&lt;1&gt;","    </system-out>","  </testcase>","  <testcase  name=\"eunit_listeners:0 two (two)\">","    <error type=\"error\">","    </error>","    <system-out>","    </system-out>","  </testcase>","</testsuite>"]

one() -> io:format("<1>"), ok.
two() -> error(two).
killed() -> exit(self(), kill), receive never -> ok end.

told(Tests) -> told(Tests, []).

told(Tests, Options) ->
    Answer = quietly(fun() -> eunit:test(Tests, [no_tty, {report, {?MODULE, []}} | Options]) end),
    {Answer, all()}.

%% How many tests of a module and its companion run.
exactly(Options) ->
    made(eunit_listeners_m),
    made(eunit_listeners_m_tests),
    {_, Events} = told(eunit_listeners_m, Options),
    length([T || {'end', test, T} <- Events]).

made(M) ->
    {ok, M, Code} = compile:forms([{attribute, 1, module, M}, {attribute, 1, export, [{a_test, 0}]},
                                   {function, 1, a_test, 0, [{clause, 1, [], [], [{atom, 1, ok}]}]}]),
    {module, M} = code:load_binary(M, "", Code).

all() -> receive {told, What} -> [What | all()] after 0 -> [] end.

%% The listener.
start(Options) -> eunit_listener:start(?MODULE, Options).
init(Options) -> Options.

handle_begin(What, Data, S) -> tell({'begin', What, shown(Data)}, S).
handle_end(What, Data, S) -> tell({'end', What, shown(Data)}, S).
handle_cancel(What, Data, S) -> tell({cancel, What, shown(Data)}, S).

terminate({ok, Counts}, S) -> tell(lists:sort(Counts), S).

tell(What, S) -> ?MODULE ! {told, What}, S.

%% What is the same wherever the tests stand.
shown(Data) ->
    [P || P <- [shown_part(P) || P <- Data], P =/= left_out].

shown_part({desc, undefined}) -> left_out;
shown_part({desc, D}) -> D;
shown_part({status, {error, {C, R, [_ | _]}}}) -> {failed, C, R};
shown_part({status, S}) -> {status, S};
shown_part({time, T}) when is_integer(T), T >= 0 -> left_out;
shown_part({output, [<<_, _/binary>> = O]}) -> {output, O};
shown_part({reason, {abort, {What, {C, R, _}}}}) -> {abort, What, C, R};
shown_part({order, {inparallel, N}}) -> {order, {inparallel, N}};
shown_part(_) -> left_out.

%% The report's lines without times and frames.
written(Tests) ->
    {error, _} = {quietly(fun() -> eunit:test(Tests, [no_tty, {report, {eunit_surefire, [{dir, "."}]}}]) end), []},
    [File] = filelib:wildcard("TEST-*.xml"),
    {ok, Text} = file:read_file(File),
    ok = file:delete(File),
    Plain = re:replace(Text, "time=\"[0-9.]+\"", "", [global]),
    [L || L <- string:lexemes(unicode:characters_to_list(Plain), "\n"), string:prefix(string:trim(L), "<") =/= nomatch].

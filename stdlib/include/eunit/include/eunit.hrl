%% EUnit's header: includes the assertion macros, exports every test function of the module and adds test/0.
%% NOTEST (or -undef TEST before including) leaves the tests out; NOASSERT leaves the assertions out.

-ifndef(EUNIT_HRL).
-define(EUNIT_HRL, true).

-ifdef(EUNIT).
-undef(NOTEST).
-else.
-ifdef(TEST).
-undef(NOTEST).
-endif.
-endif.

-ifdef(NOTEST).
-undef(EUNIT).
-undef(TEST).
-else.
-ifndef(EUNIT).
-define(EUNIT, true).
-endif.
-ifndef(TEST).
-define(TEST, true).
-endif.
-endif.

-include_lib("stdlib/include/assert.hrl").

-ifdef(EUNIT).
-ifndef(EUNIT_NOAUTO).
-compile({parse_transform, eunit_autoexport}).
-endif.
-endif.

%% A test that knows its line: {Line, fun() -> Expr end}.
-define(_test(Expr), {?LINE, fun() -> (Expr) end}).

-define(_assert(BoolExpr), ?_test(?assert(BoolExpr))).
-define(_assertNot(BoolExpr), ?_test(?assertNot(BoolExpr))).
-define(_assertMatch(Guard, Expr), ?_test(?assertMatch(Guard, Expr))).
-define(_assertNotMatch(Guard, Expr), ?_test(?assertNotMatch(Guard, Expr))).
-define(_assertEqual(Expect, Expr), ?_test(?assertEqual(Expect, Expr))).
-define(_assertNotEqual(Unexpected, Expr), ?_test(?assertNotEqual(Unexpected, Expr))).
-define(_assertException(Class, Term, Expr), ?_test(?assertException(Class, Term, Expr))).
-define(_assertNotException(Class, Term, Expr), ?_test(?assertNotException(Class, Term, Expr))).
-define(_assertError(Term, Expr), ?_test(?assertError(Term, Expr))).
-define(_assertExit(Term, Expr), ?_test(?assertExit(Term, Expr))).
-define(_assertThrow(Term, Expr), ?_test(?assertThrow(Term, Expr))).
-define(_assertReceive(Pattern, Timeout), ?_test(?assertReceive(Pattern, Timeout))).

%% Names a test object after the text of the expression, for generators written by hand.
-define(_test_(Expr), {??Expr, ?_test(Expr)}).

%% Runs a command of the operating system as a test or as part of one.
-define(_cmd_(Command), {setup, fun() -> ok end, [?_test(?cmd(Command))]}).
-define(cmd(Command), ?assertCmd(Command)).
-define(_cmd(Command), ?_test(?cmd(Command))).

-define(assertCmd(Command), ?assertCmdStatus(0, Command)).
-define(_assertCmd(Command), ?_test(?assertCmd(Command))).
-define(assertCmdStatus(Status, Command),
    ((fun() ->
        case eunit_lib:command(Command) of
            {Status, Eunit__Output} -> Eunit__Output;
            {Eunit__Other, _} ->
                erlang:error({assertCmd_failed, [{module, ?MODULE}, {line, ?LINE}, {command, Command},
                                                 {expected_status, Status}, {status, Eunit__Other}]})
        end
    end)())).
-define(_assertCmdStatus(Status, Command), ?_test(?assertCmdStatus(Status, Command))).
-define(assertCmdOutput(Text, Command),
    ((fun() ->
        case eunit_lib:command(Command) of
            {_, Text} -> ok;
            {_, Eunit__Output} ->
                erlang:error({assertCmdOutput_failed, [{module, ?MODULE}, {line, ?LINE}, {command, Command},
                                                       {expected_output, Text}, {output, Eunit__Output}]})
        end
    end)())).
-define(_assertCmdOutput(Text, Command), ?_test(?assertCmdOutput(Text, Command))).

%% Printing from a test, past the capture of its output.
-ifdef(NODEBUG).
-define(debugMsg(S), ok).
-define(debugHere, ok).
-define(debugFmt(S, As), ok).
-define(debugVal(E), (E)).
-define(debugVal(E, D), (E)).
-define(debugValAll(E), (E)).
-define(debugTime(S, E), (E)).
-else.
-define(debugMsg(S), eunit_lib:debug(?FILE, ?LINE, (S))).
-define(debugHere, ?debugMsg("<-")).
-define(debugFmt(S, As), ?debugMsg(io_lib:format((S), (As)))).
-define(debugVal(E), ?debugVal(E, 15)).
-define(debugVal(E, D),
    ((fun(Eunit__Value) ->
        ?debugFmt("~ts = ~tP", [(??E), Eunit__Value, D]),
        Eunit__Value
    end)(E))).
-define(debugValAll(E),
    ((fun(Eunit__Value) ->
        ?debugFmt("~ts = ~tp", [(??E), Eunit__Value]),
        Eunit__Value
    end)(E))).
-define(debugTime(S, E),
    ((fun() ->
        {Eunit__Micros, Eunit__Value} = timer:tc(fun() -> (E) end),
        ?debugFmt("~ts: ~.3f s", [(S), Eunit__Micros / 1000000]),
        Eunit__Value
    end)())).
-endif.

-endif.

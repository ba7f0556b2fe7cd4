%% EUnit: runs tests described as functions, modules, generators, fixtures and control tuples, and reports on standard output.
%% The work is split: eunit_data reads descriptions, eunit_proc runs them, eunit_report tells the reporters.
-module(eunit).
-export([start/0, stop/0, test/1, test/2, report/1]).

-define(SERVER, eunit_server).

%% Tests run in processes of their own and need no server. Who starts it gets a process of OTP's name, which lives until it is stopped.
start() -> transom_once:process(?SERVER, fun() -> ok end, fun serve/0).

serve() ->
    receive
        stop -> ok;
        _ -> serve()
    end.

stop() ->
    case whereis(?SERVER) of
        undefined -> {error, server_down};
        Pid ->
            Monitor = erlang:monitor(process, Pid),
            Pid ! stop,
            receive {'DOWN', Monitor, _, _, _} -> {error, stopped} end
    end.

test(Tests) -> test(Tests, []).

%% Options: verbose, no_tty, {report, {Module, Options}} or {report, Module} (eunit_listener), {print_depth, N}, {scale_timeouts, Factor},
%% exact_execution; a single option may stand alone. Those in the environment's EUNIT come last.
test(Tests, Options) when is_list(Options) ->
    All = Options ++ environment_options(),
    Reporters = eunit_report:start(All),
    eunit_proc:run(Tests, Reporters, All),
    eunit_report:stop(Reporters);
test(Tests, Option) ->
    test(Tests, [Option]).

%% Asks a reporter started by another test/2 for its result; none runs between calls.
report(_Id) -> {error, not_found}.

environment_options() ->
    case os:getenv("EUNIT") of
        false -> [];
        Text ->
            case erl_scan:string(Text ++ ".") of
                {ok, Tokens, _} ->
                    case erl_parse:parse_term(Tokens) of
                        {ok, Terms} when is_list(Terms) -> Terms;
                        {ok, Term} -> [Term];
                        _ -> []
                    end;
                _ -> []
            end
    end.

%% EUnit: runs tests described as functions, modules, generators, fixtures and control tuples, and reports on standard output.
%% The work is split: eunit_data reads descriptions, eunit_proc runs them, eunit_tty reports.
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

%% Options: verbose, {report, {Module, Options}}, {scale_timeouts, Factor}, no_tty, {print_depth, N}; a single option may stand alone.
test(Tests, Options) when is_list(Options) ->
    All = Options ++ environment_options(),
    Reporter = eunit_tty:start(proplists:get_bool(no_tty, All), All),
    eunit_proc:run(Tests, Reporter, All),
    eunit_tty:stop(Reporter);
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

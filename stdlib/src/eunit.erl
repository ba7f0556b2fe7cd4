%% EUnit: runs tests described as functions, modules, generators, fixtures and control tuples, and reports on standard output.
%% The work is split: eunit_data reads descriptions, eunit_proc runs them, eunit_tty reports.
-module(eunit).
-export([start/0, stop/0, test/1, test/2, test/3, report/1]).

%% A server is not needed here; the functions answer as if one had been started.
start() -> ok.

stop() -> ok.

test(Tests) -> test(Tests, []).

%% Options: verbose, {report, {Module, Options}}, {scale_timeouts, Factor}, no_tty, {print_depth, N}; a single option may stand alone.
test(Tests, Options) when is_list(Options) ->
    All = Options ++ environment_options(),
    Reporter = eunit_tty:start(proplists:get_bool(no_tty, All), All),
    eunit_proc:run(Tests, Reporter, All),
    eunit_tty:stop(Reporter);
test(Tests, Option) ->
    test(Tests, [Option]).

%% Every server is this one.
test(_Server, Tests, Options) -> test(Tests, Options).

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

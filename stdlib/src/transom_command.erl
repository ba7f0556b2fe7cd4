%% Commands that the `transom` program runs inside this system: `transom top NAME ARGS` calls `transom_top:command(ARGS)` in a process
%% whose group leader is the caller's terminal. Programs add their own, `transom command NAME CMD ARGS` runs them.
-module(transom_command).

-export([find/1, register/2, unregister/1, registered/0, run/2, helps/1, error/2, error/1, context/0, path/1]).

-compile({no_auto_import, [error/1, error/2, register/2, unregister/1, registered/0]}).

-define(KEY, {?MODULE, registered}).

%% The module that a command belongs to.
-spec find(string()) -> {ok, module()} | error.
find(Name) ->
    case maps:find(Name, persistent_term:get(?KEY, #{})) of
        {ok, Module} -> {ok, Module};
        error -> maps:find(Name, built_in())
    end.

built_in() ->
    #{"reload" => transom_reload, "drift" => transom_drift, "history" => transom_history,
      "diff" => transom_diff, "undo" => transom_undo, "trace" => transom_trace,
      "capture" => transom_capture, "top" => transom_top, "snapshot" => transom_snapshot, "metrics" => transom_metrics,
      "stop" => transom_stop, "eval" => transom_eval, "info" => transom_info}.

%% Adds a command; Module:command/1 gets its arguments as strings and answers the exit status.
-spec register(string(), module()) -> ok.
register([_ | _] = Name, Module) when is_atom(Module) ->
    persistent_term:put(?KEY, maps:put(Name, Module, persistent_term:get(?KEY, #{})));
register(Name, Module) -> erlang:error(badarg, [Name, Module]).

-spec unregister(string()) -> ok.
unregister(Name) -> persistent_term:put(?KEY, maps:remove(Name, persistent_term:get(?KEY, #{}))).

-spec registered() -> [{string(), module()}].
registered() -> lists:sort(maps:to_list(persistent_term:get(?KEY, #{}))).

%% Runs a command in the calling process; answers its exit status, 1 after an exception.
-spec run(string(), [string()]) -> 0..255.
run(Name, Args) ->
    case find(Name) of
        {ok, Module} -> run(Name, Module, Args);
        error ->
            error("no command '~ts' here~ts~n", [Name, known()]),
            2
    end.

known() ->
    case registered() of
        [] -> "";
        Own -> [" (this program has: ", lists:join(", ", [N || {N, _} <- Own]), ")"]
    end.

run(Name, Module, Args) ->
    case code:ensure_loaded(Module) of
        {module, _} ->
            try Module:command(Args) of
                Status when is_integer(Status), Status >= 0, Status =< 255 -> Status;
                ok -> 0;
                Other ->
                    error("command '~ts' answered ~tp, which is no exit status~n", [Name, Other]),
                    1
            catch
                Class:Reason:Stack ->
                    error("~ts~n", [erl_error:format_exception(Class, Reason, Stack)]),
                    1
            end;
        {error, _} ->
            error("command '~ts' belongs to module ~ts, which cannot be loaded~n", [Name, Module]),
            2
    end.

%% What the commands say about themselves, for the manual: name, 0, text, 0, ...
-spec helps([string()]) -> binary().
helps(Names) -> iolist_to_binary([[Name, 0, help_of(Name), 0] || Name <- Names]).

help_of(Name) ->
    Self = self(),
    {_, Monitor} = spawn_monitor(fun() -> group_leader(Self, self()), run(Name, ["--help"]) end),
    printed(Monitor, []).

%% What a process prints until it ends.
printed(Monitor, Text) ->
    receive
        {io_request, From, As, {put_chars, _, Chars}} ->
            From ! {io_reply, As, ok},
            printed(Monitor, [Text, unicode:characters_to_binary(Chars)]);
        {io_request, From, As, {put_chars, _, M, F, A}} ->
            From ! {io_reply, As, ok},
            printed(Monitor, [Text, unicode:characters_to_binary(apply(M, F, A))]);
        {io_request, From, As, _} ->
            From ! {io_reply, As, {error, request}},
            printed(Monitor, Text);
        {'DOWN', Monitor, process, _, _} -> Text
    end.

%% Prints on the client's standard error.
error(Format) -> ?MODULE:error(Format, []).

error(Format, Args) ->
    Chars = io_lib:format(Format, Args),
    case io:request(group_leader(), {transom_stderr, Chars}) of
        {error, request} -> io:put_chars(standard_error, Chars);
        _ -> ok
    end.

%% The client: #{cwd, columns, rows, terminal => {Stdin, Stdout}}; empty when called from elsewhere.
context() -> transom_control:context().

%% A file name as the client means it.
path(File) ->
    case context() of
        #{cwd := Cwd} -> filename:absname(File, Cwd);
        #{} -> filename:absname(File)
    end.

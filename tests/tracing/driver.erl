%% Loads compiled modules of a folder and calls main/0 of the last, with the known bugs of the original tools on.
%%
%% The programs wait for events by sleeping. Their calls of timer:sleep/1 are compiled to pause/1 here, which goes on when nothing is left to be done, so
%% that a busy machine changes nothing.
-module(driver).
-export([main/1, pause/1]).

main([Dir | Modules]) ->
    lists:foreach(fun(Name) ->
        File = filename:join(Dir, Name ++ ".tbc"),
        {ok, Code} = file:read_file(File),
        {module, _} = code:load_binary(list_to_atom(Name), File, Code) end, Modules),
    transom_trace:compat(true),
    persistent_term:put(?MODULE, self()),
    Last = list_to_atom(lists:last(Modules)),
    %% The last line of cap_recon expects a crash that does not come.
    catch Last:main().

%% Of the program's first process; the others sleep as long as they say.
pause(Ms) ->
    timer:sleep(Ms),
    self() =:= persistent_term:get(?MODULE) andalso quiet(500).

quiet(0) -> ok;
quiet(Left) ->
    erts_internal:trace_flush(),
    case [P || P <- processes(), P =/= self(), is_busy(P)] of
        [] -> ok;
        _ -> timer:sleep(10), quiet(Left - 1)
    end.

is_busy(Pid) ->
    case process_info(Pid, [status, message_queue_len]) of
        [{status, waiting}, {message_queue_len, 0}] -> false;
        [{status, suspended} | _] -> false;
        undefined -> false;
        _ -> true
    end.

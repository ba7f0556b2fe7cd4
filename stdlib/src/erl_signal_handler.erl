%% What happens by default with signals a program has set to `handle` and does not handle itself: the system stops, or ends at once.
-module(erl_signal_handler).
-behaviour(gen_event).

-export([init/1, handle_event/2, handle_call/2, handle_info/2, terminate/2, code_change/3]).

init(_) -> {ok, []}.

handle_event(sigusr1, St) ->
    erlang:halt("Received SIGUSR1"),
    {ok, St};
handle_event(sigquit, St) ->
    erlang:halt(),
    {ok, St};
handle_event(sigterm, St) ->
    error_logger:info_msg("SIGTERM received - shutting down~n"),
    init:stop(),
    {ok, St};
handle_event(_, St) -> {ok, St}.

handle_call(_, St) -> {ok, ok, St}.
handle_info(_, St) -> {ok, St}.
terminate(_, _) -> ok.
code_change(_, St, _) -> {ok, St}.

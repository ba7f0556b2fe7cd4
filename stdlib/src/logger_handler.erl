%% What the handlers of the library have in common: the text of an event and the settings that protect the node.
-module(logger_handler).

-export([text/2, protection/0, checked/3, is_count/1]).

%% An event as bytes for a handler, or `error`.
text(Event, #{formatter := {Mod, FConfig}}) ->
    try unicode:characters_to_binary(Mod:format(Event, FConfig)) of
        Bin when is_binary(Bin) -> Bin;
        _ -> error
    catch C:R:S ->
        Crash = Event#{msg => {"FORMATTER CRASH: ~tp", [{maps:get(msg, Event), {C, R, S}}]}},
        try unicode:characters_to_binary(logger_formatter:format(Crash, #{legacy_header => true, single_line => false})) of
            Bin when is_binary(Bin) -> Bin;
            _ -> error
        catch _:_ -> error
        end
    end.

%% Settings of protection when nothing is said of them.
protection() ->
    #{burst_limit_enable => true, burst_limit_max_count => 500, burst_limit_window_time => 1000, drop_mode_qlen => 200,
      flush_qlen => 1000, overload_kill_enable => false, overload_kill_mem_size => 3000000, overload_kill_qlen => 20000,
      overload_kill_restart_after => 5000, sync_mode_qlen => 10}.

%% A whole configuration, if all values are valid: those of the handler's own keys by its IsValid.
checked(Handler, Config, IsValid) ->
    {Common, Own} = lists:partition(fun({K, _}) -> is_map_key(K, protection()) end, maps:to_list(Config)),
    case [{K, V} || {K, V} <- Own, not IsValid(K, V)] of
        [] ->
            case [{K, V} || {K, V} <- Common, not is_valid(K, V)] of
                [] -> levels(Config);
                [{K, V} | _] -> {error, {invalid_olp_config, #{K => V}}}
            end;
        [{K, V} | _] -> {error, {invalid_config, Handler, #{K => V}}}
    end.

levels(#{sync_mode_qlen := Sync, drop_mode_qlen := Drop, flush_qlen := Flush} = Config) ->
    case Sync =< Drop andalso Drop =< Flush of
        true -> {ok, Config};
        false -> {error, {invalid_olp_levels, #{sync_mode_qlen => Sync, drop_mode_qlen => Drop, flush_qlen => Flush}}}
    end.

is_valid(Key, B) when Key =:= burst_limit_enable; Key =:= overload_kill_enable -> is_boolean(B);
is_valid(overload_kill_restart_after, N) -> N =:= infinity orelse is_count(N);
is_valid(_, N) -> is_integer(N).

is_count(N) -> is_integer(N) andalso N >= 0.

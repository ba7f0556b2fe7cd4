%% Logging: levels, filters, handlers, metadata.
%%
%% The configuration is one persistent term, read by every log call without a message; it is changed only by the registered process
%% `logger`, one request at a time. Handlers run in the process that logs. The virtual machine sends its own reports
%% (a process that died of an error, ...) to `logger` as {log, Level, Format, Args, Meta}.
-module(logger).

-define(IS_FORMAT(F), (is_list(F) orelse is_binary(F) orelse is_atom(F))).
-define(IS_TEXT_OR_REPORT(T), (is_list(T) orelse is_binary(T) orelse is_map(T))).

-export([emergency/1, emergency/2, emergency/3, alert/1, alert/2, alert/3, critical/1, critical/2, critical/3,
         error/1, error/2, error/3, warning/1, warning/2, warning/3, notice/1, notice/2, notice/3,
         info/1, info/2, info/3, debug/1, debug/2, debug/3, log/2, log/3, log/4, allow/2,
         macro_log/3, macro_log/4, macro_log/5, timestamp/0, format_report/1, compare_levels/2, format_otp_report/1]).
-export([get_primary_config/0, set_primary_config/1, set_primary_config/2, update_primary_config/1,
         add_primary_filter/2, remove_primary_filter/1, add_handler/3, remove_handler/1, get_handler_ids/0,
         get_handler_config/0, get_handler_config/1, set_handler_config/2, set_handler_config/3,
         update_handler_config/2, update_handler_config/3, add_handler_filter/3, remove_handler_filter/2,
         update_formatter_config/2, update_formatter_config/3, set_module_level/2, unset_module_level/0,
         unset_module_level/1, get_module_level/0, get_module_level/1, set_application_level/2,
         unset_application_level/1, set_process_metadata/1, update_process_metadata/1, get_process_metadata/0,
         unset_process_metadata/0, get_config/0, get_proxy_config/0, set_proxy_config/1, set_proxy_config/2,
         update_proxy_config/1, i/0, i/1, add_handlers/1, reconfigure/0]).
-export([start/0, start/1, default_device/1, server/1]).
-compile({no_auto_import, [error/1, error/2, error/3]}).

-define(CONFIG, {logger, config}).

%% ---- Logging ----

emergency(X) -> log(emergency, X).
emergency(X, Y) -> log(emergency, X, Y).
emergency(F, A, M) -> log(emergency, F, A, M).
alert(X) -> log(alert, X).
alert(X, Y) -> log(alert, X, Y).
alert(F, A, M) -> log(alert, F, A, M).
critical(X) -> log(critical, X).
critical(X, Y) -> log(critical, X, Y).
critical(F, A, M) -> log(critical, F, A, M).
error(X) -> log(error, X).
error(X, Y) -> log(error, X, Y).
error(F, A, M) -> log(error, F, A, M).
warning(X) -> log(warning, X).
warning(X, Y) -> log(warning, X, Y).
warning(F, A, M) -> log(warning, F, A, M).
notice(X) -> log(notice, X).
notice(X, Y) -> log(notice, X, Y).
notice(F, A, M) -> log(notice, F, A, M).
info(X) -> log(info, X).
info(X, Y) -> log(info, X, Y).
info(F, A, M) -> log(info, F, A, M).
debug(X) -> log(debug, X).
debug(X, Y) -> log(debug, X, Y).
debug(F, A, M) -> log(debug, F, A, M).

log(Level, StringOrReport) when ?IS_TEXT_OR_REPORT(StringOrReport) -> maybe_log(Level, StringOrReport, #{}).

log(Level, StringOrReport, Meta) when is_map(Meta), ?IS_TEXT_OR_REPORT(StringOrReport) ->
    maybe_log(Level, StringOrReport, Meta);
log(Level, Fun, Arg) when is_function(Fun, 1) -> log(Level, Fun, Arg, #{});
log(Level, Format, Args) when ?IS_FORMAT(Format), is_list(Args) -> log(Level, Format, Args, #{}).

log(Level, F, Arg, Meta) when is_function(F, 1), is_map(Meta) -> maybe_log(Level, {F, Arg}, Meta);
log(Level, Format, Args, Meta) when ?IS_FORMAT(Format), is_list(Args), is_map(Meta) -> maybe_log(Level, {Format, Args}, Meta).

maybe_log(Level, What, Meta) ->
    case passes(Level, maps:get(mfa, Meta, none)) of
        true -> log_event(Level, What, Meta);
        false -> ok
    end.

macro_log(Loc, Level, X) -> log_event(Level, X, Loc).

macro_log(Loc, Level, X, Meta) when is_map(Meta), not is_function(X) -> log_event(Level, X, maps:merge(Loc, Meta));
macro_log(Loc, Level, F, A) -> macro_log(Loc, Level, F, A, #{}).

macro_log(Loc, Level, X, A, Meta) -> log_event(Level, {X, A}, maps:merge(Loc, Meta)).

allow(Level, Module) when is_atom(Module) -> passes(Level, {Module, none, 0}).

passes(Level, MFA) ->
    case persistent_term:get(?CONFIG, none) of
        none -> number(Level) =< limit(notice);
        Config -> passes(Config, Level, MFA)
    end.

passes(#{module_levels := Levels}, Level, {Module, _, _}) when is_map_key(Module, Levels) ->
    number(Level) =< limit(map_get(Module, Levels));
passes(#{primary := #{level := Limit}}, Level, _) -> number(Level) =< limit(Limit).

number(emergency) -> 0;
number(alert) -> 1;
number(critical) -> 2;
number(error) -> 3;
number(warning) -> 4;
number(notice) -> 5;
number(info) -> 6;
number(debug) -> 7.

limit(none) -> -1;
limit(all) -> 10;
limit(Level) -> number(Level).

compare_levels(A, B) ->
    case is_level(A) andalso is_level(B) of
        true when A =:= B -> eq;
        true -> compare_limits(A, B);
        false -> erlang:error(badarg, [A, B])
    end.

compare_limits(A, B) ->
    case limit(A) < limit(B) of
        true -> gt;
        false -> lt
    end.

log_event(Level, What, Meta0) ->
    Meta = with_defaults(Meta0),
    case message(What, Meta) of
        {Msg, Meta1} -> run(#{level => Level, msg => Msg, meta => Meta1});
        ignore -> ok
    end.

message({F, Arg}, Meta) when is_function(F, 1) ->
    try F(Arg) of
        ignore -> ignore;
        {Report, New} when is_map(New), is_map(Report) orelse is_list(Report) -> message(Report, maps:merge(Meta, New));
        {Format, Args} when is_list(Args) -> {{Format, Args}, Meta};
        Other -> message(Other, Meta)
    catch C:R -> {{"LAZY_FUN CRASH: ~tp; Reason: ~tp", [{F, Arg}, {C, R}]}, Meta}
    end;
message({Format, Args}, Meta) -> {{Format, Args}, Meta};
message(Report, Meta) when is_map(Report) -> {{report, Report}, Meta};
message([{_, _} | _] = Report, Meta) -> {{report, Report}, Meta};
message(String, Meta) -> {{string, String}, Meta}.

with_defaults(Meta) ->
    Own = case get('$logger_metadata$') of
        #{} = M -> M;
        _ -> #{}
    end,
    Primary = case config() of
        #{primary := #{metadata := P}} -> P;
        _ -> #{}
    end,
    Base = maps:merge(maps:merge(Primary, Own), Meta),
    Base#{time => maps:get(time, Base, timestamp()), pid => maps:get(pid, Base, self()),
          gl => maps:get(gl, Base, group_leader())}.

timestamp() -> os:system_time(microsecond).

run(Event0) ->
    #{primary := Primary, handlers := Handlers} = config(),
    case filter(Event0, maps:get(filters, Primary, []), maps:get(filter_default, Primary, log), {primary, self()}) of
        stop -> ok;
        Event -> lists:foreach(fun({Id, H}) -> handle(Id, H, Event) end, Handlers)
    end.

%% A handler that crashes is removed, so that it cannot crash every process that logs.
handle(Id, #{module := Mod, level := Limit} = H, #{level := Level} = Event0) ->
    case number(Level) =< limit(Limit) of
        true ->
            case filter(Event0, maps:get(filters, H, []), maps:get(filter_default, H, log), {handler, Id}) of
                stop -> ok;
                Event ->
                    try Mod:log(Event, H) of
                        _ -> ok
                    catch C:R:S ->
                        _ = remove_handler(Id),
                        internal_error({removed_failing_handler, Id}, {C, R, S}),
                        ok
                    end
            end;
        false -> ok
    end.

filter(Event, [], log, _) -> Event;
filter(_, [], stop, _) -> stop;
filter(Event, [{Id, {F, Arg}} | Fs], Default, Owner) ->
    try F(Event, Arg) of
        ignore -> filter(Event, Fs, Default, Owner);
        stop -> stop;
        #{level := _, msg := _, meta := _} = New -> filter(New, Fs, log, Owner);
        _ -> filter_failed(Id, Owner, Event, Fs, Default)
    catch _:_ -> filter_failed(Id, Owner, Event, Fs, Default)
    end.

filter_failed(Id, Owner, Event, Fs, Default) ->
    case Owner of
        {primary, _} -> remove_primary_filter(Id);
        {handler, H} -> remove_handler_filter(H, Id)
    end,
    internal_error({removed_failing_filter, Id}, Owner),
    filter(Event, Fs, Default, Owner).

internal_error(What, Why) ->
    log_event(debug, #{logger => What, reason => Why}, #{}).

%% ---- Reports as text ----

format_report(#{label := {error_logger, _}, format := Format, args := Args}) -> {Format, Args};
format_report(Report) when is_map(Report) -> format_report(lists:sort(maps:to_list(Report)));
format_report([]) -> {"~tp", [[]]};
format_report(Report) when is_list(Report) ->
    case lists:all(fun(T) -> is_tuple(T) andalso tuple_size(T) =:= 2 orelse not is_tuple(T) end, Report)
        andalso lists:any(fun(T) -> is_tuple(T) end, Report) of
        true -> format_items(Report, [], []);
        false ->
            case io_lib:printable_unicode_list(Report) of
                true -> {"~ts", [Report]};
                false -> format_items(Report, [], [])
            end
    end;
format_report(Report) -> {"~tp", [Report]}.

format_items([{K, V} | T], Fs, As) -> format_items(T, ["    " ++ code(K) ++ ": " ++ code(V) | Fs], [V, K | As]);
format_items([X | T], Fs, As) -> format_items(T, ["    " ++ code(X) | Fs], [X | As]);
format_items([], Fs, As) -> {lists:flatten(lists:join("\n", lists:reverse(Fs))), lists:reverse(As)}.

code(X) ->
    case is_list(X) andalso X =/= [] andalso io_lib:printable_unicode_list(X) of
        true -> "~ts";
        false -> "~tp"
    end.

format_otp_report(#{label := _, report := Report}) -> format_report(Report);
format_otp_report(Report) -> format_report(Report).

%% ---- Configuration: reading ----

config() ->
    case persistent_term:get(?CONFIG, none) of
        none -> default_config();
        Config -> Config
    end.

default_primary() -> #{level => notice, filters => [], filter_default => log, metadata => #{}}.

default_config() ->
    #{primary => default_primary(), module_levels => #{}, handlers => [{default, default_handler(standard_error)}]}.

default_handler(Type) ->
    #{id => default, module => logger_std_h, level => all, filter_default => stop,
      filters => [{remote_gl, {fun logger_filters:remote_gl/2, stop}},
                  {domain, {fun logger_filters:domain/2, {log, super, [otp, sasl]}}},
                  {no_domain, {fun logger_filters:domain/2, {log, undefined, []}}}],
      formatter => {logger_formatter, #{legacy_header => true, single_line => false}},
      config => logger_std_h:default_config(Type)}.

get_primary_config() ->
    case persistent_term:get(?CONFIG, none) of
        none -> default_primary();
        Config -> map_get(primary, Config)
    end.

get_handler_ids() -> [Id || {Id, _} <- map_get(handlers, config())].

get_handler_config() -> [public(H) || {_, H} <- map_get(handlers, config())].

get_handler_config(Id) ->
    case lists:keyfind(Id, 1, map_get(handlers, config())) of
        {_, H} -> {ok, public(H)};
        false -> {error, {not_found, Id}}
    end.

public(#{module := Mod} = H) ->
    case erlang:function_exported(Mod, filter_config, 1) of
        true -> Mod:filter_config(H);
        false -> H
    end.

get_module_level() -> lists:sort(maps:to_list(map_get(module_levels, config()))).

get_module_level(Mod) when is_atom(Mod) -> get_module_level([Mod]);
get_module_level(Mods) when is_list(Mods) -> [ML || {M, _} = ML <- get_module_level(), lists:member(M, Mods)].

get_proxy_config() -> maps:get(proxy, config(), proxy_default()).

proxy_default() ->
    #{burst_limit_enable => false, burst_limit_max_count => 500, burst_limit_window_time => 1000,
      drop_mode_qlen => 1000, flush_qlen => 5000, overload_kill_enable => false,
      overload_kill_mem_size => 3000000, overload_kill_qlen => 20000, overload_kill_restart_after => 5000,
      sync_mode_qlen => 500}.

get_config() ->
    #{primary => get_primary_config(), handlers => get_handler_config(), proxy => get_proxy_config(),
      module_levels => get_module_level()}.

i() ->
    i(primary),
    i(handlers),
    i(proxy),
    i(modules).

i(primary) -> logger_listing:primary(get_primary_config());
i(handlers) -> logger_listing:handlers(get_handler_config());
i(proxy) -> logger_listing:proxy(get_proxy_config());
i(modules) -> logger_listing:modules(lists:sort(get_module_level()));
i(Id) when is_atom(Id) ->
    case get_handler_config(Id) of
        {ok, Config} -> logger_listing:handlers([Config]);
        Error -> Error
    end;
i(What) -> erlang:error(badarg, [What]).

%% ---- Configuration: changing ----

set_primary_config(Key, Value) ->
    change_primary(fun(P) -> P#{Key => Value} end).

set_primary_config(Config) when is_map(Config) ->
    change_primary(fun(_) -> maps:merge(map_get(primary, default_config()), Config) end);
set_primary_config(Config) -> {error, {invalid_config, Config}}.

update_primary_config(Config) when is_map(Config) -> change_primary(fun(P) -> maps:merge(P, Config) end);
update_primary_config(Config) -> {error, {invalid_config, Config}}.

change_primary(F) ->
    change(fun(#{primary := P} = C) ->
        New = F(P),
        case check_primary(maps:to_list(New)) of
            ok -> {ok, C#{primary => New}};
            Error -> {Error, C}
        end
    end).

check_primary([{level, L} | T]) -> checked(is_level(L), {invalid_level, L}, T);
check_primary([{filters, Fs} | T]) ->
    case check_filters(Fs) of
        ok -> check_primary(T);
        Error -> Error
    end;
check_primary([{filter_default, D} | T]) -> checked(D =:= log orelse D =:= stop, {invalid_filter_default, D}, T);
check_primary([{metadata, M} | T]) -> checked(is_map(M), {invalid_metadata, M}, T);
check_primary([{K, V} | _]) -> {error, {invalid_primary_config, {K, V}}};
check_primary([]) -> ok.

checked(true, _, T) -> check_primary(T);
checked(false, Why, _) -> {error, Why}.

is_level(L) -> lists:member(L, [none, emergency, alert, critical, error, warning, notice, info, debug, all]).

add_primary_filter(Id, {F, _} = Filter) when is_function(F, 2) ->
    change(fun(#{primary := #{filters := Fs} = P} = C) ->
        case lists:keymember(Id, 1, Fs) of
            true -> {{error, {already_exist, Id}}, C};
            false -> {ok, C#{primary => P#{filters => [{Id, Filter} | Fs]}}}
        end
    end);
add_primary_filter(Id, Filter) -> {error, {invalid_filter, {Id, Filter}}}.

remove_primary_filter(Id) ->
    change(fun(#{primary := #{filters := Fs} = P} = C) ->
        case lists:keytake(Id, 1, Fs) of
            {value, _, Rest} -> {ok, C#{primary => P#{filters => Rest}}};
            false -> {{error, {not_found, Id}}, C}
        end
    end).

add_handler(Id, Module, Config) when is_atom(Id), is_atom(Module), is_map(Config) ->
    change(fun(#{handlers := Hs} = C) ->
        case lists:keymember(Id, 1, Hs) of
            true -> {{error, {already_exist, Id}}, C};
            false ->
                case added(Id, Module, Config) of
                    {ok, H} -> {ok, C#{handlers => [{Id, H} | Hs]}};
                    Error -> {Error, C}
                end
        end
    end);
add_handler(Id, Module, Config) ->
    if
        not is_atom(Id) -> {error, {invalid_id, Id}};
        not is_atom(Module) -> {error, {invalid_module, Module}};
        true -> {error, {invalid_config, Config}}
    end.

added(Id, Module, Config) ->
    Default = #{level => all, filter_default => log, filters => [], formatter => {logger_formatter, #{}}},
    H = (maps:merge(Default, Config))#{id => Id, module => Module},
    _ = code:ensure_loaded(Module),
    case {check_handler(H), erlang:function_exported(Module, log, 2)} of
        {ok, true} -> adding(Module, H);
        {ok, false} -> {error, {invalid_handler, {function_not_exported, {Module, log, 2}}}};
        {Error, _} -> Error
    end.

adding(Module, H) ->
    case erlang:function_exported(Module, adding_handler, 1) of
        true ->
            try Module:adding_handler(H) of
                {ok, H1} -> {ok, H1};
                {error, R} -> {error, {handler_not_added, R}}
            catch C:R:S -> {error, {handler_not_added, {callback_crashed, {C, R, S}}}}
            end;
        false -> {ok, H}
    end.

check_handler(#{level := L, filters := Fs, filter_default := D, formatter := Fm}) ->
    case {is_level(L), check_filters(Fs), D =:= log orelse D =:= stop, Fm} of
        {false, _, _, _} -> {error, {invalid_level, L}};
        {_, Error, _, _} when Error =/= ok -> Error;
        {_, _, false, _} -> {error, {invalid_filter_default, D}};
        {_, _, _, {M, FC}} when is_atom(M) -> check_formatter(M, FC);
        _ -> {error, {invalid_formatter, Fm}}
    end.

%% What a handler is cannot be changed.
check_changed(#{id := Id, module := Mod}, #{id := Id, module := Mod} = New) -> check_handler(New);
check_changed(Old, New) ->
    Changed = [K || K <- [id, module], map_get(K, Old) =/= map_get(K, New)],
    {error, {illegal_config_change, maps:with(Changed, Old), maps:with(Changed, New)}}.

check_filters([{Id, {F, _}} | Fs]) when is_atom(Id), is_function(F, 2) -> check_filters(Fs);
check_filters([]) -> ok;
check_filters([F | _]) -> {error, {invalid_filter, F}};
check_filters(Fs) -> {error, {invalid_filters, Fs}}.

check_formatter(M, FC) ->
    _ = code:ensure_loaded(M),
    case erlang:function_exported(M, check_config, 1) of
        true ->
            case M:check_config(FC) of
                ok -> ok;
                {error, R} -> {error, R}
            end;
        false -> ok
    end.

add_handlers(HandlersConfig) when is_list(HandlersConfig) ->
    lists:foreach(fun({handler, Id, Mod, Config}) -> add_handler(Id, Mod, Config);
                     (_) -> ok
                  end, HandlersConfig);
add_handlers(App) when is_atom(App) -> add_handlers(application:get_env(App, logger, [])).

reconfigure() ->
    change(fun(C) -> {ok, maps:merge(C, default_config())} end).

remove_handler(Id) ->
    change(fun(#{handlers := Hs} = C) ->
        case lists:keytake(Id, 1, Hs) of
            {value, {_, #{module := Mod} = H}, Rest} ->
                case erlang:function_exported(Mod, removing_handler, 1) of
                    true -> catch Mod:removing_handler(H);
                    false -> ok
                end,
                {ok, C#{handlers => Rest}};
            false -> {{error, {not_found, Id}}, C}
        end
    end).

set_handler_config(Id, Key, Value) -> change_handler(Id, set, fun(H) -> H#{Key => Value} end).

set_handler_config(Id, Config) when is_map(Config) ->
    change_handler(Id, set, fun(#{module := Mod}) ->
        Default = #{level => all, filter_default => log, filters => [], formatter => {logger_formatter, #{}}},
        (maps:merge(Default, Config))#{id => Id, module => Mod}
    end);
set_handler_config(_, Config) -> {error, {invalid_config, Config}}.

update_handler_config(Id, Key, Value) -> update_handler_config(Id, #{Key => Value}).

update_handler_config(Id, Config) when is_map(Config) ->
    change_handler(Id, update, fun(H) -> maps:merge(H, Config) end);
update_handler_config(_, Config) -> {error, {invalid_config, Config}}.

change_handler(Id, How, F) ->
    change(fun(#{handlers := Hs} = C) ->
        case lists:keyfind(Id, 1, Hs) of
            false -> {{error, {not_found, Id}}, C};
            {_, #{module := Mod} = Old} ->
                New = F(Old),
                case check_changed(Old, New) of
                    ok ->
                        case changing(Mod, How, Old, New) of
                            {ok, H} -> {ok, C#{handlers => lists:keyreplace(Id, 1, Hs, {Id, H})}};
                            Error -> {Error, C}
                        end;
                    Error -> {Error, C}
                end
        end
    end).

changing(Mod, How, Old, New) ->
    case erlang:function_exported(Mod, changing_config, 3) of
        true ->
            try Mod:changing_config(How, Old, New)
            catch C:R:S -> {error, {callback_crashed, {C, R, S}}}
            end;
        false -> {ok, New}
    end.

add_handler_filter(Id, FilterId, {F, _} = Filter) when is_function(F, 2) ->
    change(fun(#{handlers := Hs} = C) ->
        case lists:keyfind(Id, 1, Hs) of
            false -> {{error, {not_found, Id}}, C};
            {_, #{filters := Fs} = H} ->
                case lists:keymember(FilterId, 1, Fs) of
                    true -> {{error, {already_exist, FilterId}}, C};
                    false -> {ok, C#{handlers => lists:keyreplace(Id, 1, Hs, {Id, H#{filters => [{FilterId, Filter} | Fs]}})}}
                end
        end
    end);
add_handler_filter(_, FilterId, Filter) -> {error, {invalid_filter, {FilterId, Filter}}}.

remove_handler_filter(Id, FilterId) ->
    change(fun(#{handlers := Hs} = C) ->
        case lists:keyfind(Id, 1, Hs) of
            false -> {{error, {not_found, Id}}, C};
            {_, #{filters := Fs} = H} ->
                case lists:keytake(FilterId, 1, Fs) of
                    false -> {{error, {not_found, FilterId}}, C};
                    {value, _, Rest} -> {ok, C#{handlers => lists:keyreplace(Id, 1, Hs, {Id, H#{filters => Rest}})}}
                end
        end
    end).

update_formatter_config(Id, Key, Value) -> update_formatter_config(Id, #{Key => Value}).

update_formatter_config(Id, FC) when is_map(FC) ->
    change_handler(Id, update, fun(#{formatter := {M, Old}} = H) -> H#{formatter => {M, maps:merge(Old, FC)}} end);
update_formatter_config(_, FC) -> {error, {invalid_formatter_config, FC}}.

set_module_level(Mods, Level) when is_list(Mods) ->
    case {is_level(Level), lists:all(fun is_atom/1, Mods)} of
        {false, _} -> {error, {invalid_level, Level}};
        {_, false} -> {error, {not_a_list_of_modules, Mods}};
        _ -> change(fun(#{module_levels := Ls} = C) -> {ok, C#{module_levels => maps:merge(Ls, maps:from_keys(Mods, Level))}} end)
    end;
set_module_level(Mod, Level) when is_atom(Mod) -> set_module_level([Mod], Level);
set_module_level(Mods, _) -> {error, {not_a_list_of_modules, Mods}}.

unset_module_level() -> change(fun(C) -> {ok, C#{module_levels => #{}}} end).

unset_module_level(Mod) when is_atom(Mod) -> unset_module_level([Mod]);
unset_module_level(Mods) when is_list(Mods) ->
    change(fun(#{module_levels := Ls} = C) -> {ok, C#{module_levels => maps:without(Mods, Ls)}} end);
unset_module_level(Mods) -> {error, {not_a_list_of_modules, Mods}}.

set_application_level(App, Level) ->
    case application:get_key(App, modules) of
        {ok, Mods} -> set_module_level(Mods, Level);
        undefined -> {error, {not_loaded, App}}
    end.

unset_application_level(App) ->
    case application:get_key(App, modules) of
        {ok, Mods} -> unset_module_level(Mods);
        undefined -> {error, {not_loaded, App}}
    end.

set_proxy_config(Key, Value) -> update_proxy_config(#{Key => Value}).
set_proxy_config(Config) when is_map(Config) -> change_proxy(Config, fun(_) -> proxy_default() end).

update_proxy_config(Config) when is_map(Config) -> change_proxy(Config, fun(C) -> maps:get(proxy, C, proxy_default()) end).

change_proxy(Config, Base) ->
    case maps:without(maps:keys(proxy_default()), Config) of
        Unknown when map_size(Unknown) > 0 -> {error, {invalid_olp_config, Unknown}};
        _ -> change(fun(C) -> {ok, C#{proxy => maps:merge(Base(C), Config)}} end)
    end.

%% ---- Metadata of a process ----

set_process_metadata(Meta) when is_map(Meta) ->
    put('$logger_metadata$', Meta),
    ok;
set_process_metadata(Meta) -> erlang:error(badarg, [Meta]).

update_process_metadata(Meta) when is_map(Meta) ->
    case get_process_metadata() of
        undefined -> set_process_metadata(Meta);
        Old -> set_process_metadata(maps:merge(Old, Meta))
    end;
update_process_metadata(Meta) -> erlang:error(badarg, [Meta]).

get_process_metadata() -> get('$logger_metadata$').

unset_process_metadata() ->
    erase('$logger_metadata$'),
    ok.

%% ---- The server ----

%% Started at boot; where it is not running yet, the first change starts it. `Type` is the default handler's device.
start() -> start(standard_error).

start(Type) ->
    case whereis(logger) of
        undefined ->
            Self = self(),
            {Pid, Mon} = spawn_monitor(logger, server, [{Self, Type}]),
            receive
                {Pid, ready} -> erlang:demonitor(Mon, [flush]);
                {'DOWN', Mon, _, _, _} -> ok
            end,
            whereis(logger);
        Pid -> Pid
    end.

%% Where the default handler writes from now on.
default_device(Type) -> change(fun(#{handlers := Hs} = C) -> {ok, C#{handlers := lists:keyreplace(default, 1, Hs, {default, default_handler(Type)})}} end).

server({Starter, Type}) ->
    register(logger, self()),
    case Type of
        standard_error -> ok;
        _ -> persistent_term:put(?CONFIG, (default_config())#{handlers => [{default, default_handler(Type)}]})
    end,
    Starter ! {self(), ready},
    server(loop);
server(loop) ->
    receive
        {change, From, Ref, F} ->
            Old = config(),
            case F(Old) of
                {Answer, Old} -> From ! {Ref, Answer};
                {Answer, New} ->
                    persistent_term:put(?CONFIG, New),
                    From ! {Ref, Answer}
            end;
        {log, Level, Format, Args, Meta} when is_atom(Level) -> from_vm(Level, {Format, Args}, Meta);
        {log, Level, Report, Meta} when is_atom(Level) -> from_vm(Level, Report, Meta);
        _ -> ok
    end,
    logger:server(loop).

from_vm(Level, What, Meta) ->
    try maybe_log(Level, What, Meta)
    catch _:_ -> ok
    end.

change(F) ->
    Server = start(),
    case Server =:= self() of
        true ->
            {Answer, New} = F(config()),
            persistent_term:put(?CONFIG, New),
            Answer;
        false ->
            Ref = erlang:monitor(process, Server),
            Server ! {change, self(), Ref, F},
            receive
                {Ref, Answer} ->
                    erlang:demonitor(Ref, [flush]),
                    Answer;
                {'DOWN', Ref, _, _, Reason} -> {error, Reason}
            end
    end.

%% The logging interface from before logger; its calls become log events.
%%
%% Report handlers (gen_event modules) get the old {Tag, GroupLeader, {Pid, Format, Args}} events: the event manager `error_logger` and the
%% log handler that feeds it are started with the first of them.
-module(error_logger).

-export([start/0, start_link/0, stop/0, format/2, error_msg/1, error_msg/2, error_report/1, error_report/2,
         warning_msg/1, warning_msg/2, warning_report/1, warning_report/2, info_msg/1, info_msg/2, info_report/1,
         info_report/2, warning_map/0, add_report_handler/1, add_report_handler/2, delete_report_handler/1,
         which_report_handlers/0, get_format_depth/0, limit_term/1, logfile/1, tty/1]).
-export([log/2, removing_handler/1]).

error_msg(Format) -> error_msg(Format, []).
error_msg(Format, Args) -> msg(error, error, Format, Args).

format(Format, Args) -> error_msg(Format, Args).

warning_msg(Format) -> warning_msg(Format, []).
warning_msg(Format, Args) -> msg(warning, warning_msg, Format, Args).

info_msg(Format) -> info_msg(Format, []).
info_msg(Format, Args) -> msg(notice, info_msg, Format, Args).

msg(Level, Tag, Format, Args) ->
    Label = case Tag of error -> error_msg; _ -> Tag end,
    logger:log(Level, #{label => {error_logger, Label}, format => Format, args => Args},
               meta(Level, Tag, #{report_cb => fun report_to_format/1})).

report_to_format(#{report := Report}) -> logger:format_report(Report);
report_to_format(#{format := Format, args := Args}) when is_list(Args) -> {Format, Args};
report_to_format(#{format := Format, args := Arg}) -> {Format, [Arg]}.

error_report(Report) -> error_report(std_error, Report).
error_report(Type, Report) -> report(error, error_report, Type, Report).

warning_report(Report) -> warning_report(std_warning, Report).
warning_report(Type, Report) -> report(warning, warning_report, Type, Report).

info_report(Report) -> info_report(std_info, Report).
info_report(Type, Report) -> report(notice, info_report, Type, Report).

report(Level, Tag, Type, Report) ->
    logger:log(Level, #{label => {error_logger, Tag}, report => Report},
               (meta(Level, Tag, domain(Type)))#{error_logger => #{tag => Tag, type => Type}, report_cb => fun report_to_format/1}).

%% A type of one's own is a domain.
domain(Type) when Type =:= std_error; Type =:= std_warning; Type =:= std_info -> #{};
domain(Type) -> #{domain => [Type]}.

meta(Level, Tag, More) ->
    Title = case Level of
        notice -> #{logger_formatter => #{title => "INFO REPORT"}};
        _ -> #{}
    end,
    maps:merge(maps:merge(#{error_logger => #{tag => Tag}}, Title), More).

warning_map() -> warning.

%% ---- Report handlers ----

start() ->
    {ok, _} = start_link(),
    ok.

start_link() ->
    case whereis(error_logger) of
        undefined ->
            init:child(fun() -> park() end),
            await();
        Pid -> {ok, Pid}
    end.

%% The manager must outlive whoever adds the first handler.
park() ->
    {ok, _} = gen_event:start({local, error_logger}),
    logger:add_handler(error_logger, error_logger, #{level => info, filter_default => log}),
    ok.

await() ->
    case lists:member(error_logger, logger:get_handler_ids()) of
        true -> {ok, whereis(error_logger)};
        false ->
            timer:sleep(1),
            await()
    end.

stop() ->
    _ = logger:remove_handler(error_logger),
    case whereis(error_logger) of
        undefined -> ok;
        Pid -> gen_event:stop(Pid)
    end.

add_report_handler(Module) -> add_report_handler(Module, []).

add_report_handler(Module, Args) ->
    {ok, Pid} = start_link(),
    gen_event:add_handler(Pid, Module, Args).

delete_report_handler(Module) ->
    case whereis(error_logger) of
        undefined -> {error, module_not_found};
        Pid ->
            Answer = gen_event:delete_handler(Pid, Module, []),
            case gen_event:which_handlers(Pid) of
                [] -> stop();
                _ -> ok
            end,
            Answer
    end.

which_report_handlers() ->
    case whereis(error_logger) of
        undefined -> [];
        Pid -> gen_event:which_handlers(Pid)
    end.

%% The log handler: what was logged through the new interface alone has no old form, and its old handlers do not see it.
log(#{meta := Meta}, _) when not is_map_key(error_logger, Meta) -> ok;
log(#{level := Level, msg := Msg, meta := Meta}, _) ->
    GL = maps:get(gl, Meta, group_leader()),
    Pid = maps:get(pid, Meta, self()),
    Old = maps:get(error_logger, Meta, #{}),
    Event = case {Msg, Old} of
        {{report, #{format := F, args := A}}, #{tag := Tag}} -> {Tag, GL, {Pid, F, A}};
        {{report, #{report := R}}, #{tag := Tag, type := Type}} -> {Tag, GL, {Pid, Type, R}};
        {{report, R}, #{report_cb := Cb}} ->
            {F, A} = Cb(R),
            {msg_tag(Level), GL, {Pid, F, A}};
        {{report, R}, _} -> {report_tag(Level), GL, {Pid, std_type(Level), R}};
        {{string, S}, _} -> {msg_tag(Level), GL, {Pid, "~ts", [S]}};
        {{F, A}, _} -> {msg_tag(Level), GL, {Pid, F, A}}
    end,
    gen_event:notify(error_logger, Event).

removing_handler(_) -> ok.

msg_tag(Level) when Level =:= warning -> warning_msg;
msg_tag(Level) when Level =:= notice; Level =:= info; Level =:= debug -> info_msg;
msg_tag(_) -> error.

report_tag(warning) -> warning_report;
report_tag(Level) when Level =:= notice; Level =:= info; Level =:= debug -> info_report;
report_tag(_) -> error_report.

std_type(warning) -> std_warning;
std_type(Level) when Level =:= notice; Level =:= info; Level =:= debug -> std_info;
std_type(_) -> std_error.

%% ---- The rest ----

tty(true) ->
    case logger:get_handler_config(default) of
        {ok, _} -> ok;
        _ -> logger:add_handler(default, logger_std_h, #{config => #{type => standard_io}})
    end;
tty(false) ->
    _ = logger:remove_handler(default),
    ok.

logfile({open, File}) ->
    case logger:get_handler_config(error_logger_file) of
        {ok, _} -> {error, allready_have_logfile};
        _ ->
            logger:add_handler(error_logger_file, logger_std_h,
                               #{config => #{type => {file, File}},
                                 formatter => {logger_formatter, #{legacy_header => true, single_line => false}}})
    end;
logfile(close) ->
    case logger:remove_handler(error_logger_file) of
        ok -> ok;
        _ -> {error, module_not_found}
    end;
logfile(filename) ->
    case logger:get_handler_config(error_logger_file) of
        {ok, #{config := #{file := File}}} -> File;
        _ -> {error, no_log_file}
    end.

get_format_depth() -> unlimited.

limit_term(Term) -> Term.

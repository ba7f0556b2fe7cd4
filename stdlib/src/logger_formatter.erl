%% Log events as text: headers, templates, time, limits.
-module(logger_formatter).

-export([format/2, check_config/1]).

%% Terms are never cut nearer to their surface than this.
-define(LEAST_DEPTH, 5).

format(#{level := Level, msg := Msg, meta := Meta}, Config0) ->
    Config = maps:merge(#{legacy_header => false, single_line => true, max_size => unlimited, chars_limit => unlimited,
                          depth => default_depth(), time_designator => $T, time_offset => "", report_cb => undefined}, Config0),
    Template = maps:get(template, Config, default_template(Config)),
    part(Template, Level, Msg, Meta, Config).

default_depth() -> unlimited.

default_template(#{legacy_header := true}) -> [[logger_formatter, header], "\n", msg, "\n"];
default_template(#{single_line := true}) -> [time, " ", level, ": ", msg, "\n"];
default_template(_) -> [time, " ", level, ":\n", msg, "\n"].

%% Everything around `msg` is made first: chars_limit and max_size count the whole.
part(Template, Level, Msg, Meta, Config) ->
    {Before, Rest} = lists:splitwith(fun(X) -> X =/= msg end, Template),
    Head = items(Before, Level, Meta, Config),
    case Rest of
        [] -> limit(Head, Config);
        [msg | After] ->
            Tail = items([I || I <- After, I =/= msg], Level, Meta, Config),
            Text = message(Msg, Meta, left(Config, [Head, Tail])),
            limit([Head, Text | [case I of msg -> Text; _ -> item(I, Level, Meta, Config) end || I <- After]], Config)
    end.

items(Items, Level, Meta, Config) -> [item(I, Level, Meta, Config) || I <- Items].

%% What the limit of characters leaves for the message.
left(#{chars_limit := unlimited} = Config, _) -> Config;
left(#{chars_limit := Limit} = Config, Around) -> Config#{chars_limit := max(0, Limit - string:length(Around))}.

limit(Text, #{max_size := unlimited}) -> Text;
limit(Text, #{max_size := Max}) ->
    case string:length(Text) > Max of
        true ->
            Flat = unicode:characters_to_list(Text),
            {End, Room} = case lists:last(Flat) of $\n -> {"...\n", Max - 4}; _ -> {"...", Max - 3} end,
            [string:slice(Flat, 0, max(0, Room)), End];
        false -> Text
    end.

item(level, Level, _, _) -> atom_to_list(Level);
item([logger_formatter, header], Level, Meta, Config) -> header(Level, Meta, Config);
item({Key, IfExist, Else}, Level, Meta, Config) ->
    Branch = case lookup(Key, Meta) of
        {ok, _} -> IfExist;
        error -> Else
    end,
    [item(I, Level, Meta, Config) || I <- Branch];
item(Key, _, Meta, Config) when is_atom(Key) -> value(Key, lookup(Key, Meta), Config);
item([K | _] = Path, _, Meta, Config) when is_atom(K) -> value(lists:last(Path), lookup(Path, Meta), Config);
item(String, _, _, _) -> String.

lookup(Key, Meta) when is_atom(Key) -> maps:find(Key, Meta);
lookup([Key], Meta) -> maps:find(Key, Meta);
lookup([Key | Path], Meta) ->
    case Meta of
        #{Key := #{} = Inner} -> lookup(Path, Inner);
        _ -> error
    end.

value(_, error, _) -> "";
value(time, {ok, T}, Config) when is_integer(T) -> time(T, Config);
value(mfa, {ok, {M, F, A}}, _) when is_integer(A) -> io_lib:format("~tw:~tw/~w", [M, F, A]);
value(mfa, {ok, {M, F, A}}, _) when is_list(A) -> io_lib:format("~tw:~tw/~w", [M, F, length(A)]);
value(_, {ok, V}, Config) -> print(V, Config).

print(V, _) when is_pid(V) -> pid_to_list(V);
print(V, _) when is_reference(V) -> ref_to_list(V);
print(V, _) when is_port(V) -> port_to_list(V);
print(V, _) when is_atom(V) -> atom_to_list(V);
print(V, Config) ->
    case is_list(V) andalso io_lib:printable_unicode_list(V) of
        true -> io_lib:format("~ts", [V]);
        false ->
            case maps:get(single_line, Config) of
                true -> io_lib:format("~0tp", [V]);
                false -> io_lib:format("~tp", [V])
            end
    end.

%% ---- The header of the old error logger ----

header(Level, Meta, Config) ->
    Title = case Meta of
        #{logger_formatter := #{title := T}} -> T;
        #{error_logger := #{type := std_warning}} -> "WARNING REPORT";
        _ -> string:uppercase(atom_to_list(Level)) ++ " REPORT"
    end,
    Micros = maps:get(time, Meta, 0),
    {{Y, Mo, D}, {H, Mi, S}} = zoned(Micros div 1000000, Config),
    io_lib:format("=~ts==== ~w-~s-~4..0w::~2..0w:~2..0w:~2..0w.~6..0w ~ts===",
                  [Title, D, month(Mo), Y, H, Mi, S, Micros rem 1000000, zone(Config)]).

zone(#{time_offset := Z}) when Z =:= "Z"; Z =:= "z"; Z =:= 0 -> "UTC ";
zone(_) -> "".

month(M) -> element(M, {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"}).

zoned(Seconds, #{time_offset := ""}) -> calendar:system_time_to_local_time(Seconds, second);
zoned(Seconds, #{time_offset := local}) -> calendar:system_time_to_local_time(Seconds, second);
zoned(Seconds, #{time_offset := Z}) when Z =:= "Z"; Z =:= "z" -> calendar:system_time_to_universal_time(Seconds, second);
zoned(Seconds, #{time_offset := O}) when is_integer(O) ->
    calendar:system_time_to_universal_time(Seconds + O div 1000000, second);
zoned(Seconds, _) -> calendar:system_time_to_local_time(Seconds, second).

time(T, #{time_designator := Designator, time_offset := Offset}) ->
    calendar:system_time_to_rfc3339(T, [{unit, microsecond}, {time_designator, Designator},
                                        {offset, case Offset of local -> ""; _ -> Offset end}]).

%% ---- The message ----

message(Msg, Meta, Config) ->
    Text = [text(Msg, Meta, Config), old_code(Meta)],
    case maps:get(single_line, Config) of
        true -> one_line(unicode:characters_to_list(string:trim(Text, both)));
        false -> Text
    end.

%% A line break and the indentation behind it become one ", ".
one_line(Text) when is_list(Text) -> lines(Text);
one_line(Other) -> Other.

lines([$,, $\r, $\n | T]) -> ", " ++ lines(skip(T));
lines([$,, $\n | T]) -> ", " ++ lines(skip(T));
lines([$\r, $\n | T]) -> ", " ++ lines(skip(T));
lines([$\n | T]) -> ", " ++ lines(skip(T));
lines([C | T]) -> [C | lines(T)];
lines([]) -> [].

skip([C | T]) when C =:= $\s; C =:= $\t -> skip(T);
skip(T) -> T.

%% Frames of code that was not current when the exception was raised: the terms of a stack trace say nothing of it.
old_code(#{old_code := Frames}) ->
    [io_lib:format("** ~tw:~tw/~w~ts ran in version ~w of ~tw, ~ts~n", [M, F, A, line(L), V, M, current(C)]) || {M, F, A, L, V, C} <- Frames];
old_code(_) -> "".

line(0) -> "";
line(L) -> io_lib:format(" line ~w", [L]).

current(0) -> "which has no current version";
current(C) -> io_lib:format("version ~w is current", [C]).

text({string, S}, _, #{chars_limit := Limit} = Config) ->
    try unicode:characters_to_list(S) of
        L when is_list(L), Limit =:= unlimited -> L;
        L when is_list(L) -> io_lib:format("~ts", [L], [{chars_limit, Limit}]);
        _ -> fallback(S, Config)
    catch _:_ -> fallback(S, Config)
    end;
text({report, Report}, Meta, Config) ->
    Cb = case maps:get(report_cb, Config) of
        undefined -> maps:get(report_cb, Meta, fun logger:format_report/1);
        F -> F
    end,
    report(Cb, Report, Config);
text({Format, Args}, _, Config) -> formatted(Format, Args, Config).

fallback(S, Config) -> formatted("FORMAT ERROR: ~tp - ~tp", [S, []], Config).

report(Cb, Report, Config) when is_function(Cb, 1) ->
    try Cb(Report) of
        {Format, Args} when is_list(Args) -> formatted(Format, Args, Config);
        Other -> formatted("REPORT_CB/1 ERROR: ~0tp; Returned: ~0tp", [Report, Other], Config)
    catch C:R:S -> formatted("REPORT_CB/1 CRASH: ~0tp; Reason: ~0tp", [Report, {C, R, above(S)}], Config)
    end;
report(Cb, Report, Config) when is_function(Cb, 2) ->
    Opts = maps:map(fun(depth, D) when is_integer(D) -> max(?LEAST_DEPTH, D); (_, V) -> V end, maps:with([depth, chars_limit, single_line], Config)),
    try Cb(Report, Opts) of
        Text when is_list(Text); is_binary(Text) -> Text;
        Other -> formatted("REPORT_CB/2 ERROR: ~0tp; Returned: ~0tp", [Report, Other], Config)
    catch C:R:S -> formatted("REPORT_CB/2 CRASH: ~0tp; Reason: ~0tp", [Report, {C, R, above(S)}], Config)
    end.

%% The frames of the callback.
above(Stack) -> lists:takewhile(fun(Frame) -> element(1, Frame) =/= ?MODULE end, Stack).

formatted(Format, Args, Config) ->
    Opts = case maps:get(chars_limit, Config) of
        unlimited -> [];
        Limit -> [{chars_limit, Limit}]
    end,
    try
        {F, A} = limited(Format, Args, Config),
        io_lib:format(F, A, Opts)
    catch _:_ -> io_lib:format("FORMAT ERROR: ~tp - ~tp", [Format, Args])
    end.

%% The limits are written into the control sequences: ~p becomes ~P with a depth, and ~0p on a single line.
limited(Format, Args, #{depth := Limit, single_line := Single}) ->
    Depth = case Limit of
        unlimited -> unlimited;
        _ -> max(?LEAST_DEPTH, Limit)
    end,
    Specs = io_lib:scan_format(Format, Args),
    io_lib:unscan_format([limit_spec(S, Depth, Single) || S <- Specs]).

limit_spec(#{control_char := C, args := As} = S, Depth, Single) ->
    S1 = case Single andalso (C =:= $p orelse C =:= $P) of
        true -> S#{width => 0};
        false -> S
    end,
    case {C, Depth} of
        {_, unlimited} -> S1;
        {$p, _} -> S1#{control_char => $P, args => As ++ [Depth]};
        {$w, _} -> S1#{control_char => $W, args => As ++ [Depth]};
        _ -> S1
    end;
limit_spec(Char, _, _) -> Char.

%% ---- Checking a configuration ----

check_config(Config) when is_map(Config) -> check(maps:to_list(Config));
check_config(Config) -> {error, {invalid_formatter_config, logger_formatter, Config}}.

check([{K, V} | T]) ->
    case valid(K, V) of
        true -> check(T);
        false when K =:= template -> {error, {invalid_formatter_template, logger_formatter, V}};
        false -> {error, {invalid_formatter_config, logger_formatter, {K, V}}}
    end;
check([]) -> ok.

valid(K, V) when K =:= max_size; K =:= chars_limit; K =:= depth -> V =:= unlimited orelse is_integer(V) andalso V > 0;
valid(K, V) when K =:= legacy_header; K =:= single_line -> is_boolean(V);
valid(report_cb, V) -> is_function(V, 1) orelse is_function(V, 2);
valid(template, V) -> is_list(V) andalso lists:all(fun template_item/1, V);
valid(time_designator, V) -> is_integer(V) andalso V >= 0 andalso V =< 255;
valid(time_offset, V) -> is_integer(V) orelse is_offset(V);
valid(_, _) -> false.

is_offset(Z) when Z =:= ""; Z =:= "Z"; Z =:= "z" -> true;
is_offset([Sign, H1, H2, $:, M1, M2]) when Sign =:= $+ orelse Sign =:= $- ->
    lists:all(fun(D) -> D >= $0 andalso D =< $9 end, [H1, H2, M1, M2]);
is_offset(_) -> false.

template_item({K, A, B}) -> (is_atom(K) orelse is_list(K)) andalso valid(template, A) andalso valid(template, B);
template_item(I) -> is_atom(I) orelse is_list(I).

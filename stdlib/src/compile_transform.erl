%% What the compiler asks of running code: a parse transform over forms, the value of a condition, and the callbacks of a behaviour.
-module(compile_transform).

-export([run/3, condition/1, callbacks/1]).

%% Answers {Forms, Messages}, Forms being none when the transform gave errors instead; a message is {error | warning, File, Line, Column, Text}.
run(Mod, Forms, Options) ->
    case code:ensure_loaded(Mod) of
        {module, Mod} -> called(Mod, Forms, Options);
        {error, _} -> {none, [message(error, file(Forms), first(Forms), io_lib:format("undefined parse transform '~ts'", [Mod]))]}
    end.

called(Mod, Forms, Options) ->
    try Mod:parse_transform(located(Mod, Forms), Options) of
        {error, Errors, Warnings} -> {none, listed(error, Errors) ++ listed(warning, Warnings)};
        {warning, New, Warnings} -> embedded(New, listed(warning, Warnings));
        New -> embedded(New, [])
    catch
        Class:Reason:Stack ->
            Text = io_lib:format("error in parse transform '~ts':~n~ts", [Mod, erl_error:format_exception(Class, Reason, own(Stack))]),
            {none, [message(error, file(Forms), first(Forms), Text)]}
    end.

%% A transform may ask for positions without columns.
located(Mod, Forms) ->
    case erlang:function_exported(Mod, parse_transform_info, 0) andalso Mod:parse_transform_info() of
        #{error_location := line} -> erl_parse:map_anno(fun(A) -> erl_anno:line(A) end, Forms);
        _ -> Forms
    end.

own(Stack) -> lists:takewhile(fun(Frame) -> element(1, Frame) =/= ?MODULE end, Stack).

listed(Severity, PerFile) ->
    [message(Severity, File, Location, text(M, What)) || {File, Infos} <- PerFile, {Location, M, What} <- untagged(Infos)].

untagged(Infos) ->
    [case I of
         {M, What} -> {none, M, What};
         _ -> I
     end || I <- Infos].

text(M, What) ->
    try M:format_error(What)
    catch _:_ -> io_lib:format("~w: ~tp", [M, What])
    end.

%% Messages that the transform left among the forms.
embedded(New, Said) when is_list(New) ->
    {Forms, Messages, _} =
        lists:foldl(
          fun({attribute, _, file, {File, _}} = F, {Fs, Ms, _}) -> {[F | Fs], Ms, File};
             ({Severity, {Location, M, What}}, {Fs, Ms, File}) when Severity =:= error; Severity =:= warning ->
                  {Fs, [message(Severity, File, Location, text(M, What)) | Ms], File};
             (F, {Fs, Ms, File}) -> {[F | Fs], Ms, File}
          end, {[], [], file(New)}, lists:flatten(New)),
    {lists:reverse(Forms), Said ++ lists:reverse(Messages)};
embedded(Other, Said) -> {Other, Said}.

message(Severity, File, {Line, Column}, Text) -> {Severity, File, Line, Column, flat(Text)};
message(Severity, File, Line, Text) when is_integer(Line) -> {Severity, File, Line, 0, flat(Text)};
message(Severity, File, none, Text) -> {Severity, File, 0, 0, flat(Text)};
message(Severity, File, Anno, Text) -> message(Severity, File, erl_anno:location(Anno), Text).

flat(Text) -> lists:flatten(io_lib:format("~ts", [Text])).

file([{attribute, _, file, {File, _}} | _]) -> File;
file([_ | Rest]) -> file(Rest);
file(_) -> "nofile".

first([{attribute, A, module, _} | _]) -> A;
first([_ | Rest]) -> first(Rest);
first(_) -> 1.

%% Whether the guard of an -if is true; it has no variables.
condition(Guard) ->
    try erl_eval:expr(Guard, []) of
        {value, Value, _} -> Value =:= true
    catch
        _:_ -> false
    end.

%% [{Name, Arity, IsOptional}], or none when there is no such behaviour.
callbacks(Mod) ->
    case code:ensure_loaded(Mod) of
        {module, Mod} ->
            try Mod:behaviour_info(callbacks) of
                Callbacks ->
                    Optional = try Mod:behaviour_info(optional_callbacks) catch _:_ -> [] end,
                    [{N, A, lists:member({N, A}, Optional)} || {N, A} <- Callbacks]
            catch _:_ -> none
            end;
        {error, _} -> none
    end.

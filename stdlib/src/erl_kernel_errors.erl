%% Words for the errors of the functions of os: which argument was wrong and how.
-module(erl_kernel_errors).
-export([format_error/2]).

-define(EQUALS, "\"=\" characters is not allowed in environment variable names").
-define(ZERO, "\"\\0\" characters is not allowed in environment variable names or values").

format_error(_, [{os, F, Args, Info} | _]) when is_list(Args) ->
    Words = os(F, Args, cause(Info)),
    maps:from_list([{N, unicode:characters_to_binary(Text)} || {N, Text} <- lists:zip(lists:seq(1, length(Words)), Words), Text =/= ok]);
format_error(_, _) -> #{}.

cause(Info) ->
    case lists:keyfind(error_info, 1, Info) of
        {_, #{cause := Cause}} -> Cause;
        _ -> none
    end.

%% What is said of each argument, or ok.
os(cmd, [_, Options], badopt) -> [ok, if is_map(Options) -> "out of range"; true -> "not a map" end];
os(cmd, [_ | _], _) -> ["not a list of characters"];
os(getenv, [Name | _], _) -> [name(Name)];
os(unsetenv, [Name], _) -> [name(Name)];
os(putenv, [Name, Value], _) -> [name(Name), text(Value)];
os(set_signal, [Signal, _], badopt) -> [if is_atom(Signal) -> ok; true -> "not an atom" end, "invalid signal handling option"];
os(set_signal, [Signal, _], _) -> [if is_atom(Signal) -> "invalid signal name"; true -> "not an atom" end];
os(F, [_], _) when F =:= system_time; F =:= perf_counter -> ["invalid time unit"];
os(_, _, _) -> [].

name(Name) ->
    case text(Name) of
        ok ->
            case lists:member($=, lists:flatten(Name)) of
                true -> ?EQUALS;
                false -> ok
            end;
        Wrong -> Wrong
    end.

text(Text) when is_list(Text) ->
    try lists:all(fun is_integer/1, lists:flatten(Text)) of
        true ->
            case unicode:characters_to_binary(Text) of
                Bytes when is_binary(Bytes) ->
                    case binary:match(Bytes, <<0>>) of
                        nomatch -> ok;
                        _ -> ?ZERO
                    end;
                _ -> "invalid characters"
            end;
        false -> "not a list of characters"
    catch
        error:_ -> "not a proper list"
    end;
text(_) -> "not a list".

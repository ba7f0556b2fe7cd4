%% `transom dump --stage tokens|forms FILE`: what the scanner and the parser made of a text.
-module(transom_dump).

-export([show/3]).

%% Bytes is the text, Name the file it came from. Answers the exit status.
-spec show(string(), binary(), string()) -> 0 | 1.
show("tokens", Bytes, Name) ->
    Text = case unicode:characters_to_list(Bytes) of
               L when is_list(L) -> L;
               _ -> binary_to_list(Bytes)
           end,
    case erl_scan:string(Text, {1, 1}) of
        {ok, Tokens, _} ->
            [io:format("~w:~w ~tp~n", [Line, Column, value(T)]) || T <- Tokens, {Line, Column} <- [element(2, T)]],
            0;
        {error, {{Line, Column}, Module, Why}, _} ->
            io:format(standard_error, "~ts:~w:~w: error: ~ts~n", [Name, Line, Column, Module:format_error(Why)]),
            1
    end;
show("forms", Bytes, Name) ->
    lists:max([0 | [form(F, Name) || F <- prim_compile:read(Bytes, Name, [{location, {1, 1}}])]]).

value({Kind, _}) -> Kind;
value({Kind, _, Value}) -> {Kind, Value}.

form({Kind, Where, _, Text}, Name) when Kind =:= error; Kind =:= warning ->
    io:format(standard_error, "~ts:~ts~ts: ~ts~n", [Name, place(Where), Kind, Text]),
    case Kind of error -> 1; warning -> 0 end;
form(Form, _) ->
    io:format("~tp.~n", [Form]),
    0.

place({Line, Column}) -> io_lib:format("~w:~w: ", [Line, Column]);
place(Line) when is_integer(Line) -> io_lib:format("~w: ", [Line]);
place(_) -> " ".

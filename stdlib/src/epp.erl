%% The preprocessor's Erlang side. A file is read and parsed whole by prim_compile:read/3 when it is opened; the process hands the forms out.
%% Tokens and macros come from prim_compile:preprocess/3, which runs when they are asked for the first time; so the macros are always those at
%% the end of the file.
-module(epp).

-export([open/1, open/2, open/3, close/1, scan_erl_form/1, scan_file/1, scan_file/2, parse_erl_form/1, macro_defs/1, parse_file/1, parse_file/2, parse_file/3, format_error/1,
         default_encoding/0, encoding_to_string/1, read_encoding/1, read_encoding/2, set_encoding/1, set_encoding/2,
         read_encoding_from_binary/1, read_encoding_from_binary/2, interpret_file_attribute/1, normalize_typed_record_fields/1,
         restore_typed_record_fields/1]).

%%% Whole files

%% What an open file still has to say.
parse_file(Epp) ->
    case parse_erl_form(Epp) of
        {ok, Form} -> [Form | parse_file(Epp)];
        {eof, _} = End -> [End];
        Other -> [Other | parse_file(Epp)]
    end.

parse_file(File, Options) ->
    case forms(File, Options) of
        {ok, Forms, Encoding} ->
            case proplists:get_bool(extra, Options) of
                true -> {ok, Forms, [{encoding, Encoding}]};
                false -> {ok, Forms}
            end;
        {error, _} = Error -> Error
    end.

parse_file(File, IncludePath, Predefined) -> parse_file(File, [{includes, IncludePath}, {macros, Predefined}]).

forms(File, Options) ->
    case input(File, Options) of
        {ok, Bytes, Name, Encoding} -> {ok, [form(F) || F <- prim_compile:read(Bytes, Name, native(Options))], Encoding};
        {error, _} = Error -> Error
    end.

input(File, Options) ->
    case file:read_file(File) of
        {ok, Bytes} ->
            Encoding = case read_encoding_from_binary(Bytes) of
                           none -> proplists:get_value(default_encoding, Options, default_encoding());
                           E -> E
                       end,
            {ok, Bytes, text(proplists:get_value(source_name, Options, File)), Encoding};
        {error, _} = Error -> Error
    end.

scan_file(File) -> scan_file(File, []).

%% The tokens of every form, macros expanded. The encoding is the one that the file itself names.
scan_file(File, Options) ->
    case input(File, Options) of
        {ok, Bytes, Name, _} ->
            {Forms, _} = prim_compile:preprocess(Bytes, Name, native(Options)),
            {ok, [form(F) || F <- Forms], [{encoding, read_encoding_from_binary(Bytes)}]};
        {error, _} = Error -> Error
    end.

text(Name) when is_atom(Name) -> atom_to_list(Name);
text(Name) -> Name.

native(Options) ->
    [{i, Dir} || Dir <- proplists:get_value(includes, Options, [])] ++
        [macro(M) || M <- proplists:get_value(macros, Options, [])] ++
        [{code_path, code:get_path()},
         {error_location, case proplists:get_value(location, Options, 1) of
                              {_, _} -> column;
                              _ -> line
                          end}].

macro({Name, Value}) -> {d, Name, Value};
macro({Name, Value, redefine}) -> {d, Name, Value};
macro(Name) -> {d, Name}.

form({Severity, _File, Location, Code, Text, _Hint}) ->
    {Module, What} = compile_message:read(Code, Text),
    {Severity, {Location, Module, What}};
form(Form) -> Form.

%%% A form at a time

%% What the process knows: the forms and the tokens that are still to come (`unread` until somebody asks), and how to read them.
-record(st, {forms, tokens = unread, macros = unread, again}).

open(Options) when is_list(Options) ->
    case proplists:get_value(name, Options) of
        undefined -> erlang:error(badarg, [Options]);
        Name ->
            case input(Name, Options) of
                {ok, Bytes, Text, Encoding} ->
                    Native = native(Options),
                    Forms = [form(F) || F <- prim_compile:read(Bytes, Text, Native)],
                    Again = fun() -> prim_compile:preprocess(Bytes, Text, Native) end,
                    Pid = spawn_link(fun() -> serve(#st{forms = Forms, again = Again}) end),
                    case proplists:get_bool(extra, Options) of
                        true -> {ok, Pid, [{encoding, Encoding}]};
                        false -> {ok, Pid}
                    end;
                {error, _} = Error -> Error
            end
    end.

open(Name, IncludePath) -> open(Name, IncludePath, []).

open(Name, IncludePath, Predefined) -> open([{name, Name}, {includes, IncludePath}, {macros, Predefined}]).

serve(St) ->
    receive
        {epp, From, Ref, next} ->
            {Answer, Rest} = next(St#st.forms),
            From ! {Ref, Answer},
            serve(St#st{forms = Rest});
        {epp, From, Ref, tokens} ->
            #st{tokens = Tokens} = Read = read(St),
            {Answer, Rest} = next(Tokens),
            From ! {Ref, Answer},
            serve(Read#st{tokens = Rest});
        {epp, From, Ref, macros} ->
            #st{macros = Macros} = Read = read(St),
            From ! {Ref, Macros},
            serve(Read);
        {epp, From, Ref, close} ->
            unlink(From),
            From ! {Ref, ok}
    end.

%% The end is said again and again.
next([{eof, _} = Eof]) -> {Eof, [Eof]};
next([{Severity, Info} | Rest]) -> {{Severity, Info}, Rest};
next([Form | Rest]) -> {{ok, Form}, Rest};
next([]) -> {{eof, 1}, []}.

read(#st{tokens = unread, again = Again} = St) ->
    {Tokens, Macros} = Again(),
    St#st{tokens = [form(T) || T <- Tokens], macros = defined(Macros, Tokens)};
read(St) -> St.

%% With the macros that every file has.
defined(Macros, Tokens) ->
    Word = fun(Type, Value) -> {none, [{Type, 1, Value}]} end,
    Module = case [M || [{'-', _}, {atom, _, module}, {'(', _}, {atom, _, M} | _] <- Tokens] of
                 [M | _] -> [{'MODULE', Word(atom, M)}, {'MODULE_STRING', Word(string, atom_to_list(M))}];
                 [] -> [{'MODULE', undefined}, {'MODULE_STRING', undefined}]
             end,
    File = case [F || [{'-', _}, {atom, _, file}, {'(', _}, {string, _, F} | _] <- Tokens] of
               [F | _] -> Word(string, F);
               [] -> undefined
           end,
    Always = [{'BASE_MODULE', undefined}, {'BASE_MODULE_STRING', undefined}, {'BEAM', Word(atom, true)}, {'FILE', File},
              {'FUNCTION_ARITY', undefined}, {'FUNCTION_NAME', undefined}, {'LINE', Word(integer, 1)}, {'MACHINE', Word(atom, 'BEAM')},
              {'OTP_RELEASE', Word(integer, list_to_integer(erlang:system_info(otp_release)))} | Module],
    lists:sort([{{atom, N}, D} || {N, D} <- Always, not lists:keymember(N, 1, Macros)] ++ [{{atom, N}, D} || {N, D} <- Macros]).

scan_erl_form(Epp) -> ask(Epp, tokens).

parse_erl_form(Epp) -> ask(Epp, next).

close(Epp) -> ask(Epp, close).

ask(Epp, What) ->
    Ref = erlang:monitor(process, Epp),
    Epp ! {epp, self(), Ref, What},
    receive
        {Ref, Answer} ->
            erlang:demonitor(Ref, [flush]),
            Answer;
        {'DOWN', Ref, _, _, Reason} -> exit(Reason)
    end.

macro_defs(Epp) -> ask(Epp, macros).

%%% Encodings

default_encoding() -> utf8.

encoding_to_string(latin1) -> "coding: latin-1";
encoding_to_string(utf8) -> "coding: utf-8".

read_encoding(Name) -> read_encoding(Name, []).

read_encoding(Name, Options) ->
    case file:read_file(Name) of
        {ok, Bytes} -> read_encoding_from_binary(Bytes, Options);
        {error, _} -> none
    end.

read_encoding_from_binary(Bytes) -> read_encoding_from_binary(Bytes, []).

%% In a comment (unless in_comment_only is false) on one of the first two lines: coding, a colon or an equals sign, a name.
read_encoding_from_binary(Bytes, Options) ->
    Lines = lists:sublist(binary:split(Bytes, <<"\n">>, [global]), 2),
    CommentOnly = proplists:get_value(in_comment_only, Options, true),
    first_encoding([binary_to_list(L) || L <- Lines], CommentOnly).

first_encoding([Line | Rest], CommentOnly) ->
    Text = case CommentOnly of
               true -> lists:dropwhile(fun(C) -> C =/= $% end, Line);
               false -> Line
           end,
    case in_line(Text) of
        none -> first_encoding(Rest, CommentOnly);
        Encoding -> Encoding
    end;
first_encoding([], _) -> none.

in_line("coding" ++ Rest0) ->
    case string:trim(Rest0, leading, " ") of
        [C | Rest] when C =:= $:; C =:= $= -> named(string:lowercase(string:trim(Rest, leading, " ")), Rest);
        Rest -> in_line(Rest)
    end;
in_line([_ | Rest]) -> in_line(Rest);
in_line([]) -> none.

named("utf-8" ++ End, More) -> ended(End, utf8, More);
named("latin-1" ++ End, More) -> ended(End, latin1, More);
named(_, More) -> in_line(More).

ended([C | _], _, More) when C >= $a, C =< $z; C >= $0, C =< $9; C =:= $-; C =:= $_ -> in_line(More);
ended(_, Encoding, _) -> Encoding.

set_encoding(Device) -> set_encoding(Device, default_encoding()).

set_encoding(Device, Default) ->
    {ok, Position} = file:position(Device, cur),
    Encoding = case file:read(Device, 1024) of
                   {ok, Data} -> read_encoding_from_binary(iolist_to_binary([unicode:characters_to_binary(Data)]));
                   _ -> none
               end,
    {ok, _} = file:position(Device, Position),
    ok = io:setopts(Device, [{encoding, case Encoding of none -> Default; _ -> Encoding end}]),
    Encoding.

%%% Forms

%% Positions are those of the files already.
interpret_file_attribute(Forms) -> Forms.

normalize_typed_record_fields(Fields) -> normalize(Fields, [], false).

normalize([{typed_record_field, Field, _} | Rest], Acc, _) -> normalize(Rest, [Field | Acc], true);
normalize([Field | Rest], Acc, Typed) -> normalize(Rest, [Field | Acc], Typed);
normalize([], Acc, true) -> {typed, lists:reverse(Acc)};
normalize([], _, false) -> not_typed.

%% A record and the type that followed it become one form.
restore_typed_record_fields([{attribute, _, record, {Name, _}}, {attribute, L, type, {{record, Name}, Fields, []}} | Rest]) ->
    [{attribute, L, record, {Name, Fields}} | restore_typed_record_fields(Rest)];
restore_typed_record_fields([{attribute, _, type, {{record, Name}, Fields, []}}, {attribute, L, record, {Name, _}} | Rest]) ->
    [{attribute, L, record, {Name, Fields}} | restore_typed_record_fields(Rest)];
restore_typed_record_fields([Form | Rest]) -> [Form | restore_typed_record_fields(Rest)];
restore_typed_record_fields([]) -> [].

format_error(What) -> compile_message:epp(What).

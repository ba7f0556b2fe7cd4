%% The compiler's diagnostics as the error terms of OTP's passes, and their texts. The front end words its messages as OTP does; the terms are read
%% out of the words here, so that there is one place that knows both.
-module(compile_message).

-export([read/2, epp/1, lint/1]).

%% {Module, Description} of a diagnostic with that code and text.
read(syntax, "syntax error before: " ++ Rest) -> {erl_parse, ["syntax error before: ", Rest]};
read(syntax, Text) -> {erl_parse, Text};
read(scan, Text) -> {erl_scan, scan(Text)};
read(undefined_parse_transform, Text) -> {compile, {undef_parse_transform, quoted(Text)}};
read(parse_transform, "undefined parse transform " ++ _ = Text) -> {compile, {undef_parse_transform, quoted(Text)}};
read(parse_transform, Text) -> {compile_message_text, Text};
read(Code, Text) ->
    case epp_term(Code, Text) of
        none -> {erl_lint, lint_term(Code, Text)};
        What -> {epp, What}
    end.

scan("illegal base '" ++ Rest) -> {base, list_to_integer(string:trim(Rest, trailing, "'"))};
scan("illegal sigil delimiter" = Text) -> {scan, Text};
scan("illegal " ++ What) -> {illegal, list_to_atom(What)};
scan("unterminated character") -> char;
scan(Text) -> {scan, Text}.

%%% The preprocessor

epp_term(include, "can't find include file " ++ Name) -> {include, file, unquoted(Name)};
epp_term(include, "can't find include lib " ++ Name) -> {include, lib, unquoted(Name)};
epp_term(depth, _) -> {depth, "include"};
epp_term(redefine_macro, Text) -> {redefine, quoted(Text)};
epp_term(redefine_predef, Text) -> {redefine_predef, quoted(Text)};
epp_term(undefined_macro, Text) -> {undefined, quoted(Text), arity(Text)};
epp_term(mismatch_macro, Text) -> {mismatch, quoted(Text)};
epp_term(error, Text) -> {error, Text};
epp_term(warning, Text) -> {warning, Text};
epp_term(bad, Text) ->
    case quoted(Text) of
        none -> {bad, Text};
        Name -> {bad, Name}
    end;
epp_term(Code, Text) when Code =:= unbalanced; Code =:= unterminated; Code =:= invalid_features; Code =:= duplicated_argument ->
    {Code, Text};
epp_term(_, _) -> none.

epp({include, file, Name}) -> io_lib:format("can't find include file \"~ts\"", [Name]);
epp({include, lib, Name}) -> io_lib:format("can't find include lib \"~ts\"", [Name]);
epp({depth, What}) -> io_lib:format("~s too deep", [What]);
epp({redefine, Name}) -> io_lib:format("redefining macro '~ts'", [Name]);
epp({redefine_predef, Name}) -> io_lib:format("redefining predefined macro '~s'", [Name]);
epp({undefined, Name, none}) -> io_lib:format("undefined macro '~ts'", [Name]);
epp({undefined, Name, Arity}) -> io_lib:format("undefined macro '~ts/~p'", [Name, Arity]);
epp({mismatch, Name}) -> io_lib:format("argument mismatch for macro '~ts'", [Name]);
epp({bad, Name}) when is_atom(Name) -> io_lib:format("badly formed '~s'", [Name]);
epp({_, Text}) when is_list(Text) -> Text;
epp(Other) -> io_lib:format("~tp", [Other]).

%%% The linter

%% Variables, functions, records and fields by name; what has no simple term keeps its words.
lint_term(Code, Text)
  when Code =:= unbound_var; Code =:= unused_var; Code =:= unsafe_var; Code =:= exported_var; Code =:= shadowed_var ->
    case {quoted(Text), Code} of
        {none, _} -> {Code, Text};
        {V, C} when C =:= unbound_var; C =:= unused_var -> {C, V};
        {V, C} -> {C, V, Text}
    end;
lint_term(Code, Text) when Code =:= undefined_function; Code =:= unused_function ->
    case re_fa(Text) of
        none -> {Code, Text};
        FA -> {Code, FA}
    end;
lint_term(Code, "record " ++ Rest) when Code =:= undefined_record; Code =:= unused_record ->
    {Code, first_atom(Rest)};
lint_term(untyped_record, "record " ++ Rest) -> {untyped_record, first_atom(Rest)};
lint_term(Code, Text) -> {Code, Text}.

lint({unbound_var, V}) when is_atom(V) -> io_lib:format("variable ~w is unbound", [V]);
lint({unused_var, V}) when is_atom(V) -> io_lib:format("variable ~w is unused", [V]);
lint({undefined_function, {F, A}}) -> io_lib:format("function ~tw/~w undefined", [F, A]);
lint({unused_function, {F, A}}) -> io_lib:format("function ~tw/~w is unused", [F, A]);
lint({undefined_record, R}) when is_atom(R) -> io_lib:format("record ~tw undefined", [R]);
lint({unused_record, R}) when is_atom(R) -> io_lib:format("record ~tw is unused", [R]);
lint({untyped_record, R}) when is_atom(R) -> io_lib:format("record ~tw has field(s) without type information", [R]);
lint({_, Text}) when is_list(Text) -> Text;
lint({_, _, Text}) when is_list(Text) -> Text;
lint(Other) -> io_lib:format("~tp", [Other]).

%%% Reading words

%% The name between the first single quotes, without the arity that may follow it there.
quoted(Text) ->
    case string:split(Text, "'") of
        [_, Rest] ->
            case string:split(Rest, "'") of
                [Name, _] -> list_to_atom(hd(string:split(Name, "/")));
                _ -> none
            end;
        _ -> none
    end.

arity(Text) ->
    case string:split(Text, "/") of
        [_, Rest] ->
            case string:to_integer(Rest) of
                {N, _} when is_integer(N) -> N;
                _ -> none
            end;
        _ -> none
    end.

unquoted(Text) -> string:trim(Text, both, "\"").

re_fa("function " ++ Rest) ->
    case string:split(said(Rest), "/", trailing) of
        [F, A] ->
            case string:to_integer(A) of
                {N, []} -> {atom(F), N};
                _ -> none
            end;
        _ -> none
    end;
re_fa(_) -> none.

first_atom(Text) -> atom(said(Text)).

%% What is undefined or unused, without those words.
said(Text) -> lists:foldl(fun(End, T) -> hd(string:split(T, End, trailing)) end, Text, [" undefined", " is unused", " has field(s)"]).

%% The atom that was printed so.
atom(Text) ->
    case erl_scan:string(Text) of
        {ok, [{atom, _, Name}], _} -> Name;
        _ -> list_to_atom(string:trim(Text, both, "'"))
    end.

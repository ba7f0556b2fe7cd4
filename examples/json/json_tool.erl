#!/usr/bin/env transom
%% A JSON parser and printer, written by hand: parse, pretty-print, query.
%%
%%   transom run examples/json/json_tool.erl pretty < FILE
%%   transom run examples/json/json_tool.erl compact < FILE
%%   transom run examples/json/json_tool.erl get KEY.KEY.0 < FILE
%%   transom run examples/json/json_tool.erl selftest
%%
%% Objects become maps with binary keys, strings binaries, null the atom null. Errors name the byte where they happened.
-module(json_tool).
-mode(compile).
-export([main/1, parse/1, compact/1, pretty/1]).

main(["pretty"]) -> with_input(fun(V) -> put_line(pretty(V)) end);
main(["compact"]) -> with_input(fun(V) -> put_line(compact(V)) end);
main(["get", Path]) ->
    with_input(fun(V) ->
        case get_path(string:split(Path, ".", all), V) of
            {ok, Found} -> put_line(pretty(Found));
            error -> fail("no value at ~s", [Path])
        end
    end);
main(["selftest"]) -> selftest();
main(_) -> fail("usage: json_tool pretty | compact | get PATH | selftest", []).

with_input(Fun) ->
    ok = io:setopts([{encoding, unicode}]),
    case parse(read_all([])) of
        {ok, Value} -> Fun(Value);
        {error, {Position, Why}} -> fail("byte ~b: ~s", [Position, Why])
    end.

read_all(Acc) ->
    case io:get_line("") of
        eof -> unicode:characters_to_binary(lists:reverse(Acc));
        {error, Why} -> fail("cannot read: ~p", [Why]);
        Line -> read_all([Line | Acc])
    end.

put_line(Chars) -> io:put_chars([Chars, $\n]).

fail(Format, Args) ->
    io:format(standard_error, "json_tool: " ++ Format ++ "~n", Args),
    halt(1).

%%% Parsing

-spec parse(binary()) -> {ok, term()} | {error, {non_neg_integer(), string()}}.
parse(Bin) ->
    try value(skip(Bin), Bin) of
        {Value, Rest} ->
            case skip(Rest) of
                <<>> -> {ok, Value};
                More -> {error, {position(More, Bin), "something follows the value"}}
            end
    catch
        throw:{at, Rest, Why} -> {error, {position(Rest, Bin), Why}}
    end.

position(Rest, Bin) -> byte_size(Bin) - byte_size(Rest).

skip(<<C, Rest/binary>>) when C =:= $\s; C =:= $\n; C =:= $\t; C =:= $\r -> skip(Rest);
skip(Bin) -> Bin.

value(<<"null", R/binary>>, _) -> {null, R};
value(<<"true", R/binary>>, _) -> {true, R};
value(<<"false", R/binary>>, _) -> {false, R};
value(<<$", R/binary>>, _) -> string(R, R, 0, []);
value(<<$[, R/binary>>, All) -> array(skip(R), All);
value(<<${, R/binary>>, All) -> object(skip(R), All);
value(<<C, _/binary>> = Bin, _) when C =:= $-; C >= $0, C =< $9 -> number(Bin);
value(Rest, _) -> throw({at, Rest, "expected a value"}).

array(<<$], R/binary>>, _) -> {[], R};
array(Bin, All) -> array_items(Bin, All, []).

array_items(Bin, All, Acc) ->
    {Value, Rest} = value(Bin, All),
    case skip(Rest) of
        <<$,, R/binary>> -> array_items(skip(R), All, [Value | Acc]);
        <<$], R/binary>> -> {lists:reverse(Acc, [Value]), R};
        Other -> throw({at, Other, "expected , or ]"})
    end.

object(<<$}, R/binary>>, _) -> {#{}, R};
object(Bin, All) -> object_items(Bin, All, #{}).

object_items(<<$", R/binary>>, All, Acc) ->
    {Key, AfterKey} = string(R, R, 0, []),
    case skip(AfterKey) of
        <<$:, V/binary>> ->
            {Value, Rest} = value(skip(V), All),
            Next = Acc#{Key => Value},
            case skip(Rest) of
                <<$,, More/binary>> -> object_items(skip(More), All, Next);
                <<$}, More/binary>> -> {Next, More};
                Other -> throw({at, Other, "expected , or }"})
            end;
        Other ->
            throw({at, Other, "expected :"})
    end;
object_items(Rest, _, _) ->
    throw({at, Rest, "expected a key"}).

%% Plain runs are cut from the input in one piece; escapes end a run.
string(<<$", R/binary>>, Run, N, Acc) -> {finish(Run, N, Acc), R};
string(<<$\\, R/binary>>, Run, N, Acc) ->
    {Char, Rest} = escape(R),
    string(Rest, Rest, 0, [Char | take(Run, N, Acc)]);
string(<<C, _/binary>> = Rest, _, _, _) when C < 32 -> throw({at, Rest, "control character in a string"});
string(<<_, R/binary>>, Run, N, Acc) -> string(R, Run, N + 1, Acc);
string(<<>>, _, _, _) -> throw({at, <<>>, "string without an end"}).

take(_, 0, Acc) -> Acc;
take(Run, N, Acc) -> [binary:part(Run, 0, N) | Acc].

finish(Run, N, []) -> binary:copy(binary:part(Run, 0, N));
finish(Run, N, Acc) -> iolist_to_binary(lists:reverse(take(Run, N, Acc))).

escape(<<$n, R/binary>>) -> {<<$\n>>, R};
escape(<<$t, R/binary>>) -> {<<$\t>>, R};
escape(<<$r, R/binary>>) -> {<<$\r>>, R};
escape(<<$b, R/binary>>) -> {<<$\b>>, R};
escape(<<$f, R/binary>>) -> {<<$\f>>, R};
escape(<<C, R/binary>>) when C =:= $"; C =:= $\\; C =:= $/ -> {<<C>>, R};
escape(<<$u, Hex:4/binary, R/binary>>) ->
    case hex(Hex, R) of
        High when High >= 16#D800, High < 16#DC00 -> surrogate(High, R);
        Low when Low >= 16#DC00, Low < 16#E000 -> throw({at, R, "lone low surrogate"});
        Char -> {<<Char/utf8>>, R}
    end;
escape(R) -> throw({at, R, "bad escape"}).

surrogate(High, <<"\\u", Hex:4/binary, R/binary>>) ->
    case hex(Hex, R) of
        Low when Low >= 16#DC00, Low < 16#E000 ->
            Char = 16#10000 + ((High - 16#D800) bsl 10) + (Low - 16#DC00),
            {<<Char/utf8>>, R};
        _ -> throw({at, R, "lone high surrogate"})
    end;
surrogate(_, R) -> throw({at, R, "lone high surrogate"}).

hex(Digits, Rest) ->
    try binary_to_integer(Digits, 16)
    catch error:badarg -> throw({at, Rest, "bad \\u escape"})
    end.

number(Bin) ->
    {Int, AfterInt} = integer_part(Bin),
    {Frac, AfterFrac} = fraction(AfterInt),
    {Exp, Rest} = exponent(AfterFrac),
    case {Frac, Exp} of
        {[], []} -> {list_to_integer(Int), Rest};
        {[], _} -> {list_to_float(Int ++ ".0e" ++ Exp), Rest};
        {_, []} -> {list_to_float(Int ++ "." ++ Frac), Rest};
        {_, _} -> {list_to_float(Int ++ "." ++ Frac ++ "e" ++ Exp), Rest}
    end.

integer_part(<<$-, R/binary>>) ->
    {Digits, Rest} = integer_part(R),
    {[$- | Digits], Rest};
integer_part(<<$0, R/binary>>) -> {"0", R};
integer_part(Bin) -> digits(Bin, []).

fraction(<<$., R/binary>>) -> digits(R, []);
fraction(Bin) -> {[], Bin}.

exponent(<<E, S, R/binary>>) when (E =:= $e orelse E =:= $E), (S =:= $- orelse S =:= $+) ->
    {Digits, Rest} = digits(R, []),
    {[S | Digits], Rest};
exponent(<<E, R/binary>>) when E =:= $e; E =:= $E -> digits(R, []);
exponent(Bin) -> {[], Bin}.

digits(<<C, R/binary>>, Acc) when C >= $0, C =< $9 -> digits(R, [C | Acc]);
digits(Rest, []) -> throw({at, Rest, "expected a digit"});
digits(Rest, Acc) -> {lists:reverse(Acc), Rest}.

%%% Printing

compact(V) -> iolist_to_binary(out(V)).

out(null) -> <<"null">>;
out(true) -> <<"true">>;
out(false) -> <<"false">>;
out(N) when is_integer(N) -> integer_to_binary(N);
out(F) when is_float(F) -> float_to_binary(F, [short]);
out(B) when is_binary(B) -> quote(B);
out(L) when is_list(L) -> [$[, lists:join($,, [out(V) || V <- L]), $]];
out(M) when is_map(M) -> [${, lists:join($,, [[quote(K), $:, out(V)] || {K, V} <- lists:sort(maps:to_list(M))]), $}].

quote(B) -> [$", << <<(quoted(C))/binary>> || <<C/utf8>> <= B >>, $"].

quoted($") -> <<"\\\"">>;
quoted($\\) -> <<"\\\\">>;
quoted($\n) -> <<"\\n">>;
quoted($\t) -> <<"\\t">>;
quoted($\r) -> <<"\\r">>;
quoted(C) when C < 32 -> iolist_to_binary(io_lib:format("\\u~4.16.0b", [C]));
quoted(C) -> <<C/utf8>>.

pretty(V) -> pretty(V, 0).

pretty(L, Depth) when is_list(L), L =/= [] ->
    block($[, [[indent(Depth + 1), pretty(V, Depth + 1)] || V <- L], $], Depth);
pretty(M, Depth) when map_size(M) > 0 ->
    Lines = [[indent(Depth + 1), quote(K), ": ", pretty(V, Depth + 1)] || {K, V} <- lists:sort(maps:to_list(M))],
    block(${, Lines, $}, Depth);
pretty(V, _) -> out(V).

block(Open, Lines, Close, Depth) -> [Open, $\n, lists:join(",\n", Lines), $\n, indent(Depth), Close].

indent(N) -> lists:duplicate(N * 2, $\s).

%%% Queries

get_path([], Value) -> {ok, Value};
get_path([Key | Keys], M) when is_map(M) ->
    case M of
        #{} when Key =:= "" -> get_path(Keys, M);
        _ ->
            case maps:find(unicode:characters_to_binary(Key), M) of
                {ok, Value} -> get_path(Keys, Value);
                error -> error
            end
    end;
get_path([Index | Keys], L) when is_list(L) ->
    try lists:nth(list_to_integer(Index) + 1, L) of
        Value -> get_path(Keys, Value)
    catch
        error:_ -> error
    end;
get_path(_, _) -> error.

%%% A test of itself

selftest() ->
    Good = [
        {<<"[]">>, []},
        {<<" [1, -2, 3.5, 1e3, 0.1e-2] ">>, [1, -2, 3.5, 1000.0, 0.001]},
        {<<"{\"a\":{\"b\":[true,false,null]}}">>, #{<<"a">> => #{<<"b">> => [true, false, null]}}},
        {<<"\"\\u00e5\\ud83d\\ude00\\n\\\"\"">>, <<"å😀\n\""/utf8>>},
        {<<"123456789012345678901234567890">>, 123456789012345678901234567890},
        {<<"{\"k\":1,\"k\":2}">>, #{<<"k">> => 2}}
    ],
    [begin
         {ok, Expected} = parse(Text),
         {ok, Expected} = parse(compact(Expected)),
         {ok, Expected} = parse(iolist_to_binary(pretty(Expected)))
     end || {Text, Expected} <- Good],
    Bad = [<<"">>, <<"[1,]">>, <<"{\"a\" 1}">>, <<"\"abc">>, <<"01">>, <<"tru">>, <<"\"\\x\"">>, <<"\"\\ud800\"">>, <<"[1] 2">>, <<"-">>],
    [begin
         {error, {At, Why}} = parse(Text),
         io:format("~-12s byte ~b: ~s~n", [Text, At, Why])
     end || Text <- Bad],
    Deep = 10000,
    Nested = iolist_to_binary([lists:duplicate(Deep, $[), lists:duplicate(Deep, $])]),
    {ok, Tree} = parse(Nested),
    io:format("~b documents, ~b errors, depth ~b~n", [length(Good), length(Bad), depth(Tree, 1)]).

depth([], N) -> N;
depth([T], N) -> depth(T, N + 1).

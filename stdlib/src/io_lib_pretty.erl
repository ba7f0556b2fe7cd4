%% Pretty printing with options: what `~p` does, with column, line length, depth, records. The engine is native; the record printer is an
%% Erlang fun, so the tuples that could be records are asked for first.
-module(io_lib_pretty).
-export([print/1, print/2, print/3, print/4, print/5, print/6, print_native/3, record_candidates/1]).

print(Term) -> print(Term, []).

%% Options: column, line_length, depth, line_max_chars, max_chars, chars_limit, record_print_fun, strings, encoding, maps_order; a fun alone is
%% the record printer.
print(Term, Options) when is_list(Options) ->
    Get = fun(Key, Default) -> proplists:get_value(Key, Options, Default) end,
    Records = case Get(record_print_fun, no_fun) of
        F when is_function(F, 2) -> records(F, record_candidates(Term));
        _ -> []
    end,
    Settings = #{
        column => Get(column, 1),
        line_length => Get(line_length, 80),
        depth => Get(depth, -1),
        line_max_chars => Get(line_max_chars, Get(max_chars, 60)),
        chars_limit => Get(chars_limit, -1),
        strings => Get(strings, true),
        encoding => encoding(Get(encoding, epp:default_encoding())),
        printable => io:printable_range(),
        maps_order => Get(maps_order, undefined)
    },
    print_native(Term, Settings, Records);
print(Term, RecordFun) -> print(Term, [{record_print_fun, RecordFun}]).

print(Term, Column, LineLength) -> print(Term, Column, LineLength, -1).
print(Term, Column, LineLength, Depth) -> print(Term, [{column, Column}, {line_length, LineLength}, {depth, Depth}]).
print(Term, Column, LineLength, Depth, RecordFun) ->
    print(Term, [{column, Column}, {line_length, LineLength}, {depth, Depth}, {record_print_fun, RecordFun}]).
print(Term, Column, LineLength, Depth, MaxChars, RecordFun) ->
    print(Term, [{column, Column}, {line_length, LineLength}, {depth, Depth}, {line_max_chars, MaxChars}, {record_print_fun, RecordFun}]).

encoding(latin1) -> latin1;
encoding(_) -> unicode.

records(F, Candidates) ->
    [{Tag, Fields} || {Tag, N} <- Candidates, Fields <- [F(Tag, N)], is_list(Fields), length(Fields) =:= N].

%% Native.
print_native(Term, Settings, Records) -> erlang:nif_error(undef, [Term, Settings, Records]).
record_candidates(Term) -> erlang:nif_error(undef, [Term]).

%% ETS. The functions over tables are native; matching with patterns, folds and files are written here in terms of them.
-module(ets).
-export([match/1, match/2, match/3, match_object/1, match_object/2, match_object/3, match_delete/2, tab2list/1, foldl/3, foldr/3, tab2file/2, tab2file/3,
         file2tab/1, file2tab/2, tabfile_info/1, to_dets/2, from_dets/2, init_table/2, test_ms/2, match_spec_run/2, repair_continuation/2, fun2ms/1,
         table/1, table/2, i/0, i/1]).

match(T, Pattern) -> ets:select(T, [{Pattern, [], ['$$']}]).
match(T, Pattern, Limit) -> ets:select(T, [{Pattern, [], ['$$']}], Limit).
match(Continuation) -> ets:select(Continuation).

match_object(T, Pattern) -> ets:select(T, [{Pattern, [], ['$_']}]).
match_object(T, Pattern, Limit) -> ets:select(T, [{Pattern, [], ['$_']}], Limit).
match_object(Continuation) -> ets:select(Continuation).

match_delete(T, Pattern) ->
    _ = ets:select_delete(T, [{Pattern, [], [true]}]),
    true.

tab2list(T) -> ets:select(T, [{'_', [], ['$_']}]).

foldl(F, Acc, T) ->
    ets:safe_fixtable(T, true),
    try fold(F, Acc, T, ets:first(T), fun ets:next/2)
    after ets:safe_fixtable(T, false)
    end.

foldr(F, Acc, T) ->
    ets:safe_fixtable(T, true),
    try fold(F, Acc, T, ets:last(T), fun ets:prev/2)
    after ets:safe_fixtable(T, false)
    end.

fold(_, Acc, _, '$end_of_table', _) -> Acc;
fold(F, Acc, T, Key, Step) -> fold(F, lists:foldl(F, Acc, ets:lookup(T, Key)), T, Step(T, Key), Step).

%% Runs a compiled specification over a list of objects.
match_spec_run(List, Compiled) -> lists:reverse(ets:match_spec_run_r(List, Compiled, [])).

test_ms(Object, Spec) ->
    case erlang:match_spec_test(Object, Spec, table) of
        {ok, Result, _, _} -> {ok, Result};
        Error -> Error
    end.

repair_continuation(Continuation, _Spec) -> Continuation.

%% Without the parse transform of ms_transform.hrl only the shell can translate a fun.
fun2ms(F) when is_function(F) ->
    case erl_eval:fun_data(F) of
        {fun_data, Bindings, Clauses} ->
            case ms_transform:transform_from_shell(?MODULE, Clauses, Bindings) of
                {error, [{_, [{_, _, Code} | _]} | _], _} ->
                    io:format("Error: ~ts~n", [ms_transform:format_error(Code)]),
                    {error, transform_error};
                Spec -> Spec
            end;
        false -> exit({badarg, {?MODULE, fun2ms, [function, called, with, real, 'fun', should, be, transformed, with, parse_transform, 'or', called, with, a, 'fun', generated, in, the, shell]}})
    end.

%% Fills a table from a function: read -> {Objects, NextFunction} | end_of_input | {error, Why}; close.
init_table(T, Init) ->
    ets:delete_all_objects(T),
    init_from(T, Init(read)).

init_from(_, end_of_input) -> true;
init_from(_, {error, Why}) -> exit(Why);
init_from(T, {Objects, Next}) ->
    ets:insert(T, Objects),
    init_from(T, Next(read)).

to_dets(_, Dets) -> erlang:error(undef, [Dets]).
from_dets(_, Dets) -> erlang:error(undef, [Dets]).

%%% Tables in files: one external term with the options and the objects

tab2file(T, File) -> tab2file(T, File, []).

tab2file(T, File, _Options) ->
    case ets:info(T) of
        undefined -> {error, badtab};
        Info ->
            Data = {ets_file, 1, [{K, V} || {K, V} <- Info, lists:member(K, [name, type, protection, named_table, keypos, size, compressed])], tab2list(T)},
            case file:write_file(File, term_to_binary(Data)) of
                ok -> ok;
                {error, Why} -> {error, {file_error, File, Why}}
            end
    end.

file2tab(File) -> file2tab(File, []).

file2tab(File, _Options) ->
    case read_table(File) of
        {ok, Info, Objects} ->
            Get = fun(K) -> proplists:get_value(K, Info) end,
            Options = [Get(type), Get(protection), {keypos, Get(keypos)}] ++ [named_table || Get(named_table)] ++ [compressed || Get(compressed)],
            try ets:new(Get(name), Options) of
                T ->
                    ets:insert(T, Objects),
                    {ok, T}
            catch
                error:badarg -> {error, cannot_create_table}
            end;
        Error -> Error
    end.

tabfile_info(File) ->
    case read_table(File) of
        {ok, Info, _} -> {ok, Info ++ [{extended_info, []}, {version, {1, 0}}]};
        Error -> Error
    end.

read_table(File) ->
    case file:read_file(File) of
        {ok, Bin} ->
            try binary_to_term(Bin) of
                {ets_file, 1, Info, Objects} -> {ok, Info, Objects};
                _ -> {error, badfile}
            catch
                error:badarg -> {error, badfile}
            end;
        {error, Why} -> {error, {read_error, {file_error, File, Why}}}
    end.

table(T) -> table(T, []).
table(T, Options) -> erlang:error(undef, [T, Options]).

%%% For the shell

i() ->
    io:format(" ~-15s ~-17s ~-6s ~-6s ~-10s ~s~n", ["id", "name", "type", "size", "mem", "owner"]),
    io:format(" ----------------------------------------------------------------------------~n"),
    lists:foreach(
        fun(T) ->
            Get = fun(Item) -> ets:info(T, Item) end,
            case Get(size) of
                undefined -> ok;
                Size -> io:format(" ~-15ts ~-17ts ~-6ts ~-6w ~-10w ~ts~n", [short(T), short(Get(name)), short(Get(type)), Size, Get(memory), owner(Get(owner))])
            end
        end,
        lists:sort(ets:all())
    ),
    ok.

short(X) -> io_lib:format("~tw", [X]).

owner(Pid) ->
    case is_process_alive(Pid) andalso process_info(Pid, registered_name) of
        {registered_name, Name} -> atom_to_list(Name);
        _ -> pid_to_list(Pid)
    end.

i(T) ->
    [io:format("~tp~n", [Object]) || Object <- tab2list(T)],
    ok.

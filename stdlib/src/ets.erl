%% ETS. The functions over tables are native; matching with patterns, folds and files are written here in terms of them.
-module(ets).
-export([match/1, match/2, match/3, match_object/1, match_object/2, match_object/3, match_delete/2, tab2list/1, foldl/3, foldr/3, tab2file/2, tab2file/3,
         file2tab/1, file2tab/2, tabfile_info/1, to_dets/2, from_dets/2, init_table/2, test_ms/2, match_spec_run/2, repair_continuation/2, fun2ms/1,
         i/0, i/1]).

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

%% The compiled specification in a continuation does not survive the external term format: then it is compiled anew.
repair_continuation('$end_of_table', _) -> '$end_of_table';
repair_continuation({_, _, _, Compiled, _} = Continuation, Spec) ->
    case ets:is_compiled_ms(Compiled) of
        true -> Continuation;
        false -> setelement(4, Continuation, ets:match_spec_compile(Spec))
    end.

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

%% Fills a table from a function: read -> {Objects, NextFunction} | end_of_input. Anything else is the reason to exit.
init_table(T, Init) ->
    ets:delete_all_objects(T),
    init_from(T, Init).

init_from(T, Init) ->
    case Init(read) of
        end_of_input -> true;
        {Objects, Next} when is_list(Objects) ->
            ets:insert(T, Objects),
            init_from(T, Next);
        Other -> exit(Other)
    end.

to_dets(T, Dets) ->
    case ets:info(T, name) =/= undefined andalso dets:from_ets(Dets, T) of
        ok -> Dets;
        false -> erlang:error(badarg, [T, Dets]);
        {error, Why} -> erlang:error(Why, [T, Dets])
    end.

from_dets(T, Dets) ->
    case ets:info(T, name) =/= undefined andalso dets:to_ets(Dets, T) of
        T -> true;
        _ -> erlang:error(badarg, [T, Dets])
    end.

%%% Tables in files: one external term with the options, the objects, and what is asked for to verify them

tab2file(T, File) -> tab2file(T, File, []).

tab2file(T, File, Options) when is_list(Options) ->
    case {ets:info(T), written_options(Options, [], [])} of
        {undefined, _} -> {error, badtab};
        {Info, {ok, Extended, Modes}} ->
            Header = [{K, V} || {K, V} <- Info, lists:member(K, [name, type, protection, named_table, keypos, size, compressed])],
            Objects = tab2list(T),
            Data = {ets_file, 2, Header, Objects, [{E, verified(E, Objects)} || E <- Extended]},
            case file:write_file(File, term_to_binary(Data), Modes) of
                ok -> ok;
                {error, Why} -> {error, {file_error, File, Why}}
            end;
        {_, Error} -> Error
    end.

written_options([], Extended, Modes) -> {ok, Extended, Modes};
written_options([{sync, Sync} | Options], Extended, _) when is_boolean(Sync) -> written_options(Options, Extended, [sync || Sync]);
written_options([{extended_info, Items} | Options], _, Modes) when is_list(Items) ->
    case [Item || Item <- Items, Item =/= object_count, Item =/= md5sum] of
        [] -> written_options(Options, [Item || Item <- [object_count, md5sum], lists:member(Item, Items)], Modes);
        Unknown -> {error, {unknown_option, [{extended_info, Unknown}]}}
    end;
written_options([{extended_info, Items} | _], _, _) -> {error, {malformed_option, Items}};
written_options([Option | _], _, _) -> {error, {unknown_option, Option}}.

verified(object_count, Objects) -> length(Objects);
verified(md5sum, Objects) -> erlang:md5(term_to_binary(Objects)).

file2tab(File) -> file2tab(File, []).

file2tab(File, Options) when is_list(Options) ->
    case [O || O <- Options, O =/= {verify, true}, O =/= {verify, false}] of
        [Unknown | _] -> {error, {unknown_option, Unknown}};
        [] ->
            case read_table(File) of
                {ok, Info, Objects, Extended} ->
                    case proplists:get_bool(verify, Options) of
                        false -> create(Info, Objects);
                        true -> create_verified(Info, Objects, Extended)
                    end;
                Error -> Error
            end
    end.

create_verified(Info, Objects, Extended) ->
    Count = proplists:get_value(object_count, Extended, proplists:get_value(size, Info)),
    case {length(Objects), lists:keyfind(md5sum, 1, Extended)} of
        {Count, false} -> create(Info, Objects);
        {Count, {_, Sum}} ->
            case verified(md5sum, Objects) of
                Sum -> create(Info, Objects);
                _ -> {error, checksum_error}
            end;
        _ -> {error, invalid_object_count}
    end.

create(Info, Objects) ->
    Get = fun(K) -> proplists:get_value(K, Info) end,
    Options = [Get(type), Get(protection), {keypos, Get(keypos)}] ++ [named_table || Get(named_table)] ++ [compressed || Get(compressed)],
    try ets:new(Get(name), Options) of
        T ->
            ets:insert(T, Objects),
            {ok, T}
    catch
        error:badarg -> {error, cannot_create_table}
    end.

tabfile_info(File) ->
    case read_table(File) of
        {ok, Info, _, Extended} ->
            Shown = [lists:keyfind(K, 1, Info) || K <- [name, type, protection, named_table, keypos, size]],
            {ok, Shown ++ [{extended_info, [E || {E, _} <- Extended]}, {version, {1, 0}}]};
        Error -> Error
    end.

read_table(File) ->
    case file:read_file(File) of
        {ok, Bin} ->
            try binary_to_term(Bin) of
                {ets_file, 1, Info, Objects} -> {ok, Info, Objects, []};
                {ets_file, 2, Info, Objects, Extended} -> {ok, Info, Objects, Extended};
                _ -> {error, {read_error, {not_a_log_file, File}}}
            catch
                error:badarg -> {error, {read_error, {not_a_log_file, File}}}
            end;
        {error, Why} -> {error, {read_error, {file_error, File, Why}}}
    end.

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

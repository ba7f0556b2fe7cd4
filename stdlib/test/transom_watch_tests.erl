%% Saves of every kind are taken up; what does not compile is told and changes nothing.
-module(transom_watch_tests).

-include_lib("eunit/include/eunit.hrl").

watch_test_() ->
    {timeout, 60, fun() ->
        Dir = filename:join("/tmp", "transom-watch-tests-" ++ os:getpid()),
        ok = filelib:ensure_dir(filename:join(Dir, "x")),
        Me = self(),
        try
            %% Ten modules, three of them with a header.
            Mods = [list_to_atom("tw_" ++ integer_to_list(N)) || N <- lists:seq(1, 10)],
            ok = file:write_file(filename:join(Dir, "tw.hrl"), "-define(H, h1).\n"),
            [save(Dir, M, "1") || M <- Mods],
            {ok, _} = transom_reload:reload([Dir]),
            {ok, Pid} = transom_watch:start(#{report => fun(T) -> Me ! {said, T} end}),
            %% In place, within the same second.
            save(Dir, tw_4, "2"),
            Ms = until(fun() -> tw_4:v() =:= {2, none} end),
            ?assert(Ms < 500),
            %% A new file renamed over the old one.
            ok = file:write_file(filename:join(Dir, "tw_4.tmp"), source(tw_4, "3")),
            ok = file:rename(filename:join(Dir, "tw_4.tmp"), filename:join(Dir, "tw_4.erl")),
            until(fun() -> tw_4:v() =:= {3, none} end),
            %% A header: all that read it, in one step.
            ok = file:write_file(filename:join(Dir, "tw.hrl"), "-define(H, h2).\n"),
            until(fun() -> [h2, h2, h2] =:= [element(2, M:v()) || M <- [tw_1, tw_2, tw_3]] end),
            flush(),
            %% A broken file is told, the old code runs on; mended it runs.
            ok = file:write_file(filename:join(Dir, "tw_5.erl"), "-module(tw_5).\n-export([v/0]).\nv() -> X.\n"),
            Text = receive {said, T} -> T after 5000 -> none end,
            ?assertMatch({_, _}, binary:match(Text, <<"tw_5.erl:3:8: error: variable 'X' is unbound">>)),
            {1, none} = tw_5:v(),
            save(Dir, tw_5, "5"),
            until(fun() -> tw_5:v() =:= {5, none} end),
            %% Many at once, and a module that was not there before.
            [save(Dir, M, "6") || M <- Mods ++ [tw_new]],
            until(fun() -> lists:all(fun(M) -> erlang:module_loaded(M) andalso element(1, M:v()) =:= 6 end, Mods ++ [tw_new]) end),
            ?assert(is_process_alive(Pid))
        after
            transom_watch:stop(),
            file:del_dir_r(Dir)
        end
    end}.

source(M, V) ->
    {Include, H} = case lists:member(M, [tw_1, tw_2, tw_3]) of
                       true -> {"-include(\"tw.hrl\").\n", "?H"};
                       false -> {"", "none"}
                   end,
    ["-module(", atom_to_list(M), ").\n", Include, "-export([v/0]).\nv() -> {", V, ", ", H, "}.\n"].

save(Dir, M, V) -> ok = file:write_file(filename:join(Dir, atom_to_list(M) ++ ".erl"), source(M, V)).

%% Milliseconds until it holds.
until(F) -> until(F, erlang:monotonic_time(millisecond)).
until(F, Begin) ->
    Now = erlang:monotonic_time(millisecond) - Begin,
    case F() of
        true -> Now;
        false when Now < 10000 ->
            receive after 2 -> ok end,
            until(F, Begin)
    end.

flush() -> receive {said, _} -> flush() after 100 -> ok end.

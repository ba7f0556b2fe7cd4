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
            ?assert(Ms < 5000),
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
            told(<<"tw_5.erl:3:8: error: variable 'X' is unbound">>),
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

%% Saves that nobody was there to see: between the reading of the program and the watch, and within the second of an earlier one while the
%% watch had no processor.
unseen_test_() ->
    {timeout, 60, fun() ->
        Dir = filename:join("/tmp", "transom-watch-unseen-" ++ os:getpid()),
        ok = filelib:ensure_dir(filename:join(Dir, "x")),
        Me = self(),
        try
            [save(Dir, M, "1") || M <- [tw_4, tw_5]],
            {ok, _} = transom_reload:reload([Dir]),
            flush(),
            save(Dir, tw_4, "2"),
            {ok, Pid} = transom_watch:start(#{report => fun(T) -> Me ! {said, T} end}),
            until(fun() -> tw_4:v() =:= {2, none} end),
            %% Only what differs is told.
            receive {said, T} -> ?assertEqual(match, re:run(T, "^transom: reloaded tw_4@\\d+ in [^,]*$", [{capture, none}])) end,
            save(Dir, tw_5, "3"),
            until(fun() -> tw_5:v() =:= {3, none} end),
            erlang:suspend_process(Pid),
            save(Dir, tw_5, "4"),
            receive after 3100 -> ok end,
            erlang:resume_process(Pid),
            until(fun() -> tw_5:v() =:= {4, none} end)
        after
            transom_watch:stop(),
            file:del_dir_r(Dir)
        end
    end}.

%% What editors, checkouts and programs do beside plain saves.
oddities_test_() ->
    {timeout, 60, fun() ->
        Dir = filename:join("/tmp", "transom-watch-oddities-" ++ os:getpid()),
        Links = Dir ++ "-links",
        [ok = filelib:ensure_dir(filename:join(D, "x")) || D <- [Dir, Links]],
        Me = self(),
        {ok, Cwd} = file:get_cwd(),
        try
            [save(Dir, M, "1") || M <- [tw_4, tw_5, tw_6]],
            %% A symbolic link to a source elsewhere.
            save(Links, tw_7, "1"),
            ok = file:make_symlink(filename:join(Links, "tw_7.erl"), filename:join(Dir, "tw_7.erl")),
            transform(Dir, "1"),
            ok = file:write_file(filename:join(Dir, "tw_user.erl"),
                                 "-module(tw_user).\n-compile({parse_transform, tw_transform}).\n-export([v/0]).\nv() -> place.\n"),
            {ok, _} = transom_reload:reload([filename:join(Dir, "tw_transform.erl")]),
            {ok, _} = transom_reload:reload([Dir]),
            {transformed, 1} = tw_user:v(),
            {ok, _} = transom_watch:start(#{report => fun(T) -> Me ! {said, T} end}),
            %% The time of the file is set back to what it was, the size is the same.
            File = filename:join(Dir, "tw_4.erl"),
            {ok, Info} = file:read_file_info(File),
            save(Dir, tw_4, "2"),
            ok = file:write_file_info(File, Info),
            until(fun() -> tw_4:v() =:= {2, none} end),
            %% Through the link.
            save(Links, tw_7, "2"),
            until(fun() -> tw_7:v() =:= {2, none} end),
            %% The program is somewhere else now.
            ok = file:set_cwd("/"),
            save(Dir, tw_5, "2"),
            until(fun() -> tw_5:v() =:= {2, none} end),
            %% In two pieces, with time between them: at the end it is the whole.
            Whole = iolist_to_binary(source(tw_6, "2")),
            {ok, Fd} = file:open(filename:join(Dir, "tw_6.erl"), [write, raw]),
            ok = file:write(Fd, binary:part(Whole, 0, 30)),
            receive after 100 -> ok end,
            {1, none} = tw_6:v(),
            ok = file:write(Fd, binary:part(Whole, 30, byte_size(Whole) - 30)),
            ok = file:close(Fd),
            until(fun() -> tw_6:v() =:= {2, none} end),
            %% A parse transform: what it transforms changes with it.
            transform(Dir, "2"),
            until(fun() -> tw_user:v() =:= {transformed, 2} end),
            flush(),
            %% A transform that makes nonsense is told, and everything is as it was.
            transform(Dir, "X"),
            _ = receive {said, T1} -> T1 after 30000 -> none end,
            {transformed, 2} = tw_user:v(),
            transform(Dir, "3"),
            until(fun() -> tw_user:v() =:= {transformed, 3} end),
            flush(),
            %% Gone: told once, its module runs on; under another name it is a new module.
            ok = file:rename(filename:join(Dir, "tw_5.erl"), filename:join(Dir, "tw_8.erl")),
            save(Dir, tw_8, "1"),
            until(fun() -> erlang:module_loaded(tw_8) andalso tw_8:v() =:= {1, none} end),
            {2, none} = tw_5:v(),
            told(<<"tw_5.erl is gone; its module runs on">>),
            %% A second file of a module: the one it was loaded from stays the one.
            ok = file:write_file(filename:join(Dir, "tw_other.erl"), source(tw_4, "other")),
            save(Dir, tw_4, "9"),
            until(fun() -> tw_4:v() =:= {9, none} end),
            receive after 300 -> ok end,
            {9, none} = tw_4:v()
        after
            file:set_cwd(Cwd),
            transom_watch:stop(),
            [file:del_dir_r(D) || D <- [Dir, Links]]
        end
    end}.

%% place becomes {transformed, V}.
transform(Dir, V) ->
    ok = file:write_file(filename:join(Dir, "tw_transform.erl"),
                         ["-module(tw_transform).\n-export([parse_transform/2]).\n"
                          "parse_transform(Forms, _) -> [form(F) || F <- Forms].\n"
                          "form({function, A, v, 0, [{clause, B, [], [], [{atom, C, place}]}]}) ->\n"
                          "    {function, A, v, 0, [{clause, B, [], [], [{tuple, C, [{atom, C, transformed}, {integer, C, ", V, "}]}]}]};\n"
                          "form(F) -> F.\n"]).

%% Waits until it says so; what it said of other changes may come before.
told(Part) ->
    receive
        {said, T} -> case binary:match(iolist_to_binary(T), Part) of nomatch -> told(Part); _ -> ok end
    after 30000 -> error({not_told, Part})
    end.

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
        false when Now < 50000 ->
            receive after 2 -> ok end,
            until(F, Begin)
    end.

flush() -> receive {said, _} -> flush() after 100 -> ok end.

%% What tests of reloads share: versions of the modules ra, rb and rs, driven through files of a directory. `each` makes a test of every
%% function, with the directory as argument; every test begins without the modules of the one before.
-compile({nowarn_unused_function, [{file, 3}, {load, 3}, {first, 3}, {codes, 1}, {value, 1}, {server, 2}, {serve, 0}, {loop, 1}, {ask, 1}, {strand, 1}]}).

each(Tests) ->
    {setup, fun start/0, fun stop/1,
     fun(Dir) -> [{atom_to_list(Name), {timeout, 60, fun() -> try F(Dir) after forget() end end}} || {Name, F} <- Tests] end}.

start() ->
    Dir = filename:join("/tmp", atom_to_list(?MODULE) ++ "-" ++ os:getpid()),
    ok = filelib:ensure_dir(filename:join(Dir, "x")),
    Dir.

stop(Dir) -> file:del_dir_r(Dir).

%% Every test begins without the modules of the one before.
forget() ->
    [begin
         Mon = monitor(process, P),
         exit(P, kill),
         receive {'DOWN', Mon, _, _, _} -> ok end
     end || {P, _, _, _} <- transom_upgrade:servers([ra, rb, rs])],
    [begin
         code:purge(M),
         code:delete(M),
         code:purge(M)
     end || M <- [ra, rb, rs], erlang:module_loaded(M)].

file(Dir, M, Text) ->
    File = filename:join(Dir, atom_to_list(M) ++ ".erl"),
    ok = file:write_file(File, ["-module(", atom_to_list(M), ").\n", Text]),
    File.

load(Dir, M, Text) -> transom_reload:reload([file(Dir, M, Text)]).

%% The first version, whatever was there.
first(Dir, M, Text) ->
    {ok, #{result := reloaded}} = load(Dir, M, Text),
    ok.

codes({error, #{refusals := Rs}}) -> [C || {C, _, _, _} <- Rs].

value(V) -> "-export([v/0]).\nv() -> " ++ V ++ ".\n".

server(Record, CodeChange) ->
    "-behaviour(gen_server).\n-export([init/1, handle_call/3, handle_cast/2, handle_info/2, code_change/3]).\n"
    "-record(s, {" ++ Record ++ "}).\ninit(_) -> {ok, #s{}}.\n"
    "handle_call({sleep, T}, _, S) -> timer:sleep(T), {reply, ok, S};\n"
    "handle_call(get, _, S) -> {reply, S, S}.\n"
    "handle_cast({set, V}, S) -> {noreply, setelement(2, S, V)}.\n"
    "handle_info({note, P, N}, S) -> P ! {noted, N}, {noreply, S}.\n"
    "code_change(Vsn, S, Extra) -> _ = {Vsn, Extra}, " ++ CodeChange ++ ".\n".

serve() ->
    {ok, P} = gen_server:start(rs, [], []),
    P.

loop(V) ->
    "-export([loop/0, helper/0]).\n"
    "loop() -> receive {ask, P} -> P ! {answer, helper()}, loop() end.\n"
    "helper() -> " ++ V ++ ".\n".

ask(P) ->
    P ! {ask, self()},
    receive {answer, A} -> A after 30000 -> none end.

%% This loop changes with every version.
strand(V) ->
    "-export([loop/0]).\n"
    "loop() -> receive {ask, P} -> P ! {answer, " ++ V ++ "}, loop() end.\n".

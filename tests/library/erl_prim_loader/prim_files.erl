%% Files on disk and inside archives.
-module(prim_files).
-include("../show.hrl").
-include_lib("kernel/include/file.hrl").

start() ->
    Dir = filename:join(os:getenv("TMPDIR", "/tmp"), "prim_files_" ++ os:getpid() ++ integer_to_list(erlang:unique_integer([positive]))),
    ok = file:make_dir(Dir),
    In = fun(Name) -> filename:join(Dir, Name) end,
    {ok, _} = zip:create(In("lib.ez"), [{"app/ebin/app.app", <<"{}.">>}, {"app/priv/page.txt", <<"hello">>}, {"app/priv/sub/deep.txt", <<"deep">>}]),
    ok = file:write_file(In("plain.txt"), "plain"),
    show(fun() -> {ok, Bytes, Name} = erl_prim_loader:get_file(In("plain.txt")), {Bytes, Name =:= In("plain.txt")} end),  % expect: {<<"plain">>,true}
    show(fun() -> {ok, Bytes, Name} = erl_prim_loader:get_file(In("lib.ez/app/priv/page.txt")), {Bytes, Name =:= In("lib.ez/app/priv/page.txt")} end),  % expect: {<<"hello">>,true}
    show(fun() -> [erl_prim_loader:get_file(In(N)) || N <- ["nosuch", "lib.ez/app/priv", "lib.ez/app/nosuch", "plain.txt/app", "no/lib.ez/app"]] end),  % expect: [error,error,error,error,error]
    show(fun() -> [sorted(erl_prim_loader:list_dir(In(N))) || N <- ["", "lib.ez", "lib.ez/app", "lib.ez/app/priv", "lib.ez/app/priv/sub"]] end),  % expect: [["lib.ez","plain.txt"],["app"],["ebin","priv"],["page.txt","sub"],["deep.txt"]]
    show(fun() -> [sorted(erl_prim_loader:list_dir(In(N))) || N <- ["nosuch", "plain.txt", "lib.ez/nosuch", "lib.ez/app/priv/page.txt", "lib.ez/ap"]] end),  % expect: [error,error,error,error,error]
    show(fun() -> [kind(erl_prim_loader:read_file_info(In(N))) || N <- ["plain.txt", "", "lib.ez/app/priv/page.txt", "nosuch", "lib.ez/nosuch", "plain.txt/x"]] end),  % expect: [{regular,5},directory,{regular,5},error,error,error]
    show(fun() -> [type(erl_prim_loader:read_file_info(In(N))) || N <- ["lib.ez", "lib.ez/app", "lib.ez/app/priv/sub"]] end),  % expect: [directory,directory,directory]
    show(fun() -> [kind(erl_prim_loader:read_link_info(In(N))) || N <- ["plain.txt", "lib.ez/app/priv/page.txt", "nosuch"]] end),  % expect: [{regular,5},{regular,5},error]
    %% To others an archive is a file.
    show(fun() -> {file:read_file(In("lib.ez/app/priv/page.txt")), filelib:is_dir(In("lib.ez")), file:list_dir(In("lib.ez"))} end),  % expect: {{error,enotdir},false,{error,enotdir}}
    show(fun() -> {lists:sort(filelib:wildcard("*/*", In("lib.ez"), erl_prim_loader)), filelib:wildcard("*", In("lib.ez"))} end),  % expect: {["app/ebin","app/priv"],[]}
    show(fun() -> {ok, Path} = erl_prim_loader:get_path(), ok = erl_prim_loader:set_path([Dir]), Set = erl_prim_loader:get_path(), erl_prim_loader:set_path(Path), Set =:= {ok, [Dir]} end),  % expect: true
    show(fun() -> catch erl_prim_loader:get_file("no_such_file_anywhere") end),  % expect: error
    file:del_dir_r(Dir).

sorted({ok, Names}) -> lists:sort(Names);
sorted(Other) -> Other.

kind({ok, #file_info{type = regular, size = Size}}) -> {regular, Size};
kind(Other) -> type(Other).

type({ok, #file_info{type = Type}}) -> Type;
type(Other) -> Other.

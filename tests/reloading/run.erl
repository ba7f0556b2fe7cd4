%% Runs one of the programs here: compiles the helper and the program from this directory, loads both, calls `main/0`.
-module(run).
-export([main/1]).

main([Dir, Name]) ->
    Load = fun(M) ->
        {ok, Mod, Bin, _, _} = erts_internal:compile_source(filename:join(Dir, M ++ ".erl"), undefined, []),
        {module, Mod} = code:load_binary(Mod, M ++ ".erl", Bin),
        Mod
    end,
    Load("rl"),
    Mod = Load(Name),
    Mod:main().

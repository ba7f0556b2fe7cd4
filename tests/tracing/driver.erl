%% Loads compiled modules of a folder and calls main/0 of the last, with the known bugs of the original tools on.
-module(driver).
-export([main/1]).

main([Dir | Modules]) ->
    lists:foreach(fun(Name) ->
        File = filename:join(Dir, Name ++ ".tbc"),
        {ok, Code} = file:read_file(File),
        {module, _} = code:load_binary(list_to_atom(Name), File, Code) end, Modules),
    transom_trace:compat(true),
    Last = list_to_atom(lists:last(Modules)),
    %% The last line of cap_recon expects a crash that does not come.
    catch Last:main().

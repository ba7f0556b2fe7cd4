%% What the scenarios of a reload share. `main([Name])` runs the one in the current directory and prints `ok`; whatever goes wrong ends the program with the
%% failure. README.md says which test shows which.
-compile({nowarn_unused_function, [{bin, 2}, {load, 2}, {value, 1}, {file, 2}, {reload, 2}, {reloaded, 2}, {codes, 1}, {loop, 1}, {loop, 2}, {ask, 1},
                                   {ended, 1}, {silently, 1}, {await, 2}, {await, 3}]}).

main([Name]) ->
    logger:set_primary_config(level, none),
    Test = list_to_atom(Name),
    try
        ok = test(Test),
        io:put_chars("ok\n")
    catch
        Class:Reason:Stack ->
            io:format("~ts", [erl_error:format_exception(Class, Reason, Stack)]),
            halt(1)
    end.

bin(M, Text) -> rl_bin(M, ["-module(", atom_to_list(M), ").\n", Text]).

rl_bin(M, Text) ->
    {ok, M, Bin, _, _} = erts_internal:compile_source(atom_to_list(M) ++ ".erl", lists:flatten(Text), []),
    Bin.

load(M, Text) -> code:load_binary(M, atom_to_list(M) ++ ".erl", bin(M, Text)).

value(V) -> "-export([v/0]).\nv() -> " ++ V ++ ".\n".

file(M, Text) ->
    File = atom_to_list(M) ++ ".erl",
    ok = file:write_file(File, ["-module(", atom_to_list(M), ").\n", Text]),
    File.

reload(M, Text) -> transom_reload:reload([file(M, Text)]).

reloaded(M, Text) ->
    {ok, #{result := reloaded} = R} = reload(M, Text),
    R.

codes({error, #{refusals := Rs}}) -> lists:usort([C || {C, _, _, _} <- Rs]).

%% A loop in its own version that answers with it.
loop(V) -> loop(V, "").
loop(V, Exports) -> "-export([loop/0" ++ Exports ++ "]).\nloop() -> receive {ask, P} -> P ! {self(), " ++ V ++ "}, loop(); stop -> ok end.\n".

ask(P) ->
    P ! {ask, self()},
    receive {P, A} -> A after 30000 -> none end.

ended(P) ->
    Mon = monitor(process, P),
    receive {'DOWN', Mon, _, _, Why} -> Why after 10000 -> alive end.

%% What it prints goes nowhere.
silently(F) ->
    Nowhere = spawn_link(fun Loop() -> receive {io_request, From, Ref, _} -> From ! {io_reply, Ref, ok}, Loop() end end),
    Me = group_leader(),
    group_leader(Nowhere, self()),
    try F() after group_leader(Me, self()) end.

await(F, Wanted) -> await(F, Wanted, 200).
await(F, _, 0) -> F();
await(F, Wanted, N) ->
    case F() of
        Wanted -> Wanted;
        _ -> receive after 20 -> await(F, Wanted, N - 1) end
    end.

%% Included by a generated module: runs its functions and prints one line for each: its number, the hash of its result, and its
%% value or exception without what differs from run to run (pids, references, funs), and the process dictionary it leaves.

seeds(Module, First, Last) ->
    [io:format("~b ~ts~n", [N, one(Module, list_to_atom("seed_" ++ integer_to_list(N)))]) || N <- lists:seq(First, Last)],
    ok.

one(Module, Function) ->
    [erase(K) || K <- get_keys()],
    Result =
        try Module:Function() of
            V -> {value, V}
        catch
            C:R -> {C, R}
        end,
    Dictionary = lists:sort([KV || {K, _} = KV <- get(), K =/= rand_seed]),
    Text = io_lib:format("~w ~w", [plain(Result), plain(Dictionary)]),
    Hash = erlang:phash2(plain(Result)),
    io_lib:format("~b ~ts", [Hash, cut(lists:flatten(Text))]).

cut(Text) when length(Text) > 2000 -> io_lib:format("~ts... ~b", [lists:sublist(Text, 2000), erlang:phash2(Text)]);
cut(Text) -> Text.

plain(F) when is_function(F) -> {'fun', element(2, erlang:fun_info(F, arity))};
plain(P) when is_pid(P) -> pid;
plain(P) when is_port(P) -> port;
plain(R) when is_reference(R) -> reference;
plain([H | T]) -> [plain(H) | plain(T)];
plain(T) when is_tuple(T) -> list_to_tuple(plain(tuple_to_list(T)));
plain(M) when is_map(M) -> {map, lists:sort([{plain(K), plain(V)} || {K, V} <- maps:to_list(M)])};
plain(T) -> T.

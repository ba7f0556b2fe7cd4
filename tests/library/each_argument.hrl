%% What a function says when one argument after the other is none, while the others are good.
-include("show.hrl").

%% For each argument: what is said of which kinds of terms, the commonest of all others. What is said is `ok`, or the reason, where it was raised
%% if not in the function itself, and the words about the arguments.
each(M, F, Good) ->
    [begin
         {Before, [_ | Behind]} = lists:split(I, Good),
         grouped([{K, said(M, F, Before ++ [V] ++ Behind)} || {K, V} <- kinds()])
     end || I <- lists:seq(0, length(Good) - 1)].

kinds() ->
    [{atom, foo}, {integer, 7}, {negative, -1}, {large, 1 bsl 70}, {float, 2.5}, {nil, []}, {list, [a, b]}, {improper, [a | b]}, {string, "abc"}, {deep, [["a"], [<<"b">> | c]]},
     {pairs, [{a, 1}]}, {binary, <<"abc">>}, {bits, <<5:3>>}, {map, #{a => 1}}, {pair, {a, 1}}, {unit, {}}, {pid, idle()}, {reference, make_ref()}, {function, fun lists:reverse/1}].

idle() -> spawn(fun() -> receive never -> ok end end).

grouped(All) ->
    Groups = [{Said, [K || {K, S} <- All, S =:= Said]} || Said <- uniq([S || {_, S} <- All])],
    Most = lists:max([length(Ks) || {_, Ks} <- Groups]),
    [Rest | _] = [Said || {Said, Ks} <- Groups, length(Ks) =:= Most],
    [{Said, Ks} || {Said, Ks} <- Groups, Said =/= Rest] ++ [Rest].

uniq([X | L]) -> [X | uniq([Y || Y <- L, Y =/= X])];
uniq([]) -> [].

%% In a process of its own, which may be harmed.
said(M, F, Args) ->
    {Pid, Monitor} = spawn_monitor(fun() ->
        Real = [real(A) || A <- Args],
        exit(try apply(M, F, Real) of _ -> {said, ok} catch C:R:S -> {said, failed(C, R, S, {M, F, length(Args)})} end)
    end),
    receive {'DOWN', Monitor, _, Pid, {said, Said}} -> Said; {'DOWN', Monitor, _, Pid, Why} -> {ended, Why} end.

real('$self') -> self();
real('$reference') -> make_ref();
real('$idle') -> idle();
real(A) -> A.

failed(error, R, [{M, F, As, Info} | _] = Stack, Called) ->
    Reason = case R of _ when is_tuple(R) -> element(1, R); _ -> R end,
    Where = [{M, F, arity(As)} || {M, F, arity(As)} =/= Called],
    case {Where, words(R, Stack, proplists:get_value(error_info, Info))} of
        {[], []} -> Reason;
        {[], Words} -> {Reason, Words};
        {[Place], []} -> {Reason, Place};
        {[Place], Words} -> {Reason, Place, Words}
    end;
failed(C, _, _, _) -> C.

arity(As) when is_list(As) -> length(As);
arity(A) -> A.

words(_, _, undefined) -> [];
words(R, Stack, Info) ->
    Module = maps:get(module, Info, element(1, hd(Stack))),
    [lists:flatten(io_lib:format("~w: ~ts", [N, Text])) || {N, Text} <- lists:sort(maps:to_list(Module:format_error(R, Stack)))].

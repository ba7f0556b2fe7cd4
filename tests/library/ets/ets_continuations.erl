%% Continuations that went through the external term format, and what they are after repair_continuation/2.
-module(ets_continuations).
-include("../show.hrl").

start() ->
    Spec = [{{'$1', '$2'}, [{'<', '$1', 9}], ['$2']}],
    show(fun() -> ets:repair_continuation('$end_of_table', Spec) end),  % expect: '$end_of_table'
    show(fun() -> ets:repair_continuation(foo, Spec) end),  % expect: error function_clause
    show(fun() -> ets:repair_continuation({a, b}, Spec) end),  % expect: error function_clause
    show(fun() -> whole(ordered_set, Spec) end),  % expect: [[1,4,9],true,true,[16,25,36]]
    show(fun() -> lost(ordered_set, Spec, fun ets:select/3, fun ets:select/1) end),  % expect: [[1,4,9],[16,25,36],"1@"]
    show(fun() -> lost(ordered_set, Spec, fun ets:select_reverse/3, fun ets:select_reverse/1) end),  % expect: ["@1$",[25,16,9],[4,1]]
    show(fun() -> sizes(lost(set, Spec, fun ets:select/3, fun ets:select/1)) end),  % expect: {[3,3,2],[1,4,9,16,25,36,49,64]}
    show(fun() -> sizes(lost(bag, Spec, fun ets:select/3, fun ets:select/1)) end),  % expect: {[3,3,2],[1,4,9,16,25,36,49,64]}
    show(fun() -> lost_match(fun ets:match/3, fun ets:match/1, [{{'$1', '_'}, [], ['$$']}], {'$1', '_'}) end),  % expect: [[[1],[2],[3],[4]],[[5],[6],[7],"\b"],["\t","\n"]]
    show(fun() -> lost_match(fun ets:match_object/3, fun ets:match_object/1, [{{'$1', '_'}, [], ['$_']}], {'$1', '_'}) end),  % expect: [[{1,1},{2,4},{3,9},{4,16}],[{5,25},{6,36},{7,49},{8,64}],[{9,81},{10,100}]]
    show(fun() -> without(Spec) end),  % expect: [{error,badarg},[16,25,36]]
    show(fun() -> ets:repair_continuation(gone(Spec), not_a_spec) end),  % expect: error badarg
    show(fun() -> other_table() end),  % expect: [{x,4},{x,5},{x,6}]
    show(fun() -> of_renamed(Spec) end),  % expect: error badarg
    show(fun() -> of_private(Spec) end),  % expect: {error,badarg}
    show(fun() -> of_deleted(Spec) end),  % expect: [{error,badarg},{error,badarg}]
    show(fun() -> [ets:is_compiled_ms(ets:match_spec_compile(Spec)), ets:is_compiled_ms(<<>>), ets:is_compiled_ms(make_ref()), ets:is_compiled_ms(Spec)] end),  % expect: [true,false,false,false]
    show(fun() -> twice(Spec) end).  % expect: [[16,25,36],[16,25,36],"1@"]

table(Type) -> table(Type, []).

table(Type, Options) ->
    T = ets:new(t, [Type | Options]),
    ets:insert(T, [{N, N * N} || N <- lists:seq(1, 10)]),
    T.

%% One that is whole stays as it is, whatever the specification says.
whole(Type, Spec) ->
    {L, C} = ets:select(table(Type), Spec, 3),
    [L, ets:repair_continuation(C, Spec) =:= C, ets:repair_continuation(C, not_a_spec) =:= C, element(1, ets:select(C))].

%% All portions, each continuation lost and mended.
lost(Type, Spec, First, More) -> portions(First(table(Type), Spec, 3), Spec, More).

lost_match(First, More, Spec, Pattern) -> portions(First(table(ordered_set), Pattern, 4), Spec, More).

portions('$end_of_table', _, _) -> [];
portions({L, C}, Spec, More) -> [L | portions(More(ets:repair_continuation(through(C), Spec)), Spec, More)].

sizes(Portions) -> {[length(P) || P <- Portions], lists:sort(lists:append(Portions))}.

through(C) ->
    Bytes = term_to_binary(C),
    binary_to_term(Bytes).

%% The specification has gone with the process that held it.
gone(Spec) -> gone(Spec, table(ordered_set)).

gone(Spec, T) ->
    Me = self(),
    {_, M} = spawn_monitor(fun() -> {_, C} = ets:select(T, Spec, 3), Me ! {bytes, term_to_binary(C)} end),
    receive {'DOWN', M, _, _, _} -> ok end,
    receive {bytes, B} -> binary_to_term(B) end.

without(Spec) ->
    C = gone(Spec),
    [kind(fun() -> ets:select(C) end), element(1, ets:select(ets:repair_continuation(C, Spec)))].

kind(F) -> try F() of V -> V catch Class:Reason -> {Class, Reason} end.

%% The specification that is put in is the one that counts from there on.
other_table() -> element(1, ets:select(ets:repair_continuation(gone([{'_', [], ['$_']}]), [{{'$1', '_'}, [], [{{x, '$1'}}]}]))).

of_renamed(Spec) ->
    T = table(ordered_set, [named_table]),
    {_, C} = ets:select(T, Spec, 3),
    ets:rename(T, other),
    A = element(1, ets:select(ets:repair_continuation(through(C), Spec))),
    ets:delete(other),
    A.

of_private(Spec) ->
    {_, C} = ets:select(table(ordered_set, [private]), Spec, 3),
    Me = self(),
    spawn(fun() -> Me ! {answer, kind(fun() -> ets:select(C) end)} end),
    receive {answer, A} -> A end.

of_deleted(Spec) ->
    T = table(set),
    {_, C} = ets:select(T, Spec, 3),
    ets:delete(T),
    [kind(fun() -> ets:select(C) end), kind(fun() -> ets:select(ets:repair_continuation(through(C), Spec)) end)].

twice(Spec) ->
    {_, C} = ets:select(table(ordered_set), Spec, 3),
    [element(1, ets:select(C)), element(1, ets:select(C)), element(1, ets:select(element(2, ets:select(C))))].

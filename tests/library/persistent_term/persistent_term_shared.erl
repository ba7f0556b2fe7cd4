%% Large terms are read without a copy; what was replaced or erased stays with those that hold it.
-module(persistent_term_shared).
-include("../show.hrl").

start() ->
    show(fun() -> persistent_term:put(big, big(1)) end),  % expect: ok
    show(fun() -> erts_debug:same(persistent_term:get(big), persistent_term:get(big)) end),  % expect: true
    show(fun() -> persistent_term:get(big) =:= big(1) end),  % expect: true
    show(fun() -> held(fun(N) -> persistent_term:put(big, big(N)) end) end),  % expect: [true]
    show(fun() -> held(fun(N) -> persistent_term:erase(big), persistent_term:put(big, big(N)) end) end),  % expect: [true]
    show(fun() -> sent() end),  % expect: [true,true,true]
    show(fun() -> persistent_term:get(big) =:= big(200) end),  % expect: true
    show(fun() -> persistent_term:put(big, big(200)) end),  % expect: ok
    show(fun() -> kept(persistent_term:get(big)) end),  % expect: [200,changed,200,52]
    show(fun() -> [persistent_term:erase(big), persistent_term:erase(big), persistent_term:get(big, none)] end),  % expect: [true,false,none]
    show(fun() -> persistent_term:get(big) end).  % expect: error badarg

big(N) -> {N, [{I, <<I:2000>>, "text", #{I => N}, 1.5 * I} || I <- lists:seq(N, N + 50)]}.

%% Processes that hold a value each, in their dictionary, in part, in a variable while they work and in a fun, while the term is replaced behind their backs.
held(Replace) ->
    Me = self(),
    Holders = [begin
                   Replace(N),
                   P = spawn_link(fun() -> holder(Me, N, persistent_term:get(big)) end),
                   receive {P, ready} -> P end
               end || N <- lists:seq(1, 200)],
    [P ! check || P <- Holders],
    lists:usort([receive {P, Answer} -> Answer end || P <- Holders]).

holder(Me, N, {First, _} = Value) ->
    Me ! {self(), ready},
    Mine = case N rem 4 of
               0 -> put(value, Value), fun() -> get(value) end;
               1 -> {_, Rest} = Value, fun() -> {First, Rest} end;
               2 -> worked(100), Kept = {Value}, fun() -> element(1, Kept) end;
               3 -> fun() -> Value end
           end,
    receive check -> Me ! {self(), Mine() =:= big(First)} end.

worked(0) -> ok;
worked(N) -> _ = lists:sum(lists:seq(1, 1000)), worked(N - 1).

%% In a mailbox, in a table, in a fun, in a message on its way.
sent() ->
    persistent_term:put(big, big(7)),
    T = ets:new(t, []),
    ets:insert(T, {x, persistent_term:get(big)}),
    self() ! {kept, persistent_term:get(big)},
    V = persistent_term:get(big),
    F = fun() -> V end,
    [persistent_term:put(big, big(N)) || N <- lists:seq(101, 200)],
    erlang:garbage_collect(),
    [receive {kept, K} -> K =:= big(7) end, ets:lookup(T, x) =:= [{x, big(7)}], F() =:= big(7)].

%% What was read is changed like any other term.
kept({N, [First | _] = L}) ->
    Changed = setelement(1, First, changed),
    [N, element(1, Changed), element(1, hd(L)), length([x | L])].

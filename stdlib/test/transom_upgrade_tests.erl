%% The rehearsal's limits and who is found as a keeper of state. The transaction itself is tested in transom_reload_tests.
-module(transom_upgrade_tests).

-include_lib("eunit/include/eunit.hrl").
-export([init/1, handle_call/3, handle_cast/2]).

init(N) -> {ok, N}.
handle_call(get, _, S) -> {reply, S, S}.
handle_cast(_, S) -> {noreply, S}.

rehearsal_test_() ->
    {timeout, 60, fun() ->
        {ok, P} = gen_server:start(?MODULE, 7, []),
        [{P, ?MODULE, gen_server, _}] = transom_upgrade:servers([?MODULE]),
        Servers = [{P, ?MODULE, gen_server}],
        Try = fun(F) -> maps:get(?MODULE, transom_upgrade:rehearse(Servers, fun(_, _, S) -> F(S) end, 2000)) end,
        #{converted := 1, failed := []} = Try(fun(7) -> {ok, 8} end),
        #{converted := 1} = Try(fun(S) -> throw({ok, S}) end),
        #{failed := [{P, {bad_return, no}}]} = Try(fun(_) -> no end),
        #{failed := [{P, {error, badarith, _}}]} = Try(fun(S) -> S / zero() end),
        #{failed := [{P, {exit, stop, _}}]} = Try(fun(_) -> exit(stop) end),
        %% An endless conversion and one that eats memory end, and the server knows nothing of it.
        #{failed := [{P, time_limit}]} = Try(fun(_) -> receive never -> ok end end),
        #{failed := [{P, Limit}]} = Try(fun Loop(S) -> Loop(S) end),
        true = lists:member(Limit, [reduction_limit, time_limit]),
        #{failed := [{P, heap_limit}]} = Try(fun(_) -> grow([]) end),
        7 = gen_server:call(P, get),
        gen_server:stop(P),
        [] = transom_upgrade:servers([?MODULE])
    end}.

zero() -> list_to_integer("0").

grow(L) -> grow([lists:seq(1, 1000) | L]).

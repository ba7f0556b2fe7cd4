%% The whole shop: started, watched, hurt, stopped.
-module(shop_tests).
-include_lib("eunit/include/eunit.hrl").
-include("shop.hrl").

shop_test_() ->
    {setup,
     fun() ->
         ok = load(),
         %% No crowd: the tests are the customers.
         [application:set_env(shop, K, V) || {K, V} <- [{customers, 0}, {refused_permille, 0}, {payment_ms, 1}, {restock_ms, 60000}, {shelf, 10}]],
         {ok, _} = application:ensure_all_started(shop)
     end,
     fun(_) -> ok = application:stop(shop) end,
     [{"an order is shipped and booked", fun ships/0},
      {"all lines or none", fun all_or_none/0},
      {"a refused payment gives everything back", fun refused/0},
      {"customers come and go", fun crowd/0},
      {"a stock server that dies comes back with what stands on it", fun restarts/0}]}.

load() ->
    case application:load(shop) of
        ok -> ok;
        {error, {already_loaded, shop}} -> ok
    end.

stock(Sku) ->
    {ok, #item{stock = N}} = shop_stock:find(Sku),
    N.

buy(Lines) ->
    {ok, _} = shop_order:place("Test", [#line{sku = S, count = N, price = 100} || {S, N} <- Lines]),
    receive {order, Id, How} -> {Id, How} after 5000 -> timeout end.

ships() ->
    {Id, How} = buy([{tea, 2}, {milk, 1}]),
    ?assertEqual(shipped, How),
    ?assertEqual({8, 9}, {stock(tea), stock(milk)}),
    #{revenue := Revenue} = settled(),
    ?assertEqual(300, Revenue),
    ?assertMatch([#order{id = Id, state = shipped, total = 300} | _], shop_ledger:last(1)).

%% The ledger has seen what was sent to it before this call.
settled() ->
    _ = sys:get_state(shop_ledger),
    shop_ledger:figures().

all_or_none() ->
    ?assertMatch({_, sold_out}, buy([{honey, 1}, {tea, 11}])),
    ?assertEqual(10, stock(honey)).

refused() ->
    sys:replace_state(shop_till, fun(St) -> setelement(3, St, 1000) end),
    ?assertMatch({_, refused}, buy([{olives, 4}])),
    _ = sys:get_state(shop_stock),
    ?assertEqual(10, stock(olives)),
    ?assertMatch(#{refused := 1, waiting := 0}, shop_till:figures()),
    sys:replace_state(shop_till, fun(St) -> setelement(3, St, 0) end).

crowd() ->
    ok = shop_crowd:resize(5),
    ?assertMatch({5, _}, shop_crowd:size()),
    [Pid ! act || {_, Pid, _, _} <- supervisor:which_children(shop_customer_sup)],
    [exit(Pid, kill) || {_, Pid, _, _} <- supervisor:which_children(shop_customer_sup)],
    ?assertMatch({5, 10}, wait_for({5, 10}, 100)),
    ok = shop_crowd:resize(0).

wait_for(Wanted, 0) -> {never, Wanted, shop_crowd:size()};
wait_for(Wanted, N) ->
    case shop_crowd:size() of
        Wanted -> Wanted;
        _ -> timer:sleep(10), wait_for(Wanted, N - 1)
    end.

restarts() ->
    Before = whereis(shop_crowd),
    Ref = erlang:monitor(process, Before),
    exit(whereis(shop_stock), kill),
    receive {'DOWN', Ref, _, _, _} -> ok after 5000 -> error(lives) end,
    wait_until_there(shop_crowd, 200),
    ?assertMatch({_, shipped}, buy([{tea, 1}])).

wait_until_there(_, 0) -> error(gone);
wait_until_there(Name, N) ->
    case whereis(Name) of
        undefined -> timer:sleep(10), wait_until_there(Name, N - 1);
        _ -> ok
    end.

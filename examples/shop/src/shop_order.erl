%% One order on its way: reserved, paid, packed, shipped. It ends when the order does, and tells the customer how.
-module(shop_order).
-behaviour(gen_statem).

-include("shop.hrl").

-export([place/2, start_link/2]).
-export([init/1, callback_mode/0, reserving/3, paying/3, packing/3, code_change/4]).

%% Packing one piece takes this long.
-define(PACK_MS, 2).

-record(data, {order :: #order{}, buyer :: pid()}).

%% The buyer gets {order, Number, How} when the order is done with.
-spec place(string(), [#line{}]) -> {ok, pid()}.
place(Customer, Lines) ->
    Order = #order{customer = Customer, lines = Lines, placed_ms = erlang:monotonic_time(millisecond)},
    shop_many_sup:start(shop_order_sup, [Order, self()]).

start_link(Order, Buyer) -> gen_statem:start_link(?MODULE, {Order, Buyer}, []).

callback_mode() -> state_functions.

init({Order, Buyer}) ->
    %% The number comes with the first step: whoever starts orders need not wait for it.
    {ok, reserving, #data{order = Order, buyer = Buyer}, {next_event, internal, go}}.

reserving(internal, go, #data{order = Order0} = Data0) ->
    Order = shop_ledger:open(Order0),
    Data = Data0#data{order = Order},
    case shop_stock:reserve(Order#order.lines) of
        ok -> {next_state, paying, Data, {next_event, internal, go}};
        {sold_out, _} -> done(sold_out, Data)
    end.

paying(internal, go, #data{order = #order{customer = Customer, lines = Lines} = Order0} = Data) ->
    Order = Order0#order{total = shop_price:total(Lines, shop_ledger:orders_of(Customer))},
    case shop_till:pay(Customer, Order#order.total) of
        paid ->
            Pieces = lists:sum([N || #line{count = N} <- Lines]),
            {next_state, packing, Data#data{order = Order#order{state = paid}}, {state_timeout, Pieces * ?PACK_MS, packed}};
        refused ->
            ok = shop_stock:give_back(Lines),
            done(refused, Data#data{order = Order})
    end.

packing(state_timeout, packed, Data) -> done(shipped, Data).

done(How, #data{order = Order, buyer = Buyer} = Data) ->
    ok = shop_ledger:close(Order#order{state = How, done_ms = erlang:monotonic_time(millisecond)}),
    Buyer ! {order, Order#order.id, How},
    {stop, normal, Data}.

code_change(_Old, State, Data, _Extra) -> {ok, State, Data}.

%% A customer: looks around, fills a basket, orders, waits, comes back a few times, leaves.
-module(shop_customer).
-behaviour(gen_server).

-include("shop.hrl").

-export([start_link/2]).
-export([init/1, handle_call/3, handle_cast/2, handle_info/2, code_change/3]).

-record(st, {
    name :: string(),
    pace_ms :: pos_integer(),
    basket = [] :: [#line{}],
    %% The monitor of the order that is waited for.
    order = none :: none | reference(),
    visits :: non_neg_integer()
}).

start_link(Name, PaceMs) -> gen_server:start_link(?MODULE, {Name, PaceMs}, []).

init({Name, PaceMs}) -> {ok, think(#st{name = Name, pace_ms = PaceMs, visits = rand:uniform(5)})}.

%% Comes back to itself after a while, twice the pace at most.
think(#st{pace_ms = Ms} = St) ->
    erlang:send_after(rand:uniform(2 * Ms), self(), act),
    St.

handle_info(act, #st{visits = 0} = St) -> {stop, normal, St};
handle_info(act, #st{basket = Basket} = St) ->
    case Basket =/= [] andalso rand:uniform(3) =:= 1 of
        true ->
            {ok, Order} = shop_order:place(St#st.name, Basket),
            {noreply, St#st{basket = [], order = erlang:monitor(process, Order)}};
        false -> {noreply, think(St#st{basket = add(pick(), Basket)})}
    end;
handle_info({order, _Id, _How}, #st{order = Ref} = St) ->
    erlang:demonitor(Ref, [flush]),
    {noreply, think(visited(St))};
%% The order failed on its way; the customer tries something else.
handle_info({'DOWN', Ref, process, _, _}, #st{order = Ref} = St) -> {noreply, think(visited(St))}.

visited(#st{visits = N} = St) -> St#st{order = none, visits = N - 1}.

pick() ->
    Items = shop_stock:items(),
    #item{sku = Sku, price = Price} = lists:nth(rand:uniform(length(Items)), Items),
    #line{sku = Sku, count = rand:uniform(3), price = Price}.

%% One line for each kind of goods.
add(#line{sku = Sku, count = N} = Line, Basket) ->
    case lists:keyfind(Sku, #line.sku, Basket) of
        #line{count = Before} = Old -> lists:keyreplace(Sku, #line.sku, Basket, Old#line{count = Before + N});
        false -> [Line | Basket]
    end.

handle_call(basket, _From, #st{basket = Basket} = St) -> {reply, Basket, St}.

handle_cast(_, St) -> {noreply, St}.

code_change(_Old, St, _Extra) -> {ok, St}.

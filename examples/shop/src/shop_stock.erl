%% The shelves: a table that everybody reads, and one server that takes goods off and puts them on. What is reserved is off the shelf
%% until it is sold or given back.
-module(shop_stock).
-behaviour(gen_server).

-include("shop.hrl").

-export([start_link/0, items/0, find/1, reserve/1, give_back/1]).
-export([init/1, handle_call/3, handle_cast/2, handle_info/2, code_change/3]).

-define(TABLE, shop_items).

-record(st, {restock_ms, shelf, restocked = 0}).

start_link() -> gen_server:start_link({local, ?MODULE}, ?MODULE, [], []).

%% All goods, by name.
-spec items() -> [#item{}].
items() -> ets:tab2list(?TABLE).

-spec find(atom()) -> {ok, #item{}} | error.
find(Sku) ->
    case ets:lookup(?TABLE, Sku) of
        [Item] -> {ok, Item};
        [] -> error
    end.

%% Takes all lines off the shelves, or none.
-spec reserve([#line{}]) -> ok | {sold_out, atom()}.
reserve(Lines) -> gen_server:call(?MODULE, {reserve, Lines}).

-spec give_back([#line{}]) -> ok.
give_back(Lines) -> gen_server:cast(?MODULE, {give_back, Lines}).

init([]) ->
    ?TABLE = ets:new(?TABLE, [named_table, ordered_set, {keypos, #item.sku}, {read_concurrency, true}]),
    {ok, Shelf} = application:get_env(shop, shelf),
    {ok, Restock} = application:get_env(shop, restock_ms),
    true = ets:insert(?TABLE, [I#item{stock = Shelf} || I <- goods()]),
    erlang:send_after(Restock, self(), restock),
    {ok, #st{restock_ms = Restock, shelf = Shelf}}.

goods() ->
    [#item{sku = apple, title = "Apple", price = 45},
     #item{sku = bread, title = "Rye bread", price = 380},
     #item{sku = cheese, title = "Mountain cheese", price = 1190},
     #item{sku = coffee, title = "Coffee, 500 g", price = 899},
     #item{sku = honey, title = "Honey", price = 650},
     #item{sku = milk, title = "Milk", price = 129},
     #item{sku = olives, title = "Olives", price = 349},
     #item{sku = tea, title = "Green tea", price = 520}].

handle_call({reserve, Lines}, _From, St) ->
    case [Sku || #line{sku = Sku, count = N} <- Lines, ets:lookup_element(?TABLE, Sku, #item.stock) < N] of
        [] ->
            [ets:update_counter(?TABLE, Sku, {#item.stock, -N}) || #line{sku = Sku, count = N} <- Lines],
            {reply, ok, St};
        [Sku | _] -> {reply, {sold_out, Sku}, St}
    end.

handle_cast({give_back, Lines}, St) ->
    [ets:update_counter(?TABLE, Sku, {#item.stock, N}) || #line{sku = Sku, count = N} <- Lines],
    {noreply, St}.

handle_info(restock, #st{restock_ms = Ms, shelf = Shelf, restocked = N} = St) ->
    erlang:send_after(Ms, self(), restock),
    Missing = [{Sku, Shelf - Stock} || #item{sku = Sku, stock = Stock} <- items(), Stock < Shelf],
    [ets:update_counter(?TABLE, Sku, {#item.stock, Count}) || {Sku, Count} <- Missing],
    {noreply, St#st{restocked = N + lists:sum([Count || {_, Count} <- Missing])}}.

code_change(_Old, St, _Extra) -> {ok, St}.

%% The books: every order with its number, the newest kept, and what was sold. Others read the tables; only this server writes.
-module(shop_ledger).
-behaviour(gen_server).

-include("shop.hrl").

-export([start_link/0, open/1, close/1, orders_of/1, last/1, figures/0]).
-export([init/1, handle_call/3, handle_cast/2, handle_info/2, code_change/3]).

-define(ORDERS, shop_orders).
-define(FIGURES, shop_figures).

-record(st, {next = 1, kept}).

start_link() -> gen_server:start_link({local, ?MODULE}, ?MODULE, [], []).

%% Enters an order and gives it its number.
-spec open(#order{}) -> #order{}.
open(Order) -> gen_server:call(?MODULE, {open, Order}).

%% The order is done with, one way or another.
-spec close(#order{}) -> ok.
close(Order) -> gen_server:cast(?MODULE, {close, Order}).

%% How many orders of a customer were shipped.
-spec orders_of(string()) -> non_neg_integer().
orders_of(Customer) -> value({customer, Customer}).

%% The newest orders, newest first.
-spec last(non_neg_integer()) -> [#order{}].
last(Count) -> last(ets:last(?ORDERS), Count).

last('$end_of_table', _) -> [];
last(_, 0) -> [];
last(Id, Count) -> ets:lookup(?ORDERS, Id) ++ last(ets:prev(?ORDERS, Id), Count - 1).

%% Orders by state, and the revenue.
-spec figures() -> #{atom() => non_neg_integer()}.
figures() -> maps:from_list([{K, value(K)} || K <- [opened, shipped, refused, sold_out, revenue]]).

value(Key) ->
    case ets:lookup(?FIGURES, Key) of
        [{_, N}] -> N;
        [] -> 0
    end.

init([]) ->
    ?ORDERS = ets:new(?ORDERS, [named_table, ordered_set, {keypos, #order.id}]),
    ?FIGURES = ets:new(?FIGURES, [named_table]),
    {ok, Kept} = application:get_env(shop, kept_orders),
    {ok, #st{kept = Kept}}.

handle_call({open, Order0}, _From, #st{next = Id, kept = Kept} = St) ->
    Order = Order0#order{id = Id},
    true = ets:insert(?ORDERS, Order),
    true = ets:delete(?ORDERS, Id - Kept),
    add(opened, 1),
    {reply, Order, St#st{next = Id + 1}}.

handle_cast({close, #order{id = Id, state = State} = Order}, #st{next = Next, kept = Kept} = St) ->
    _ = Id > Next - Kept andalso ets:insert(?ORDERS, Order),
    add(State, 1),
    _ = State =:= shipped andalso shipped(Order),
    {noreply, St}.

shipped(#order{customer = Customer, total = Total}) ->
    add(revenue, Total),
    add({customer, Customer}, 1).

add(Key, N) -> ets:update_counter(?FIGURES, Key, N, {Key, 0}).

handle_info(_, St) -> {noreply, St}.

code_change(_Old, St, _Extra) -> {ok, St}.

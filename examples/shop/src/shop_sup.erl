%% The tree: what others stand on comes first, and whoever stands on something that failed starts anew with it.
-module(shop_sup).
-behaviour(supervisor).

-export([start_link/0, init/1]).

start_link() -> supervisor:start_link({local, ?MODULE}, ?MODULE, []).

init([]) ->
    Worker = fun(M) -> #{id => M, start => {M, start_link, []}} end,
    Many = fun(Name, M) -> #{id => Name, start => {shop_many_sup, start_link, [Name, M]}, type => supervisor} end,
    {ok, {#{strategy => rest_for_one, intensity => 5, period => 10}, [
        Worker(shop_stock),
        Worker(shop_till),
        Worker(shop_ledger),
        Many(shop_order_sup, shop_order),
        Many(shop_customer_sup, shop_customer),
        Worker(shop_crowd)
    ]}}.

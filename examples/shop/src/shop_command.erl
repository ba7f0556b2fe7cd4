%% What an operator can ask: `transom command shop shop figures` from the shell of the system, `shop_command:command(["figures"]).` from a console.
-module(shop_command).

-include("shop.hrl").

-export([command/1]).

-spec command([string()]) -> 0..255.
command(["figures"]) ->
    {Present, Came} = shop_crowd:size(),
    Figures = shop_ledger:figures(),
    io:format("customers ~w of ~w who came, orders under way ~w~n", [Present, Came, shop_many_sup:count(shop_order_sup)]),
    io:format("orders ~w: shipped ~w, refused ~w, sold out ~w~n", [maps:get(K, Figures) || K <- [opened, shipped, refused, sold_out]]),
    io:format("revenue ~ts~n", [shop_price:format(maps:get(revenue, Figures))]),
    0;
command(["stock"]) ->
    [io:format("~-8ts ~-20ts ~8ts ~6w~n", [Sku, Title, shop_price:format(Price), Stock])
     || #item{sku = Sku, title = Title, price = Price, stock = Stock} <- shop_stock:items()],
    0;
command(["orders"]) ->
    [io:format("~6w ~-16ts ~2w lines ~9ts ~ts~n", [Id, Customer, length(Lines), shop_price:format(Total), State])
     || #order{id = Id, customer = Customer, lines = Lines, total = Total, state = State} <- shop_ledger:last(20)],
    0;
command(["customers", N]) ->
    try list_to_integer(N) of
        Wanted when Wanted >= 0, Wanted =< 100000 ->
            ok = shop_crowd:resize(Wanted),
            0;
        _ -> usage("customers takes a number up to 100000")
    catch
        error:badarg -> usage([N, " is no number"])
    end;
command(["help"]) ->
    io:put_chars(help()),
    0;
command([]) -> usage("what about the shop?");
command([Other | _]) -> usage(["no such command: ", Other]).

usage(What) ->
    transom_command:error("shop: ~ts~n~ts", [What, help()]),
    2.

help() ->
    "shop figures        customers, orders, revenue\n"
    "shop stock          what is on the shelves\n"
    "shop orders         the newest orders\n"
    "shop customers N    so many customers from now on\n".

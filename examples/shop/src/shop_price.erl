%% What a basket costs. Pure functions: the part of a shop that marketing wants changed while customers are in it.
-module(shop_price).

-include("shop.hrl").

-export([total/2, discount/2, format/1]).

%% The sum of the lines less the discount of a customer who has ordered before.
-spec total([#line{}], non_neg_integer()) -> non_neg_integer().
total(Lines, OrdersBefore) ->
    Sum = lists:sum([Count * Price || #line{count = Count, price = Price} <- Lines]),
    Sum - Sum * discount(Sum, OrdersBefore) div 100.

%% Per cent: five above fifty, two more for regulars.
-spec discount(non_neg_integer(), non_neg_integer()) -> 0..100.
discount(Sum, OrdersBefore) -> large(Sum) + regular(OrdersBefore).

large(Sum) when Sum >= 50_00 -> 5;
large(_) -> 0.

regular(Orders) when Orders >= 3 -> 2;
regular(_) -> 0.

%% Cents as people write them.
-spec format(non_neg_integer()) -> string().
format(Cents) -> lists:flatten(io_lib:format("~w.~2..0w", [Cents div 100, Cents rem 100])).

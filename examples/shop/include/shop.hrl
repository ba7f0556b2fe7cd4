%% What customers buy and what they ordered. Money is in cents.

-record(item, {sku :: atom(), title :: string(), price :: pos_integer(), stock = 0 :: non_neg_integer()}).

-record(line, {sku :: atom(), count :: pos_integer(), price :: pos_integer()}).

-record(order, {
    id :: pos_integer(),
    customer :: string(),
    lines = [] :: [#line{}],
    total = 0 :: non_neg_integer(),
    state = open :: open | paid | shipped | refused | sold_out,
    placed_ms :: integer(),
    done_ms :: undefined | integer()
}).

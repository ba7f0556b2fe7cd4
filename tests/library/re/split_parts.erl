%% The last of trim and parts counts.
-module(split_parts).
-include("../show.hrl").

start() ->
    Sp = fun(Os) -> re:split("a1b2c3", "\\d", [{return, list} | Os]) end,
    show(fun() -> [Sp(Os) || Os <- [[{parts, 2}], [trim], [{parts, 2}, trim], [trim, {parts, 2}], [trim, {parts, infinity}], [{parts, 0}], [trim, {parts, 0}], [{parts, 2}, {parts, 3}]]] end).  % expect: [["a","b2c3"],["a","b","c"],["a","b","c"],["a","b2c3"],["a","b","c",[]],["a","b","c"],["a","b","c"],["a","b","c3"]]

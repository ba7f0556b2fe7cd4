%% Expansions one after the other: what one put in a list stays as it is, what it put in alone the next may take; what is no property is passed by.
-module(expanding_orders).
-include("../show.hrl").

start() ->
    show(fun() -> proplists:expand([{a, x}, {x, [y]}], [a]) end),  % expect: [y]
    show(fun() -> proplists:expand([{a, [x]}, {x, [y]}], [a]) end),  % expect: [x]
    show(fun() -> proplists:expand([{1, [x]}, {{1, 2}, [y]}], [1, {1, 2}]) end),  % expect: [1,y]
    show(fun() -> proplists:expand([{{1, 2}, [y]}], [1, "str", {1, 2}]) end),  % expect: [1,115,116,114,y]
    show(fun() -> proplists:expand([{{b, false}, []}], [{b, true}, b, {c, true}]) end),  % expect: [b,b,{c,true}]
    show(fun() -> proplists:expand([{{a, x, y}, [z]}], [{a, x, y}, {a, true}]) end),  % expect: [z]
    show(fun() -> proplists:expand([{a, [b]}], [a | c]) end),  % expect: error function_clause
    show(fun() -> proplists:expand([{a, [b]}], [c | d]) end),  % expect: error function_clause
    show(fun() -> proplists:expand([{a, [b | c]}], [a, d]) end).  % expect: error badarg

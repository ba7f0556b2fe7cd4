%% Expansions of properties: the first of a key decides; lists among the properties are spliced.
-module(expanding).
-include("../show.hrl").

start() ->
    show(fun() -> proplists:expand([{foo, [bar, baz]}], [fie, foo, fum]) end),  % expect: [fie,bar,baz,fum]
    show(fun() -> proplists:expand([{{foo, true}, [bar]}], [{foo, false}, foo, fum]) end),  % expect: [{foo,false},foo,fum]
    show(fun() -> proplists:expand([{{foo, true}, [bar]}], [foo, {foo, false}, foo, fum]) end),  % expect: [bar,fum]
    show(fun() -> proplists:expand([{foo, [bar, foo]}], [foo, {foo, 2}]) end),  % expect: [bar,foo]
    show(fun() -> proplists:expand([{foo, [a]}, {{foo, 1}, [b]}, {foo, [c]}], [{foo, 1}, foo]) end),  % expect: [b]
    show(fun() -> proplists:expand([{foo, [a]}, {{foo, 1}, [b]}, {foo, [c]}], [foo, {foo, 1}]) end),  % expect: [a]
    show(fun() -> proplists:expand([{foo, []}], [foo, a, foo]) end),  % expect: [a]
    show(fun() -> proplists:expand([{a, 1}], [a, b]) end),  % expect: [1,b]
    show(fun() -> proplists:expand([], ["abc", $/, <<"x">>]) end),  % expect: [97,98,99,47,<<"x">>]
    show(fun() -> proplists:expand([not_a_pair, {b, [c]}], [a, b]) end),  % expect: [a,c]
    show(fun() -> proplists:normalize([no_x, {y, 1}, z], [{negations, [{no_x, x}]}, {aliases, [{z, zz}]}, {expand, [{zz, [p, q]}]}]) end).  % expect: [{x,false},{y,1},p,q]

%% attributes: edge, every kind of literal as a value.
-module(attributes_edge_literals).
-export([start/0]).
-bits([<<1:16/little>>, <<1:3>>, <<"ab":16/little>>, <<"é"/utf16>>, <<"é"/utf8>>, <<-1:12>>]).
-more_bits([<<1.5:32/float>>, <<1:64/float-little>>, <<12345678901234567890123:80>>, <<-12345678901234567890123:88/little>>]).
-parts([<<<<1, 2>>:1/binary>>, <<<<1:3>>/bits>>, <<$a:16>>, <<1:2/unit:4>>, <<256>>]).
-funs([fun m:f/1, fun 'A b':c/0, #{f => fun m:f/2}]).
-map(#{a => 1, a => 2, #{} => []}).
-map(#{}).
-signs([-1, +2, -1.5, -$a, +$a]).
-lists(["abc", [1 | 2], [1, 2 | [3]], [$a | "bc"]]).
-arities([f/1, {g/2, [h/3]}]).

start() ->
    show(fun() -> [lists:keyfind(bits, 1, ?MODULE:module_info(attributes))] end),  % expect: [{bits,[<<1,0>>,<<1:3>>,<<97,0,98,0>>,<<0,233>>,<<195,169>>,<<255,15:4>>]}]
    show(fun() -> value(more_bits) end),  % expect: [<<63,192,0,0>>,<<0,0,0,0,0,0,240,63>>,<<2,157,66,182,78,118,113,66,68,203>>,<<53,187,189,142,137,177,73,189,98,253,255>>]
    show(fun() -> value(parts) end),  % expect: [<<1>>,<<1:3>>,<<0,97>>,<<1>>,<<0>>]
    show(fun() -> value(funs) end),  % expect: [fun m:f/1,fun 'A b':c/0,#{f => fun m:f/2}]
    show(fun() -> [M =:= #{a => 2, #{} => []} orelse M || M <- value(map)] end),  % expect: [true,#{}]
    show(fun() -> value(signs) end),  % expect: [-1,2,-1.5,-97,97]
    show(fun() -> value(lists) end),  % expect: [[97,98,99],[1|2],[1,2,3],[97,98,99]]
    show(fun() -> value(arities) end).  % expect: [{f,1},{{g,2},[{h,3}]}]

value(Name) ->
    lists:append([V || {N, V} <- ?MODULE:module_info(attributes), N =:= Name]).

show(F) ->
    io:format("~w~n", [F()]).

%% record: fields of what was compared with a whole record before.
-module(record_edge_equal_to_a_literal).
-export([start/0, id/1]).
-record(r, {a, b, c}).

start() ->
    show(fun() -> field(id({x, #r{c = b}})) end),  % expect: {undefined,b}
    show(fun() -> field(id({x, #r{c = c}})) end),  % expect: {other,{r,undefined,undefined,c}}
    show(fun() -> updated(id(#r{a = 1})) end),  % expect: {r,1,2,undefined}
    show(fun() -> updated(id({r, 1})) end),  % expect: error {badrecord,{r,1}}
    show(fun() -> size_after(id({a, b})) end),  % expect: {2,b}
    show(fun() -> size_after(id([a])) end),  % expect: [a]
    show(fun() -> matched(id({1, 2})) end),  % expect: 3
    show(fun() -> got(#r{a = 1, c = b}) end).  % expect: {r,1,undefined,got}

field({_, R}) when R =:= #r{c = b} -> {R#r.a, R#r.c};
field({_, R}) -> {other, R}.

updated(R) ->
    One = #r{a = 1},
    case R of
        Same when Same =:= One -> Same#r{b = 2};
        Other -> Other#r{b = 3}
    end.

size_after(T) when T =:= {a, b} -> {tuple_size(T), element(2, T)};
size_after(T) -> T.

matched(T) ->
    case T of
        V when V =:= {1, 2} -> {A, B} = V, A + B;
        V -> V
    end.

got(What) ->
    Ref = make_ref(),
    self() ! {Ref, What},
    Wanted = #r{a = 1, c = b},
    receive
        {Ref, V} when V =:= Wanted -> V#r{c = got};
        {Ref, V} -> V
    end.

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

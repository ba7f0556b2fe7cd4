%% stack trace: edge, comprehensions: filters before the first generator have no frame, what follows `++` is inside, discarded values are not carried.
-module(stack_trace_edge_comprehensions).
-export([start/0]).

start() ->
    show(fun() -> {[fails(a) || is_atom(a)]} end),  % expect: {error,failed,[{"fails",1,52},{"-start/N-fun-N-",0,6}]}
    show(fun() -> [fails(a) || yes()] end),  % expect: {error,failed,[{"fails",1,52},{"-start/N-fun-N-",0,7}]}
    show(fun() -> {[fails(X) || yes(), X <- [1]]} end),  % expect: {error,failed,[{"fails",1,52},{"-start/N-lc$^N/N-N-",1,8},{"-start/N-fun-N-",0,8}]}
    show(fun() -> {[fails(X) || X <- [1], yes(), yes()]} end),  % expect: {error,failed,[{"fails",1,52},{"-start/N-lc$^N/N-N-",1,9},{"-start/N-fun-N-",0,9}]}
    show(fun() -> {[X || yes(), X <- fails(1)]} end),  % expect: {error,failed,[{"fails",1,52},{"-start/N-fun-N-",0,10}]}
    show(fun() -> [X || yes(), fails(2), X <- [1]] end),  % expect: {error,failed,[{"fails",1,52},{"-start/N-fun-N-",0,11}]}
    show(fun() -> {[fails({X, Y}) || X <- [1], yes(), Y <- [2], yes()]} end),  % expect: {error,failed,[{"fails",1,52},{"-start/N-lc$^N/N-N-",3,12},{"-start/N-fun-N-",0,12}]}
    show(fun() -> {<< <<(fails(X))>> || yes(), X <- [1]>>} end),  % expect: {error,failed,[{"fails",1,52},{"-start/N-lbc$^N/N-N-",2,13},{"-start/N-fun-N-",0,13}]}
    show(fun() -> {<< <<(fails(X + Y))>> || X <- [1], yes(), <<Y>> <= <<2>> >>} end),  % expect: {error,failed,[{"fails",1,52},{"-start/N-lbc$^N/N-N-",3,14},{"-start/N-lbc$^N/N-N-",2,14},{"-start/N-fun-N-",0,14}]}
    show(fun() -> {<< <<(fails(1))>> || yes()>>} end),  % expect: {error,failed,[{"fails",1,52},{"-start/N-fun-N-",0,15}]}
    show(fun() -> {[X || yes(), X <- value()]} end),  % expect: {error,{bad_generator,undefined},[{"-start/N-lc$^N/N-N-",1,16},{"-start/N-fun-N-",0,16}]}
    show(fun() -> {[X || value(), X <- [1]]} end),  % expect: {error,{bad_filter,undefined},[{"-start/N-fun-N-",0,17}]}
    show(fun() -> {[[fails(Y) || yes()] || Y <- [1]]} end),  % expect: {error,failed,[{"fails",1,52},{"-start/N-lc$^N/N-N-",1,18},{"-start/N-fun-N-",0,18}]}
    show(fun() -> {[fails(X) || X <- [1]] ++ value()} end),  % expect: {error,failed,[{"fails",1,52},{"-start/N-lc$^N/N-N-",2,19},{"-start/N-fun-N-",0,19}]}
    show(fun() -> [fails(X) || X <- [1]] ++ value() end),  % expect: {error,failed,[{"fails",1,52},{"-start/N-lc$^N/N-N-",2,20}]}
    show(fun() -> [fails(X) || yes(), X <- [1]] ++ [2] end),  % expect: {error,failed,[{"fails",1,52},{"-start/N-lc$^N/N-N-",1,21}]}
    show(fun() -> Y = value(), [{X, Y} || X <- [1], fails(X)], ok end),  % expect: {error,failed,[{"fails",1,52},{"-start/N-lc$^N/N-N-",1,22},{"-start/N-fun-N-",0,22}]}
    show(fun() -> Y = value(), _ = [{X, Y} || X <- [1], fails(X)], ok end),  % expect: {error,failed,[{"fails",1,52},{"-start/N-lc$^N/N-N-",1,23},{"-start/N-fun-N-",0,23}]}
    show(fun() -> Y = value(), [[X, Y] || yes(), X <- [Y], fails(X)] end),  % expect: {error,failed,[{"fails",1,52},{"-start/N-lc$^N/N-N-",2,24}]}
    show(fun() -> try [fails(X) || yes(), X <- [1]] after yes() end end),  % expect: {error,failed,[{"fails",1,52},{"-start/N-lc$^N/N-N-",1,25},{"-start/N-fun-N-",0,25}]}
    show(fun() -> catch [throw(X) || yes(), X <- [1]] end),  % expect: {ok,1}
    show(fun() -> [X || yes(), X <- [1, 2]] end),  % expect: {ok,[1,2]}
    show(fun() -> {[X || X <- [1, 2]] ++ value(), [X || false, X <- [1]] ++ [Y || Y <- [3]] ++ [4]} end),  % expect: {ok,{[1,2|undefined],[3,4]}}
    show(fun() -> {<< <<X, Y>> || X <- [1, 2], yes(), <<Y>> <= <<3, 4>>, Y > X >>, << <<X>> || not yes(), X <- [1]>>} end).  % expect: {ok,{<<1,3,1,4,2,3,2,4>>,<<>>}}

show(F) ->
    io:format("~0p~n", [try {ok, F()} catch C:R:S -> {C, R, frames(S)} end]).

%% Numbers of the funs are left out; the arity counts what a comprehension carries.
frames(Stack) ->
    [{name(atom_to_list(F)), arity(A), proplists:get_value(line, I)}
     || {?MODULE, F, A, I} <- Stack, F =/= show, F =/= start].

name([D | Cs]) when D >= $0, D =< $9 -> [$N | name(lists:dropwhile(fun(C) -> C >= $0 andalso C =< $9 end, Cs))];
name([C | Cs]) -> [C | name(Cs)];
name([]) -> [].

arity(A) when is_list(A) -> length(A);
arity(A) -> A.

yes() -> get(unknown) =:= undefined.

value() -> get(unknown).

fails(X) ->
    case get(unknown) of
        undefined -> error(failed);
        _ -> X
    end.

%% deep terms: error.
% gc-stress: 20000
-module(deep_terms_error).
-export([start/0, id/1]).

nest(0, A) -> A; nest(N, A) -> nest(N - 1, {A}).

start() ->
    show(fun() -> binary_to_term(term_to_binary(nest(100000, x))) =:= nest(100000, x) end),  % expect: true
    show(fun() -> try error(nest(1000, x)) catch error:{_} -> caught end end).  % expect: caught

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% binary_to_term: error.
-module(bif_binary_to_term_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> binary_to_term(id(<<>>)) end),  % expect: error badarg
    show(fun() -> binary_to_term(id(<<131>>)) end),  % expect: error badarg
    show(fun() -> binary_to_term(id(<<131,104,2,97,1>>)) end),  % expect: error badarg
    show(fun() -> binary_to_term(id(<<131,119,19,"neverseen_atom_qqqzz">>), [safe]) end),  % expect: error badarg
    show(fun() -> binary_to_term(id(x)) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% term_to_binary: normal.
% reference: OTP 27: atoms are UTF-8 in the external format
-module(bif_term_to_binary_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> term_to_binary(id(a)) end),  % expect: <<131,119,1,97>>
    show(fun() -> term_to_binary(id([1,2,3])) end),  % expect: <<131,107,0,3,1,2,3>>
    show(fun() -> term_to_binary(id({1.5,<<"b">>})) end).  % expect: <<131,104,2,70,63,248,0,0,0,0,0,0,109,0,0,0,1,98>>

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

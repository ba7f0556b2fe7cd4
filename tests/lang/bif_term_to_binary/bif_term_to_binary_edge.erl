%% term_to_binary: edge.
% reference: OTP 27: atoms are UTF-8 in the external format
-module(bif_term_to_binary_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> term_to_binary(id(1 bsl 80)) end),  % expect: <<131,110,11,0,0,0,0,0,0,0,0,0,0,0,1>>
    show(fun() -> term_to_binary(id(#{a=>1})) end),  % expect: <<131,116,0,0,0,1,119,1,97,97,1>>
    show(fun() -> term_to_binary(id(<<1:3>>)) end),  % expect: <<131,77,0,0,0,1,3,32>>
    show(fun() -> term_to_binary(id([a|b])) end),  % expect: <<131,108,0,0,0,1,119,1,97,119,1,98>>
    show(fun() -> term_to_binary(id(-129)) end),  % expect: <<131,98,255,255,255,127>>
    show(fun() -> term_to_binary(id('日本')) end),  % expect: <<131,119,6,230,151,165,230,156,172>>
    show(fun() -> binary_to_term(term_to_binary(lists:seq(1,1000), [compressed])) =:= lists:seq(1,1000) end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

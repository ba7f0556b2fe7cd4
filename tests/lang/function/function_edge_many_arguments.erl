%% function: edge, many arguments.
-module(function_edge_many_arguments).
-export([start/0, id/1]).

f(A,B,C,D,E,F,G,H,I,J,K,L,M,N,O,P,Q,R,S,T) -> A+B+C+D+E+F+G+H+I+J+K+L+M+N+O+P+Q+R+S+T.

start() ->
    show(fun() -> f(1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20) end).  % expect: 210

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

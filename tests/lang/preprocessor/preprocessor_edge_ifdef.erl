%% preprocessor: edge, ifdef.
-module(preprocessor_edge_ifdef).
-export([start/0, id/1]).

-define(YES, true).
-ifdef(YES).
f() -> yes.
-else.
f() -> no.
-endif.
-ifndef(NOPE).
g() -> undefined_branch.
-endif.
-if(?YES andalso 1 < 2).
h() -> cond_true.
-elif(true).
h() -> cond_elif.
-else.
h() -> cond_else.
-endif.
-undef(YES).
-ifdef(YES).
k() -> still.
-else.
k() -> gone.
-endif.

start() ->
    show(fun() -> [f(), g(), h(), k()] end).  % expect: [yes,undefined_branch,cond_true,gone]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

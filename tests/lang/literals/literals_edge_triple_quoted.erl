%% literals: edge, triple quoted.
-module(literals_edge_triple_quoted).
-export([start/0, id/1]).

-if(?OTP_RELEASE >= 27).
s() -> """
  one
    two
  """.
-else.
s() -> "one\n  two".
-endif.

start() ->
    show(fun() -> s() end).  % expect: "one\n  two"

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

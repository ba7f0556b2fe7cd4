%% literals: normal, strings.
-module(literals_normal_strings).
-export([start/0, id/1]).

start() ->
    show(fun() -> "abc" end),  % expect: "abc"
    show(fun() -> "a\tb\"c\\" end),  % expect: "a\tb\"c\\"
    show(fun() -> "con" "cat" "enated" end),  % expect: "concatenated"
    show(fun() -> "\x41\x{42}\103" end).  % expect: "ABC"

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

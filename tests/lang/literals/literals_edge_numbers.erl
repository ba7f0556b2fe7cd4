%% literals: edge, numbers.
-module(literals_edge_numbers).
-export([start/0, id/1]).

start() ->
    show(fun() -> [0, -0, 576460752303423487, 576460752303423488, -576460752303423488, -576460752303423489] end),  % expect: [0,0,576460752303423487,576460752303423488,-576460752303423488,
    % expect:  -576460752303423489]
    show(fun() -> [1.0, -0.0, 1.0e308, 5.0e-324, 123456789.123456789, 0.1] end),  % expect: [1.0,-0.0,1.0e308,5.0e-324,123456789.12345679,0.1]
    show(fun() -> 16#ffff_ffff end).  % expect: 4294967295

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

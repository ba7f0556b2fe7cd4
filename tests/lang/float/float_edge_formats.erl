%% float: edge, formats.
-module(float_edge_formats).
-export([start/0, id/1]).

start() ->
    show(fun() -> [1.0e10, 1.0e21, 1.0e22, 123456789012345680.0, 1.0e-5, 0.0001, 9007199254740992.0, 9007199254740991.0] end),  % expect: [1.0e10,1.0e21,1.0e22,1.2345678901234568e17,1.0e-5,0.0001,
    % expect:  9.007199254740992e15,9007199254740991.0]
    show(fun() -> [100.0, 1.0e5, 1234567.0, 3.0e-10, 1.7976931348623157e308] end).  % expect: [100.0,1.0e5,1234567.0,3.0e-10,1.7976931348623157e308]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

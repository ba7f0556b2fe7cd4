%% binary construct: normal, types.
-module(binary_construct_normal_types).
-export([start/0, id/1]).

start() ->
    show(fun() -> <<(id(1.5))/float>> end),  % expect: <<63,248,0,0,0,0,0,0>>
    show(fun() -> <<(id(<<"ab">>))/binary, "c">> end),  % expect: <<"abc">>
    show(fun() -> <<(id(955))/utf8>> end),  % expect: <<"Î»">>
    show(fun() -> <<(id(955))/utf16>> end),  % expect: <<3,187>>
    show(fun() -> <<(id(955))/utf32>> end).  % expect: <<0,0,3,187>>

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

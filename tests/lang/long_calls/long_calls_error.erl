%% Calls of built-in functions that take long: error, what is wrong at the end of a large argument is found.
% gc-stress: 20000
-module(long_calls_error).
-export([start/0, id/1]).

-define(N, 30000).

start() ->
    Improper = lists:seq(1, ?N) ++ x,
    Bytes = lists:duplicate(?N, $a),
    show(fun() -> lists:reverse(id(Improper)) end),  % expect: error badarg
    show(fun() -> id(Improper) ++ [] end),  % expect: error badarg
    show(fun() -> id(Improper) -- [1] end),  % expect: error badarg
    show(fun() -> lists:member(y, id(Improper)) end),  % expect: error badarg
    show(fun() -> list_to_binary([id(Bytes), 256]) end),  % expect: error badarg
    show(fun() -> binary_to_term(binary:copy(<<131, 108>>, 300000)) end),  % expect: error badarg
    show(fun() -> maps:from_list(id(lists:seq(1, ?N))) end),  % expect: error badarg
    show(fun() -> list_to_tuple(id(Improper)) end),  % expect: error badarg
    show(fun() -> catch_in_caller(Improper) end),  % expect: {caught,3}
    show(fun() -> where(Bytes) end).  % expect: {erlang,list_to_binary,1,where,1}

catch_in_caller(L) ->
    X = try list_to_tuple(L) catch error:badarg -> caught end,
    {X, length(lists:seq(1, 3))}.

%% The stack names the function and the caller.
where(Bytes) ->
    try list_to_binary([Bytes, 256])
    catch error:badarg:Stack ->
        [{M, F, Args, _}, {?MODULE, G, A, _} | _] = Stack,
        {M, F, length(Args), G, A}
    end.

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% Arities that no function can have: function_exported, is_builtin, is_record, make_fun.
-module(odd_arities).
-export([start/0, id/1]).

start() ->
    show(fun() -> each(fun(A) -> erlang:function_exported(lists, map, A) end) end),  % expect: [false,false,badarg,false,true,false,false,false,badarg,badarg,badarg,badarg]
    show(fun() -> each(fun(A) -> is_record(id({tag, 1}), tag, id(A)) end) end),  % expect: [false,false,badarg,false,true,false,false,false,badarg,badarg,badarg,badarg]
    show(fun() -> each(fun(A) -> erlang:is_record(id(other), tag, A) end) end),  % expect: [false,false,badarg,false,false,false,false,false,badarg,badarg,badarg,badarg]
    show(fun() -> each(fun(A) -> erlang:make_fun(lists, map, A) end) end),  % expect: [badarg,badarg,badarg,fun lists:map/0,fun lists:map/2,fun lists:map/255,
    % expect:  badarg,badarg,badarg,badarg,badarg,badarg]
    show(fun() -> each(fun(A) -> is_function(id(fun lists:map/2), A) end) end),  % expect: [badarg,badarg,badarg,false,true,false,false,false,false,false,badarg,badarg]
    show(fun() -> each(fun(A) -> fun lists:map/A end) end),  % expect: [badarg,badarg,badarg,fun lists:map/0,fun lists:map/2,fun lists:map/255,
    % expect:  badarg,badarg,badarg,badarg,badarg,badarg]
    show(fun() -> [erlang:is_builtin(erlang, abs, A) || A <- [-1, 0, 1, 2, 256]] end),  % expect: [false,false,true,false,false]
    show(fun() -> erlang:is_builtin(erlang, abs, id(-(1 bsl 70))) end).  % expect: error badarg

each(F) ->
    [try F(id(A)) catch error:Reason -> Reason end || A <- [-1, -(1 bsl 59), -(1 bsl 70), 0, 2, 255, 256, 1 bsl 32, 1 bsl 59, 1 bsl 70, a, 2.0]].

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% system_info: edge.
-module(bif_system_info_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> is_list(erlang:system_info(otp_release)) end),  % expect: true
    show(fun() -> erlang:system_info(endian) end),  % expect: little
    show(fun() -> is_integer(erlang:system_info(process_limit)) end),  % expect: true
    show(fun() -> is_integer(erlang:system_info(atom_count)) end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

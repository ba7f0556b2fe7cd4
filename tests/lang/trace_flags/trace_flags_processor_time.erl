%% trace_flags: `cpu_timestamp': wall clock stamps of all are the time that the system has had of its processors.
-module(trace_flags_processor_time).
-export([start/0, server/0, f/1]).

start() ->
    1 = erlang:trace_pattern({?MODULE, f, 1}, true, [local]),
    show(fun() -> erlang:trace(all, true, [cpu_timestamp]) end),  % expect: 0
    show(fun() -> stamps([timestamp], fun in_a_day/1) end),  % expect: [true,true]
    show(fun() -> stamps([monotonic_timestamp], fun is_integer/1) end),  % expect: [true,true]
    show(fun() -> stamps([timestamp, monotonic_timestamp], fun in_a_day/1) end),  % expect: [true,true]
    show(fun() -> stamps([strict_monotonic_timestamp], fun({A, B}) -> is_integer(A) andalso is_integer(B) end) end),  % expect: [true,true]
    show(fun() -> flags() end),  % expect: [call,timestamp]
    show(fun() -> erlang:trace(all, false, [cpu_timestamp]) end),  % expect: 0
    show(fun() -> stamps([timestamp], fun in_a_day/1) end),  % expect: [false,false]
    show(fun() -> stamps([timestamp], fun(T) -> between(T, erlang:timestamp()) end) end).  % expect: [true,true]

f(X) -> X.

server() -> receive {f, X} -> f(X), server(); stop -> ok end.

%% The system has not worked for so long.
in_a_day({0, S, Us}) -> S < 86400 andalso Us < 1000000;
in_a_day({_, _, _}) -> false.

between(T, Now) -> timer:now_diff(Now, T) >= 0 andalso timer:now_diff(Now, T) < 60000000.

stamps(Flags, Fits) -> [Fits(T) || T <- traced(Flags)].

%% What two calls are stamped with.
traced(Flags) ->
    P = spawn(?MODULE, server, []),
    1 = erlang:trace(P, true, [call | Flags]),
    Stamps = [stamp(P, X) || X <- [1, 2]],
    P ! stop,
    Stamps.

stamp(P, X) ->
    P ! {f, X},
    receive {trace_ts, P, call, {?MODULE, f, [X]}, T} -> T end.

%% It is no flag of a process.
flags() ->
    P = spawn(?MODULE, server, []),
    1 = erlang:trace(P, true, [call, timestamp]),
    {flags, Flags} = erlang:trace_info(P, flags),
    P ! stop,
    lists:sort(Flags).

show(F) ->
    try F() of
        V -> io:format("~w~n", [V])
    catch
        C:R -> io:format("~w ~w~n", [C, R])
    end.

%% The same work in a VM that never traced (`never') or whose trace has come and gone (`gone'); benches/trace/run counts the instructions of both.
-module(stop).
-export([main/1]).

main([Mode, Rounds]) ->
    List = lists:seq(1, 10),
    load:rounds(1000, List),
    Mode =:= "gone" andalso trace(List),
    load:rounds(list_to_integer(Rounds), List).

%% Everything of `lists' shown, counted and timed, and taken away again.
trace(List) ->
    {ok, Session, _} = transom_tracer:run(["lists -> return"], self(), #{output => none, count => infinity}),
    [erlang:trace_pattern({lists, '_', '_'}, true, [Kind]) || Kind <- [call_count, call_time]],
    erlang:trace(self(), true, [call]),
    load:rounds(1000, List),
    erlang:trace(self(), false, [all]),
    [erlang:trace_pattern({lists, '_', '_'}, false, [Kind]) || Kind <- [call_count, call_time]],
    {ok, #{bits := 0}} = transom_tracer:stop(Session),
    ok.

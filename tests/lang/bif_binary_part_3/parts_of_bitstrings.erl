%% binary_part, binary:part, binary_to_list/3: of a bitstring the whole bytes count.
-module(parts_of_bitstrings).
-export([start/0, id/1]).

start() ->
    show(fun() -> [part(<<1, 2, 1:3>>, Range) || Range <- [{0, 0}, {0, 2}, {1, 1}, {2, -2}, {0, 3}, {3, 0}, {3, -1}]] end),  % expect: [[yes,<<>>,<<>>,<<>>],[yes,<<1,2>>,<<1,2>>,<<1,2>>],[yes,<<2>>,<<2>>,<<2>>],[yes,<<1,2>>,<<1,2>>,<<1,2>>],[no,badarg,badarg,badarg],[no,badarg,badarg,badarg],[no,badarg,badarg,badarg]]
    show(fun() -> [part(<<1:3>>, Range) || Range <- [{0, 0}, {0, 1}, {1, 0}, {1, -1}]] end),  % expect: [[yes,<<>>,<<>>,<<>>],[no,badarg,badarg,badarg],[no,badarg,badarg,badarg],[no,badarg,badarg,badarg]]
    show(fun() -> <<_:3, Rest/bits>> = id(<<1, 2, 3>>), [part(Rest, Range) || Range <- [{0, 0}, {0, 2}, {1, 1}, {0, 3}]] end),  % expect: [[yes,<<>>,<<>>,<<>>],[yes,<<8,16>>,<<8,16>>,<<8,16>>],[yes,<<16>>,<<16>>,<<16>>],[no,badarg,badarg,badarg]]
    show(fun() -> [ends(fun() -> binary_to_list(<<1, 2, 1:3>>, A, B) end) || {A, B} <- [{1, 1}, {1, 2}, {2, 2}, {1, 3}, {3, 3}, {0, 1}]] end).  % expect: [[1],[1,2],[2],badarg,badarg,badarg]

part(Whole, {From, Length} = Range) ->
    Guard = if binary_part(Whole, Range) =/= none -> yes; true -> no end,
    [Guard | [ends(F) || F <- [fun() -> binary_part(Whole, Range) end, fun() -> binary_part(Whole, From, Length) end, fun() -> binary:part(Whole, Range) end]]].

ends(F) -> try F() catch error:Reason -> Reason end.

id(X) -> X.

show(F) -> io:format("~w~n", [F()]).

%% preprocessor: edge, a file attribute says the number of its own line.
-module(preprocessor_edge_file_attribute).
-export([start/0]).

-file("other.y", 100).
line() -> {?FILE, ?LINE}.

-file("third.y",
      200).
over_two() -> {?FILE, ?LINE}.

fails() ->
    error(here).

-file("preprocessor_edge_file_attribute.erl", 16).
start() ->
    show(fun() -> line() end),  % expect: {"other.y",101}
    show(fun() -> over_two() end),  % expect: {"third.y",202}
    show(fun() -> try fails() catch _:_:S -> [{_, F, _, At} | _] = S, {F, At} end end).  % expect: {fails,[{file,"third.y"},{line,205}]}

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

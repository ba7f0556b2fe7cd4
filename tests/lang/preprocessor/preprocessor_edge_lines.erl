%% The line that a macro's body stands in: that of its use, and behind an argument the one that the argument ends in.
-module(preprocessor_edge_lines).
-export([start/0]).

-define(LINED(X), {X, ?LINE}).
-define(BOTH(X, Y), {?LINE, X, ?LINE, Y, ?LINE}).
-define(HERE, {?LINE}).
-define(OUTER(X), ?LINED(X)).

start() ->
    show(fun() -> relative(arguments()) end),  % expect: [{a,0},{b,1},{1},1]
    show(fun() -> relative(both()) end),  % expect: {0,a,0,b,1}
    show(fun() -> relative(lists_of_lines()) end),  % expect: {0,0,0,[2],3}
    show(fun() -> relative(in_a_body()) end),  % expect: [{a,0},{b,1},{[],2}]
    show(fun() -> relative(in_an_argument()) end),  % expect: {{c,0},1}
    show(fun() -> relative(nested_in_both()) end),  % expect: {0,{0},0,{c,1},1}
    show(fun() -> raised() end).  % expect: 5

arguments() ->
    [?LINED(a), ?LINED(
        b), ?HERE, ?LINE].

both() ->
    ?BOTH(a,
        b).

lists_of_lines() ->
    ?BOTH(?LINE,
        [
            ?LINE
        ]).

in_a_body() ->
    [?OUTER(a), ?OUTER(
        b), ?OUTER([
        ])].

in_an_argument() ->
    ?LINED(?LINED(
        c
        )).

nested_in_both() ->
    ?BOTH(?HERE, ?LINED(
        c)).

raised() ->
    try
        ?BOTH(ok, error(
            no))
    catch
        _:no:Stack ->
            [{_, raised, _, At} | _] = Stack,
            ?LINE - proplists:get_value(line, At)
    end.

%% Every line as the distance to the first that occurs.
relative(T) ->
    {Shown, _} = relative(T, none),
    Shown.

relative(N, none) when is_integer(N) -> {0, N};
relative(N, First) when is_integer(N) -> {N - First, First};
relative(T, First) when is_tuple(T) ->
    {Shown, After} = relative(tuple_to_list(T), First),
    {list_to_tuple(Shown), After};
relative([H | T], First) ->
    {H1, Second} = relative(H, First),
    {T1, Third} = relative(T, Second),
    {[H1 | T1], Third};
relative(X, First) -> {X, First}.

show(F) -> io:format("~p~n", [F()]).

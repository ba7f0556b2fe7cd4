%% attributes: edge, types and specs.
-module(attributes_edge_types_and_specs).
-export([start/0, id/1]).

-type t() :: integer() | {a, t()} | [t()] | #{atom() => t(), x := y} | fun((...) -> any()) | <<_:8, _:_*4>> | 1..10 | -1.
-opaque o() :: nonempty_list(binary()).
-export_type([t/0, o/0]).
-spec f(X :: t(), Y) -> {ok, Y} when Y :: term(); (atom(), any()) -> error.
-callback cb(integer()) -> ok.
-optional_callbacks([cb/1]).
-record(r, {a :: t(), b = 1 :: pos_integer()}).
f(X, Y) -> {X, Y}.

start() ->
    show(fun() -> f(1, #r{a = 2}) end).  % expect: {1,{r,2,1}}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

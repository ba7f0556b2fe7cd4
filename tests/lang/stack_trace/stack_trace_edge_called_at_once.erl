%% stack_trace: funs that are called where they are written.
-module(stack_trace_edge_called_at_once).
-export([start/0, id/1]).

start() ->
    show(fun() -> (fun() -> error(no_arguments) end)(), ok end),  % expect: {error,no_arguments,['-start/0-fun-1-']}
    show(fun() -> named(1) end),  % expect: {error,{badmatch,1},[named]}
    show(fun() -> tail(1) end),  % expect: {error,{tail,1},[tail]}
    show(fun() -> nested(1) end),  % expect: {error,{nested,1,2},[nested]}
    show(fun() -> later(1) end),  % expect: {error,{later,1},['-later/1-fun-0-',later]}
    show(fun() -> caught(1) end),  % expect: {1,[caught]}
    show(fun() -> scopes(1) end),  % expect: {2,3,1,[{2,5},{1,7}]}
    show(fun() -> arguments() end),  % expect: {3,3,4}
    show(fun() -> hidden(1) end),  % expect: {1,9}
    show(fun() -> collected([1, 2]) end),  % expect: [{1,1},{2,2}]
    show(fun() -> waits() end).  % expect: got

named(A) -> (fun() -> 2 = A, ok end)(), ok.
tail(A) -> (fun(X) -> error({tail, X}) end)(A).
nested(A) -> (fun(X) -> (fun(Y) -> error({nested, X, Y}) end)(2), ok end)(A), ok.
later(A) -> (fun(X) -> F = id(fun() -> error({later, X}) end), [F(), F()] end)(A), ok.
caught(A) -> try (fun() -> error(A), ok end)() catch error:R:S -> {R, own(S)} end.

%% What the fun binds is its own, and what it takes hides what is outside.
scopes(A) ->
    B = (fun(A) -> C = A + 1, C end)(A),
    C = (fun() -> D = 3, D end)(),
    D = (fun(_) -> A end)(B),
    {B, C, D, [(fun(X, A) -> {A, X} end)(5, B), (fun(X, _) -> {A, X} end)(id(7), B)]}.

%% What arguments bind is not known in the fun, and is known behind it.
arguments() ->
    {X, Y} = (fun(V) -> B = V + 1, {V, B} end)(B = id(3)),
    {X, B, Y}.

hidden(A) ->
    R = (fun() -> case id(9) of A -> same; Other -> Other end end)(),
    {A, R}.

collected(L) -> (fun(L1) -> [(fun(X) -> {X, X} end)(Y) || Y <- L1] end)(L).

waits() ->
    self() ! got,
    (fun() -> receive M -> M end end)().

id(X) -> X.

own(S) -> [F || {?MODULE, F, _, _} <- S, F =/= show, F =/= start, F =/= '-start/0-fun-5-'].

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R:S -> io:format("~p~n", [{C, R, [Name || {?MODULE, Name, _, _} <- S, Name =/= show, Name =/= start, not wrapper(Name)]}])
    end.

%% The funs that start/0 gives to show/1.
wrapper(Name) -> lists:prefix("-start/0-fun-", atom_to_list(Name)) andalso Name =/= '-start/0-fun-1-'.

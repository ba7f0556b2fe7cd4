%% Running tests from a program: what eunit answers, and which functions it ran.
-module(eunit_more).
-include("../show.hrl").
-include("../printed.hrl").

start() ->
    show(fun() -> quietly(fun() -> eunit:test(fun() -> ok end) end) end),  % expect: ok
    show(fun() -> quietly(fun() -> eunit:test(fun() -> error(wrong) end) end) end),  % expect: error
    show(fun() -> ran(fun(T) -> [T(a), {"named", T(b)}] end) end),  % expect: {ok,[a,b]}
    show(fun() -> ran(fun(T) -> {timeout, 1, T(a)} end) end),  % expect: {ok,[a]}
    show(fun() -> ran(fun(T) -> {timeout, 0.01, [fun() -> timer:sleep(500) end, T(never)]} end) end),  % expect: {error,[]}
    show(fun() -> ran(fun(T) -> [{timeout, 0.05, {setup, fun() -> (T(up))() end, fun(_) -> (T(down))() end, [T(a), fun() -> timer:sleep(500) end, T(never)]}}, T(after_it)] end) end),  % expect: {error,[up,a]}
    show(fun() -> ran(fun(T) -> {timeout, 0.05, {spawn, [T(a), {timeout, 1, fun() -> timer:sleep(300), (T(never))() end}]}} end) end),  % expect: {error,[a]}
    show(fun() -> ran(fun(T) -> {timeout, 0.05, {inparallel, [T(a), fun() -> timer:sleep(300), (T(never))() end]}} end) end),  % expect: {error,[a]}
    show(fun() -> ran(fun(T) -> {timeout, 1, [{timeout, 0.05, fun() -> timer:sleep(500) end}, T(never)]} end) end),  % expect: {error,[]}
    show(fun() -> ran(fun(T) -> [{timeout, 1, [T(a), T(b)]}, fun() -> timer:sleep(20) end, T(c)] end) end),  % expect: {ok,[a,b,c]}
    show(fun() -> timer:sleep(400), told() end),  % expect: []
    show(fun() -> ran(fun(T) -> {setup, fun() -> (T(up))(), 1 end, fun(1) -> (T(down))() end, fun(X) -> {?LINE, T({with, X})} end} end) end),  % expect: {ok,[up,{with,1},down]}
    show(fun() -> ran(fun(T) -> {setup, fun() -> error(no_place) end, fun(_) -> (T(down))() end, T(a)} end) end),  % expect: {error,[]}
    show(fun() -> ran(fun(T) -> {foreach, fun() -> (T(up))(), 1 end, fun(_) -> (T(down))() end, [fun(X) -> T(X) end, fun(X) -> fun() -> 2 = X end end]} end) end),  % expect: {error,[up,1,down,up,down]}
    show(fun() -> ran(fun(T) -> {foreachx, fun(X) -> X + 1 end, [{1, fun(1, 2) -> T(two) end}, {5, fun(5, 6) -> T(six) end}]} end) end),  % expect: {ok,[two,six]}
    show(fun() -> Me = self(), ran(fun(T) -> {spawn, fun() -> (T({elsewhere, self() =/= Me}))() end} end) end),  % expect: {ok,[{elsewhere,true}]}
    show(fun() -> ran(fun(T) -> {inorder, [T(N) || N <- [1, 2, 3]]} end) end),  % expect: {ok,[1,2,3]}
    show(fun() -> {Answer, Ran} = ran(fun(T) -> {inparallel, [T(N) || N <- [1, 2, 3]]} end), {Answer, lists:sort(Ran)} end),  % expect: {ok,[1,2,3]}
    show(fun() -> ran(fun(T) -> {generator, fun() -> (T(made))(), [T(a), T(b)] end} end) end),  % expect: {ok,[made,a,b]}
    show(fun() -> ran(fun(T) -> {with, 3, [fun(X) -> (T(X))() end, fun(X) -> 4 = X end]} end) end),  % expect: {error,[3]}
    show(fun() -> quietly(fun() -> eunit:test({no_such_kind, x}, [no_tty]) end) end),  % expect: error
    show(fun() -> quietly(fun() -> eunit:test(no_such_module_here, [no_tty]) end) end).  % expect: error

%% The answer, and what the functions that T makes have told, in this order.
ran(Tests) ->
    Me = self(),
    Answer = quietly(fun() -> eunit:test(Tests(fun(What) -> fun() -> Me ! {ran, What}, ok end end), [no_tty]) end),
    {Answer, told()}.

told() -> receive {ran, What} -> [What | told()] after 0 -> [] end.

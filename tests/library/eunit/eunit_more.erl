%% Running tests from a program.
-module(eunit_more).
-include("../show.hrl").
-include("../printed.hrl").

start() ->
    show(fun() -> quietly(fun() -> eunit:test(fun() -> ok end) end) end),  % expect: ok
    show(fun() -> quietly(fun() -> eunit:test(fun() -> error(wrong) end) end) end),  % expect: error
    show(fun() -> quietly(fun() -> eunit:test([fun() -> ok end, {"named", fun() -> ok end}]) end) end),  % expect: ok
    show(fun() -> quietly(fun() -> eunit:test({timeout, 1, fun() -> timer:sleep(5) end}, [no_tty]) end) end),  % expect: ok
    show(fun() -> quietly(fun() -> eunit:test({setup, fun() -> 1 end, fun(1) -> ok end, fun(X) -> {?LINE, fun() -> 1 = X end} end}, [no_tty]) end) end),  % expect: ok
    show(fun() -> quietly(fun() -> eunit:test({foreach, fun() -> 1 end, [fun(X) -> fun() -> 1 = X end end, fun(X) -> fun() -> 2 = X end end]}, [no_tty]) end) end),  % expect: error
    show(fun() -> quietly(fun() -> eunit:test({spawn, fun() -> ok end}, [no_tty]) end) end),  % expect: ok
    show(fun() -> quietly(fun() -> eunit:test({inorder, [fun() -> ok end]}, [no_tty]) end) end),  % expect: ok
    show(fun() -> quietly(fun() -> eunit:test({inparallel, [fun() -> ok end, fun() -> ok end]}, [no_tty]) end) end),  % expect: ok
    show(fun() -> quietly(fun() -> eunit:test({generator, fun() -> [fun() -> ok end] end}, [no_tty]) end) end),  % expect: ok
    show(fun() -> quietly(fun() -> eunit:test({with, 3, [fun(X) -> 3 = X end]}, [no_tty]) end) end),  % expect: ok
    show(fun() -> quietly(fun() -> eunit:test({no_such_kind, x}, [no_tty]) end) end),  % expect: error
    show(fun() -> quietly(fun() -> eunit:test(no_such_module_here, [no_tty]) end) end).  % expect: error

%% The function that logger calls for events that are for error_logger's own handlers.
-module(error_logger_log).
-include("../show.hrl").

start() ->
    show(fun() -> error_logger:log(#{level => error, msg => {"~p", [a]}, meta => #{}}, #{}) end),  % expect: ok
    show(fun() -> error_logger:log(info, {a, b}) end),  % expect: error function_clause
    show(fun() -> error_logger:log(foo, bar) end).  % expect: error function_clause

%% Owners and times.
-module(file_owner_time).
-include("../show.hrl").

start() ->
    show(fun() -> with_file(fun(F) -> [file:change_time(F, {{2020, 2, 3}, {4, 5, 6}}), element(2, times(F))] end) end),  % expect: [ok,{{2020,2,3},{4,5,6}}]
    show(fun() -> file:change_time("/no/such/file", {{2020, 1, 1}, {0, 0, 0}}) end),  % expect: {error,enoent}
    show(fun() -> with_file(fun(F) -> file:change_time(F, {{2020, 1, x}, {0, 0, 0}}) end) end),  % expect: error function_clause
    show(fun() -> with_file(fun(F) -> {ok, I} = file:read_file_info(F), file:change_owner(F, element(13, I), element(14, I)) end) end),  % expect: ok
    show(fun() -> file:change_owner("/no/such/file", 0, 0) end),  % expect: {error,enoent}
    show(fun() -> with_file(fun(F) -> file:change_owner(F, a, b) end) end).  % expect: error function_clause

times(F) ->
    {ok, I} = file:read_file_info(F),
    {element(5, I), element(6, I)}.

with_file(Do) ->
    F = "/tmp/file_owner_time_" ++ os:getpid() ++ integer_to_list(erlang:unique_integer([positive])),
    ok = file:write_file(F, "x"),
    try Do(F) after file:delete(F) end.

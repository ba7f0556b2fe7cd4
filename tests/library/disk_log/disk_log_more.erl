%% Chunks as bytes, closing as another, the server.
-module(disk_log_more).
-include("../show.hrl").

start() ->
    show(fun() -> disk_log:start() end),  % expect: ok
    show(fun() -> with_log(fun(L) -> ok = disk_log:log_terms(L, [a, {b, 1}, "c"]), terms(L, start, []) end) end),  % expect: [a,{b,1},"c"]
    show(fun() -> with_log(fun(L) -> ok = disk_log:log_terms(L, [a, b, c]), {_, Bytes} = disk_log:bchunk(L, start, 1), [binary_to_term(B) || B <- Bytes] end) end),  % expect: [a]
    show(fun() -> disk_log:bchunk(no_such_log, start, 1) end),  % expect: {error,no_such_log}
    show(fun() -> disk_log:lclose(no_such_log, node()) end),  % expect: {error,no_such_log}
    show(fun() -> with_log(fun(L) -> [disk_log:lclose(L, node()), disk_log:info(L)] end) end).  % expect: [ok,{error,no_such_log}]

terms(Log, Where, Acc) ->
    case disk_log:bchunk(Log, Where, 2) of
        eof -> lists:reverse(Acc);
        {Next, Bytes} -> terms(Log, Next, lists:reverse([binary_to_term(B) || B <- Bytes], Acc))
    end.

with_log(Do) ->
    Name = {disk_log_more, make_ref()},
    File = filename:join("/tmp", "disk_log_more_" ++ os:getpid() ++ integer_to_list(erlang:unique_integer([positive]))),
    {ok, Name} = disk_log:open([{name, Name}, {file, File}]),
    try Do(Name)
    after
        disk_log:close(Name),
        file:delete(File)
    end.

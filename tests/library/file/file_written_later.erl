%% Files that are written later (delayed_write): what others can read of them when.
-module(file_written_later).
-include("../show.hrl").

-define(NAME, "written_later.txt").

start() ->
    show(fun() -> with([write], fun(F) -> {file:write(F, "abc"), there()} end) end),  % expect: {ok,<<>>}
    show(fun() -> with([write], fun(F) -> {file:write(F, "abc"), file:write(F, <<"def">>), file:datasync(F), there()} end) end),  % expect: {ok,ok,ok,<<"abcdef">>}
    show(fun() -> with([write], fun(F) -> {file:write(F, "abc"), file:position(F, cur), there()} end) end),  % expect: {ok,{ok,3},<<"abc">>}
    show(fun() -> with([write], fun(F) -> {file:write(F, "abc"), file:position(F, 1), file:write(F, "X"), file:sync(F), there()} end) end),  % expect: {ok,{ok,1},ok,ok,<<"aXc">>}
    show(fun() -> with([write], fun(F) -> {file:write(F, "abc"), file:pwrite(F, 1, "XY"), file:sync(F), there()} end) end),  % expect: {ok,ok,ok,<<"aXY">>}
    show(fun() -> with([read, write], fun(F) -> {file:write(F, "abc"), file:position(F, 0), file:read(F, 10), file:write(F, "d"), file:position(F, bof), file:read(F, 10)} end) end),  % expect: {ok,{ok,0},{ok,<<"abc">>},ok,{ok,0},{ok,<<"abcd">>}}
    show(fun() -> with([read, write, read_ahead], fun(F) -> {file:write(F, "abc\ndef\n"), file:position(F, 0), file:read_line(F), file:write(F, "X"), file:position(F, bof), file:read(F, 10)} end) end),  % expect: {ok,{ok,0},{ok,<<"abc\n">>},ok,{ok,0},{ok,<<"abc\nXef\n">>}}
    show(fun() -> with([write], 10, 60000, fun(F) -> [{file:write(F, "abcd"), byte_size(there())} || _ <- [1, 2]] end) end),  % expect: [{ok,0},{ok,0}]
    show(fun() -> with([write], 10, 60000, fun(F) -> {file:write(F, "abcd"), file:write(F, "0123456789"), file:sync(F), there()} end) end),  % expect: {ok,ok,ok,<<"abcd0123456789">>}
    show(fun() -> with([write], 1000, 20, fun(F) -> {file:write(F, "abc"), until(<<"abc">>)} end) end),  % expect: {ok,<<"abc">>}
    show(fun() -> with([append], fun(F) -> {file:write(F, "abc"), file:close(F), there()} end) end),  % expect: {ok,ok,<<"abc">>}
    show(fun() -> {ok, F} = file:open(?NAME, [write, raw, delayed_write]), R = [file:write(F, "x") || _ <- lists:seq(1, 1000)], ok = file:close(F), {lists:usort(R), byte_size(there())} end),  % expect: {[ok],1000}
    show(fun() -> {ok, F} = file:open(?NAME, [read, raw, delayed_write]), {file:read(F, 3), file:close(F)} end),  % expect: {{ok,"xxx"},ok}
    show(fun() -> {ok, F} = file:open(?NAME, [write, {delayed_write, 65536, 60000}]), io:put_chars(F, "abc"), R = there(), file:close(F), {R, there()} end),  % expect: {<<>>,<<"abc">>}
    show(fun() -> file:delete(?NAME) end).  % expect: ok

with(Modes, F) -> with(Modes, 65536, 60000, F).

with(Modes, Size, Delay, F) ->
    ok = file:write_file(?NAME, ""),
    {ok, Fd} = file:open(?NAME, [raw, binary, {delayed_write, Size, Delay} | Modes]),
    try F(Fd) after file:close(Fd) end.

there() ->
    {ok, Bytes} = file:read_file(?NAME),
    Bytes.

until(Bytes) ->
    case there() of
        Bytes -> Bytes;
        _ -> timer:sleep(5), until(Bytes)
    end.

%% Writing to a device on a file and to the group leader; what is asked of the device.
-module(io_output).
-include("../show.hrl").

start() ->
    show(fun() -> out(fun(D) -> io:put_chars(D, "text") end) end),  % expect: {ok,<<"text">>}
    show(fun() -> out(fun(D) -> io:put_chars(D, <<"bin">>) end) end),  % expect: {ok,<<"bin">>}
    show(fun() -> out(fun(D) -> io:put_chars(D, ["a", [$b, <<"c">>]]) end) end),  % expect: {ok,<<"abc">>}
    show(fun() -> out(fun(D) -> io:put_chars(D, [1078]) end) end),  % expect: {ok,<<208,182>>}
    show(fun() -> out(fun(D) -> io:nl(D) end) end),  % expect: {ok,<<"\n">>}
    show(fun() -> out(fun(D) -> io:write(D, {a, "b", <<1>>}) end) end),  % expect: {ok,<<"{a,[98],<<1>>}">>}
    show(fun() -> out(fun(D) -> io:format(D, "x", []) end) end),  % expect: {ok,<<"x">>}
    show(fun() -> out(fun(D) -> io:format(D, "~p ~s~n", [a, "b"]) end) end),  % expect: {ok,<<"a b\n">>}
    show(fun() -> out(fun(D) -> io:format(D, "~p", []) end) end),  % expect: {{error,badarg},<<>>}
    show(fun() -> out(fun(D) -> io:format(D, "~z", [a]) end) end),  % expect: {{error,badarg},<<>>}
    show(fun() -> out(fun(D) -> io:format(D, "~ts", [[1078]]) end) end),  % expect: {ok,<<208,182>>}
    show(fun() -> out(fun(D) -> io:format(D, "~s", [[1078]]) end) end),  % expect: {{error,badarg},<<>>}
    show(fun() -> out(fun(D) -> io:format(D, foo, []) end) end),  % expect: {ok,<<"foo">>}
    show(fun() -> out(fun(D) -> io:format(D, <<"bin ~p">>, [1]) end) end),  % expect: {ok,<<"bin 1">>}
    show(fun() -> out(fun(D) -> io:format(D, 'atom ~p', [1]) end) end),  % expect: {ok,<<"atom 1">>}
    show(fun() -> out(fun(D) -> io:format(D, "~p", foo) end) end),  % expect: {{error,badarg},<<>>}
    show(fun() -> out(fun(D) -> io:fwrite(D, "x ~p", [1]) end) end),  % expect: {ok,<<"x 1">>}
    show(fun() -> lead(fun() -> io:put_chars("text") end) end),  % expect: [{put_chars,unicode,<<"text">>},ok]
    show(fun() -> lead(fun() -> io:put_chars([1078]) end) end),  % expect: [{put_chars,unicode,<<208,182>>},ok]
    show(fun() -> lead(fun() -> io:nl() end) end),  % expect: [{put_chars,unicode,"\n"},ok]
    show(fun() -> lead(fun() -> io:write({a, 1}) end) end),  % expect: [{put_chars,unicode,io_lib,write,[{a,1}]},ok]
    show(fun() -> lead(fun() -> io:format("x~n") end) end),  % expect: [{put_chars,unicode,io_lib,format,["x~n",[]]},ok]
    show(fun() -> lead(fun() -> io:format("x~p~n", [1]) end) end),  % expect: [{put_chars,unicode,io_lib,format,["x~p~n",[1]]},ok]
    show(fun() -> lead(fun() -> io:fwrite("x~n") end) end),  % expect: [{put_chars,unicode,io_lib,format,["x~n",[]]},ok]
    show(fun() -> lead(fun() -> io:fwrite("x~p~n", [1]) end) end),  % expect: [{put_chars,unicode,io_lib,format,["x~p~n",[1]]},ok]
    show(fun() -> lead(fun() -> io:request({put_chars, "x"}) end) end),  % expect: [{put_chars,"x"},ok]
    show(fun() -> lead(fun() -> io:request(standard_io, nl) end) end),  % expect: [{put_chars,unicode,"\n"},ok]
    show(fun() -> lead(fun() -> io:request({format, "~p", [1]}) end) end),  % expect: [{put_chars,unicode,io_lib,format,["~p",[1]]},ok]
    show(fun() -> lead(fun() -> io:request({write, x}) end) end),  % expect: [{put_chars,unicode,io_lib,write,[x]},ok]
    show(fun() -> lead(fun() -> io:request(my_own_request) end) end),  % expect: [my_own_request,ok]
    show(fun() -> lead(fun() -> io:requests([{put_chars, "x"}, nl, {put_chars, unicode, "y"}]) end) end),  % expect: [{requests,[{put_chars,"x"},{put_chars,unicode,"\n"},{put_chars,unicode,<<"y">>}]},ok]
    show(fun() -> lead(fun() -> io:requests(standard_io, [{put_chars, "x"}, nl]) end) end),  % expect: [{requests,[{put_chars,"x"},{put_chars,unicode,"\n"}]},ok]
    show(fun() -> lead(fun() -> io:setopts([binary]) end) end),  % expect: [{setopts,[binary]},ok]
    show(fun() -> lead(fun() -> io:setopts(standard_io, [{echo, false}]) end) end),  % expect: [{setopts,[{echo,false}]},ok]
    show(fun() -> lead(fun() -> io:getopts() end) end),  % expect: [getopts,[{binary,true}]]
    show(fun() -> lead(fun() -> io:columns() end) end),  % expect: [{get_geometry,columns},{ok,80}]
    show(fun() -> lead(fun() -> io:rows() end) end),  % expect: [{get_geometry,rows},{error,enotsup}]
    show(fun() -> lead(fun() -> io:columns(standard_io) end) end),  % expect: [{get_geometry,columns},{ok,80}]
    show(fun() -> lead(fun() -> io:rows(standard_io) end) end),  % expect: [{get_geometry,rows},{error,enotsup}]
    show(fun() -> lead(fun() -> io:get_line("p> ") end) end),  % expect: [{get_line,unicode,"p> "},"line\n"]
    show(fun() -> lead(fun() -> io:get_line('p> ') end) end),  % expect: [{get_line,unicode,'p> '},"line\n"]
    show(fun() -> lead(fun() -> io:get_chars("p> ", 3) end) end),  % expect: [{get_chars,unicode,"p> ",3},{error,some_error}]
    show(fun() -> lead(fun() -> io:get_password() end) end),  % expect: [{get_password,unicode},ok]
    show(fun() -> lead(fun() -> io:get_password(standard_io) end) end),  % expect: [{get_password,unicode},ok]
    show(fun() -> lead(fun() -> io:read("p> ") end) end),  % expect: [{get_until,unicode,"p> ",erl_scan,tokens,[1]},eof]
    show(fun() -> lead(fun() -> io:fread("p> ", "~d") end) end),  % expect: [{get_until,unicode,"p> ",io_lib,fread,["~d"]},eof]
    show(fun() -> lead(fun() -> io:scan_erl_exprs("p> ") end) end),  % expect: [{get_until,unicode,"p> ",erl_scan,tokens,[1,[]]},eof]
    show(fun() -> lead(fun() -> io:scan_erl_form("p> ") end) end),  % expect: [{get_until,unicode,"p> ",erl_scan,tokens,[1,[]]},eof]
    show(fun() -> lead(fun() -> io:parse_erl_exprs("p> ") end) end),  % expect: [{get_until,unicode,"p> ",erl_scan,tokens,[1,[]]},eof]
    show(fun() -> lead(fun() -> io:parse_erl_form("p> ") end) end),  % expect: [{get_until,unicode,"p> ",erl_scan,tokens,[1,[]]},eof]
    show(fun() -> io:put_chars(no_such_device, "x") end),  % expect: error badarg
    show(fun() -> io:format(no_such_device, "x", []) end),  % expect: error badarg
    show(fun() -> io:put_chars(dead(), "x") end),  % expect: error terminated
    show(fun() -> io:format(dead(), "x", []) end),  % expect: error terminated
    show(fun() -> io:get_line(dead(), "x") end),  % expect: {error,terminated}
    show(fun() -> io:request(dead(), nl) end),  % expect: {error,terminated}
    show(fun() -> io:request(self(), nl) end),  % expect: {error,calling_self}
    show(fun() -> io:put_chars(self(), "x") end),  % expect: error calling_self
    show(fun() -> io:get_line(no_such_device, "") end),  % expect: {error,arguments}
    show(fun() -> io:columns(no_such_device) end),  % expect: {error,enotsup}
    show(fun() -> io:get_chars("", -1) end),  % expect: error function_clause
    show(fun() -> io:get_chars("", x) end),  % expect: error function_clause
    show(fun() -> io:printable_range() end).  % expect: latin1

out(F) ->
    Name = filename:join(os:getenv("TMPDIR", "/tmp"), "io_output_" ++ os:getpid()),
    {ok, D} = file:open(Name, [write, {encoding, utf8}]),
    R = try F(D) catch C:E -> {C, E} end,
    ok = file:close(D),
    {ok, Text} = file:read_file(Name),
    file:delete(Name),
    {R, Text}.

%% What a group leader is asked.
lead(F) ->
    Me = self(),
    Leader = spawn(fun() -> receive {io_request, From, Ref, R} -> Me ! {asked, R}, From ! {io_reply, Ref, reply(R)} end end),
    {_, M} = spawn_monitor(fun() -> group_leader(Leader, self()), Me ! {result, F()} end),
    receive {'DOWN', M, _, _, _} -> ok end,
    [receive {asked, R} -> R after 50 -> nothing end, receive {result, V} -> V after 50 -> nothing end].

reply({get_geometry, columns}) -> 80;
reply({get_geometry, rows}) -> {error, enotsup};
reply(getopts) -> [{binary, true}];
reply({get_until, _, _, _, _, _}) -> eof;
reply({get_line, _, _}) -> "line\n";
reply({get_chars, _, _, _}) -> {error, some_error};
reply(_) -> ok.

dead() -> P = spawn(fun() -> ok end), _ = ends(P), P.

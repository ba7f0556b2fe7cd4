%% The io servers of a system that has just started: registered, alive, and what they answer before anything was written.
-module(io_servers).
-include("../show.hrl").

start() ->
    show(fun() -> [is_pid(whereis(N)) || N <- [user, standard_error, init, logger]] end),  % expect: [true,true,true,true]
    show(fun() -> [lists:member(N, registered()) || N <- [user, standard_error]] end),  % expect: [true,true]
    show(fun() -> [process_info(whereis(N), registered_name) || N <- [user, standard_error]] end),  % expect: [{registered_name,user},{registered_name,standard_error}]
    show(fun() -> [lists:member(whereis(N), processes()) || N <- [user, standard_error]] end),  % expect: [true,true]
    show(fun() -> whereis(standard_error) =/= whereis(user) end),  % expect: true
    show(fun() -> lists:keymember(encoding, 1, io:getopts(standard_error)) end),  % expect: true
    show(fun() -> {before, whereis(standard_error)} =:= begin io:put_chars(standard_error, ""), {before, whereis(standard_error)} end end),  % expect: true
    show(fun() -> io:put_chars(whereis(standard_error), "") end),  % expect: ok
    show(fun() -> catch register(standard_error, self()) end),  % expect: {'EXIT',{badarg,{at,erlang,register,2}}}
    show(fun() -> io:request(standard_error, {zork, 1}) end),  % expect: {error,{request,{zork,1}}}
    show(fun() -> asked(standard_error, {put_chars, unicode, ""}) end),  % expect: ok
    show(fun() -> asked(user, {put_chars, unicode, ""}) end),  % expect: ok
    show(fun() -> [io:request(standard_error, R) || R <- [zork, {get_chars, unicode, "", 1}, {get_password, unicode}, {get_geometry, columns}]] end),  % expect: [{error,{request,zork}},{error,{request,{get_chars,unicode,[],1}}},{error,{request,{get_password,unicode}}},{error,enotsup}]
    show(fun() -> [io:request(standard_error, {requests, R}) || R <- [[{put_chars, unicode, ""}, {zork, 1}], [{zork, 1}, {put_chars, unicode, ""}], []]] end),  % expect: [{error,{request,{zork,1}}},{error,{request,{zork,1}}},ok]
    show(fun() -> io:request(user, {get_geometry, rows}) end),  % expect: {error,enotsup}
    show(fun() -> io:get_line(standard_error, "") end),  % expect: {error,{request,{get_line,unicode,[]}}}
    show(fun() -> process_info(whereis(standard_error), [trap_exit, message_queue_len]) end),  % expect: [{trap_exit,true},{message_queue_len,0}]
    show(fun() -> exit(whereis(standard_error), normal), is_process_alive(whereis(standard_error)) end).  % expect: true

asked(Name, Request) ->
    Ref = make_ref(),
    Name ! {io_request, self(), Ref, Request},
    receive {io_reply, Ref, Reply} -> Reply after 30000 -> nothing end.

%% Standard input, output and error as io servers.
%%
%% `user` serves descriptors 0 and 1, `standard_error` descriptor 2; what they do with a request is in group. Output is
%% written through as it comes. Input is read by a helper process, so that output goes on while a read waits.
%%
%% While this program's own terminal is in the hands of a console's line editor (`{console, Pid}`), what is printed here goes through it, so
%% that the line being typed stays whole.
-module(user).

-export([start/0, start_stderr/0, server/1, reader/1]).

start() -> start(user, 1).

start_stderr() -> start(standard_error, 2).

start(Name, Fd) ->
    case whereis(Name) of
        undefined ->
            Pid = spawn(user, server, [Fd]),
            try register(Name, Pid) of
                true -> Pid
            catch error:badarg ->
                exit(Pid, kill),
                whereis(Name)
            end;
        Pid -> Pid
    end.

server(Fd) ->
    process_flag(trap_exit, true),
    group_leader(self(), self()),
    loop(group:new({fd, Fd}), undefined).

loop(St, Reader) ->
    receive
        {io_request, From, As, Request} -> loop(group:request(From, As, Request, St), Reader);
        {want_input, Self} when Self =:= self() -> loop(St, want_input(Reader));
        {input, Data} -> loop(group:input(Data, St), Reader);
        {'EXIT', Reader, _} -> loop(group:input(eof, St), undefined);
        {console, Control} ->
            monitor(process, Control),
            loop(group:device({channel, {job, Control}}, St), Reader);
        {'DOWN', _, process, _, _} -> loop(group:device({fd, 1}, St), Reader);
        _ -> loop(St, Reader)
    end.

%% The helper lives until the end of input.
want_input(undefined) -> want_input(spawn_link(user, reader, [self()]));
want_input(Reader) ->
    Reader ! read,
    Reader.

reader(Server) ->
    receive
        read ->
            Server ! {input, prim_io:read(0, 16#10000)},
            reader(Server)
    end.

%% open_port: what names a port, what its options may be, and which error is told; files, the kind of ports that was there first.
-module(port_names_and_options).
-export([start/0]).

start() ->
    process_flag(trap_exit, true),
    show(fun() -> [opens(N, []) || N <- [{spawn, "true"}, {spawn, true}, {spawn, <<"true">>}, {spawn, ["t", ["rue"]]}, {spawn, ''}, {spawn, <<>>}]] end),  % expect: [ok,ok,ok,ok,ok,ok]
    show(fun() -> [opens(N, []) || N <- [{spawn, []}, {spawn, 1}, {spawn, {}}, {spawn, [400 | a]}, {spawn, "a\0b"}, {spawn, [$t | <<"rue">>]}, {spawn}, {spawn, "a", b}]] end),  % expect: [badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg]
    show(fun() -> [opens({spawn_executable, N}, []) || N <- ["/bin/true", '/bin/true', <<"/bin/true">>, ["/bin", ["/true"]]]] end),  % expect: [ok,ok,ok,ok]
    show(fun() -> [opens({spawn_executable, N}, []) || N <- ["/nonexistent", '', <<>>, [], 1, "/etc/passwd"]] end),  % expect: [enoent,enoent,enoent,badarg,badarg,eacces]
    show(fun() -> [opens({spawn_driver, N}, []) || N <- ["none", none, <<"none">>, 1, []]] end),  % expect: [badarg,badarg,badarg,badarg,badarg]
    show(fun() -> [opens({fd, A, B}, []) || {A, B} <- [{-1, 0}, {0, -1}, {0, 1 bsl 31}, {1 bsl 31, 1 bsl 31}, {0, 1 bsl 70}, {a, 0}, {0, 1.0}]] end),  % expect: [einval,einval,einval,einval,badarg,badarg,badarg]
    show(fun() -> [opens(N, []) || N <- [1, {}, <<"a">>, self(), [], [a], "/nonexistent/file", '/nonexistent/file', '', {foo, "bar"}]] end),  % expect: [badarg,badarg,badarg,badarg,badarg,badarg,einval,einval,einval,badarg]
    show(fun() -> [with(O) || O <- [foo, [foo], [in | out], [{packet, 3}], [{packet, a}], [{line, 0}], [{line, a}], [{packet, 2}, {line, 9}], [{line, 9}, {packet, 2}]]] end),  % expect: [{badarg,badopt},
    % expect:  {badarg,badopt},
    % expect:  {badarg,badopt},
    % expect:  {badarg,badopt},
    % expect:  {badarg,badopt},
    % expect:  {badarg,badopt},
    % expect:  {badarg,badopt},
    % expect:  {badarg,badopt},
    % expect:  {badarg,badopt}]
    show(fun() -> [with(O) || O <- [[stream, {packet, 4}], [{line, 9}, stream], [nouse_stdio, stderr_to_stdout], [stderr_to_stdout, nouse_stdio], [stderr_to_stdout]]] end),  % expect: [ok,ok,{badarg,badopt},{badarg,badopt},ok]
    show(fun() -> [with([{env, E}]) || E <- [a, [a], [{a, "b"}], [{"a", b}], [{<<"a">>, "b"}], [{"a", <<"b">>}], [{"a=b", "c"}], [{"a", "b\0"}], [{"a", 1}]]] end),  % expect: [{badarg,badopt},
    % expect:  {badarg,badopt},
    % expect:  {badarg,badopt},
    % expect:  {badarg,badopt},
    % expect:  {badarg,badopt},
    % expect:  {badarg,badopt},
    % expect:  {badarg,badopt},
    % expect:  {badarg,badopt},
    % expect:  {badarg,badopt}]
    show(fun() -> [with([{env, E}]) || E <- [[], [{"a", "b"}], [{"a", false}], [{["a", "b"], ["c", "d"]}], [{"a", ""}]]] end),  % expect: [ok,ok,ok,ok,ok]
    show(fun() -> [with([{cd, D}]) || D <- ["/", '/', <<"/">>, ["/", "."], 1, {}, [a], "a\0b", ["/", <<"a">>]]] end),  % expect: [ok,ok,ok,ok,badarg,badarg,badarg,badarg,badarg]
    show(fun() -> [with([{parallelism, true}]), with([{parallelism, foo}]), with([{args, ["a"]}]), with([{arg0, "a"}])] end),  % expect: [ok,{badarg,badopt},badarg,badarg]
    show(fun() -> [with([{busy_limits_port, L}]) || L <- [{1, 2}, {2, 1}, disabled, {0, 1}, {1, 0}, foo, 1, {1, a}, {1, 1 bsl 70}]] end),  % expect: [ok,ok,ok,
    % expect:  {badarg,badopt},
    % expect:  {badarg,badopt},
    % expect:  {badarg,badopt},
    % expect:  {badarg,badopt},
    % expect:  {badarg,badopt},
    % expect:  {badarg,badopt}]
    show(fun() -> [opens({spawn_executable, "/bin/true"}, [{args, A}]) || A <- [[], ["a"], [a], [<<"a">>], [["a", "b"]], "ab", [{}], ["a\0"], a, ["a" | b]]] end),  % expect: [ok,ok,ok,ok,ok,
    % expect:  {badarg,badopt},
    % expect:  {badarg,badopt},
    % expect:  {badarg,badopt},
    % expect:  {badarg,badopt},
    % expect:  {badarg,badopt}]
    show(fun() -> [opens({spawn_executable, "/bin/true"}, [{arg0, A}]) || A <- ["a", a, <<"a">>, [], 1, {}, "a\0b"]] end),  % expect: [ok,ok,ok,ok,{badarg,badopt},{badarg,badopt},{badarg,badopt}]
    show(fun() -> lost_directory() end),  % expect: {false,2}
    show(fun() -> files() end).  % expect: {<<"one\ntwo\nthree">>,
    % expect:  [{eol,"one"},{eol,"two"},{noeol,"thre"},{noeol,"e"},eof],
    % expect:  [badarg,badarg,badarg]}

with(Options) -> opens({spawn, "true"}, Options).

opens(Name, Options) ->
    try open_port(Name, Options) of
        Port -> catch port_close(Port), receive {'EXIT', Port, normal} -> ok end
    catch
        error:Reason:Stack ->
            [{erlang, open_port, _, Info} | _] = Stack,
            case proplists:get_value(error_info, Info) of
                #{cause := Cause} -> {Reason, Cause};
                _ -> Reason
            end
    end.

%% The program ends with the number of the error.
lost_directory() ->
    Port = open_port({spawn, "cat"}, [{cd, "/nonexistent"}, exit_status, stderr_to_stdout]),
    exit_status(Port, []).

exit_status(Port, Said) ->
    receive
        {Port, {data, Data}} -> exit_status(Port, Said ++ Data);
        {Port, {exit_status, Status}} -> {Said =/= [], Status}
    end.

files() ->
    Name = filename:join(os:getenv("TMPDIR", "/tmp"), "port_of_a_file." ++ os:getpid()),
    Out = open_port(Name, [out]),
    true = port_command(Out, "one\ntwo\nthree"),
    true = port_close(Out),
    {ok, Written} = written(Name, 100),
    In = open_port(list_to_atom(Name), [in, {line, 4}, eof]),
    Read = lines(In),
    Refused = [opens(Name, [O]) || O <- [exit_status, {args, []}, {arg0, "a"}]],
    ok = file:delete(Name),
    {Written, Read, Refused}.

written(Name, Left) ->
    case file:read_file(Name) of
        {ok, <<>>} when Left > 0 -> timer:sleep(10), written(Name, Left - 1);
        Other -> Other
    end.

lines(Port) ->
    receive
        {Port, {data, Line}} -> [Line | lines(Port)];
        {Port, eof} -> port_close(Port), [eof]
    end.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% Functions that few programs call, of several modules: answers recorded from erl.
-module(library_tail_tests).
-include_lib("eunit/include/eunit.hrl").

socket() ->
    {ok, Socket} = gen_tcp:listen(0, []),
    Socket.

%% Runs with a directory that holds a file with this text.
with_file(Text, Test) ->
    Dir = filename:join("/tmp", "transom_library_tail_" ++ os:getpid()),
    ok = filelib:ensure_dir(filename:join(Dir, "x")),
    ok = file:write_file(filename:join(Dir, "e.erl"), Text),
    try Test(Dir)
    after ok = file:del_dir_r(Dir)
    end.

files_test() ->
    ?assertEqual({error,enotsup}, file:altname("/tmp")),
    ?assertEqual({error,enotsup}, file:altname("/nosuch")),
    ?assertEqual({error,badarg}, file:altname(1)),
    ?assertEqual(true,
                 with_file("X + 1.\n", fun(D) -> file:path_eval(["/nosuch", D], "e.erl", [{'X', 1}]) =:= {ok, filename:join(D, "e.erl")} end)),
    ?assertEqual(true, with_file("ok.\n", fun(D) -> file:path_eval([D], "e.erl", []) =:= {ok, filename:join(D, "e.erl")} end)),
    ?assertEqual({error,enoent}, file:path_eval(["/nosuch"], "e.erl", [])).

jumps_test() ->
    ?assertEqual([307879,442269,83733], [element(1, rand:uniform_s(1000000, rand:jump(rand:seed_s(exro928ss, N)))) || N <- [1, 2, 77]]),
    ?assertEqual(587592,
                 begin {A, S} = rand:seed_s(exro928ss, 5), element(1, rand:uniform_s(1000000, {A, rand:exro928_jump_2pow512(S)})) end),
    ?assertEqual(256230,
                 begin {A, S} = rand:seed_s(exro928ss, 5), element(1, rand:uniform_s(1000000, {A, rand:exro928_jump_2pow512(rand:exro928_next_state(S))})) end).

chunks_test() ->
    ?assertEqual(undefined, code:get_chunk(element(2, code:get_object_code(lists)), "ABCD")),
    ?assertEqual(true, is_binary(code:get_chunk(element(2, code:get_object_code(lists)), "Attr"))),
    ?assertEqual(undefined, code:get_chunk(<<"a">>, "Attr")).

addresses_test() ->
    ?assertEqual([{ok,{127,0,0,1}},{ok,{1,2,3,4}},{ok,{127,0,0,1}}], [inet:ip(A) || A <- ["127.0.0.1", {1, 2, 3, 4}, "localhost"]]),
    ?assertEqual([{127,0,0,1},{0,0,0,0,0,65535,32512,1},{127,0,0,1},{0,0,0,0,0,0,0,1},{0,0,0,0},{0,0,0,0,0,0,0,0},{1,2,3,4},"x"],
                 [inet:translate_ip(A, F) || {A, F} <- [{{127, 0, 0, 1}, inet}, {{0, 0, 0, 0, 0, 65535, 32512, 1}, inet}, {loopback, inet}, {loopback, inet6}, {any, inet}, {any, inet6}, {{1, 2, 3, 4}, inet6}, {"x", inet}]]),
    ?assertEqual({ok,[{addr,{127,0,0,1}},{netmask,{255,0,0,0}}]}, inet:ifget("lo", [addr, netmask])),
    ?assertEqual({ok,[]}, inet:ifget("nosuch", [addr])),
    ?assertEqual({ok,[{addr,{127,0,0,1}}]}, inet:ifget(socket(), "lo", [addr])),
    ?assertEqual({error,einval}, inet:ifget("lo", [foo])),
    ?assertEqual(true, inet:gethostname(socket()) =:= inet:gethostname()),
    ?assertEqual([tos,tclass,priority,reuseaddr,keepalive,dontroute,linger,broadcast,sndbuf,recbuf,nodelay,ipv6_v6only,buffer,header,active,packet,deliver,mode,multicast_if,multicast_ttl,multicast_loop,exit_on_close,high_watermark,low_watermark,high_msgq_watermark,low_msgq_watermark,send_timeout,send_timeout_close,show_econnreset],
                 inet:options()).

sockets_test() ->
    ?assertEqual([{inet_tcp,[]},{inet6_tcp,[]},{inet_tcp,[binary]},{foo,[]}],
                 [inet:tcp_module(O) || O <- [[], [inet6], [inet, binary], [{tcp_module, foo}]]]),
    ?assertEqual({inet_tcp,[]}, inet:tcp_module([], {127, 0, 0, 1})),
    ?assertEqual({inet_udp,[]}, inet:udp_module([])),
    ?assertEqual(true, begin S = socket(), inet:getll(S) =:= {ok, S} end),
    ?assertEqual(true, begin S = socket(), inet:socket_to_list(S) =:= erlang:port_to_list(S) end),
    ?assertEqual({error,einval}, inet:popf(socket())),
    ?assertEqual({error,enotconn}, inet:peernames(socket(), 0)),
    ?assertEqual(true, begin S = socket(), inet:socknames(S, 0) =:= inet:socknames(S) end).

timers_test() ->
    ?assertEqual(true, inet:timeout(inet:start_timer(100)) =< 100),
    ?assertEqual(50, inet:timeout(50, inet:start_timer(100))),
    ?assertEqual(true, inet:timeout(500, inet:start_timer(100)) =< 100),
    ?assertEqual(0, inet:timeout(inet:start_timer(0))),
    ?assertEqual(true, inet:stop_timer(inet:start_timer(1000)) =< 1000),
    ?assertEqual(false, inet:start_timer(infinity)),
    ?assertEqual(false, inet:stop_timer(false)),
    ?assertEqual(infinity, inet:timeout(false)),
    ?assertEqual(5, inet:timeout(5, false)).

%% decode_packet: normal.
-module(bif_decode_packet_normal).
-compile([export_all, nowarn_export_all]).

start() ->
    show(fun() -> erlang:decode_packet(raw, <<1, 2>>, []) end),  % expect: {ok,<<1,2>>,<<>>}
    show(fun() -> erlang:decode_packet(1, <<1, 1, 2>>, []) end),  % expect: {ok,<<1>>,<<2>>}
    show(fun() -> erlang:decode_packet(2, <<0, 3, 1>>, []) end),  % expect: {more,5}
    show(fun() -> erlang:decode_packet(4, <<0, 0, 0, 2, 1, 2, 3>>, []) end),  % expect: {ok,<<1,2>>,<<3>>}
    show(fun() -> erlang:decode_packet(line, <<"abc\ndef">>, []) end),  % expect: {ok,<<"abc\n">>,<<"def">>}
    show(fun() -> erlang:decode_packet(http, <<"GET /a HTTP/1.1\r\nrest">>, []) end),  % expect: {ok,{http_request,'GET',{abs_path,"/a"},{1,1}},<<"rest">>}
    show(fun() -> erlang:decode_packet(http_bin, <<"HTTP/1.1 404 Not Found\r\n">>, []) end),  % expect: {ok,{http_response,{1,1},404,<<"Not Found">>},<<>>}
    show(fun() -> erlang:decode_packet(httph, <<"host: a\r\n\r\n">>, []) end),  % expect: {ok,{http_header,14,'Host',"host","a"},<<"\r\n">>}
    show(fun() -> erlang:decode_packet(httph_bin, <<"foo-bar: v \r\n\r\n">>, []) end),  % expect: {ok,{http_header,0,<<"Foo-Bar">>,<<"foo-bar">>,<<"v ">>},<<"\r\n">>}
    show(fun() -> erlang:decode_packet(asn1, <<48, 3, 1, 2, 3, 4>>, []) end),  % expect: {ok,<<48,3,1,2,3>>,<<4>>}
    show(fun() -> erlang:decode_packet(sunrm, <<128, 0, 0, 2, 1, 2, 3>>, []) end),  % expect: {ok,<<128,0,0,2,1,2>>,<<3>>}
    show(fun() -> erlang:decode_packet(cdr, <<"GIOP", 1, 0, 0, 0, 0, 0, 0, 2, 7, 8, 9>>, []) end),  % expect: {ok,<<71,73,79,80,1,0,0,0,0,0,0,2,7,8>>,<<"\t">>}
    show(fun() -> erlang:decode_packet(fcgi, <<1, 1, 0, 1, 0, 3, 2, 0, "abcppx">>, []) end),  % expect: {ok,<<1,1,0,1,0,3,2,0,97,98,99>>,<<"x">>}
    show(fun() -> erlang:decode_packet(tpkt, <<3, 0, 0, 6, 1, 2, 3>>, []) end),  % expect: {ok,<<3,0,0,6,1,2>>,<<3>>}
    show(fun() -> erlang:decode_packet(ssl_tls, <<22, 3, 1, 0, 2, 1, 2, 9>>, []) end).  % expect: {ok,{ssl_tls,[],22,{3,1},<<1,2>>},<<"\t">>}

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

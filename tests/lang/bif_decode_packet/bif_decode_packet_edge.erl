%% decode_packet: edge.
-module(bif_decode_packet_edge).
-compile([export_all, nowarn_export_all]).

start() ->
    show(fun() -> erlang:decode_packet(raw, <<>>, []) end),  % expect: {more,undefined}
    show(fun() -> erlang:decode_packet(1, <<5, 1>>, []) end),  % expect: {more,6}
    show(fun() -> erlang:decode_packet(2, <<0>>, []) end),  % expect: {more,undefined}
    show(fun() -> erlang:decode_packet(1, <<1:3>>, []) end),  % expect: {more,undefined}
    show(fun() -> erlang:decode_packet(line, <<"abcdef\n">>, [{line_length, 3}]) end),  % expect: {ok,<<"abc">>,<<"def\n">>}
    show(fun() -> erlang:decode_packet(line, <<"ab;d">>, [{line_delimiter, $;}]) end),  % expect: {ok,<<"ab;">>,<<"d">>}
    show(fun() -> erlang:decode_packet(http, <<"GET http://h.x:80/p?q HTTP/1.1\r\n">>, []) end),  % expect: {ok,{http_request,'GET',{absoluteURI,http,"h.x",80,"/p?q"},{1,1}},<<>>}
    show(fun() -> erlang:decode_packet(http, <<"CONNECT h:443 HTTP/1.1\r\n">>, []) end),  % expect: {ok,{http_request,"CONNECT",{scheme,"h","443"},{1,1}},<<>>}
    show(fun() -> erlang:decode_packet(http, <<"GET /a\r\n">>, []) end),  % expect: {ok,{http_request,'GET',{abs_path,"/a"},{0,9}},<<>>}
    show(fun() -> erlang:decode_packet(http, <<"\r\nGET / HTTP/1.1\r\n">>, []) end),  % expect: {ok,{http_error,"\r\n"},<<"GET / HTTP/1.1\r\n">>}
    show(fun() -> erlang:decode_packet(httph, <<"Host: a\r\n b\r\n\r\n">>, []) end),  % expect: {ok,{http_header,14,'Host',"Host","a\r\n b"},<<"\r\n">>}
    show(fun() -> erlang:decode_packet(httph, <<"Host: a\r\n">>, []) end),  % expect: {more,undefined}
    show(fun() -> erlang:decode_packet(httph, <<"\n">>, []) end),  % expect: {ok,http_eoh,<<>>}
    show(fun() -> erlang:decode_packet(httph, <<":x\r\n\r\n">>, []) end),  % expect: {ok,{http_header,0,[],[],"x"},<<"\r\n">>}
    show(fun() -> erlang:decode_packet(asn1, <<31, 129, 1, 2, 9, 9, 9>>, []) end).  % expect: {ok,<<31,129,1,2,9,9>>,<<"\t">>}

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% decode_packet: error.
-module(bif_decode_packet_error).
-compile([export_all, nowarn_export_all]).

start() ->
    show(fun() -> erlang:decode_packet(foo, <<>>, []) end),  % expect: error badarg
    show(fun() -> erlang:decode_packet(1, abc, []) end),  % expect: error badarg
    show(fun() -> erlang:decode_packet(1, <<1>>, [foo]) end),  % expect: error badarg
    show(fun() -> erlang:decode_packet(1, <<1>>, [{packet_size, -1}]) end),  % expect: error badarg
    show(fun() -> erlang:decode_packet(1, <<1>>, foo) end),  % expect: error badarg
    show(fun() -> erlang:decode_packet(3, <<1>>, []) end),  % expect: error badarg
    show(fun() -> erlang:decode_packet(4, <<255, 255, 255, 255, 1>>, []) end),  % expect: {error,invalid}
    show(fun() -> erlang:decode_packet(4, <<0, 0, 0, 9, 1>>, [{packet_size, 8}]) end),  % expect: {error,invalid}
    show(fun() -> erlang:decode_packet(http, <<"GET\r\n">>, []) end),  % expect: {ok,{http_error,"GET\r\n"},<<>>}
    show(fun() -> erlang:decode_packet(httph, <<"nocolon\r\n\r\n">>, []) end),  % expect: {ok,{http_error,"nocolon\r\n"},<<"\r\n">>}
    show(fun() -> erlang:decode_packet(tpkt, <<4, 0, 0, 6, 1, 2, 3>>, []) end),  % expect: {error,invalid}
    show(fun() -> erlang:decode_packet(cdr, <<"XIOP", 1, 0, 1, 0, 2, 0, 0, 0, 7, 8, 9>>, []) end).  % expect: {error,invalid}

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

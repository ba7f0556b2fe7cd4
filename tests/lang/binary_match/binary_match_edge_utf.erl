%% binary match: edge, utf.
-module(binary_match_edge_utf).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin <<A/utf8, B/utf8, R/binary>> = id(<<"åx!"/utf8>>), {A, B, R} end end),  % expect: {229,120,<<"!">>}
    show(fun() -> begin <<A/utf16, R/binary>> = id(<<16#D83D:16, 16#DE00:16, 1>>), {A, R} end end),  % expect: {128512,<<1>>}
    show(fun() -> begin <<A/utf32-little>> = id(<<955:32/little>>), A end end).  % expect: 955

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

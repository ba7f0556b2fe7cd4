%% binary match: error.
-module(binary_match_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin <<A:16>> = id(<<1>>), A end end),  % expect: error {badmatch,<<1>>}
    show(fun() -> begin <<A/utf8>> = id(<<255>>), A end end),  % expect: error {badmatch,<<"ÿ">>}
    show(fun() -> begin <<_:3/binary>> = id(<<"ab">>) end end),  % expect: error {badmatch,<<"ab">>}
    show(fun() -> begin <<A>> = id("a"), A end end).  % expect: error {badmatch,"a"}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% term_to_binary: minor versions 0 and 1 write atoms of Latin-1 characters in Latin-1, version 0 writes floats as text.
-module(minor_versions).
-export([start/0]).

start() ->
    show(fun() -> [term_to_binary(A, [{minor_version, V}]) || A <- [a, 'é', 'ā', ''], V <- [0, 1]] end),  % expect: [<<131,100,0,1,97>>,
    % expect:  <<131,100,0,1,97>>,
    % expect:  <<131,100,0,1,233>>,
    % expect:  <<131,100,0,1,233>>,
    % expect:  <<131,119,2,196,129>>,
    % expect:  <<131,119,2,196,129>>,
    % expect:  <<131,100,0,0>>,
    % expect:  <<131,100,0,0>>]
    show(fun() -> [term_to_binary(1.5, [{minor_version, V}]) || V <- [0, 1, 2]] end),  % expect: [<<131,99,49,46,53,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,48,
    % expect:    101,43,48,48,0,0,0,0,0>>,
    % expect:  <<131,70,63,248,0,0,0,0,0,0>>,
    % expect:  <<131,70,63,248,0,0,0,0,0,0>>]
    show(fun() -> [term_to_binary('ā', [{minor_version, V}]) || V <- [0, 1, 2]] end),  % expect: [<<131,119,2,196,129>>,<<131,119,2,196,129>>,<<131,119,2,196,129>>]
    show(fun() -> [erlang:external_size({'é', 1.5}, [{minor_version, V}]) || V <- [0, 1]] end),  % expect: [39,16]
    show(fun() -> [binary_to_term(term_to_binary({a, 'é', 'ā', 1.5}, [{minor_version, V}])) || V <- [0, 1, 2]] end),  % expect: [{a,é,'ā',1.5},{a,é,'ā',1.5},{a,é,'ā',1.5}]
    show(fun() -> term_to_binary(a, [{minor_version, 3}]) end).  % expect: error badarg

show(F) ->
    try F() of
        V -> io:format("~tp~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

%% Calls of built-in functions that take long: normal, each gives what a short one would.
% gc-stress: 20000
-module(long_calls_normal).
-export([start/0, id/1]).

-define(N, 30000).

start() ->
    L = lists:seq(1, ?N),
    B = binary:copy(<<"abcabd">>, 100000),
    show(fun() -> digits() end),  % expect: [8161276,52689958,50965576,57325755,true,true,true,true]
    show(fun() -> objects(set) end),  % expect: {false,true,48344054,30002,0}
    show(fun() -> objects(duplicate_bag) end),  % expect: {false,true,43746358,30002,0}
    show(fun() -> hd(lists:reverse(id(L))) end),  % expect: 30000
    show(fun() -> length(id(L) ++ [x]) end),  % expect: 30001
    show(fun() -> length(id(L) -- lists:seq(1, ?N, 2)) end),  % expect: 15000
    show(fun() -> {lists:member(?N, id(L)), lists:member(x, id(L))} end),  % expect: {true,false}
    show(fun() -> lists:keyfind(?N, 1, [{I, I * 2} || I <- id(L)]) end),  % expect: {30000,60000}
    show(fun() -> binary_to_term(term_to_binary(id(L))) =:= L end),  % expect: true
    show(fun() -> byte_size(list_to_binary(lists:duplicate(?N, [$x, <<"yz">>]))) end),  % expect: 90000
    show(fun() -> iolist_size([B | B]) end),  % expect: 1200000
    show(fun() -> length(binary_to_list(B)) end),  % expect: 600000
    show(fun() -> {length(binary:matches(B, <<"bd">>)), binary:match(B, <<"zz">>)} end),  % expect: {100000,nomatch}
    show(fun() -> length(binary:split(B, <<"bd">>, [global])) end),  % expect: 100001
    show(fun() -> {erlang:phash2(L), erlang:crc32(B), erlang:adler32(B)} end),  % expect: {48344054,800951091,1440740031}
    show(fun() -> binary:decode_unsigned(erlang:md5(B)) end),  % expect: 180577924051356213109182061406580028767
    show(fun() -> map_size(maps:from_list([{I, I} || I <- L])) end),  % expect: 30000
    show(fun() -> lists:sum(maps:values(maps:from_keys(L, 2))) end),  % expect: 60000
    show(fun() -> tuple_size(list_to_tuple(id(L))) end),  % expect: 30000
    show(fun() -> length(unicode:characters_to_list(B)) end).  % expect: 600000

digits() ->
    N = (1 bsl 70000) - 1,
    [erlang:phash2(D) || D <- [integer_to_list(N), integer_to_list(N, 16), integer_to_binary(-N), integer_to_binary(N, 36)]]
        ++ [N =:= list_to_integer(integer_to_list(N)), N =:= binary_to_integer(integer_to_binary(N)), N =:= list_to_integer(integer_to_list(N, 2), 2),
            N =:= binary_to_integer(integer_to_binary(N, 7), 7)].

objects(Type) ->
    T = ets:new(t, [Type]),
    L = lists:seq(1, ?N),
    true = ets:insert(T, {a, L, x}),
    Again = ets:insert_new(T, {a, L}),
    New = ets:insert_new(T, {b, L}),
    [{a, L, x} | _] = ets:lookup(T, a),
    X = ets:lookup_element(T, b, 2),
    true = ets:insert(T, [{I} || I <- L]),
    Size = ets:info(T, size),
    true = ets:delete_all_objects(T),
    {Again, New, erlang:phash2(X), Size, ets:info(T, size)}.

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.

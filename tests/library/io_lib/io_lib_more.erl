%% Functions of io_lib without a test elsewhere: builders, continuations, limits.
-module(io_lib_more).
-include("../show.hrl").

start() ->
    show(fun() -> [lists:flatten(io_lib:fwrite("~p", [a])), lists:flatten(io_lib:fwrite("~p", [a], [{chars_limit, 5}]))] end),  % expect: ["a","a"]
    show(fun() -> lists:flatten(io_lib:fwrite("~p", [lists:seq(1, 100)], [{chars_limit, 20}])) end),  % expect: "[1,2,3,4,5,6,7,8|...]"
    show(fun() -> lists:flatten(io_lib:format("~p ~p", [lists:seq(1, 100), "abc"], [{chars_limit, 30}])) end),  % expect: "[1,2,3,4,5|...] \"abc\""
    show(fun() -> io_lib:fwrite("~p", []) end),  % expect: error badarg
    show(fun() -> lists:flatten(io_lib:fwrite("~p", [a], [nonsense])) end),  % expect: "a"
    show(fun() -> lists:flatten(io_lib:build_text(io_lib:scan_format("~p-~s", [a, "b"]))) end),  % expect: "a-b"
    show(fun() -> lists:flatten(io_lib:build_text(io_lib:scan_format("~p-~s", [lists:seq(1, 100), "b"]), [{chars_limit, 10}])) end),  % expect: "[...]-b"
    show(fun() -> [io_lib:deep_unicode_char_list(X) || X <- [[1078, [8364]], "abc", [-1], [1114112], foo, [a], [<<"b">>], [55296]]] end),  % expect: [true,true,false,false,false,false,false,false]
    show(fun() -> [lists:flatten(io_lib:format_prompt(P, E)) || P <- ["text", 'atom', {format, "~p", [1]}, <<"bin">>, 17], E <- [unicode, latin1]] end),  % expect: ["text","text","atom","atom","1","1","bin","bin","17","17"]
    show(fun() -> [catch lists:flatten(io_lib:write(T, D, E)) || T <- [{a, [b, [c, {d}]]}, "str", <<1, 2, 3>>], D <- [-1, 3, 1, 0], E <- [false, true]] end),  % expect: ["{a,[b,[c,{d}]]}","{a,[b,[c,{d}]]}","{a,[...]}","{a,[...]}","{...}","{...}","...","...","[115,116,114]","\"str\"","[115,116|...]","\"str\"","[...]","[...]","...","...","<<1,2,3>>","<<1,2,3>>","<<1,2,...>>","<<1,2,...>>","<<...>>","<<...>>","...","..."]
    show(fun() -> [lists:flatten(io_lib:write(T, O)) || T <- [{a, [b, [c, {d}]]}, 'жук'], O <- [[{depth, 3}], [{encoding, latin1}], [{encoding, unicode}], [{chars_limit, 8}]]] end),  % expect: ["{a,[...]}","{a,[b,[c,{d}]]}","{a,[b,[c,{d}]]}","{a,[...]}",[39,1078,1091,1082,39],"'\\x{436}\\x{443}\\x{43A}'",[39,1078,1091,1082,39],[39,1078,1091,1082,39]]
    show(fun() -> io_lib:write_string("a\"b\n", $') end),  % expect: "'a\"b\\n'"
    show(fun() -> [io_lib:write_string(S, Q) || S <- ["x'y", "\e\t\0", [1078]], Q <- [$", $']] end),  % expect: ["\"x'y\"","'x\\'y'","\"\\e\\t\\000\"","'\\e\\t\\000'",[34,1078,34],[39,1078,39]]
    show(fun() -> [io_lib:write_string_as_latin1(S, $') || S <- ["x'y", [1078], [200]]] end),  % expect: ["'x\\'y'","'\\x{436}'","'È'"]
    show(fun() -> [io_lib:write_unicode_string(S) || S <- ["abc", [1078, $"], "\n"]] end),  % expect: ["\"abc\"",[34,1078,92,34,34],"\"\\n\""]
    show(fun() -> [lists:flatten(element(1, io_lib:write_binary(B, D, L))) || B <- [<<>>, <<1, 2, 3, 4, 5>>, <<1:3>>, <<255, 1:3>>], D <- [-1, 3, 1], L <- [-1]] end),  % expect: ["<<>>","<<>>","<<>>","<<1,2,3,4,5>>","<<1,2,...>>","<<...>>","<<1:3>>","<<1:3>>","<<...>>","<<255,1:3>>","<<255,1:3>>","<<...>>"]
    show(fun() -> io_lib:collect_line(start, "abc\ndef", latin1, x) end),  % expect: {stop,"abc\n","def"}
    show(fun() -> io_lib:collect_line(start, "abc", latin1, x) end),  % expect: "cba"
    show(fun() -> io_lib:collect_line(start, <<"abc\ndef">>, unicode, x) end),  % expect: {stop,<<"abc\n">>,<<"def">>}
    show(fun() -> io_lib:collect_line(start, eof, unicode, x) end),  % expect: {stop,eof,eof}
    show(fun() -> io_lib:collect_chars(start, "abcdef", latin1, 3) end),  % expect: {stop,"abc","def"}
    show(fun() -> io_lib:collect_chars(start, <<"abcdef">>, unicode, 3) end),  % expect: {stop,<<"abc">>,<<"def">>}
    show(fun() -> io_lib:collect_chars(start, eof, unicode, 3) end),  % expect: {stop,eof,eof}
    show(fun() -> continued(fun(C, Data) -> io_lib:collect_chars(C, Data, unicode, 5) end, ["ab", "cd", "efg"]) end),  % expect: {stop,"abcde","fg"}
    show(fun() -> continued(fun(C, Data) -> io_lib:collect_line(C, Data, unicode, x) end, ["ab", "cd\n", "efg"]) end),  % expect: {stop,"abcd\n",[]}
    show(fun() -> io_lib:get_until(start, "a. b", latin1, {erl_scan, tokens, [1]}) end),  % expect: {stop,{ok,[{atom,1,a},{dot,1}],1},"b"}
    show(fun() -> io_lib:get_until(start, <<"a. b">>, unicode, {erl_scan, tokens, [1]}) end),  % expect: {stop,{ok,[{atom,1,a},{dot,1}],1},"b"}
    show(fun() -> io_lib:get_until(start, eof, latin1, {erl_scan, tokens, [1]}) end),  % expect: {stop,{eof,1},eof}
    show(fun() -> continued(fun(C, Data) -> io_lib:get_until(C, Data, latin1, {erl_scan, tokens, [1]}) end, ["a", "b. ", "c"]) end).  % expect: {stop,{ok,[{atom,1,ab},{dot,1}],1},[]}

continued(F, Data) -> continued(F, start, Data).
continued(_, C, []) -> {more, is_function(C) orelse is_tuple(C) orelse is_list(C) orelse is_binary(C)};
continued(F, C, [D | Ds]) ->
    case F(C, D) of
        {stop, R, Rest} -> {stop, R, Rest};
        New -> continued(F, New, Ds)
    end.

%% Empty names, endings that are the whole name, names that are no text beside binaries.
-module(filename_beside).
-include("../show.hrl").

start() ->
    show(fun() -> [filename:join(A, B) || A <- ["", <<>>, "a"], B <- ["", <<>>, "b", '']] end),  % expect: [[],<<>>,"/b",[],<<>>,<<>>,<<"/b">>,<<>>,"a",<<"a">>,"a/b","a"]
    show(fun() -> [filename:absname(A, B) || A <- ["", <<>>, "a"], B <- ["", <<>>, "/b"]] end),  % expect: [[],<<>>,"/b",<<>>,<<>>,<<"/b">>,"/a",<<"/a">>,"/b/a"]
    show(fun() -> [filename:basename(A, B) || {A, B} <- [{"foo", "foo"}, {"foo.erl", ".erl"}, {".erl", ".erl"}, {"a/foo", "foo"}, {foo, <<"o">>}, {"foo", <<"o">>}, {<<"foo">>, "o"}, {<<"foo">>, <<"foo">>}, {foo, o}, {"foo/", "o"}, {"/", ""}]] end),  % expect: [[],"foo",[],[],"foo",<<"fo">>,<<"fo">>,<<>>,"fo","foo",[]]
    show(fun() -> [filename:rootname(A, B) || {A, B} <- [{"foo", "foo"}, {"a.b", ".b"}, {"a.b", <<".b">>}, {<<"a.b">>, ".b"}, {["a", <<"b">>], <<"b">>}]] end),  % expect: [[],"a",<<"a">>,<<"a">>,<<"a">>]
    show(fun() -> filename:join(<<"a">>, [{a, 1}]) end),  % expect: error badarg
    show(fun() -> filename:join(<<"a">>, ["b", $/, <<"c">>]) end),  % expect: <<"a/b/c">>
    show(fun() -> filename:append([{a, 1}], <<"b">>) end),  % expect: error badarg
    show(fun() -> filename:basename(<<"a">>, [{a, 1}]) end),  % expect: error badarg
    show(fun() -> filename:rootname([{a, 1}], "b") end),  % expect: error function_clause
    show(fun() -> filename:rootname(<<"a">>, [{a, 1}]) end).  % expect: error badarg

%% The functions that an I/O server calls to gather input: collect_line/3 and get_until/3 as terms of a continuation.
-module(io_lib_collect).
-export([word/2]).
-include("../show.hrl").

start() ->
    show(fun() -> io_lib:collect_line([], "abc", unused) end),  % expect: "cba"
    show(fun() -> io_lib:collect_line([], "one\ntwo", unused) end),  % expect: {stop,"one\n","two"}
    show(fun() -> io_lib:collect_line(start, "one\ntwo", list, unicode) end),  % expect: {stop,"one\n","two"}
    show(fun() -> io_lib:get_until([], "abc. d", {?MODULE, word, []}) end),  % expect: {stop,{word,"abc. d"},[]}
    show(fun() -> io_lib:get_until([], eof, {?MODULE, word, []}) end).  % expect: {stop,eof,[]}

word(_, eof) -> {done, eof, []};
word(_, Text) -> {done, {word, Text}, []}.

-file("fl2x.erl",1).
-module(file_attribute_lines).
-export([main/1]).
main(_) -> io:format("~p~n", [{?LINE, ?FILE}]), R = try error(a) catch _:_:S -> hd(S) end, io:format("~p~n", [R]).
-file("b.erl", 20).
g() -> ?LINE.
-file("c.erl",
   30).
h() -> ?LINE + x.

-module(format_more).
-export([a/0]).
a() -> io:format("~p"), io:format("abc"), io:format("~n"), io:format("~10"), io:format("~*"), io:format("~.p"), io:format("~3.3p", [1]).
b() -> io:format("~tn~n", []), io:format("~ln", []), io:format("~tw~tW~tP~ts~tc", [1,2,3,4,5,6,7]), io:format("~ti", [1]), io:format("~tb", [1]), io:format("~tx", [1,2]), io:format("~te", [1]), io:format("~t~", []).
c() -> io:format("~lw", [1]), io:format("~lP", [1, 2]), io:format("~ls", [1]), io:format("~lc", [1]), io:format("~ltp", [1]), io:format("~tlp", [1]), io:format("~ttp", [1]), io:format("~llp", [1]).
d() -> io:format("~#~+", [1,2]), io:format("~.16#", [1]), io:format("~.*#", [1, 2]), io:format("~*p", [1, 2]), io:format("~-10p", [1]), io:format("~-*p", [1, 2]), io:format("~--3p", [1]), io:format("~.3.cp", [1]), io:format("~..cp", [1]), io:format("~..*p", [1,2]).
e(X) -> io:format("~p~p", [1, 2 | X]), io:format("~p~p", [X | X]), io:format("~p", [1, 2 | X]), io:format("~p", [X | [a, b]]), io:format("~p", "ab"), io:format("~p~p", "ab"), io:format("~p", ""), io:format("~p", #{}), io:format("~p", {a}), io:format("~p", <<"a">>), io:format("~p", a), io:format("~p", fun() -> 1 end), io:format("~p", x:y()), io:format("~p", X ++ X), io:format(X, X).
f(X) -> io:format(X, "~p", [1, 2]), io:format("~p", "~p", [1, 2]), io:fwrite("~p~p", [1]), io:fwrite(X, "~p~p", [1]), io_lib:format("~p"), io_lib:format(X, "~p", []), io_lib:fwrite("~p", [1, 2]), io:format(1, 2, 3, 4), io:format(), io_lib:format(), io:fwrite(a), io:format([$~, $p], [1, 2]), io:format([X, $p], [1, 2]), io:format(['~p', "a"], [1]), io:format("~p" ++ "~p", [1]), io:format([126 | "p"], []).
g() -> io:format("~Kp ~kp", [1, fun() -> 1 end]), io:format("~kw", [1]), io:format("~0p~0tp~0.0p", [1, 2, 3]), io:format("~3i", [1]), io:format("~3~", [1]), io:format("~3n"), io:format("~é", []), io:format("~P", [1]), io:format("~W", [1, 2, 3]), io:format("~x", [1]), io:format("~?", []).
-record(r, {a}).
h(X) -> io:format("~p", [Y || Y <- X]), io:format("~p ~p", [#r{}]), format("~p", []), io:format(<<"~p">>, []), io:format('~p', []).
format(_, _) -> ok.
i() -> io:format("~s", [a]), io:format("~s", [1]), io:format("~c", [a]), io:format("~b", [a]), io:format("~s", [[a]]), io:format("~f", [1]), io:format("~i", []), io:format("~ts", [<<"a">>]).
j() -> error_logger:error_msg("~p"), error_logger:error_msg("~p", []), logger:error("~p", []), erlang:display("~p").

-module(format).
-compile(export_all).
a() -> io:format("~p~n", [1, 2]), io:format("~p ~p~n", [1]), io:format("~q~n", [1]), io:format("~p", 1), io:format("~").
b(X) -> io:format("~p~n", X), io:format(X, [1]), io:format(standard_error, "~p", [X, X]), io_lib:format("~p~p", [X]).
c() -> io:fwrite("~s~n", [a]), io:fwrite("~*p", [1]), io:format("~*.*p", [1, 2, 3]), io:format("~10.2.0f", [1.0]).
d() -> io:format("abc", []), io:format("abc", [1]), io:format(abc, [1]), io:format("~c~w~b~B~x~X~e~f~g~i~~~n", []).
e() -> io:format(user, "~p", []), io:format("~tp", []), io:format("~lp", []), io:format("~p" "~p", [1]), error_logger:format("~p", []), error_logger:info_msg("~p", []), io_lib:fwrite("~p", []).
f() -> io:format("~s", [[1]]), io:format(<<"~p">>, [1, 2]), io:format("~ts~p", ["x"]), io:format("~3.p ~p", []).
g() -> io:scan_erl_form(1), io:format(), io:format("~p", [1 | 2]), io:format("~p~p", [1 | x]), io:fread("~d", "~z").

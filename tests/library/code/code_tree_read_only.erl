%% The tree of the library's headers cannot be written.
% reference: OTP 27
-module(code_tree_read_only).
-include("../show.hrl").

start() ->
    show(fun() -> file:write_file(path("x"), "x") end),  % expect: {error,erofs}
    show(fun() -> file:open(path("eunit.hrl"), [append]) end),  % expect: {error,erofs}
    show(fun() -> file:delete(path("eunit.hrl")) end),  % expect: {error,erofs}
    show(fun() -> file:make_dir(path("x")) end).  % expect: {error,erofs}

path(Name) -> filename:join(code:lib_dir(eunit, include), Name).

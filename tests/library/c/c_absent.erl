%% Commands whose work is done by modules that are not there: the installed release has them.
% reference: OTP 27
-module(c_absent).
-include("../show.hrl").

start() ->
    show(fun() -> {undef_in, element(1, called(fun() -> c:y("no_such_file") end))} end),  % expect: {undef_in,yecc}
    show(fun() -> {undef_in, element(1, called(fun() -> c:y("no_such_file", []) end))} end),  % expect: {undef_in,yecc}
    show(fun() -> {undef_in, element(1, called(fun() -> c:xm(no_such_module) end))} end).  % expect: {undef_in,xref}

called(F) ->
    try F()
    catch error:undef:Stack ->
        [{M, N, A, _} | _] = Stack,
        {M, N, A}
    end.

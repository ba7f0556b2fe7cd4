%% Starting an inflation again.
-module(zlib_more).
-include("../show.hrl").

start() ->
    show(fun() -> again() end).  % expect: {<<"hello">>,ok,<<"hello">>}

again() ->
    Z = zlib:open(),
    ok = zlib:inflateInit(Z),
    Data = zlib:compress(<<"hello">>),
    One = iolist_to_binary(zlib:inflate(Z, Data)),
    Reset = zlib:inflateReset(Z),
    Two = iolist_to_binary(zlib:inflate(Z, Data)),
    zlib:close(Z),
    {One, Reset, Two}.

%% Which sizes of a window there are.
-module(zlib_windows).
-include("../show.hrl").

start() ->
    show(fun() -> [said(fun(Z) -> zlib:deflateInit(Z, default, deflated, W, 8, default) end) || W <- [15, -15, 31, 9, -9, 8, -8, 24, 7, 48, -16, a]] end),  % expect: [ok,ok,ok,ok,ok,ok,stream_error,stream_error,bad_windowbits,bad_windowbits,bad_windowbits,bad_windowbits]
    show(fun() -> [said(fun(Z) -> zlib:inflateInit(Z, W) end) || W <- [15, -15, 31, 47, 8, -8, 7, 48, 0, -16, a]] end).  % expect: [ok,ok,ok,ok,ok,ok,bad_windowbits,bad_windowbits,bad_windowbits,bad_windowbits,bad_windowbits]

said(F) -> try F(zlib:open()) catch error:R -> R end.

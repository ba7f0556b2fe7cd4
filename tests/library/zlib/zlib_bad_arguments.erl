%% What the functions of zlib say of arguments that are none.
-module(zlib_bad_arguments).
-include("../bad_arguments.hrl").

start() ->
    show(fun() -> bad(zlib, close, 1) end),  % expect: [{badarg,11}]
    show(fun() -> bad(zlib, compress, 1) end),  % expect: [{badarg,8},{ok,3}]
    show(fun() -> bad(zlib, deflate, 2) end),  % expect: [{badarg,121}]
    show(fun() -> bad(zlib, deflate, 3) end),  % expect: [{badarg,121}]
    show(fun() -> bad(zlib, deflateEnd, 1) end),  % expect: [{badarg,11}]
    show(fun() -> bad(zlib, deflateInit, 1) end),  % expect: [{badarg,11}]
    show(fun() -> bad(zlib, deflateInit, 2) end),  % expect: [{bad_compression_level,110},{badarg,11}]
    show(fun() -> bad(zlib, deflateInit, 6) end),  % expect: [{bad_compression_level,110},{bad_compression_method,11}]
    show(fun() -> bad(zlib, deflateParams, 3) end),  % expect: [{bad_compression_level,110},{bad_compression_strategy,11}]
    show(fun() -> bad(zlib, deflateReset, 1) end),  % expect: [{badarg,11}]
    show(fun() -> bad(zlib, deflateSetDictionary, 2) end),  % expect: [{badarg,121}]
    show(fun() -> bad(zlib, gunzip, 1) end),  % expect: [{badarg,8},{data_error,3}]
    show(fun() -> bad(zlib, gzip, 1) end),  % expect: [{badarg,8},{ok,3}]
    show(fun() -> bad(zlib, inflate, 2) end),  % expect: [{badarg,121}]
    show(fun() -> bad(zlib, inflate, 3) end),  % expect: [{badarg,121}]
    show(fun() -> bad(zlib, inflateEnd, 1) end),  % expect: [{badarg,11}]
    show(fun() -> bad(zlib, inflateInit, 1) end),  % expect: [{badarg,11}]
    show(fun() -> bad(zlib, inflateInit, 2) end),  % expect: [{bad_windowbits,121}]
    show(fun() -> bad(zlib, inflateInit, 3) end),  % expect: [{bad_windowbits,121}]
    show(fun() -> bad(zlib, inflateReset, 1) end),  % expect: [{badarg,11}]
    show(fun() -> bad(zlib, inflateSetDictionary, 2) end),  % expect: [{badarg,121}]
    show(fun() -> bad(zlib, safeInflate, 2) end),  % expect: [{badarg,121}]
    show(fun() -> bad(zlib, set_controlling_process, 2) end),  % expect: [{badarg,121}]
    show(fun() -> bad(zlib, uncompress, 1) end),  % expect: [{badarg,8},{data_error,3}]
    show(fun() -> bad(zlib, unzip, 1) end),  % expect: [{badarg,8},{data_error,3}]
    show(fun() -> bad(zlib, zip, 1) end),  % expect: [{badarg,8},{ok,3}]
    %% Of several that are wrong the first one counts.
    show(fun() -> [init(A) || A <- [[1, deflated, 99, 99, foo], [1, deflated, 15, 99, foo], [1, deflated, 99, 9, foo], [1, deflated, 15, 9, foo], [foo, foo, 1, 1, 1], [1, foo, 99, 99, foo]]] end).  % expect: [bad_windowbits,bad_memlevel,bad_windowbits,bad_compression_strategy,bad_compression_level,bad_compression_method]

init(Args) ->
    Z = zlib:open(),
    try reason(zlib, deflateInit, [Z | Args]) after zlib:close(Z) end.

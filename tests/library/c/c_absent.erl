%% Commands whose work other modules do: the parser generator is not there (the words are this system's own), the cross reference is.
% reference: OTP 27
-module(c_absent).
-include("../show.hrl").
-include("../printed.hrl").

start() ->
    show(fun() -> printed(fun() -> c:y("no_such_file") end) end),  % expect: {ok,"Call to yecc:file/1 in application parsetools failed.\n  help: there is no parser generator here; OTP's `erlc FILE.yrl` writes the parser, or put a module yecc on the code path\n"}
    show(fun() -> printed(fun() -> c:y("no_such_file", []) end) end),  % expect: {ok,"Call to yecc:file/2 in application parsetools failed.\n  help: there is no parser generator here; OTP's `erlc FILE.yrl` writes the parser, or put a module yecc on the code path\n"}
    show(fun() -> printed(fun() -> c:xm(no_such_module) end) end).  % expect: {{error,xref_utils,{no_such_module,no_such_module}},[]}

%% Where scanning stops at what is no token, and which beginnings may go on.
-module(erl_scan_mistakes).
-include("../show.hrl").

start() ->
    show(fun() -> wrong("37#1") end),  % expect: {{1,1},{1,3},"illegal base '37'"}
    show(fun() -> wrong("1#1") end),  % expect: {{1,1},{1,2},"illegal base '1'"}
    show(fun() -> wrong("16#") end),  % expect: {{1,1},{1,4},"illegal integer"}
    show(fun() -> wrong("16#g") end),  % expect: {{1,1},{1,4},"illegal integer"}
    show(fun() -> wrong("1.0e") end),  % expect: {{1,1},{1,5},"illegal float"}
    show(fun() -> wrong("$") end),  % expect: {{1,1},{1,2},"unterminated character"}
    show(fun() -> wrong("$\\") end),  % expect: {{1,1},{1,3},"unterminated character"}
    show(fun() -> wrong("$\\^") end),  % expect: {{1,1},{1,4},"unterminated character"}
    show(fun() -> wrong("$\\xg") end),  % expect: {{1,1},{1,4},"illegal character"}
    show(fun() -> wrong("\"abc") end),  % expect: {{1,1},{1,5},"unterminated string starting with \"abc\""}
    show(fun() -> wrong("'abc") end),  % expect: {{1,1},{1,5},"unterminated atom starting with 'abc'"}
    show(fun() -> wrong("'\\") end),  % expect: {{1,1},{1,3},"unterminated atom starting with ''"}
    show(fun() -> wrong("\"\\xg\" a") end),  % expect: {{1,2},{1,4},"illegal character"}
    show(fun() -> wrong("\"a\nb\\x{110000} c\" d") end),  % expect: {{2,2},{2,12},"illegal character"}
    show(fun() -> wrong("'\\x{d800}' d") end),  % expect: {{1,2},{1,10},"illegal character"}
    show(fun() -> [wrong(T) || T <- ["$\\x{zz} a", "$\\x{} a", "$\\x{110000} a", "\"\\x{4z}\"", "'\\x{41' a"]] end),  % expect: [{{1,1},{1,5},"illegal character"},{{1,1},{1,6},"illegal character"},{{1,1},{1,12},"illegal character"},{{1,2},{1,6},"illegal character"},{{1,2},{1,7},"illegal character"}]
    show(fun() -> [goes_on(T) || T <- ["99#", "16#. e", "16#+", "1.5e b e", "1.5ee", "\"\\x{zz\" e"]] end),  % expect: [done,done,done,done,done,done]
    show(fun() -> [goes_on(T) || T <- ["16#", "1.0e", "1.0e-", "$\\", "$\\x", "$\\x4", "$\\x{4", "$\\^", "\"a\\x", "37#1", "16#g", "$\\xg"]] end).  % expect: [more,more,more,more,more,more,more,more,more,done,done,done]

wrong(Text) ->
    {error, {Place, Module, Reason}, End} = erl_scan:string(Text, {1, 1}),
    {Place, End, lists:flatten(Module:format_error(Reason))}.

goes_on(Text) -> element(1, erl_scan:tokens([], Text, 1)).

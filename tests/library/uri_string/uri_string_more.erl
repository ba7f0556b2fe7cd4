%% Resolving with options.
-module(uri_string_more).
-include("../show.hrl").

start() ->
    show(fun() -> [[caught(fun() -> uri_string:quote(X, S) end) || X <- ["a b", <<"a b/\x{e4}"/utf8>>, <<255>>, <<"a", 255>>, [$a, 16#110000], [], <<>>, "\x{416}", foo, [a]]] || S <- ["", "/"]] end),  % expect: [["a%20b",<<"a%20b%2F%C3%A4">>,{throw,{error,invalid_input,<<"ÿ">>}},{throw,{error,invalid_input,<<"ÿ">>}},{error,function_clause},[],<<>>,"%D0%96",{error,function_clause},{error,badarg}],["a%20b",<<"a%20b/%C3%A4">>,{throw,{error,invalid_input,<<"ÿ">>}},{throw,{error,invalid_input,<<"ÿ">>}},{error,function_clause},[],<<>>,"%D0%96",{error,function_clause},{error,badarg}]]
    show(fun() -> [uri_string:resolve(R, "http://a/b/c/d;p?q", []) || R <- ["g", "../g", "?y", "#s", "/g", "//h"]] end),  % expect: ["http://a/b/c/g","http://a/b/g","http://a/b/c/d;p?y","http://a/b/c/d;p?q#s","http://a/g","http://h"]
    show(fun() -> uri_string:resolve("g", "http://a/b/c", [return_map]) end),  % expect: #{host => "a",path => "/b/g",scheme => "http"}
    show(fun() -> uri_string:resolve(#{path => "g"}, "http://a/b/c", [return_map]) end),  % expect: #{host => "a",path => "/b/g",scheme => "http"}
    show(fun() -> uri_string:resolve(<<"g">>, <<"http://a/b/c">>, []) end),  % expect: <<"http://a/b/g">>
    show(fun() -> uri_string:resolve("g", "relative", []) end).  % expect: {error,invalid_scheme,[]}

caught(F) -> try F() catch C:R -> {C, R} end.

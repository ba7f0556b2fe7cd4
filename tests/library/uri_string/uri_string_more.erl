%% Resolving with options.
-module(uri_string_more).
-include("../show.hrl").

start() ->
    show(fun() -> [uri_string:resolve(R, "http://a/b/c/d;p?q", []) || R <- ["g", "../g", "?y", "#s", "/g", "//h"]] end),  % expect: ["http://a/b/c/g","http://a/b/g","http://a/b/c/d;p?y","http://a/b/c/d;p?q#s","http://a/g","http://h"]
    show(fun() -> uri_string:resolve("g", "http://a/b/c", [return_map]) end),  % expect: #{host => "a",path => "/b/g",scheme => "http"}
    show(fun() -> uri_string:resolve(#{path => "g"}, "http://a/b/c", [return_map]) end),  % expect: #{host => "a",path => "/b/g",scheme => "http"}
    show(fun() -> uri_string:resolve(<<"g">>, <<"http://a/b/c">>, []) end),  % expect: <<"http://a/b/g">>
    show(fun() -> uri_string:resolve("g", "relative", []) end).  % expect: {error,invalid_scheme,[]}

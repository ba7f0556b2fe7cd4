%% Absolute names, user directories, validity.
-module(filename_more).
-include("../show.hrl").

start() ->
    show(fun() -> [filename:absname(F, "/base/dir") || F <- ["a", "/a", "../a", <<"b">>, ""]] end),  % expect: ["/base/dir/a","/a","/base/dir/../a",<<"/base/dir/b">>,"/base/dir"]
    show(fun() -> filename:absname(foo, "/base") end),  % expect: "/base/foo"
    show(fun() -> [filename:basedir(K, "app", #{os => linux}) =/= [] || K <- [user_cache, user_config, user_data, user_log, site_config, site_data]] end),  % expect: [true,true,true,true,true,true]
    show(fun() -> filename:basedir(site_config, "app", #{os => linux}) end),  % expect: ["/etc/xdg/app"]
    show(fun() -> filename:basedir(user_cache, "app", #{os => linux, version => "1.0", author => "me"}) =:= filename:join(filename:basedir(user_cache, "app"), "1.0") end),  % expect: true
    show(fun() -> [filename:validate(F) || F <- ["a/b", <<"a">>, "a\0b", foo, [300], "a\0"]] end).  % expect: [true,true,false,true,true,false]

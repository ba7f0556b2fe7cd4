%% Answers of uri_string on erl.
-module(uri_string_tests).
-include_lib("eunit/include/eunit.hrl").

parse_test() ->
    [?assertEqual({U, Is}, {U, uri_string:parse(U)})
     || {U, Is} <-
            [{"foo://user@example.com:8042/over/there?name=ferret#nose",
              #{scheme => "foo", userinfo => "user", host => "example.com", port => 8042,
                path => "/over/there", query => "name=ferret", fragment => "nose"}},
             {"http://[::1]:80/a", #{scheme => "http", host => "::1", port => 80, path => "/a"}},
             {"", #{path => ""}}, {"a?b", #{path => "a", query => "b"}},
             {"//h", #{host => "h", path => ""}},
             {"mailto:a@b.c", #{scheme => "mailto", path => "a@b.c"}},
             {"http://h:", #{scheme => "http", host => "h", port => undefined, path => ""}},
             {"foo:?", #{scheme => "foo", path => "", query => ""}},
             {"./a:b", #{path => "./a:b"}}, {"#f", #{path => "", fragment => "f"}},
             {"file:///x", #{scheme => "file", host => "", path => "/x"}},
             {<<"foo://u@h/p">>, #{scheme => <<"foo">>, userinfo => <<"u">>,
                                   host => <<"h">>, path => <<"/p">>}}]],
    [?assertEqual({error, invalid_uri, ":"}, uri_string:parse(U))
     || U <- ["http://h:x/", "http://a b/", "1a:b", "http://h/[x]", "http://[zz]/"]],
    ?assertEqual({error, invalid_uri, " "}, uri_string:parse("a b")).

recompose_test() ->
    R = fun uri_string:recompose/1,
    ?assertEqual("a%20b", R(#{path => "a b"})),
    ?assertEqual("//h/a", R(#{host => "h", path => "a"})),
    ?assertEqual("http://u@h:80/a?q=1#f",
                 R(#{scheme => "http", userinfo => "u", host => "h", port => 80,
                     path => "/a", query => "q=1", fragment => "f"})),
    ?assertEqual("//[::1]", R(#{host => "::1", path => []})),
    ?assertEqual("/%C3%A5?%C3%A5=?%23", R(#{path => [$/, 229], query => [229 | "=?#"]})),
    ?assertEqual(<<"//h/p">>, R(#{host => <<"h">>, path => <<"/p">>})),
    ?assertMatch({error, invalid_map, _}, R(#{scheme => "http"})).

normalize_test() ->
    [?assertEqual(Is, uri_string:normalize(U))
     || {U, Is} <- [{"http://%41.com/%7efoo/./../b", "http://A.com/b"},
                    {"HTTP://EX.com:80/a", "http://ex.com/a"},
                    {"http://h?q", "http://h/?q"}, {"x:a//b/../c", "x:a//c"},
                    {"/fo%6f/a/../b?%7e%C3%B6%2f", "/foo/b?~%C3%B6%2F"},
                    {"http://h:443/%41bc", "http://h:443/Abc"},
                    {<<"http://h">>, <<"http://h/">>}]],
    ?assertEqual(#{scheme => "http", host => "h", path => "/a/g"},
                 uri_string:normalize(#{scheme => "http", host => "h", port => 80,
                                        path => "/a/b/c/./../../g"}, [return_map])).

resolve_test() ->
    [?assertEqual({R, Is}, {R, uri_string:resolve(R, "http://a/b/c/d;p?q")})
     || {R, Is} <- [{"g:h", "g:h"}, {"g", "http://a/b/c/g"}, {"./g", "http://a/b/c/g"},
                    {"g/", "http://a/b/c/g/"}, {"/g", "http://a/g"}, {"//g", "http://g"},
                    {"?y", "http://a/b/c/d;p?y"}, {"g?y", "http://a/b/c/g?y"},
                    {"#s", "http://a/b/c/d;p?q#s"}, {";x", "http://a/b/c/;x"},
                    {"", "http://a/b/c/d;p?q"}, {"..", "http://a/b/"},
                    {"../..", "http://a/"}, {"../../../g", "http://a/g"},
                    {"http:g", "http:g"}]],
    ?assertEqual({error, invalid_scheme, ""}, uri_string:resolve("g", "rel/x")).

query_test() ->
    C = fun uri_string:compose_query/1,
    ?assertEqual("foo+bar=1&city=%C3%B6rebro", C([{"foo bar", "1"}, {"city", [246 | "rebro"]}])),
    ?assertEqual(<<"a=1">>, C([{<<"a">>, <<"1">>}])),
    ?assertEqual("a&b=*-._%7E", C([{"a", true}, {"b", "*-._~"}])),
    ?assertEqual([], C([])),
    ?assertEqual({error, invalid_input, a}, C([{a, b}])),
    ?assertEqual("city=%26%2328450%3B",
                 uri_string:compose_query([{"city", [28450]}], [{encoding, latin1}])),
    D = fun uri_string:dissect_query/1,
    ?assertEqual([{"foo bar", "1"}, {"c", [246]}], D("foo+bar=1&c=%C3%B6")),
    ?assertEqual([{<<"a">>, <<"1">>}, {<<"b">>, true}, {<<"c">>, <<>>}], D(<<"a=1&b&c=">>)),
    ?assertEqual([{"a", "b=c"}], D("a=b=c")),
    ?assertEqual([{"\n", "1"}], D("%26%2310;=1")),
    ?assertEqual({error, invalid_percent_encoding, "%zz"}, D("a=%zz")).

percent_test() ->
    ?assertEqual([246 | "re"], uri_string:percent_decode("%C3%B6re")),
    ?assertEqual(<<"ö"/utf8>>, uri_string:percent_decode(<<"%C3%B6">>)),
    ?assertEqual({error, invalid_percent_encoding, <<"%zz">>}, uri_string:percent_decode("%zz")),
    ?assertEqual({error, invalid_utf8, <<246>>}, uri_string:percent_decode("%F6")),
    ?assertEqual("SomeId%2F04", uri_string:quote("SomeId/04")),
    ?assertEqual(<<"SomeId/04">>, uri_string:quote(<<"SomeId/04">>, "/")),
    ?assertEqual("%C3%A5~-._%20%2A", uri_string:quote([229 | "~-._ *"])),
    ?assertEqual("SomeId/04", uri_string:unquote("SomeId%2F04")),
    ?assertEqual("foo%C3%B6bar",
                 uri_string:transcode("foo%F6bar", [{in_encoding, latin1}, {out_encoding, utf8}])),
    ?assertEqual({error, invalid_input, <<246>>},
                 uri_string:transcode("%F6", [{in_encoding, utf8}, {out_encoding, utf8}])).

allowed_characters_test() ->
    A = uri_string:allowed_characters(),
    ?assertEqual("!#$&'()*+,/:;=?@[]", proplists:get_value(reserved, A)),
    ?assertEqual(".0123456789", proplists:get_value(ipv4, A)).

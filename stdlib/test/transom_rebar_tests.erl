%% What a project is, read from directories made for the test.
-module(transom_rebar_tests).
-include_lib("eunit/include/eunit.hrl").

in(Files, Fun) ->
    Dir = filename:join(os:getenv("TMPDIR", "/tmp"), "rebar_tests" ++ os:getpid() ++ integer_to_list(erlang:unique_integer([positive]))),
    [begin
         Name = filename:join(Dir, F),
         ok = filelib:ensure_dir(Name),
         ok = file:write_file(Name, Text)
     end || {F, Text} <- Files],
    try Fun(Dir) after file:del_dir_r(Dir) end.

read(Files, Profiles) -> in(Files, fun(Dir) -> shown(transom_rebar:read(Dir, Profiles), Dir) end).

%% Without the directory's name.
shown({ok, #{units := Units, deps := Deps, notes := Notes}}, Dir) ->
    {[unit(U, Dir) || U <- Units], [N || #{name := N} <- Deps], [cut(lists:flatten(N), Dir) || N <- Notes]};
shown({error, Text}, Dir) -> {error, cut(lists:flatten(Text), Dir)}.

unit(#{name := Name, src := Src, test := Test, options := Options}, Dir) ->
    {Name, [cut(F, Dir) || F <- Src ++ Test], [O || O <- Options, element(1, O) =:= d]}.

cut(Text, Dir) -> lists:flatten(string:replace(Text, Dir ++ "/", "", all)).

app(Name, Deps) -> io_lib:format("{application, ~ts, [{vsn, \"1\"}, {applications, ~tp}]}.~n", [Name, [kernel, stdlib | Deps]]).

sources_of_src_and_below_test() ->
    ?assertEqual({[{"p", ["src/a.erl", "src/sub/b.erl"], []}], [], []},
                 read([{"src/p.app.src", app(p, [])}, {"src/a.erl", ""}, {"src/sub/b.erl", ""}, {"test/a_tests.erl", ""}, {"other/c.erl", ""}], [])).

tests_come_with_their_profile_test() ->
    Config = "{erl_opts, [{d, 'A', 1}]}.\n{profiles, [{test, [{erl_opts, [{d, 'B'}]}]}]}.\n",
    ?assertEqual({[{"p", ["src/a.erl", "test/a_tests.erl"], [{d, 'TEST'}, {d, 'B'}, {d, 'A', 1}]}], [], []},
                 read([{"rebar.config", Config}, {"src/p.app.src", app(p, [])}, {"src/a.erl", ""}, {"test/a_tests.erl", ""}], [test])).

without_src_all_of_it_but_what_others_made_test() ->
    {[{_, Files, []}], [], []} = read([{"a.erl", ""}, {"x/b.erl", ""}, {"_build/default/lib/d/src/d.erl", ""}, {"test/t.erl", ""}], []),
    ?assertEqual(["a.erl", "x/b.erl"], Files).

a_directory_without_its_subdirectories_test() ->
    {[{_, Files, []}], [], []} = read([{"rebar.config", "{src_dirs, [{\"code\", [{recursive, false}]}]}.\n"}, {"code/a.erl", ""}, {"code/x/b.erl", ""}], []),
    ?assertEqual(["code/a.erl"], Files).

dependencies_bring_theirs_test() ->
    Files = [{"rebar.config", "{deps, [x, {y, \"2\"}]}.\n"}, {"src/p.app.src", app(p, [x])}, {"src/a.erl", ""},
             {"_checkouts/x/rebar.config", "{deps, [z]}.\n"}, {"_checkouts/x/src/x.app.src", app(x, [z])}, {"_checkouts/x/src/x.erl", ""},
             {"_build/default/lib/y/src/y.erl", ""}, {"_build/default/lib/z/src/z.erl", ""}, {"_build/default/lib/unused/src/u.erl", ""}],
    {_, Deps, Notes} = read(Files, []),
    ?assertEqual({["x", "y", "z"], []}, {Deps, Notes}).

what_is_missing_is_named_with_who_wants_it_test() ->
    {error, Text} = read([{"rebar.config", "{deps, [x, w]}.\n"}, {"src/a.erl", ""}, {"_checkouts/x/rebar.config", "{deps, [z]}.\n"}, {"_checkouts/x/src/x.erl", ""}], []),
    ?assertMatch("rebar.config depends on w, z (for x), which cannot be found: " ++ _, Text).

tests_may_want_more_test() ->
    Config = "{profiles, [{test, [{deps, [meck_of_nobody]}]}]}.\n",
    {_, [], Notes} = read([{"rebar.config", Config}, {"src/a.erl", ""}], [test]),
    ?assertEqual(["rebar.config: note: its tests want meck_of_nobody, which cannot be found"], Notes).

what_is_not_honoured_is_told_test() ->
    ?assertEqual([plugins, pre_hooks], transom_rebar:unhonoured([{pre_hooks, [x]}, {plugins, [p]}, {post_hooks, []}, {relx, []}])),
    {_, _, Notes} = read([{"rebar.config", "{overrides, [x]}.\n"}, {"src/a.erl", ""}, {"src/g.asn1", ""}, {"src/h.asn1", ""}, {"src/h.erl", ""}], []),
    ?assertEqual(["rebar.config: note: overrides is not honoured", "src/g.asn1: note: nothing is generated from it, and there is no src/g.erl"], Notes).

several_applications_test() ->
    {Units, [], []} = read([{"rebar.config", "{erl_opts, [{d, 'TOP'}]}.\n"}, {"apps/a/src/a.app.src", app(a, [])}, {"apps/a/src/a.erl", ""},
                            {"apps/b/rebar.config", "{erl_opts, [{d, 'OWN'}]}.\n"}, {"apps/b/src/b.app.src", app(b, [a])}, {"apps/b/src/b.erl", ""}], []),
    ?assertEqual([{"a", ["apps/a/src/a.erl"], [{d, 'TOP'}]}, {"b", ["apps/b/src/b.erl"], [{d, 'OWN'}, {d, 'TOP'}]}], Units).

a_configuration_that_cannot_be_read_test() ->
    {error, Text} = read([{"rebar.config", "{erl_opts, [}.\n"}, {"src/a.erl", ""}], []),
    ?assertMatch("rebar.config: 1:" ++ _, Text).

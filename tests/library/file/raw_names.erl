%% Names that are no text: binaries of any bytes, which only the functions for all names answer.
-module(raw_names).
-include("../show.hrl").

start() ->
    logger:set_handler_config(default, level, none),
    N = <<"b", 255>>,
    ok = file:make_dir("raw"),
    show(fun() -> [file:write_file(in(N), "x"), file:read_file(in(N)), element(1, file:read_file_info(in(N))), filelib:is_regular(in(N))] end),  % expect: [ok,{ok,<<"x">>},ok,true]
    show(fun() -> file:write_file("raw/a", ""), [file:list_dir("raw"), lists:sort(element(2, file:list_dir_all("raw")))] end),  % expect: [{ok,["a"]},["a",<<"bÿ">>]]
    show(fun() -> [file:make_symlink(N, "raw/link"), file:read_link("raw/link"), file:read_link_all("raw/link")] end),  % expect: [ok,{error,einval},{ok,<<"bÿ">>}]
    show(fun() -> [file:rename(in(N), "raw/c"), file:read_file("raw/c"), file:copy("raw/c", in(N)), file:delete(in(N)), file:delete(in(N))] end),  % expect: [ok,{ok,<<"x">>},{ok,1},ok,{error,enoent}]
    show(fun() -> [file:write_file(in(N), ""), file:make_dir(in(<<254>>)), file:del_dir_r("raw"), file:read_file_info("raw")] end),  % expect: [ok,ok,ok,{error,enoent}]
    show(fun() -> [file:read_file(<<"a", 0, "b">>), file:make_dir(<<"å"/utf8>>), file:del_dir("å")] end),  % expect: [{error,badarg},ok,ok]
    show(fun() -> whose(fun() -> os:cmd(5) end) end),  % expect: {badarg,[os,cmd,[5]]}
    show(fun() -> whose(fun() -> os:cmd("a\0b") end) end),  % expect: {badarg,[os,cmd,[[97,0,98]]]}
    show(fun() -> whose(fun() -> os:cmd([foo, {bar}], #{}) end) end).  % expect: {badarg,[os,cmd,[[foo,{bar}],#{}]]}

in(Name) -> <<"raw/", Name/binary>>.

whose(F) ->
    try F()
    catch error:R:S -> {R, lists:sublist(tuple_to_list(hd(S)), 3)}
    end.

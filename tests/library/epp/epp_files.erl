%% Encodings of files, the default options of parse_file and open, typed record fields.
-module(epp_files).
-include("../show.hrl").

start() ->
    show(fun() -> epp:read_encoding_from_binary(<<"%% -*- coding: latin-1 -*-\n">>, []) end),  % expect: latin1
    show(fun() -> epp:read_encoding_from_binary(<<"%%\n%% coding: utf-8\n">>, []) end),  % expect: utf8
    show(fun() -> epp:read_encoding_from_binary(<<"%%\n%%\n%% coding: utf-8\n">>, []) end),  % expect: none
    show(fun() -> epp:read_encoding_from_binary(<<"-module(x). % coding: latin-1\n">>, [{in_comment_only, true}]) end),  % expect: latin1
    show(fun() -> epp:read_encoding_from_binary(<<"-define(coding, 1).\ncoding=latin-1\n">>, [{in_comment_only, false}]) end),  % expect: latin1
    show(fun() -> epp:read_encoding_from_binary(<<"no words">>, []) end),  % expect: none
    show(fun() -> epp:read_encoding_from_binary(<<"% coding: koi8-r">>, []) end),  % expect: none
    show(fun() -> epp:read_encoding("/no/such/file.erl") end),  % expect: none
    show(fun() -> in_file("%% coding: latin-1\n", fun(F) -> epp:read_encoding(F) end) end),  % expect: latin1
    show(fun() -> in_file("x(). % coding: latin-1\n", fun(F) -> epp:read_encoding(F, [{in_comment_only, true}]) end) end),  % expect: latin1
    show(fun() -> in_file("x(). coding: latin-1\n", fun(F) -> epp:read_encoding(F, [{in_comment_only, false}]) end) end),  % expect: latin1
    show(fun() -> in_file("%% coding: latin-1\nx", fun(F) -> opened(F, fun(D) -> {epp:set_encoding(D), io:getopts(D)} end) end) end),  % expect: {latin1,[{binary,false},{encoding,latin1}]}
    show(fun() -> in_file("%% no word\nx", fun(F) -> opened(F, fun(D) -> [epp:set_encoding(D), epp:set_encoding(D, latin1), epp:set_encoding(D, utf8)] end) end) end),  % expect: [none,none,none]
    show(fun() -> in_file("-module(m).\nf() -> ok.\n", fun(F) -> {ok, E} = epp:open([{name, F}]), Forms = epp:parse_file(E), ok = epp:close(E), [{element(1, X), element(3, X)} || X <- Forms, element(1, X) =:= attribute, element(3, X) =/= file] end) end),  % expect: [{attribute,module}]
    show(fun() -> in_file("-module(m).\n", fun(F) -> {ok, E} = epp:open([{name, F}]), Forms = [epp:parse_erl_form(E), epp:parse_erl_form(E), epp:parse_erl_form(E)], ok = epp:close(E), [element(1, X) || X <- Forms] end) end),  % expect: [ok,ok,eof]
    show(fun() -> epp:open([{name, "/no/such/file.erl"}]) end),  % expect: {error,enoent}
    show(fun() -> epp:interpret_file_attribute(forms()) end),  % expect: [{attribute,1,file,{"m.erl",1}},{attribute,1,module,m},{attribute,2,file,{"m.hrl",1}},{function,1,f,0,[{clause,1,[],[],[{atom,2,ok}]}]},{attribute,3,file,{"m.erl",3}},{attribute,3,export,[]},{eof,4}]
    show(fun() -> epp:interpret_file_attribute([{attribute, 1, module, m}]) end),  % expect: [{attribute,1,module,m}]
    show(fun() -> epp:normalize_typed_record_fields([{record_field, 1, {atom, 1, a}}]) end),  % expect: not_typed
    show(fun() -> epp:normalize_typed_record_fields(fields()) end),  % expect: {typed,[{record_field,1,{atom,1,a}},{record_field,1,{atom,1,b}}]}
    show(fun() -> {typed, Fields} = epp:normalize_typed_record_fields(fields()), epp:restore_typed_record_fields([{attribute, 1, record, {r, Fields}}, {attribute, 1, type, {{record, r}, fields(), []}}]) end),  % expect: [{attribute,1,record,{r,[{typed_record_field,{record_field,1,{atom,1,a}},{type,1,integer,[]}},{record_field,1,{atom,1,b}}]}}]
    show(fun() -> epp:restore_typed_record_fields([{attribute, 1, record, {r, []}}, {attribute, 2, type, {t, any, []}}, {eof, 3}]) end).  % expect: [{attribute,1,record,{r,[]}},{attribute,2,type,{t,any,[]}},{eof,3}]

fields() ->
    [{typed_record_field, {record_field, 1, {atom, 1, a}}, {type, 1, integer, []}},
     {record_field, 1, {atom, 1, b}}].

forms() ->
    [{attribute, 1, file, {"m.erl", 1}}, {attribute, 1, module, m},
     {attribute, 2, file, {"m.hrl", 1}}, {function, 1, f, 0, [{clause, 1, [], [], [{atom, 2, ok}]}]},
     {attribute, 3, file, {"m.erl", 3}}, {attribute, 3, export, []}, {eof, 4}].

without_file(Forms) -> [F || F <- Forms, element(3, F) =/= file, element(1, F) =/= eof].

opened(File, Do) ->
    {ok, Device} = file:open(File, [read, {encoding, unicode}]),
    try Do(Device) after file:close(Device) end.

in_file(Text, Do) ->
    Name = "epp_files_" ++ os:getpid() ++ ".txt",
    File = filename:join(temporary(), Name),
    ok = file:write_file(File, Text),
    try Do(File) after file:delete(File) end.

temporary() ->
    case os:getenv("TMPDIR") of
        false -> "/tmp";
        Dir -> Dir
    end.

%% Grammars for the tests of the parser generator, each in a directory of its own.
-define(CALCULATOR,
"Header \"%% A calculator\" \"%% in two lines\".
Nonterminals expr list elements uminus.
Terminals '+' '-' '*' '/' '==' '(' ')' ',' integer atom.
Rootsymbol list.
Endsymbol '$end'.
Nonassoc 50 '=='.
Left 100 '+'.
Left 100 '-'.
Left 200 '*'.
Left 200 '/'.
Unary 300 uminus.

list -> elements : '$1'.
elements -> expr : ['$1'].
elements -> expr ',' elements : ['$1' | '$3'].
expr -> expr '+' expr : {'+', '$1', '$3'}.
expr -> expr '-' expr : {'-', '$1', '$3'}.
expr -> expr '*' expr : {'*', '$1', '$3'}.
expr -> expr '/' expr : {'/', '$1', '$3'}.
expr -> expr '==' expr : {'==', '$1', '$3'}.
expr -> uminus.
expr -> '(' expr ')' : '$2'.
expr -> integer : value('$1').
expr -> atom : case '$1' of
        {_, _, boom} -> error(boom);
        {_, _, thrown} -> throw(x);
        {_, _, returned} -> return_error(element(2, '$1'), \"returned\");
        {_, _, Name} -> Name
    end.
uminus -> '-' expr : {neg, '$2'}.

Erlang code.

-export([line/0]).

value({integer, _, V}) -> V.

-spec line() -> pos_integer().
line() -> ?LINE.
").

%% Runs in a new directory, with what is printed.
within(Name, Fun) ->
    Dir = filename:join(os:getenv("TMPDIR", "/tmp"), Name ++ "_" ++ os:getpid() ++ integer_to_list(erlang:unique_integer([positive]))),
    ok = file:make_dir(Dir),
    {ok, Old} = file:get_cwd(),
    ok = file:set_cwd(Dir),
    try Fun() after file:set_cwd(Old), file:del_dir_r(Dir) end.

%% What the generator answers and prints for a text.
made(Text) -> made(Text, [return]).
made(Text, Options) ->
    ok = file:write_file("g.yrl", unicode:characters_to_binary(Text)),
    printed(fun() -> yecc:file("g", Options) end).

%% A parser of it, loaded.
parser(Module, Text) ->
    Name = atom_to_list(Module),
    ok = file:write_file(Name ++ ".yrl", Text),
    Answer = yecc:file(Name, [return]),
    {ok, Module, Code} = compile:file(Name, [binary]),
    {module, Module} = code:load_binary(Module, Name ++ ".erl", Code),
    Answer.

%% Messages may be lists in lists.
flat({error, {At, Module, [Head | _] = Message}}) when is_list(Head) -> {error, {At, Module, lists:flatten(Message)}};
flat({error, {At, Module, Message}}) -> {error, {At, Module, lists:flatten(Module:format_error(Message))}};
flat(Other) -> Other.

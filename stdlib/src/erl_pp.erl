%% Prints abstract code as Erlang source.
%%
%% What has been laid out is a box: {Width, Chars}. Once there is a line break in it the width is {lines, Offset}: how far behind its first
%% column the text goes on. Every part is laid out where it stands when the construct around it is broken over lines; are all parts of a
%% construct on one line then, and do they fit there together, they are put on one line. So each part is laid out once. A column `flat`
%% (a negative indentation) never breaks.
-module(erl_pp).

-export([form/1, form/2, attribute/1, attribute/2, function/1, function/2, guard/1, guard/2, exprs/1, exprs/2, exprs/3,
         expr/1, expr/2, expr/3, expr/4, legalize_vars/1]).
-export_type([hook_function/0, option/0, options/0]).

-type hook_function() :: none | fun((erl_parse:abstract_expr(), integer(), non_neg_integer(), options()) -> io_lib:chars()).
-type option() :: {hook, hook_function()} | {encoding, latin1 | unicode | utf8} | {quote_singleton_atom_types, boolean()}
                | {linewidth, pos_integer()} | {indent, pos_integer()}.
-type options() :: hook_function() | [option()].

%% encoding: what atoms, characters and strings are written in; terms: which lists of numbers are strings in the value of an attribute;
%% given: the options as the caller wrote them, which is what a hook gets.
-record(pp, {hook = none, encoding = latin1, terms = unicode, width = 72, indent = 4, quote = false, given = none}).

%%% Entries

form(Form) -> form(Form, none).

form({attribute, _, _, _} = Form, Options) -> attribute(Form, Options);
form({function, _, _, _, _} = Form, Options) -> function(Form, Options);
form({eof, _}, Options) when is_list(Options); is_function(Options); Options =:= none -> "\n";
form({Severity, _} = Message, _) when Severity =:= error; Severity =:= warning -> io_lib:format("~p\n", [Message]).

attribute(Form) -> attribute(Form, none).

attribute({attribute, _, Name, Value}, Options) ->
    {_, Chars} = attr(Name, Value, settings(Options)),
    [Chars, ".\n"].

function(Form) -> function(Form, none).

function({function, _, Name, _Arity, Clauses}, Options) ->
    S = settings(Options),
    Boxes = [clause(heading(word(atom(Name, S)), Patterns, 0, S), Guard, Body, 0, S) || {clause, _, Patterns, Guard, Body} <- Clauses],
    {_, Chars} = stacked(Boxes, ";", 0),
    [Chars, ".\n"].

guard(Guard) -> guard(Guard, none).

guard([], _) -> [];
guard(Guard, Options) ->
    {_, Chars} = condition(Guard, 0, settings(Options)),
    Chars.

exprs(Exprs) -> exprs(Exprs, 0, none).

exprs(Exprs, Options) -> exprs(Exprs, 0, Options).

exprs(Exprs, Indent, Options) ->
    S = settings(Options),
    I = column(Indent),
    {_, Chars} = filled(items(Exprs, I, S), ",", " ", 0, I, S),
    Chars.

expr(Expr) -> expr(Expr, 0, 0, none).

expr(Expr, Options) -> expr(Expr, 0, 0, Options).

expr(Expr, Indent, Options) -> expr(Expr, Indent, 0, Options).

expr(Expr, Indent, Precedence, Options) ->
    {_, Chars} = expr(Expr, Precedence, column(Indent), settings(Options), box),
    Chars.

settings(Hook) when is_function(Hook); Hook =:= none -> #pp{hook = Hook, given = Hook};
settings(Options) when is_list(Options) ->
    Get = fun(Key, Default) -> proplists:get_value(Key, Options, Default) end,
    Encoding = Get(encoding, epp:default_encoding()),
    #pp{hook = Get(hook, none), encoding = Encoding, terms = Encoding, quote = Get(quote_singleton_atom_types, false),
        width = Get(linewidth, 72), indent = Get(indent, 4), given = Options};
settings(Bad) -> #pp{hook = Bad, given = Bad}.

column(Indent) when Indent < 0 -> flat;
column(Indent) -> Indent.

%%% Variables

%% Names that no source can hold (the record expansion's `rec0`) become ones that the function does not use yet.
legalize_vars({function, Anno, Name, Arity, Clauses}) ->
    Names = variables(Clauses, #{}),
    {New, _} = maps:fold(fun rename/3, {#{}, Names}, maps:filter(fun(V, _) -> not legal(V) end, Names)),
    {function, Anno, Name, Arity, renamed(Clauses, New)}.

variables({var, _, V}, Acc) when is_atom(V) -> Acc#{V => []};
variables(T, Acc) when is_tuple(T) -> variables(tuple_to_list(T), Acc);
variables([H | T], Acc) -> variables(T, variables(H, Acc));
variables(_, Acc) -> Acc.

legal(V) ->
    case atom_to_list(V) of
        [C | _] -> C =:= $_ orelse string:uppercase([C]) =:= [C] andalso string:lowercase([C]) =/= [C];
        [] -> false
    end.

rename(Old, _, {New, Used}) ->
    Name = unused(string:uppercase(atom_to_list(Old)), Used),
    {New#{Old => Name}, Used#{Name => []}}.

unused(Text, Used) ->
    Name = list_to_atom(Text),
    case is_map_key(Name, Used) of
        true -> unused([$X | Text], Used);
        false -> Name
    end.

renamed({var, Anno, V}, New) -> {var, Anno, maps:get(V, New, V)};
renamed(T, New) when is_tuple(T) -> list_to_tuple(renamed(tuple_to_list(T), New));
renamed([H | T], New) -> [renamed(H, New) | renamed(T, New)];
renamed(Other, _) -> Other.

%%% Boxes

word(Chars) -> {string:length(Chars), Chars}.

cat(Boxes) -> {lists:foldl(fun({W, _}, Acc) -> wider(W, Acc) end, 0, Boxes), [C || {_, C} <- Boxes]}.

wider({lines, A}, {lines, B}) -> {lines, A + B};
wider({lines, A}, B) -> {lines, A + B};
wider(A, {lines, B}) -> {lines, A + B};
wider(A, B) -> A + B.

%% A box that is broken and goes on at this offset.
offset(N, Boxes) -> {{lines, N}, [C || {_, C} <- Boxes]}.

%% The column behind something.
behind(flat, _) -> flat;
behind(I, {{lines, Offset}, _}) -> I + Offset;
behind(I, {W, _}) -> I + W;
behind(I, N) -> I + N.

fits(flat, _, _) -> true;
fits(_, {lines, _}, _) -> false;
fits(I, W, S) -> I + W =< S#pp.width.

nl(I) -> {{lines, 0}, [$\n | lists:duplicate(I, $\s)]}.

deeper(I, S) -> behind(I, S#pp.indent).

joined([], _) -> {0, []};
joined([First | Rest], Between) -> cat([First | lists:append([[word(Between), B] || B <- Rest])]).

%% One below the other.
stacked(Boxes, After, flat) -> joined(Boxes, [After, " "]);
stacked([Box], _, _) -> Box;
stacked([First | Rest], After, I) -> offset(0, [First | lists:append([[word(After), nl(I), B] || B <- Rest])]);
stacked([], _, _) -> {0, []}.

%% On one line or one below the other.
listed(Boxes, After, I, S) ->
    {W, _} = Joined = joined(Boxes, [After, " "]),
    case fits(I, W, S) of
        true -> Joined;
        false -> stacked(Boxes, After, I)
    end.

%% On one line, or as many plain items on a line as fit and every other item on its own. Closing is the room that must be left behind the
%% last item. An item is {Kind, Box} or {Kind, Box, After} with a text of its own behind it.
filled(Items, After, Gap, Closing, I, S) ->
    All = [case Item of
               {_, _, _} -> Item;
               {Kind, Box} -> {Kind, Box, After}
           end || Item <- Items],
    {W, _} = Flat = in_a_row(All, Gap),
    case fits(I, wider(W, Closing), S) of
        true -> Flat;
        false when All =:= [] -> offset(-1, []);
        false when tl(All) =:= [] -> Flat;
        false ->
            {Boxes, End} = fill(All, Gap, Closing, start, I, S, []),
            offset(case End of
                       alone -> -2;
                       _ -> End - I
                   end, Boxes)
    end.

in_a_row([{_, Box, _}], _) -> Box;
in_a_row([{_, Box, After} | Rest], Gap) -> cat([Box, word([After, Gap]), in_a_row(Rest, Gap)]);
in_a_row([], _) -> {0, []}.

fill([], _, _, At, _, _, Acc) -> {lists:reverse(Acc), At};
fill([{Kind, {W, _} = Box, After0} | Rest], Gap, Closing, At, I, S, Acc) ->
    {After, Room} = case Rest of
                        [] -> {"", Closing};
                        _ -> {After0, length(After0)}
                    end,
    Plain = Kind =:= plain andalso is_integer(W),
    {Before, From} = if
                         At =:= start -> {word(""), I};
                         Plain, is_integer(At), At + 1 + W + Room =< S#pp.width -> {word(Gap), At + 1};
                         true -> {nl(I), I}
                     end,
    Next = if
               Plain, Rest =:= [] -> From + W;
               Plain -> From + W + Room;
               true -> alone
           end,
    fill(Rest, Gap, Closing, Next, I, S, [word(After), Box, Before | Acc]).

%% Open, items, Close: the items stand behind the opening text.
enclosed(Open, Items, Close, I, S) ->
    cat([Open, filled(Items(behind(I, Open)), ",", " ", length(Close), behind(I, Open), S), word(Close)]).

%% The same with boxes that share no line.
columned(Open, Boxes, Close, I, S) -> enclosed(Open, fun(J) -> [{other, B} || B <- Boxes(J)] end, Close, I, S).

%% `Left Sign Right`: on one line, or the right side below and indented, unless what stands before `=` or `::` is as short as the indentation.
hanging(Left, Sign, Right, I, S) ->
    Head = cat([Left, word([" ", Sign])]),
    {W, _} = Head,
    case I =:= flat orelse (Sign =:= "=" orelse Sign =:= "::") andalso is_integer(W) andalso W + 1 =< S#pp.indent of
        true -> cat([Head, word(" "), Right(behind(behind(I, Head), 1))]);
        false ->
            Below = deeper(I, S),
            {RW, _} = Box = Right(Below),
            case fits(I, wider(wider(W, 1), RW), S) of
                true -> cat([Head, word(" "), Box]);
                false -> offset(S#pp.indent, [Head, nl(Below), Box])
            end
    end.

%%% Forms

attr(Name, Value, S) ->
    case {Name, Value} of
        {module, {M, Vars}} when is_list(Vars) ->
            cat([word("-module("), word(atom(M, S)), word(", "), expr(variable_list(Vars), 0, 8, S, box), word(")")]);
        {record, {Record, Fields}} when is_list(Fields) ->
            Open = word(["-record(", atom(Record, S), ",{"]),
            Box = enclosed(Open, fun(I) -> [{definition_kind(F), definition(F, I, S)} || F <- Fields] end, "}", 0, S),
            cat([Box, word(")")]);
        {Type, {_, _, Args} = T} when is_list(Args), Type =:= type orelse Type =:= opaque orelse Type =:= nominal ->
            type_definition(Type, T, S);
        {Spec, {_, Types}} when is_list(Types), Spec =:= spec orelse Spec =:= callback -> specification(Spec, Value, S);
        {import, {From, Names}} when is_list(Names) -> import(From, Names, S);
        {_, Names} when Name =:= export; Name =:= export_type; Name =:= optional_callbacks -> exports(Name, Names, S);
        {file, {File, Line}} ->
            heading(word("-file"), [value(File, S), value(Line, S)], 0, S);
        _ -> heading(word(["-", atom(Name, S)]), [value(Value, S)], 0, S)
    end.

value(Value, #pp{terms = Encoding}) -> erl_parse:abstract(Value, [{encoding, Encoding}]).

variable_list([V | Vs]) -> {cons, 0, {var, 0, V}, variable_list(Vs)};
variable_list([]) -> {nil, 0}.

exports(Name, Names, S) ->
    case lists:all(fun is_name/1, Names) of
        true -> cat([word(["-", atom(Name, S), "("]), names(Names, string:length(atom(Name, S)) + 2, S), word(")")]);
        false -> heading(word(["-", atom(Name, S)]), [value(Names, S)], 0, S)
    end.

import(From, Names, S) ->
    Open = word("-import("),
    I = behind(0, Open),
    {FW, _} = F = word(atom(From, S)),
    {W, _} = N = names(Names, I, S),
    case fits(I, wider(wider(FW, W), 2), S) of
        true -> cat([Open, F, word(", "), N, word(")")]);
        false -> cat([Open, F, word(","), nl(I), N, word(")")])
    end.

is_name({N, A}) -> is_atom(N) andalso is_integer(A);
is_name(_) -> false.

names(Names, I, S) ->
    Boxes = [word([atom(N, S), "/", integer_to_list(A)]) || {N, A} <- Names],
    {W, _} = Joined = joined(Boxes, ","),
    Inner = behind(I, 1),
    case fits(Inner, W + 1, S) of
        true -> cat([word("["), Joined, word("]")]);
        false -> cat([word("["), stacked(Boxes, ",", Inner), word("]")])
    end.

definition_kind({record_field, _, _}) -> plain;
definition_kind(_) -> other.

%% A field of a record definition: `name = Default :: Type`.
definition({typed_record_field, {record_field, _, Name}, Type}, I, S) ->
    hanging(expr(Name, 0, I, S, box), "::", fun(J) -> type(Type, 0, J, S) end, I, S);
definition({typed_record_field, {record_field, _, Name, Default}, Type}, I, S) ->
    Typed = fun(J) -> hanging(expr(Default, 0, J, S, box), "::", fun(K) -> type(Type, 0, K, S) end, J, S) end,
    hanging(expr(Name, 0, I, S, box), "=", Typed, I, S);
definition({record_field, _, Name}, I, S) -> expr(Name, 0, I, S, box);
definition({record_field, _, Name, Default}, I, S) ->
    hanging(expr(Name, 0, I, S, box), "=", fun(J) -> expr(Default, 0, J, S, box) end, I, S).

type_definition(Kind, {Name, Type, Args}, S) ->
    Open = word(["-", atom_to_list(Kind), " "]),
    I = behind(0, Open),
    Head = arguments(word(atom(Name, S)), Args, I, S),
    cat([Open, hanging(Head, "::", fun(J) -> type(Type, 0, J, S) end, I, S)]).

specification(Kind, {Who, Types}, S) ->
    Name = case Who of
               {F, _} -> atom(F, S);
               {M, F, _} -> [atom(M, S), ":", atom(F, S)]
           end,
    Open = word(["-", atom_to_list(Kind), " ", Name]),
    I = behind(0, Open),
    cat([Open, stacked([signature(T, I, S) || T <- Types], ";", I)]).

signature({type, _, bounded_fun, [Fun, Constraints]}, I, S) ->
    Parts = fun(J) -> listed([constraint(C, J, S) || C <- Constraints], ",", J, S) end,
    conditional(signature(Fun, I, S), Parts, I, S);
signature({type, _, 'fun', [{type, _, product, Args}, Result]}, I, S) ->
    Head = enclosed(word("("), fun(J) -> type_items(Args, J, S) end, ")", I, S),
    hanging(Head, "->", fun(J) -> type(Result, 0, J, S) end, I, S);
signature(Other, I, S) -> type(Other, 0, I, S).

constraint({type, _, constraint, [{atom, _, is_subtype}, [V, Type]]}, I, S) ->
    hanging(type(V, 0, I, S), "::", fun(J) -> type(Type, 0, J, S) end, I, S);
constraint(Other, I, S) -> type(Other, 0, I, S).

%%% Types

type({ann_type, _, [V, Type]}, P, I, S) ->
    {L, Own, R} = erl_parse:type_inop_prec('::'),
    parens(Own < P, fun(J) -> hanging(type(V, L, J, S), "::", fun(K) -> type(Type, R, K, S) end, J, S) end, I);
type({paren_type, _, [Type]}, P, I, S) -> type(Type, P, I, S);
type({type, _, union, Types}, P, I, S) ->
    {_, Own, R} = erl_parse:type_inop_prec('|'),
    Items = fun(J) -> filled([{kind(T), type(T, R, J, S)} || T <- Types], " |", " ", 0, J, S) end,
    parens(Own < P, Items, I);
type({type, _, binary, [{integer, _, 0}, {integer, _, 0}]}, _, _, _) -> word("<<>>");
type({type, _, binary, [Base, Unit]}, _, I, S) ->
    Items = [[word("_:"), type(Base, max_prec(), I, S)] || not is_zero(Base)] ++ [[word("_:_*"), type(Unit, max_prec(), I, S)] || not is_zero(Unit)],
    cat([word("<<"), joined([cat(Item) || Item <- Items], ", "), word(">>")]);
type({type, _, list, [T]}, _, I, S) -> enclosed(word("["), fun(J) -> type_items([T], J, S) end, "]", I, S);
type({type, _, nonempty_list, [T]}, _, I, S) ->
    enclosed(word("["), fun(J) -> type_items([T], J, S) ++ [{other, word("...")}] end, "]", I, S);
type({type, _, nil, []}, _, _, _) -> word("[]");
type({type, _, map, any}, _, _, _) -> word("map()");
type({type, _, map, Pairs}, _, I, S) -> columned(word("#{"), fun(J) -> [pair(T, J, S) || T <- Pairs] end, "}", I, S);
type({type, _, tuple, any}, _, _, _) -> word("tuple()");
type({type, _, tuple, Types}, _, I, S) -> enclosed(word("{"), fun(J) -> type_items(Types, J, S) end, "}", I, S);
type({type, _, record, [{atom, _, Name} | Fields]}, _, I, S) ->
    columned(word(["#", atom(Name, S), "{"]), fun(J) -> [typed_field(F, J, S) || F <- Fields] end, "}", I, S);
type({type, _, 'fun', []}, _, _, _) -> word("fun()");
type({type, _, 'fun', [{type, _, any}, Result]}, _, I, S) ->
    J = behind(I, 4),
    cat([word("fun("), hanging(word("(...)"), "->", fun(K) -> type(Result, 0, K, S) end, J, S), word(")")]);
type({type, _, 'fun', [{type, _, product, _}, _]} = Fun, _, I, S) ->
    cat([word("fun("), signature(Fun, behind(I, 4), S), word(")")]);
type({type, _, range, [From, To]}, P, I, S) ->
    {L, Own, R} = erl_parse:type_inop_prec('..'),
    parens(Own < P, fun(J) -> cat([type(From, L, J, S), word(".."), type(To, R, J, S)]) end, I);
type({remote_type, _, [M, N, Args]}, _, I, S) ->
    arguments(cat([expr(M, 0, I, S, box), word(":"), expr(N, 0, I, S, box)]), Args, I, S);
type({Kind, _, Name, Args}, _, I, S) when Kind =:= type orelse Kind =:= user_type, is_atom(Name), is_list(Args) ->
    arguments(word(atom(Name, S)), Args, I, S);
type({op, _, Op, T}, P, I, S) ->
    {Own, R} = erl_parse:type_preop_prec(Op),
    parens(Own < P, fun(J) -> prefixed(Op, fun(K) -> type(T, R, K, S) end, J) end, I);
type({op, _, Op, Left, Right}, P, I, S) ->
    {L, Own, R} = erl_parse:type_inop_prec(Op),
    parens(Own < P, fun(J) -> infix(type(Left, L, J, S), Op, type(Right, R, J, S), J, S) end, I);
type({atom, _, A}, _, _, #pp{quote = true} = S) -> word(quoted(A, S));
type(Other, P, I, S) -> expr(Other, P, I, S, box).

is_zero({integer, _, 0}) -> true;
is_zero(_) -> false.

type_items(Types, I, S) -> [{kind(T), type(T, 0, I, S)} || T <- Types].

pair({type, _, Kind, [Key, Value]}, I, S) ->
    Sign = case Kind of
               map_field_assoc -> "=>";
               map_field_exact -> ":="
           end,
    hanging(type(Key, 0, I, S), Sign, fun(J) -> type(Value, 0, J, S) end, I, S).

typed_field({type, _, field_type, [Name, Type]}, I, S) ->
    hanging(expr(Name, 0, I, S, box), "::", fun(J) -> type(Type, 0, J, S) end, I, S).

quoted(A, S) ->
    case atom(A, S) of
        [$' | _] = Text -> Text;
        Text -> [$', Text, $']
    end.

%%% Expressions

max_prec() -> erl_parse:max_prec().

expr({atom, _, A}, _, _, S, box) -> word(atom(A, S));
expr({var, _, V}, _, _, _, box) when is_integer(V) -> word(["_", integer_to_list(V)]);
expr({var, _, V}, _, _, _, box) -> word(atom_to_list(V));
expr({char, _, C}, _, _, S, box) -> word(char(C, S));
expr({integer, _, N}, _, _, _, box) -> word(io_lib:write(N));
expr({float, _, F}, _, _, _, box) -> word(io_lib:write(F));
expr({string, _, Text}, _, I, S, box) -> string(Text, I, S);
expr({nil, _}, _, _, _, box) -> word("[]");
expr({cons, _, _, _} = List, _, I, S, box) -> enclosed(word("["), fun(J) -> elements(List, J, S) end, "]", I, S);
expr({tuple, _, Es}, _, I, S, box) -> enclosed(word("{"), fun(J) -> items(Es, J, S) end, "}", I, S);
expr({bin, _, Es}, _, I, S, box) ->
    J = behind(I, 2),
    cat([word("<<"), filled([segment(E, J, S) || E <- Es], ",", "", 0, J, S), word(">>")]);
expr({map, _, Fields}, P, I, S, box) ->
    {_, Own, _} = erl_parse:inop_prec('#'),
    parens(Own < P, fun(J) -> columned(word("#{"), fun(K) -> [field(F, K, S) || F <- Fields] end, "}", J, S) end, I);
expr({map, _, E, Fields}, P, I, S, box) -> update(E, "#{", Fields, P, I, S);
expr({record, _, Name, Fields}, P, I, S, box) when is_atom(Name) ->
    {_, Own, _} = erl_parse:inop_prec('#'),
    parens(Own < P, fun(J) -> columned(word(["#", atom(Name, S), "{"]), fun(K) -> [field(F, K, S) || F <- Fields] end, "}", J, S) end, I);
expr({record, _, E, Name, Fields}, P, I, S, box) -> update(E, ["#", atom(Name, S), "{"], Fields, P, I, S);
expr({record_index, _, Name, Field}, P, I, S, box) ->
    {Own, R} = erl_parse:preop_prec('#'),
    parens(Own < P, fun(J) -> cat([word(["#", atom(Name, S), "."]), expr(Field, R, J, S, box)]) end, I);
expr({record_field, _, E, Name, Field}, P, I, S, box) ->
    {L, Own, R} = erl_parse:inop_prec('#'),
    parens(Own < P, fun(J) -> cat([expr(E, L, J, S, box), word(["#", atom(Name, S), "."]), expr(Field, R, J, S, box)]) end, I);
expr({record_field, _, E, Field}, P, I, S, box) ->
    {L, Own, R} = erl_parse:inop_prec('.'),
    parens(Own < P, fun(J) -> cat([expr(E, L, J, S, box), word("."), expr(Field, R, J, S, box)]) end, I);
expr({call, Anno, {remote, _, {atom, _, erlang}, {atom, _, F} = Name}, Args} = E, P, I, S, box) ->
    case erl_internal:bif(F, length(Args)) of
        true -> expr({call, Anno, Name, Args}, P, I, S, box);
        false -> call(E, P, I, S)
    end;
expr({call, _, _, _} = E, P, I, S, box) -> call(E, P, I, S);
expr({remote, _, M, F}, P, I, S, box) ->
    {L, Own, R} = erl_parse:inop_prec(':'),
    parens(Own < P, fun(J) -> cat([expr(M, L, J, S, box), word(":"), expr(F, R, J, S, box)]) end, I);
expr({'fun', _, {function, F, A}}, _, _, S, box) -> word(["fun ", atom(F, S), "/", integer_to_list(A)]);
expr({'fun', _, {function, M, F, A}}, _, I, S, box) ->
    Part = fun(E) -> expr(E, max_prec(), I, S, box) end,
    cat([word("fun "), Part(M), word(":"), Part(F), word("/"), Part(A)]);
expr({'fun', _, {clauses, Clauses}}, _, I, S, box) -> fun_expr("fun", "", Clauses, I, S);
expr({named_fun, _, Name, Clauses}, _, I, S, box) -> fun_expr("fun ", atom_to_list(Name), Clauses, I, S);
expr({match, _, Left, Right}, P, I, S, box) ->
    {L, Own, R} = erl_parse:inop_prec('='),
    parens(Own < P, fun(J) -> hanging(expr(Left, L, J, S, box), "=", fun(K) -> expr(Right, R, K, S, box) end, J, S) end, I);
expr({maybe_match, _, Left, Right}, _, I, S, box) -> paired(Left, "?=", Right, I, S);
expr({op, _, Op, E}, P, I, S, box) ->
    {Own, R} = erl_parse:preop_prec(Op),
    parens(Own < P, fun(J) -> prefixed(Op, fun(K) -> expr(E, R, K, S, box) end, J) end, I);
expr({op, _, Op, Left, Right}, P, I, S, box) ->
    {L, Own, R} = erl_parse:inop_prec(Op),
    parens(Own < P, fun(J) -> infix(expr(Left, L, J, S, box), Op, expr(Right, R, J, S, box), J, S) end, I);
expr({'catch', _, E}, P, I, S, box) ->
    {Own, R} = erl_parse:preop_prec('catch'),
    parens(Own < P, fun(J) -> catching(fun(K) -> expr(E, R, K, S, box) end, J, S) end, I);
expr({Form, _, _, Qs} = E, _, I, S, box) when is_list(Qs), Form =:= lc orelse Form =:= bc orelse Form =:= mc -> comprehension(E, I, S);
expr({block, _, Es}, _, I, S, box) -> block("begin", Es, [], I, S);
expr({'maybe', _, Es}, _, I, S, box) -> block("maybe", Es, [], I, S);
expr({'maybe', _, Es, {'else', _, Clauses}}, _, I, S, box) -> block("maybe", Es, section("else", Clauses, I, S), I, S);
expr({'if', _, Clauses}, _, I, S, box) ->
    J = deeper(I, S),
    ended([word("if"), below(J), stacked([if_clause(C, J, S) || C <- Clauses], ";", J)], I);
expr({'case', _, E, Clauses}, _, I, S, box) ->
    ended([subject("case", [E], " of", I, S), below(deeper(I, S)), clauses(Clauses, deeper(I, S), S)], I);
expr({'receive', _, Clauses}, _, I, S, box) ->
    ended([word("receive"), below(deeper(I, S)), clauses(Clauses, deeper(I, S), S)], I);
expr({'receive', _, Clauses, Timeout, Body}, _, I, S, box) -> receive_after(Clauses, Timeout, Body, I, S);
expr({'try', _, Es, Clauses, Handlers, After}, _, I, S, box) -> try_expr(Es, Clauses, Handlers, After, I, S);
expr({value, _, Value}, _, _, _, box) -> word(io_lib:format("~p", [Value]));
expr(Unknown, P, I, S, box) -> unknown(Unknown, P, I, S).

call({call, _, F, Args}, P, I, S) ->
    {L, Own} = erl_parse:func_prec(),
    parens(Own < P, fun(J) -> heading(expr(F, L, J, S, box), Args, J, S) end, I).

unknown(Expr, P, I, #pp{hook = Hook, given = Given}) ->
    Column = case I of
                 flat -> -1;
                 _ -> I
             end,
    Chars = case Hook of
                none -> io_lib:format("INVALID-FORM:~0p:", [Expr]);
                {M, F, Extra} -> apply(M, F, [Expr, Column, P, Given | Extra]);
                _ -> Hook(Expr, Column, P, Given)
            end,
    Text = unicode:characters_to_list(Chars),
    case lists:member($\n, Text) of
        true -> {{lines, 0}, Text};
        false -> word(Text)
    end.

parens(false, Lay, I) -> Lay(I);
parens(true, Lay, I) -> cat([word("("), Lay(behind(I, 1)), word(")")]).

items(Es, I, S) -> [{kind(E), expr(E, 0, I, S, box)} || E <- Es].

%% What shares a line with its like when there is no room for all.
kind({Leaf, _, _}) when Leaf =:= atom; Leaf =:= var; Leaf =:= integer; Leaf =:= float -> plain;
kind({nil, _}) -> plain;
kind({tuple, _, []}) -> plain;
kind({bin, _, []}) -> plain;
kind({type, _, nil, []}) -> plain;
kind({type, _, tuple, []}) -> plain;
kind(_) -> other.

elements({cons, _, Head, {nil, _}}, I, S) -> items([Head], I, S);
elements({cons, _, Head, {cons, _, _, _} = Tail}, I, S) -> items([Head], I, S) ++ elements(Tail, I, S);
elements({cons, _, Head, Tail}, I, S) ->
    [{Kind, Box}] = items([Head], I, S),
    [{Kind, Box, " |"} | items([Tail], I, S)].

%% A function and its arguments, or a clause's name and patterns.
heading(F, Args, I, S) -> enclosed(cat([F, word("(")]), fun(J) -> items(Args, J, S) end, ")", I, S).

arguments(F, Types, I, S) -> enclosed(cat([F, word("(")]), fun(J) -> type_items(Types, J, S) end, ")", I, S).

update(E, Opening, Fields, P, I, S) ->
    {L, Own, _} = erl_parse:inop_prec('#'),
    Whole = fun(J) ->
                    Open = cat([expr(E, L, J, S, box), word(Opening)]),
                    columned(Open, fun(K) -> [field(F, K, S) || F <- Fields] end, "}", J, S)
            end,
    parens(Own < P, Whole, I).

field({record_field, _, Name, Value}, I, S) -> paired(Name, "=", Value, I, S);
field({map_field_assoc, _, Key, Value}, I, S) -> paired(Key, "=>", Value, I, S);
field({map_field_exact, _, Key, Value}, I, S) -> paired(Key, ":=", Value, I, S);
field(Other, I, S) -> expr(Other, 0, I, S, box).

paired(Left, Sign, Right, I, S) -> hanging(expr(Left, 0, I, S, box), Sign, fun(J) -> expr(Right, 0, J, S, box) end, I, S).

prefixed(Op, Operand, I) ->
    Text = case Op of
               '-' -> "-";
               '+' -> "+";
               _ -> [atom_to_list(Op), " "]
           end,
    cat([word(Text), Operand(behind(I, word(Text)))]).

%% The conditional operators stand on lines of their own always.
infix(Left, Op, Right, I, S) ->
    Sign = word(atom_to_list(Op)),
    {W, _} = Joined = joined([Left, Sign, Right], " "),
    case fits(I, W, S) andalso (I =:= flat orelse Op =/= 'andalso' andalso Op =/= 'orelse') of
        true -> Joined;
        false -> stacked([Left, Sign, Right], "", I)
    end.

catching(Operand, I, S) ->
    J = deeper(I, S),
    {W, _} = Box = Operand(J),
    case fits(I, wider(W, 6), S) of
        true -> cat([word("catch "), Box]);
        false -> offset(S#pp.indent, [word("catch"), nl(J), Box])
    end.

segment({bin_element, _, E, Size, Types}, I, S) ->
    Value = expr(E, max_prec(), I, S, box),
    Sized = case Size of
                default -> Value;
                _ -> cat([Value, word(":"), expr(Size, max_prec(), behind(behind(I, Value), 1), S, box)])
            end,
    Typed = case Types of
                default -> Sized;
                _ -> cat([Sized, word(["/", lists:join("-", [specifier(T, S) || T <- Types])])])
            end,
    case {Size, Types} of
        {default, default} -> {kind(E), Typed};
        _ -> {other, Typed}
    end.

specifier({Name, N}, S) -> [atom(Name, S), ":", integer_to_list(N)];
specifier(Name, S) -> atom(Name, S).

comprehension({Form, _, Template, Qualifiers}, I, S) ->
    {Open, Close, P} = case Form of
                           lc -> {"[", "]", 0};
                           bc -> {"<<", ">>", max_prec()};
                           mc -> {"#{", "}", 0}
                       end,
    J = behind(I, length(Open)),
    What = case Form of
               mc -> field(Template, J, S);
               _ -> expr(Template, P, J, S, box)
           end,
    K = deeper(J, S),
    Qs = stacked([qualifier(Q, K, S) || Q <- Qualifiers], ",", K),
    case I of
        flat -> cat([word(Open), What, word(" || "), Qs, word([" " || Qualifiers =/= []]), word(Close)]);
        _ -> offset(0, [word([Open, " "]), nl(J), What, word(" ||")] ++ [nl(K) || Qualifiers =/= []] ++ [Qs, nl(I), word(Close)])
    end.

qualifier({zip, _, Generators}, I, S) -> joined([qualifier(G, I, S) || G <- Generators], " && ");
qualifier({Generator, _, Pattern, E}, I, S) when Generator =/= record_field, Generator =/= op, Generator =/= call ->
    case sign(Generator) of
        none -> expr({Generator, 0, Pattern, E}, 0, I, S, box);
        Sign -> hanging(field(Pattern, I, S), Sign, fun(J) -> expr(E, 0, J, S, box) end, I, S)
    end;
qualifier(Filter, I, S) -> expr(Filter, 0, I, S, box).

sign(generate) -> "<-";
sign(generate_strict) -> "<:-";
sign(m_generate) -> "<-";
sign(m_generate_strict) -> "<:-";
sign(b_generate) -> "<=";
sign(b_generate_strict) -> "<:=";
sign(_) -> none.

%%% Clauses and what is made of them

%% A line break, or a space when there are none.
below(flat) -> word(" ");
below(I) -> nl(I).

ended(Boxes, flat) -> cat(Boxes ++ [word(" end")]);
ended(Boxes, I) -> offset(0, Boxes ++ [nl(I), word("end")]).

fun_expr(Word, Name, Clauses, I, S) ->
    J = behind(I, length(Word)),
    Boxes = [clause(heading(word(Name), Patterns, J, S), Guard, Body, J, S) || {clause, _, Patterns, Guard, Body} <- Clauses],
    ended([word(Word), stacked(Boxes, ";", J)], I).

clauses(Clauses, I, S) -> stacked([one_clause(C, I, S) || C <- Clauses], ";", I).

one_clause({clause, _, Patterns, Guard, Body}, I, S) ->
    clause(filled(items(Patterns, I, S), ",", " ", 0, I, S), Guard, Body, I, S).

if_clause({clause, _, [], Guard, Body}, I, S) -> leading(guard_tests(Guard, I, S), Body, I, S).

clause(Head, Guard, Body, I, S) -> leading(guarded(Head, Guard, I, S), Body, I, S).

leading(Head, Body, I, S) ->
    J = deeper(I, S),
    cat([Head, word(" ->"), below(J), body(Body, J, S)]).

body(Es, I, S) -> stacked([expr(E, 0, I, S, box) || E <- Es], ",", I).

guarded(Head, [], _, _) -> Head;
guarded(Head, Guard, I, S) -> conditional(Head, fun(J) -> guard_tests(Guard, J, S) end, I, S).

%% `Head when Condition` on one line, or the condition below.
conditional(Head, Condition, I, S) ->
    J = deeper(I, S),
    {W, _} = When = when_clause(Condition, J, S),
    {HW, _} = Head,
    case fits(I, wider(wider(HW, 1), W), S) of
        true -> cat([Head, word(" "), When]);
        false -> cat([Head, nl(J), When])
    end.

when_clause(Condition, I, S) ->
    J = deeper(I, S),
    {W, _} = Box = Condition(J),
    case fits(I, wider(W, 5), S) of
        true -> cat([word("when "), Box]);
        false -> cat([word("when"), nl(J), Box])
    end.

condition(Guard, I, S) -> when_clause(fun(J) -> guard_tests(Guard, J, S) end, I, S).

guard_tests(Guard, I, S) -> listed([listed([expr(E, 0, I, S, box) || E <- Tests], ",", I, S) || Tests <- Guard], ";", I, S).

%% `case E of`: on one line, or the expressions below.
subject(Word, Es, Close, I, S) ->
    J = deeper(I, S),
    {W, _} = Box = body(Es, J, S),
    case fits(I, wider(W, length(Word) + 1 + length(Close)), S) of
        true -> cat([word([Word, " "]), Box, word(Close)]);
        false -> cat([word(Word), nl(J), Box, nl(I), word(string:trim(Close))])
    end.

section(Word, Clauses, I, S) ->
    J = deeper(I, S),
    [below(I), word(Word), below(J), clauses(Clauses, J, S)].

%% On one line with a single expression and nothing more.
block(Word, Es, More, I, S) ->
    J = deeper(I, S),
    {W, _} = Box = body(Es, J, S),
    case More =:= [] andalso fits(I, wider(W, length(Word) + 5), S) of
        true -> cat([word([Word, " "]), Box, word(" end")]);
        false -> ended([word(Word), below(J), Box | More], I)
    end.

receive_after(Clauses, Timeout, Body, I, S) ->
    J = deeper(I, S),
    {W, _} = Last = timeout(Timeout, Body, J, S),
    case Clauses of
        [] ->
            case fits(I, wider(W, 18), S) of
                true -> cat([word("receive after "), Last, word(" end")]);
                false -> ended([word("receive"), nl(I), word("after"), nl(J), Last], I)
            end;
        _ -> ended([word("receive"), below(J), clauses(Clauses, J, S), below(I), word("after"), below(J), Last], I)
    end.

%% One expression may stand behind the arrow.
timeout(Timeout, Body, I, S) ->
    J = deeper(I, S),
    Head = cat([expr(Timeout, 0, I, S, box), word(" ->")]),
    {HW, _} = Head,
    {W, _} = Box = body(Body, J, S),
    case fits(I, wider(wider(HW, 1), W), S) of
        true -> cat([Head, word(" "), Box]);
        false -> cat([Head, nl(J), Box])
    end.

try_expr(Es, [], [], After, I, S) ->
    J = deeper(I, S),
    Body = body(Es, J, S),
    Last = body(After, J, S),
    {W, _} = Joined = cat([word("try "), Body, word(" after "), Last, word(" end")]),
    case fits(I, W, S) of
        true -> Joined;
        false -> ended([word("try"), nl(J), Body, nl(I), word("after"), nl(J), Last], I)
    end;
try_expr(Es, Clauses, Handlers, After, I, S) ->
    J = deeper(I, S),
    Head = case Clauses of
               [] -> [word("try"), below(J), body(Es, J, S)];
               _ -> [subject("try", Es, " of", I, S), below(J), clauses(Clauses, J, S)]
           end,
    Caught = case Handlers of
                 [] -> [];
                 _ -> [below(I), word("catch"), below(J), stacked([handler(H, J, S) || H <- Handlers], ";", J)]
             end,
    Last = case After of
               [] -> [];
               _ -> [below(I), word("after"), below(J), body(After, J, S)]
           end,
    ended(Head ++ Caught ++ Last, I).

%% `Class:Reason:Stack`, the stack only when it has a name.
handler({clause, _, [{tuple, _, [Class, Reason, {var, _, '_'}]}], Guard, Body}, I, S) ->
    handler(Class, [Reason], Guard, Body, I, S);
handler({clause, _, [{tuple, _, [Class, Reason, Stack]}], Guard, Body}, I, S) ->
    handler(Class, [Reason, Stack], Guard, Body, I, S);
handler(Clause, I, S) -> one_clause(Clause, I, S).

handler(Class, Rest, Guard, Body, I, S) ->
    Head = lists:foldl(fun(E, Acc) -> cat([Acc, word(":"), expr(E, 0, behind(behind(I, Acc), 1), S, box)]) end,
                       expr(Class, 0, I, S, box), Rest),
    clause(Head, Guard, Body, I, S).

%%% Leaves

atom(A, #pp{encoding = latin1}) -> lists:flatten(io_lib:write_atom_as_latin1(A));
atom(A, _) -> lists:flatten(io_lib:write_atom(A)).

char($\0, _) -> "$\\000";
char($\s, #pp{encoding = latin1}) -> "$ ";
char(C, #pp{encoding = latin1}) -> io_lib:write_char_as_latin1(C);
char(C, _) -> io_lib:write_char(C).

%% A string that does not fit is written in parts, one below the other.
string(Text, I, S) ->
    {W, _} = Whole = word(quote(Text, S)),
    case fits(I, W, S) of
        true -> Whole;
        false -> parts(Text, I, S)
    end.

quote(Text, #pp{encoding = latin1}) -> io_lib:write_string_as_latin1(Text);
quote(Text, _) -> io_lib:write_string(Text).

parts("", _, _) -> word("\"\"");
parts(Text, I, S) -> stacked([word([$", Part, $"]) || Part <- pieces(Text, S#pp.width - I - 2, S)], "", I).

pieces("", _, _) -> [];
pieces(Text, Room, S) ->
    {Piece, Rest} = piece(Text, Room, 0, S, []),
    [Piece | pieces(Rest, Room, S)].

%% As many characters as fit, but at least five: those that belong together and escapes are kept whole.
piece("", _, _, _, Acc) -> {lists:reverse(Acc), ""};
piece(Text, Room, Taken, S, Acc) ->
    [Cluster | Rest] = string:next_grapheme(Text),
    Written = escaped(lists:flatten([Cluster]), S),
    Length = length(Written),
    if
        Length =< Room; Taken < 5 -> piece(Rest, Room - Length, Taken + 1, S, [Written | Acc]);
        true -> {lists:reverse(Acc), Text}
    end.

escaped(Text, S) ->
    [$" | Written] = lists:flatten(quote(Text, S)),
    lists:droplast(Written).

%% Finds the comments of a source.
%%
%% A comment is {Line, Column, Indentation, Text}: where its first percent sign stands, how many blank columns are before it, and what
%% follows it. Lines one below the other in the same column are one comment with several lines.
-module(erl_comment_scan).

-export([file/1, string/1, scan_lines/1, join_lines/1]).
-export_type([comment/0, commentLine/0]).

-type comment() :: {Line :: pos_integer(), Column :: pos_integer(), Indentation :: non_neg_integer(), Text :: [string()]}.
-type commentLine() :: {Line :: pos_integer(), Column :: pos_integer(), Indentation :: non_neg_integer(), Text :: string()}.

%% Tabs reach to the next multiple of this.
-define(TAB, 8).

-spec file(file:filename()) -> [comment()].
file(Name) ->
    case file:read_file(Name) of
        {ok, Bytes} ->
            case unicode:characters_to_list(Bytes) of
                Text when is_list(Text) -> string(Text);
                _ -> string(binary_to_list(Bytes))
            end;
        {error, Reason} -> exit({read, Reason})
    end.

-spec string(string()) -> [comment()].
string(Text) -> lists:reverse(join_lines(scan_lines(Text))).

%% The lines of comments, the last first.
-spec scan_lines(string()) -> [commentLine()].
scan_lines(Text) -> code(Text, 1, 1, 0, []).

%% Blank: how many blank columns were just passed.
code([$\s | Cs], Line, Column, Blank, Acc) -> code(Cs, Line, Column + 1, Blank + 1, Acc);
code([$\t | Cs], Line, Column, Blank, Acc) ->
    Next = tab(Column),
    code(Cs, Line, Next, Blank + Next - Column, Acc);
code([$\n | Cs], Line, _, _, Acc) -> code(Cs, Line + 1, 1, 0, Acc);
code([$" | Cs], Line, Column, _, Acc) -> quoted($", Cs, Line, Column + 1, Acc);
code([$' | Cs], Line, Column, _, Acc) -> quoted($', Cs, Line, Column + 1, Acc);
code([$$, $\\, $\n | Cs], Line, _, _, Acc) -> code(Cs, Line + 1, 1, 0, Acc);
code([$$, $\\, _ | Cs], Line, Column, _, Acc) -> code(Cs, Line, Column + 3, 0, Acc);
code([$$, $\n | Cs], Line, _, _, Acc) -> code(Cs, Line + 1, 1, 0, Acc);
code([$$, _ | Cs], Line, Column, _, Acc) -> code(Cs, Line, Column + 2, 0, Acc);
code([$% | Cs], Line, Column, Blank, Acc) ->
    {Text, Rest} = lists:splitwith(fun(C) -> C =/= $\n end, Cs),
    code(Rest, Line, Column, 0, [{Line, Column, Blank, string:trim(Text, trailing, " \t\r")} | Acc]);
code([_ | Cs], Line, Column, _, Acc) -> code(Cs, Line, Column + 1, 0, Acc);
code([], _, _, _, Acc) -> Acc.

quoted(Quote, [$\\, $\n | Cs], Line, _, Acc) -> quoted(Quote, Cs, Line + 1, 1, Acc);
quoted(Quote, [$\\, _ | Cs], Line, Column, Acc) -> quoted(Quote, Cs, Line, Column + 2, Acc);
quoted(Quote, [Quote | Cs], Line, Column, Acc) -> code(Cs, Line, Column + 1, 0, Acc);
quoted(Quote, [$\n | Cs], Line, _, Acc) -> quoted(Quote, Cs, Line + 1, 1, Acc);
quoted(Quote, [$\t | Cs], Line, Column, Acc) -> quoted(Quote, Cs, Line, tab(Column), Acc);
quoted(Quote, [_ | Cs], Line, Column, Acc) -> quoted(Quote, Cs, Line, Column + 1, Acc);
quoted(_, [], _, _, Acc) -> Acc.

tab(Column) -> (Column - 1) div ?TAB * ?TAB + ?TAB + 1.

%% Lines as scan_lines/1 answers them.
-spec join_lines([commentLine()]) -> [comment()].
join_lines([{Line, Column, Indentation, Text} | Lines]) -> join(Lines, [Text], Line, Column, Indentation);
join_lines([]) -> [].

join([{Above, Column, Indentation, Text} | Lines], Texts, Line, Column, _) when Above =:= Line - 1 ->
    join(Lines, [Text | Texts], Above, Column, Indentation);
join(Lines, Texts, Line, Column, Indentation) -> [{Line, Column, Indentation, Texts} | join_lines(Lines)].

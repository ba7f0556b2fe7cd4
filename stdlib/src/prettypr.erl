%% Documents and their best layout on a page.
%%
%% A document knows what decides its layout: the width of its layout on one line if it has one (flat), the least width that its first line
%% can have (first), and whether it can be broken at all. A choice is made by the first line only: a line that has room for what comes is
%% used. So a layout is found in one walk.
-module(prettypr).

-export([above/2, beside/2, best/3, break/1, empty/0, floating/1, floating/3, follow/2, follow/3, format/1, format/2, format/3, nest/2,
         null_text/1, par/1, par/2, sep/1, text/1, text_par/1, text_par/2]).
-export_type([document/0, deep_string/0]).

-record(doc, {flat, first, rigid, is}).

-opaque document() :: null | #doc{}.
-type deep_string() :: [char() | deep_string()].

-define(PAPER, 80).
-define(RIBBON, 65).

%%% Documents

text(Chars) -> word(string:length(Chars), Chars).

%% Text that takes no room, such as a mark for another program.
null_text(Chars) -> word(0, Chars).

word(Width, Chars) -> #doc{flat = Width, first = Width, rigid = true, is = {text, Width, Chars}}.

empty() -> null.

nest(_, null) -> null;
nest(N, #doc{} = D) -> D#doc{is = {nest, N, D}}.

beside(null, D) -> D;
beside(D, null) -> D;
beside(D1, #doc{is = {nest, _, _}} = D2) -> beside(D1, unindented(D2));
beside(#doc{flat = F1, rigid = R1} = D1, #doc{flat = F2, rigid = R2} = D2) ->
    First = case R1 of
                true -> F1 + D2#doc.first;
                false -> D1#doc.first
            end,
    #doc{flat = plus(F1, F2), first = First, rigid = R1 andalso R2, is = {beside, D1, D2}}.

above(null, D) -> D;
above(D, null) -> D;
above(D1, D2) -> #doc{flat = none, first = D1#doc.first, rigid = false, is = {above, D1, D2}}.

%% An end of line behind a document.
break(null) -> null;
break(D) -> #doc{flat = none, first = D#doc.first, rigid = false, is = {break, D}}.

%% All on one line with spaces between, or each on its own.
sep(Docs) ->
    case [D || D <- Docs, D =/= null] of
        [] -> null;
        [D] -> D;
        All -> several(All, sep)
    end.

par(Docs) -> par(Docs, 0).

%% As many on a line as fit whole, later lines indented.
par(Docs, Offset) ->
    case [D || D <- Docs, D =/= null] of
        [] -> null;
        [D] -> D;
        All -> several(All, {par, Offset})
    end.

several([First | _] = All, How) ->
    Flat = lists:foldl(fun(#doc{flat = F}, Acc) -> plus(plus(F, 1), Acc) end, -1, All),
    Is = case How of
             sep -> {sep, All};
             {par, Offset} -> {par, All, Offset}
         end,
    #doc{flat = Flat, first = First#doc.first, rigid = false, is = Is}.

plus(none, _) -> none;
plus(_, none) -> none;
plus(A, B) -> A + B.

follow(D1, D2) -> follow(D1, D2, 0).

%% The second behind the first if its first line has room there, else below and indented.
follow(null, D2, _) -> D2;
follow(D1, null, _) -> D1;
follow(D1, D2, Offset) ->
    #doc{flat = plus(plus(D1#doc.flat, 1), D2#doc.flat), first = D1#doc.first, rigid = false, is = {follow, D1, nest(Offset, D2)}}.

floating(D) -> floating(D, 0, 0).

floating(D, _Horizontal, _Vertical) -> D.

text_par(Text) -> text_par(Text, 0).

%% The words of a text as a paragraph, its first line indented.
text_par(Text, Indentation) -> nest(Indentation, par([text(W) || W <- string:lexemes(Text, " \t\n")], -Indentation)).

%%% Layouts

format(D) -> format(D, ?PAPER).

format(D, Paper) -> format(D, Paper, ?RIBBON).

format(D, Paper, Line) ->
    case best(D, Paper, Line) of
        null -> "";
        {layout, Lines} -> lists:flatten(lists:join("\n", [line(Indent, lists:flatten(Chars)) || {Indent, Chars} <- Lines]))
    end.

line(_, "") -> "";
line(Indent, Chars) -> [lists:duplicate(Indent, $\s), Chars].

%% Paper: columns in all; Line: columns of text on a line, its indentation not counted.
best(null, _, _) -> null;
best(D, Paper, Line) ->
    {Lines, {Start, _, Last}} = place(D, 0, {fresh, 0, []}, 0, {Paper, Line}, []),
    {layout, [{I, lists:reverse(C)} || {I, C} <- lists:reverse([{indentation(Start), Last} | Lines])]}.

indentation(fresh) -> 0;
indentation(Start) -> Start.

%% Puts a document behind what stands on the current line, {Start, Column, Chars}: where the line's text starts (`fresh`: there is none yet),
%% how far it goes, and the text in reverse. Indent is where a new line starts, After what must have room behind the document's last line.
place(#doc{is = Is} = D, Indent, At, After, Page, Lines) ->
    case Is of
        {text, Width, Chars} -> {Lines, written(Width, Chars, Indent, At)};
        {nest, N, Inner} -> place(Inner, Indent + N, At, After, Page, Lines);
        {beside, D1, D2} ->
            Behind = case D2#doc.rigid of
                         true -> D2#doc.first + After;
                         false -> D2#doc.first
                     end,
            {Lines1, At1} = place(D1, Indent, At, Behind, Page, Lines),
            {_, Column, _} = At1,
            place(D2, Column, At1, After, Page, Lines1);
        {above, D1, D2} ->
            {Lines1, At1} = place(D1, Indent, At, 0, Page, Lines),
            place(D2, Indent, new_line(), After, Page, ended(At1, Lines1));
        {break, Inner} ->
            {Lines1, At1} = place(Inner, Indent, At, 0, Page, Lines),
            {ended(At1, Lines1), new_line()};
        {sep, All} ->
            case D#doc.flat =/= none andalso fits(D#doc.flat + After, Indent, At, Page) of
                true -> flat(D, Indent, At, Lines);
                false -> stack(All, Indent, At, After, Page, Lines)
            end;
        {par, [First | Rest], Offset} ->
            Behind = case Rest of
                         [] -> After;
                         _ -> 0
                     end,
            {Lines1, At1} = place(First, Indent, At, Behind, Page, Lines),
            fill(Rest, length(Lines1) =:= length(Lines), Indent + Offset, At1, After, Page, Lines1);
        {follow, D1, D2} ->
            {Lines1, At1} = place(D1, Indent, At, 0, Page, Lines),
            Single = length(Lines1) =:= length(Lines),
            Room = case D2 of
                       #doc{rigid = true, first = W} -> W + After;
                       #doc{flat = W, first = W} -> W + After;
                       #doc{first = W} -> W
                   end,
            case Single andalso fits(1 + Room, Indent, At1, Page) of
                true ->
                    {_, Column, _} = Start = written(1, " ", Indent, At1),
                    place(unindented(D2), Column, Start, After, Page, Lines1);
                false -> place(D2, Indent, new_line(), After, Page, ended(At1, Lines1))
            end
    end.

%% Beside something an indentation counts nothing.
unindented(#doc{is = {nest, _, D}}) -> unindented(D);
unindented(D) -> D.

%% On the same line or on the next.
behind(true, Indent, At, Lines) -> {Lines, written(1, " ", Indent, At)};
behind(false, _, At, Lines) -> {ended(At, Lines), new_line()}.

new_line() -> {fresh, 0, []}.

written(Width, Chars, Indent, {fresh, _, _}) -> {Indent, Indent + Width, [Chars]};
written(Width, Chars, _, {Start, Column, Before}) -> {Start, Column + Width, [Chars | Before]}.

%% A line that has just begun is the next line already.
ended({fresh, _, _}, Lines) -> Lines;
ended({Start, _, Chars}, Lines) -> [{Start, Chars} | Lines].

fits(Width, Indent, {fresh, _, _}, {Paper, Line}) -> Indent + Width =< Paper andalso Width =< Line;
fits(Width, _, {Start, Column, _}, {Paper, Line}) -> Column + Width =< Paper andalso Column + Width - Start =< Line.

flat(#doc{is = Is}, Indent, At, Lines) ->
    case Is of
        {text, Width, Chars} -> {Lines, written(Width, Chars, Indent, At)};
        {nest, N, D} -> flat(D, Indent + N, At, Lines);
        {beside, D1, D2} ->
            {_, At1} = flat(D1, Indent, At, Lines),
            flat(D2, Indent, At1, Lines);
        {sep, All} -> flat_row(All, Indent, At, Lines);
        {par, All, _} -> flat_row(All, Indent, At, Lines);
        {follow, D1, D2} -> flat_row([D1, D2], Indent, At, Lines)
    end.

flat_row([D], Indent, At, Lines) -> flat(D, Indent, At, Lines);
flat_row([D | Rest], Indent, At, Lines) ->
    {_, At1} = flat(D, Indent, At, Lines),
    flat_row(Rest, Indent, written(1, " ", Indent, At1), Lines).

stack([D], Indent, At, After, Page, Lines) -> place(D, Indent, At, After, Page, Lines);
stack([D | Rest], Indent, At, After, Page, Lines) ->
    {Lines1, At1} = place(D, Indent, At, 0, Page, Lines),
    stack(Rest, Indent, new_line(), After, Page, ended(At1, Lines1)).

%% Single: what stands before is on one line.
fill([], _, _, At, _, _, Lines) -> {Lines, At};
fill([D | Rest], Single, Indent, At, After, Page, Lines) ->
    Last = case Rest of
               [] -> After;
               _ -> 0
           end,
    {Before, Start} = behind(Single andalso D#doc.flat =/= none andalso fits(1 + D#doc.flat + Last, Indent, At, Page), Indent, At, Lines),
    {Lines1, At1} = place(D, Indent, Start, Last, Page, Before),
    fill(Rest, length(Lines1) =:= length(Before), Indent, At1, After, Page, Lines1).

%% The first expression of a text, and a form.
-compile({nowarn_unused_function, [{expr, 1}, {form, 1}]}).

expr(Text) ->
    {ok, Tokens, _} = erl_scan:string(Text),
    {ok, [Expr | _]} = erl_parse:parse_exprs(Tokens),
    Expr.

form(Text) ->
    {ok, Tokens, _} = erl_scan:string(Text),
    {ok, Form} = erl_parse:parse_form(Tokens),
    Form.

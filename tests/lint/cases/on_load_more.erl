-module(on_load_more).
-on_load(f/1).
-on_load(1).
-on_load(h/0).
-on_load(h).
-on_load({f, 0}).
-on_load([f/0]).
f(_) -> ok.
-on_load(g/0).
g() -> ok.

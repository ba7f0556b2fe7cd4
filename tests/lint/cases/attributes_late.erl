-module(attributes_late).
-export([f/0]).
f() -> ok.
-nifs([f/0]).
-removed([{x,1,"a"}]).
-removed_type([{x,1,"a"}]).
-deprecated([{f,0}]).
-deprecated_type([{f,0}]).
-file("attributes_late.erl", 30).

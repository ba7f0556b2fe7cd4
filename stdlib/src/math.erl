%% Mathematical functions. All are native; the module is here to be asked for.
-module(math).

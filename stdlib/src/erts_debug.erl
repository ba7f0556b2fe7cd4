%% What the system says about its terms. All functions are native; the module is here to be asked for.
-module(erts_debug).

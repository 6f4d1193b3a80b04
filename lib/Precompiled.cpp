// The precompiled header needs a library to live in.

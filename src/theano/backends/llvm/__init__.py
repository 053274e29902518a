"""The default back end: loops to native code through LLVM."""

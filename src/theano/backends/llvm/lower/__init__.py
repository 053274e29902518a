"""backends/llvm/lower"""

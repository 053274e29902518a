"""The loop IR: what an expression is made of when it becomes loops over buffers; fusion and storage."""

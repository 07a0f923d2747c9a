"""What people send, without its hidden information.

`recognise` looks at the bytes, `workshop` picks the one that can clean them (`photos`, `recordings`, `papers`,
`words`), `__main__` is the limited program around it, which `bot.service.cleaner` starts. Nothing here knows a key, a
setting or a file.
"""

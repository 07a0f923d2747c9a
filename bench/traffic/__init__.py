"""The world around the product while it is measured: people who write, and the Bot API that they write through.

Both live in one process of their own (`python -m bench.traffic`), written to cost little: on a small machine whoever
measures must not take what is measured. Benchmarks hold it by `bench.traffic.peer.Peer`.
"""

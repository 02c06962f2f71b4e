"""The load generator: clients as many as are wanted, in a process of its own.

`bench.generator` starts it and talks to it by lines of JSON. It knows nothing of the server but the
protocol, so that every server that speaks it can be measured; only `progress` signs tokens of ours.
"""

"""The centre described as data, and what every room shares as data: fonts, translations, colours.

Knows nothing of queues, servers, printers or windows; imports no other room.
"""

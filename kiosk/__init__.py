"""The touchscreen of the hall: a visitor chooses a service and takes a slip with a number.

Knows the server only through ``queue_server.client``; decides nothing about the queue.
"""

"""The pure core: what a fact does to a conversation.

Owns the conversation's states, texts to show (by catalogue key) and wishes. Standard library only:
no clock, no random, no await, no log. Time and fresh ids arrive with each fact.
"""

"""Recognise what a message names: places, programmes, contacts, vocabulary, numbers, language. Ids, not strings."""

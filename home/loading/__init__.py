"""Loads the shipped content: contacts, places and whose they are, signs and pages from data files into records that editors then own."""

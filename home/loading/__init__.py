"""Loads the shipped content: contacts, places, signs and pages, from data files into records that editors then own."""

"""Loads the shipped content: contacts, signs and pages from data files into records that editors then own."""
